from django.urls import path

from tertia.plan.conferences.views import (
    following,
    letter,  # noqa: F401  declares the page of its pass
    papers,
    programme,
    reading,
    resolution,
)

urlpatterns = [
    path("conferences/", programme.conference_list, name="conferences"),
    path("conferences/new/", programme.conference_new, name="conference_new"),
    path("conferences/<slug:slug>/", programme.conference, name="conference"),
    path("conferences/<slug:slug>/programme.ics", programme.calendar, name="conference_calendar"),
    path("conferences/<slug:slug>/participants/", programme.participants, name="participants"),
    path("conferences/<slug:slug>/badges.pdf", programme.badges, name="conference_badges"),
    path("conferences/<slug:slug>/papers/", papers.papers, name="papers"),
    path("conferences/<slug:slug>/proceedings/", papers.proceedings, name="proceedings"),
    path("conferences/<slug:slug>/proceedings.<str:form>", papers.proceedings_file, name="proceedings_file"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("sections/<int:pk>/news/", programme.section_news, name="section_news"),
    path("sections/<int:pk>/", programme.section, name="section"),
    path("resolutions/", resolution.resolution_list, name="resolutions"),
    path("resolutions/addressees/", following.addressees, name="addressees"),
    path("resolutions/addressees.csv", following.addressees_csv, name="addressees_csv"),
    path("resolutions/read/", reading.read_resolution, name="resolution_read"),
    path("resolutions/save/", reading.save_resolution, name="resolution_save"),
    path("resolutions/<slug:slug>/", resolution.resolution, name="resolution"),
    path("resolutions/<slug:slug>/answers.csv", resolution.resolution_csv, name="resolution_csv"),
    path("resolutions/<slug:slug>/<str:code>.akn.xml", resolution.resolution_akn, name="resolution_akn"),
    path("resolutions/<slug:slug>/<str:code>.<str:form>", resolution.resolution_paper, name="resolution_paper"),
    path("resolutions/<slug:slug>/follow-up/", following.rounds, name="follow_ups"),
    path("resolutions/<slug:slug>/letters/", resolution.dispatches, name="dispatches"),
    path("recommendations/<slug:slug>/", resolution.recommendation, name="recommendation"),
]
