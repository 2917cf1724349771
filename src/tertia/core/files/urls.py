from django.urls import path

from tertia.core.files import views

urlpatterns = [path("files/<int:pk>/", views.download, name="file")]
