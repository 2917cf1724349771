"""The annual report: its editions as a page, as PDF and as data."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.policies import OFFICE
from tertia.core.parties.queries import home_of, own_here
from tertia.core.periods import clock
from tertia.core.periods.years import period as period_of
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.tell.reports.actions import write_edition
from tertia.tell.reports.models import Edition
from tertia.tell.reports.print import edition_pdf
from tertia.tell.reports.queries import editions_for
from tertia.tell.reports.words import report_words

__all__ = ["report", "report_data", "report_list", "report_pdf"]


def report_list(request: Any) -> HttpResponse:
    return render(
        request,
        "reports/report_list.html",
        {"rows": own_here(editions_for(request.actor)), "owner": home_of(request.actor, *OFFICE), "stage": "tell"},
    )


@login_required
def report_new(request: Any) -> HttpResponse:
    """Write the edition of a year from what is on record today."""
    owner = home_of(request.actor, *OFFICE)
    if owner is None or request.method != "POST":
        raise Http404
    try:
        year = period_of(request.POST.get("period", "").strip())
    except ValueError:
        messages.error(request, _("Write the year as 2025-26 for an academic year."))
        return redirect("reports")
    made = write_edition(by=request.actor, owner=owner, period=year, on=clock.today(), demonstration=owner.demonstration)
    return redirect("report", slug=made.slug)


def report(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Edition, slug=slug)
    return render(request, "reports/report.html", record_context(request, record, words=report_words(record)))


def report_pdf(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Edition, slug=slug)
    language = (get_language() or "en")[:2]
    answer = HttpResponse(edition_pdf(record, language), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="third-mission-report-{record.slug}-{language}.pdf"'
    return answer


def report_data(request: Any, slug: str) -> JsonResponse:
    """The content whose SHA-256 is printed in the edition."""
    record = record_for(request.actor, Edition, slug=slug)
    return JsonResponse({"sha256": record.sha256, "content": record.content}, json_dumps_params={"ensure_ascii": False})
