from django.urls import path

from tertia.core.records import views

urlpatterns = [
    path("records/<int:pk>/thread/", views.thread, name="thread"),
    path("records/<int:pk>/languages/", views.languages, name="record_languages"),
    path("answers/", views.silence, name="silence"),
]
