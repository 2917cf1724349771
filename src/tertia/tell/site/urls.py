from django.urls import path

from tertia.tell.site import views

urlpatterns = [
    path("u/<slug:slug>/", views.site, name="site"),
    path("u/<slug:slug>/press/", views.press, name="press"),
    path("u/<slug:slug>/calendar.ics", views.site_calendar, name="site_calendar"),
    path("u/<slug:slug>/<slug:section>/", views.site_section, name="site_section"),
    path("site/", views.site_desk, name="site_desk"),
]
