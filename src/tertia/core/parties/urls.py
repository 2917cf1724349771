from django.urls import path

from tertia.core.parties import views

urlpatterns = [
    path("organisations/", views.organisation_list, name="organisations"),
    path("organisations/new/", views.add_organisation, name="organisation_new"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("organisations/<slug:slug>/describe/", views.describe, name="organisation_describe"),
    path("people/", views.people, name="people"),
    path("first-day/", views.first_day, name="first_day"),
    path("me/theme/", views.choose_theme, name="theme"),
    path("me/data/", views.my_data, name="my_data"),
]
