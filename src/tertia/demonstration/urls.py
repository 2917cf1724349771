from django.urls import path

from tertia.demonstration import views

urlpatterns = [
    path("demonstration/", views.demonstration, name="demonstration"),
    path("demonstration/remove/", views.remove, name="demonstration_remove"),
]
