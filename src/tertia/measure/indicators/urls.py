from django.urls import path

from tertia.measure.indicators import views

urlpatterns = [
    path("figures/", views.figure_list, name="figures"),
    path("figures/catalogue/", views.catalogue_page, name="catalogue"),
    path("figures/catalogue/<slug:slug>/", views.catalogue_entry, name="catalogue_entry"),
    path("figures/<slug:slug>/", views.figure, name="figure"),
    path("figures/<slug:slug>/records/", views.records, name="figure_records"),
]
