from django.urls import path

from tertia.core.access import views

urlpatterns = [
    path("p/<str:token>/", views.open_pass, name="pass"),
    path("passes/<int:pk>/", views.share_pass, name="pass_share"),
    path("me/tokens/", views.api_tokens, name="api_tokens"),
]
