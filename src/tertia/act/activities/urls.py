from django.urls import path

from tertia.act.activities import letter  # noqa: F401  declares the page of its pass
from tertia.act.activities.views import activities, calendar, hours, more

urlpatterns = [
    path("activities/", activities.activity_list, name="activities"),
    path("activities/calendar.ics", calendar.calendar, name="activities_calendar"),
    path("activities/new/", activities.activity_new, name="activity_new"),
    path("activities/<slug:slug>/", activities.activity, name="activity"),
    path("activities/<slug:slug>/change/", activities.activity_change, name="activity_change"),
    path("activities/<slug:slug>/photos/", more.photos, name="activity_photos"),
    path("activities/<slug:slug>/calendar.ics", calendar.activity_calendar, name="activity_calendar"),
    path("activities/<slug:slug>/learners/", more.learners, name="learners"),
    path("records/<int:pk>/outcomes/", more.outcomes, name="outcomes"),
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/links/", calendar.calendar_links, name="calendar_links"),
    path("calendar/feed/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("hours/<slug:slug>/", hours.hours, name="hours"),
]
