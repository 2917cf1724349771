from django.urls import path

from tertia.listen.proposals import poll_views, views

urlpatterns = [
    path("proposals/", views.proposal_list, name="proposals"),
    path("proposals/new/", views.proposal_new, name="proposal_new"),
    path("proposals/<slug:slug>/", views.proposal, name="proposal"),
    path("proposals/<slug:slug>/amend/", views.amendment_new, name="amendment_new"),
    path("proposals/<slug:slug>/vote/", poll_views.poll, name="poll"),
    path("proposals/<slug:slug>/vote/open/", poll_views.poll_new, name="poll_new"),
    path("proposals/<slug:slug>/ballots.csv", poll_views.ballots, name="ballots"),
]
