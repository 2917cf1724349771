from django.urls import path

from tertia.web import views

urlpatterns = [
    path("", views.front, name="front"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
