from django.urls import path

from tertia.measure.targets import views

urlpatterns = [
    path("targets/", views.target_list, name="targets"),
    path("targets/new/", views.target_new, name="target_new"),
    path("targets/table/", views.target_sheet, name="target_sheet"),
    path("targets/<slug:slug>/", views.target, name="target"),
]
