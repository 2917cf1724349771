from django.urls import path

from tertia.plan.faculty.views import assignments, load, profiles, recognition, staffing

urlpatterns = [
    path("faculty/", assignments.assignment_list, name="assignments"),
    path("faculty/assignments/new/", assignments.assignment_new, name="assignment_new"),
    path("faculty/assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("faculty/assignments/<int:pk>/<slug:what>.<str:form>", assignments.assignment_paper, name="assignment_paper"),
    path("faculty/load/", load.load, name="faculty_load"),
    path("faculty/load/load.<str:form>", load.load_paper, name="load_paper"),
    path("faculty/profiles/", profiles.profile_list, name="profiles"),
    path("faculty/profiles/new/", profiles.profile_new, name="profile_new"),
    path("faculty/profiles/<slug:slug>/", profiles.profile, name="profile"),
    path("faculty/reviews/new/", profiles.profile_review_new, name="profile_review_new"),
    path("faculty/reviews/<slug:slug>/", profiles.profile_review, name="profile_review"),
    path("faculty/posts/", staffing.posts, name="faculty_posts"),
    path("faculty/norms/", staffing.norms, name="faculty_norms"),
    path("faculty/recognition/", recognition.recognitions, name="recognitions"),
    path("faculty/recognition/new/", recognition.recognition_new, name="recognition_new"),
    path("faculty/training/", recognition.trainings, name="trainings"),
    path("faculty/training/<int:pk>/", recognition.training, name="training"),
    path("faculty/sheet/<int:pk>.<str:form>", recognition.person_sheet, name="person_sheet"),
]
