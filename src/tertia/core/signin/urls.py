from django.urls import path

from tertia.core.signin import views

urlpatterns = [
    path("me/accounts/", views.identities, name="identities"),
    path("sign-in/servers/", views.providers, name="signin_providers"),
    path("sign-in/servers/<slug:slug>/", views.provider_page, name="signin_provider"),
    path("sign-in/<slug:slug>/", views.begin, name="signin_begin"),
]
