from django.urls import path

from tertia.core.money import views

urlpatterns = [
    path("records/<int:pk>/money/", views.money, name="money"),
    path("money/years/", views.year_totals, name="year_totals"),
]
