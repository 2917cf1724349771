from django.urls import path

from tertia.core.intake import views

urlpatterns = [
    path("lists/", views.intakes, name="intakes"),
    path("lists/<int:pk>/", views.intake, name="intake"),
    path("lists/<int:pk>/to-correct.csv", views.to_correct, name="intake_to_correct"),
]
