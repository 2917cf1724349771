from django.urls import path

from tertia.listen.surveys import views

urlpatterns = [
    path("surveys/", views.survey_list, name="surveys"),
    path("surveys/new/", views.survey_new, name="survey_new"),
    path("surveys/<slug:slug>/", views.survey, name="survey"),
    path("surveys/<slug:slug>/answer/", views.answer, name="survey_answer"),
    path("surveys/<slug:slug>/enter/", views.enter, name="survey_enter"),
    path("surveys/<slug:slug>/paper/", views.paper, name="survey_paper"),
]
