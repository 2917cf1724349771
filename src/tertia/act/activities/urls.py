from django.urls import path

from tertia.act.activities import (
    letter,  # noqa: F401  declares the page of its pass
    views,
)

urlpatterns = [
    path("activities/", views.activity_list, name="activities"),
    path("activities/calendar.ics", views.calendar, name="activities_calendar"),
    path("activities/new/", views.activity_new, name="activity_new"),
    path("activities/<slug:slug>/", views.activity, name="activity"),
    path("hours/<slug:slug>/", views.hours, name="hours"),
]
