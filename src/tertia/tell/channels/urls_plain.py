"""Addresses that programs know: the same in all languages."""

from django.urls import path

from tertia.tell.channels import views

urlpatterns = [
    path(".well-known/webfinger", views.webfinger, name="webfinger"),
    path(".well-known/nodeinfo", views.nodeinfo_links, name="nodeinfo_links"),
    path("nodeinfo/2.1", views.nodeinfo, name="nodeinfo"),
    path("ap/inbox", views.inbox, name="ap_shared_inbox"),
    path("ap/stories/<int:pk>", views.ap_story, name="ap_story"),
    path("ap/activities/<int:pk>", views.ap_activity, name="ap_activity"),
    path("ap/<slug:slug>", views.account, name="ap_account"),
    path("ap/<slug:slug>/inbox", views.inbox, name="ap_inbox"),
    path("ap/<slug:slug>/outbox", views.ap_outbox, name="ap_outbox"),
    path("ap/<slug:slug>/followers", views.ap_followers, name="ap_followers"),
    path("ap/<slug:slug>/following", views.ap_following, name="ap_following"),
    path("newsletter/leave/<slug:token>/", views.newsletter_leave, name="newsletter_leave"),
]
