from django.urls import path

from tertia.plan.strategy import views

urlpatterns = [
    path("measures/", views.measure_list, name="measures"),
    path("measures/new/", views.measure_new, name="measure_new"),
    path("measures/<slug:slug>/", views.measure, name="measure"),
]
