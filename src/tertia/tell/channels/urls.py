from django.urls import path

from tertia.tell.channels import views

urlpatterns = [
    path("newsletter/", views.newsletter, name="newsletter"),
    path("newsletter/confirm/<slug:token>/", views.newsletter_confirm, name="newsletter_confirm"),
    path("channels/", views.channels, name="channels"),
    path("neighbours/", views.neighbours, name="neighbours"),
    path("embed/stories/", views.embed_stories, name="embed_stories"),
]
