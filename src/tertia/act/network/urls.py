from django.urls import path

from tertia.act.network import views

urlpatterns = [
    path("network/", views.network, name="network"),
    path("network/files/<slug:kind>/", views.network_file, name="network_file"),
]
