"""The annual report: its editions as a page, as PDF, DOCX and data, and the auditor's sample of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tertia.core.actions.policies import OFFICE
from tertia.core.files.download import DOCX, XLSX, attachment
from tertia.core.parties.queries import home_of, own_here
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.measure.indicators.queries import INSIDE
from tertia.tell.reports.audit import draw
from tertia.tell.reports.forms import SampleForm
from tertia.tell.reports.models import Edition
from tertia.tell.reports.print import edition_docx, edition_pdf, sample_pdf, sample_xlsx
from tertia.tell.reports.queries import editions_for
from tertia.tell.reports.words import report_words

__all__ = ["report", "report_data", "report_docx", "report_list", "report_pdf", "report_sample"]


def report_list(request: Any) -> HttpResponse:
    return render(
        request,
        "reports/report_list.html",
        {"rows": own_here(editions_for(request.actor)), "owner": home_of(request.actor, *OFFICE), "stage": "tell"},
    )


def report(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Edition, slug=slug)
    writes, audits = request.actor.has(record.owner_id, *OFFICE), request.actor.has(record.owner_id, *INSIDE)
    return render(request, "reports/report.html", record_context(request, record, words=report_words(record), writes=writes, audits=audits))


def report_pdf(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Edition, slug=slug)
    language = (get_language() or "en")[:2]
    answer = HttpResponse(edition_pdf(record, language), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="third-mission-report-{record.slug}-{language}.pdf"'
    return answer


def report_docx(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Edition, slug=slug)
    language = (get_language() or "en")[:2]
    return attachment(edition_docx(record, language), DOCX, f"third-mission-report-{record.slug}-{language}.docx")


@login_required
def report_sample(request: Any, slug: str) -> HttpResponse:
    """Drawn anew by whoever works for the university or audits it (analyst): rows of persons stand in it, without persons."""
    record = record_for(request.actor, Edition, slug=slug)
    if not request.actor.has(record.owner_id, *INSIDE):
        raise Http404
    form = SampleForm(request.GET if "seed" in request.GET else None)
    drawn = (
        draw(record, figures=form.cleaned_data["figures"], rows=form.cleaned_data["rows"], seed=form.cleaned_data["seed"])
        if form.is_valid()
        else None
    )
    name = f"sample-{record.slug}"
    if drawn is not None and request.GET.get("form") == "xlsx":
        return attachment(sample_xlsx(record, drawn, form.cleaned_data["seed"]), XLSX, f"{name}.xlsx")
    if drawn is not None and request.GET.get("form") == "pdf":
        return attachment(
            sample_pdf(record, drawn, form.cleaned_data["seed"], (get_language() or "en")[:2]), "application/pdf", f"{name}.pdf"
        )
    return render(request, "reports/sample.html", {"record": record, "form": form, "drawn": drawn, "stage": "tell"})


def report_data(request: Any, slug: str) -> JsonResponse:
    """The content whose SHA-256 is printed in the edition."""
    record = record_for(request.actor, Edition, slug=slug)
    return JsonResponse({"sha256": record.sha256, "content": record.content}, json_dumps_params={"ensure_ascii": False})
