from django.urls import path

from tertia.tell.returns import views

urlpatterns = [
    path("returns/", views.returns, name="returns"),
    path("returns/<slug:slug>/", views.filled, name="return"),
    path("returns/<slug:slug>/file/", views.return_file, name="return_file"),
    path("returns/<slug:slug>/behind/<slug:cell>/", views.return_behind, name="return_behind"),
]
