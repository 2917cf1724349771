"""Every address: the language stands first, the rest is the same in all three."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "tertia.web.errors.bad_request"
handler403 = "tertia.web.errors.forbidden"
handler404 = "tertia.web.errors.not_found"
handler500 = "tertia.web.errors.server_error"

urlpatterns = [
    path("", include("tertia.operation.urls")),
    path("", include("tertia.web.urls_plain")),
    path("", include("tertia.tell.channels.urls_plain")),
    path("", include("tertia.tell.site.urls_plain")),
    path("", include("tertia.tell.opendata.urls_plain")),
    path("api/v1/", include("tertia.web.api.urls")),
]
urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("", include("tertia.web.urls")),
    path("", include("tertia.core.records.urls")),
    path("", include("tertia.core.search.urls")),
    path("", include("tertia.core.access.urls")),
    path("", include("tertia.core.parties.urls")),
    path("", include("tertia.core.signin.urls")),
    path("", include("tertia.core.messages.urls")),
    path("", include("tertia.core.files.urls")),
    path("", include("tertia.core.money.urls")),
    path("", include("tertia.core.intake.urls")),
    path("", include("tertia.listen.moderation.urls")),
    path("", include("tertia.listen.needs.urls")),
    path("", include("tertia.listen.dialogue.urls")),
    path("", include("tertia.listen.proposals.urls")),
    path("", include("tertia.listen.surveys.urls")),
    path("", include("tertia.listen.research.urls")),
    path("", include("tertia.listen.region.urls")),
    path("", include("tertia.plan.conferences.urls")),
    path("", include("tertia.plan.capacities.urls")),
    path("", include("tertia.plan.practice.urls")),
    path("", include("tertia.plan.strategy.urls")),
    path("", include("tertia.plan.councils.urls")),
    path("", include("tertia.plan.faculty.urls")),
    path("", include("tertia.act.activities.urls")),
    path("", include("tertia.act.partnerships.urls")),
    path("", include("tertia.act.projects.urls")),
    path("", include("tertia.act.startups.urls")),
    path("", include("tertia.act.network.urls")),
    path("", include("tertia.act.volunteering.urls")),
    path("", include("tertia.act.learning.urls")),
    path("", include("tertia.measure.facts.urls")),
    path("", include("tertia.measure.indicators.urls")),
    path("", include("tertia.measure.targets.urls")),
    path("", include("tertia.measure.country.urls")),
    path("", include("tertia.measure.involvement.urls")),
    path("", include("tertia.measure.trust.urls")),
    path("", include("tertia.tell.stories.urls")),
    path("", include("tertia.tell.mentions.urls")),
    path("", include("tertia.tell.channels.urls")),
    path("", include("tertia.tell.site.urls")),
    path("", include("tertia.tell.reports.urls")),
    path("", include("tertia.tell.accreditation.urls")),
    path("", include("tertia.tell.opendata.urls")),
    path("", include("tertia.tell.returns.urls")),
    path("", include("tertia.demonstration.urls")),
)
