from django.urls import path

from tertia.measure.involvement import views

urlpatterns = [
    path("involvement/", views.assessment_list, name="assessments"),
    path("involvement/peers/", views.peers, name="peers"),
    path("involvement/<slug:slug>/", views.assessment, name="assessment"),
    path("involvement/<slug:slug>/judge/", views.assessment_judge, name="assessment_judge"),
    path("involvement/<slug:slug>/decide/", views.assessment_decide, name="assessment_decide"),
]
