from django.urls import path

from tertia.listen.research.views import desk, exports, questions, studies

urlpatterns = [
    path("research/", studies.studies, name="studies"),
    path("research/works.<slug:form>", exports.studies_file, name="studies_file"),
    path("research/new/", studies.study_new, name="study_new"),
    path("research/desk/", desk.research_desk, name="research_desk"),
    path("research/questions/", questions.regional_questions, name="regional_questions"),
    path("research/questions/new/", questions.regional_question_new, name="regional_question_new"),
    path("research/questions/<slug:slug>/", questions.regional_question, name="regional_question"),
    path("research/works/<slug:slug>/", studies.study, name="study"),
    path("research/works/<slug:slug>/change/", studies.study_change, name="study_change"),
    path("research/works/<slug:slug>/reference.<slug:form>", exports.study_file, name="study_file"),
]
