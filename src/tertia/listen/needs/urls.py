from django.urls import path

from tertia.listen.needs import desk_views, priority_views, views

urlpatterns = [
    path("needs/", views.need_list, name="needs"),
    path("needs/new/", views.need_new, name="need_new"),
    path("needs/who-answers/", views.needs_board, name="needs_board"),
    path("needs/desk/", desk_views.needs_desk, name="needs_desk"),
    path("needs/priorities/", priority_views.priorities, name="priorities"),
    path("needs/priorities/new/", priority_views.priorities_new, name="priorities_new"),
    path("needs/priorities/<int:pk>/", priority_views.priority_round, name="priority_round"),
    path("needs/priorities/<int:pk>/file.json", priority_views.priorities_file, name="priorities_file"),
    path("needs/<slug:slug>/", views.need, name="need"),
    path("needs/<slug:slug>/desk/", desk_views.need_desk, name="need_desk"),
    path("needs/<slug:slug>/appeal/", desk_views.need_appeal, name="need_appeal"),
]
