from django.urls import path

from tertia.tell.opendata import views

urlpatterns = [path("open-data/", views.open_data, name="open_data")]
