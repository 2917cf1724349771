from django.urls import path

from tertia.plan.capacities import views

urlpatterns = [
    path("offers/", views.offers, name="offers"),
    path("offers/new/", views.offer_new, name="offer_new"),
    path("offers/<int:pk>/close/", views.offer_close, name="offer_close"),
    path("records/<int:pk>/match/", views.match, name="match"),
]
