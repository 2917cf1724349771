from django.urls import path

from tertia.measure.country import views

urlpatterns = [
    path("country/", views.country, name="country"),
    path("country/desk/", views.desk, name="country_desk"),
    path("country/package/", views.own_package, name="own_package"),
    path("country/hand-in/", views.hand_in, name="hand_in"),
    path("country/hand-ins/<int:pk>/", views.hand_in_page, name="hand_in_page"),
    path("country/hand-ins/<int:pk>/file/", views.hand_in_file, name="hand_in_file"),
    path("country/questions/<slug:slug>/", views.figure_question, name="figure_question"),
    path("country/universities/<slug:slug>/", views.university, name="country_university"),
]
