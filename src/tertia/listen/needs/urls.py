from django.urls import path

from tertia.listen.needs import views

urlpatterns = [
    path("needs/", views.need_list, name="needs"),
    path("needs/new/", views.need_new, name="need_new"),
    path("needs/<slug:slug>/", views.need, name="need"),
]
