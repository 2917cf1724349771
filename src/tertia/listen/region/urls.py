from django.urls import path

from tertia.listen.region import views

urlpatterns = [
    path("region/", views.regions, name="regions"),
    path("region/series/new/", views.series_new, name="series_new"),
    path("region/series/<slug:slug>/", views.series, name="series"),
    path("region/series/<slug:slug>/data.csv", views.series_file, name="series_file"),
    path("region/<slug:code>/", views.region, name="region"),
]
