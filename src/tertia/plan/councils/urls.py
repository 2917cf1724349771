from django.urls import path

from tertia.plan.councils.views import councils, decisions, meetings, rolls, room

urlpatterns = [
    path("councils/", councils.council_list, name="councils"),
    path("councils/new/", councils.council_new, name="council_new"),
    path("councils/suggest/", councils.suggestion_new, name="suggestion_new"),
    path("councils/<slug:slug>/", councils.council, name="council"),
    path("councils/<slug:slug>/seats/", councils.council_seats, name="council_seats"),
    path("councils/<slug:slug>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("councils/<slug:slug>/rolls/", rolls.rolls, name="council_rolls"),
    path("councils/<slug:slug>/rolls/<str:code>/", rolls.roll, name="council_roll"),
    path("councils/<slug:slug>/minutes.<str:form>", meetings.series, name="council_minutes"),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:slug>/meeting.ics", meetings.meeting_calendar, name="meeting_calendar"),
    path("meetings/<slug:slug>/room/", room.room, name="room"),
    path("meetings/<slug:slug>/screen/", room.screen, name="meeting_screen"),
    path("meetings/<slug:slug>/live/", room.live, name="meeting_live"),
    path("meetings/<slug:slug>/part/", room.take_part, name="take_part"),
    path("meetings/<slug:slug>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<slug:slug>/<slug:what>.<str:form>", meetings.meeting_paper, name="meeting_paper"),
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions/<slug:slug>/", decisions.decision, name="decision"),
]
