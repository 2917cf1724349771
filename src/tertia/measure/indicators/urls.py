from django.urls import path

from tertia.measure.indicators import closing_views, own_views, views

urlpatterns = [
    path("figures/", views.figure_list, name="figures"),
    path("figures/closed/", closing_views.closed_list, name="closed_periods"),
    path("figures/closed/<slug:slug>/<str:period>/", closing_views.closed_period, name="closed_period"),
    path("figures/own/", own_views.own_new, name="own_indicator"),
    path("figures/catalogue/", views.catalogue_page, name="catalogue"),
    path("figures/catalogue/<slug:slug>/", views.catalogue_entry, name="catalogue_entry"),
    path("figures/catalogue/<slug:slug>/choose/", own_views.choose, name="choose_indicator"),
    path("figures/<slug:slug>/", views.figure, name="figure"),
    path("figures/<slug:slug>/records/", views.records, name="figure_records"),
]
