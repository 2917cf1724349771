from django.urls import path

from tertia.tell.accreditation import views

urlpatterns = [
    path("accreditation/", views.self_evaluations, name="self_evaluations"),
    path("accreditation/new/", views.self_evaluation_new, name="self_evaluation_new"),
    path("accreditation/<slug:slug>/", views.self_evaluation, name="self_evaluation"),
    path("accreditation/<slug:slug>/paper.<slug:form>", views.self_evaluation_paper, name="self_evaluation_paper"),
    path("accreditation/<slug:slug>/criterion/<int:number>/", views.criterion, name="criterion"),
]
