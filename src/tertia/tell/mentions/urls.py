from django.urls import path

from tertia.tell.mentions import views

urlpatterns = [
    path("mentions/", views.mentions, name="mentions"),
    path("mentions/mentions.csv", views.mentions_file, name="mentions_file"),
    path("mentions/desk/", views.mentions_desk, name="mentions_desk"),
    path("mentions/new/", views.mention_new, name="mention_new"),
    path("mentions/untold/", views.untold, name="untold"),
    path("mentions/outlets/", views.outlets, name="outlets"),
    path("mentions/outlets/<slug:slug>/", views.outlet, name="outlet"),
    path("mentions/<slug:slug>/", views.mention, name="mention"),
]
