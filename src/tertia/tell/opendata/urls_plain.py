from django.urls import path

from tertia.tell.opendata import views

urlpatterns = [
    path("open-data/catalog.jsonld", views.open_data_catalogue, name="open_data_catalogue"),
    path("open-data/terms", views.open_data_terms, name="open_data_terms"),
    path("open-data/<slug:key>/datapackage.json", views.open_data_package, name="open_data_package"),
    path("open-data/<slug:key>.<slug:form>", views.open_data_file, name="open_data_file"),
]
