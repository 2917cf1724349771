from django.urls import path

from tertia.measure.facts import views

urlpatterns = [
    path("facts/", views.facts_page, name="facts"),
    path("facts/schema.json", views.facts_schema, name="facts_schema"),
]
