from django.urls import path

from tertia.plan.practice import views

urlpatterns = [
    path("practice/", views.practice_list, name="practices"),
    path("practice/new/", views.practice_new, name="practice_new"),
    path("practice/<slug:slug>/", views.practice, name="practice"),
]
