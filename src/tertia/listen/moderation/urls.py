from django.urls import path

from tertia.listen.moderation import views

urlpatterns = [
    path("moderation/", views.log, name="moderation"),
    path("moderation/appeals/", views.appeals, name="appeals"),
]
