from django.urls import path

from tertia.core.search import views

urlpatterns = [path("search/", views.search_page, name="search")]
