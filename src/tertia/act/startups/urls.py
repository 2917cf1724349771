from django.urls import path

from tertia.act.startups import views

urlpatterns = [
    path("start-ups/", views.startup_list, name="startups"),
    path("start-ups/new/", views.startup_new, name="startup_new"),
    path("start-ups/<slug:slug>/", views.startup, name="startup"),
    path("start-ups/<slug:slug>/change/", views.startup_change, name="startup_change"),
]
