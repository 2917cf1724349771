from django.urls import path

from tertia.act.learning.views import badges, courses, lti, own

urlpatterns = [
    path("study/", courses.programme_list, name="programmes"),
    path("study/import/", courses.study_import, name="study_import"),
    path("study/mine/", own.my_study, name="my_study"),
    path("study/mine.json", own.my_record, name="my_record"),
    path("study/mine.pdf", own.my_record_pdf, name="my_record_pdf"),
    path("study/programmes/<slug:slug>/", courses.programme, name="programme"),
    path("study/courses/<slug:slug>/", courses.course, name="course"),
    path("study/reflections/<int:pk>/", own.reflection, name="reflection"),
    path("study/platforms/", lti.platforms, name="platforms"),
    path("study/platforms/me/", lti.lti_connect, name="lti_connect"),
    path("study/platforms/links/<int:pk>/", lti.lti_choose, name="lti_choose"),
    path("study/platforms/course/", lti.lti_deep_link, name="lti_deep_link"),
    path("study/platforms/course/answer/", lti.lti_answer, name="lti_answer"),
    path("badges/", badges.verify_page, name="badge_verify"),
    path("badges/<uuid:uuid>/", badges.badge, name="badge"),
    path("badges/<uuid:uuid>/<slug:what>.pdf", badges.badge_paper, name="badge_paper"),
    path("badges/<uuid:uuid>/badge.<str:kind>", badges.badge_file, name="badge_file"),
    path("badges/lists/<slug:slug>.jwt", badges.badge_list, name="badge_list"),
]
