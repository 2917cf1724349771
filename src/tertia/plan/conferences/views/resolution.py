"""Resolutions: list, the ledger, the vote, the register of letters; a recommendation's own page."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import ids_of, scoped_or_404
from tertia.core.actions.errors import NotAllowed, TertiaError
from tertia.core.files.cells import harmless
from tertia.core.files.download import attachment
from tertia.core.files.papers import FORMS, paper
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import organisations, own_here
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.plan.conferences.actions import (
    adopt_resolution,
    annex_minority_statement,
    carry_on,
    expand_addressee,
    name_addressee,
    open_vote,
    remind_addressee,
    revoke_link,
    send_resolution,
    send_to_all,
    vote,
)
from tertia.plan.conferences.akoma_ntoso import akoma_ntoso
from tertia.plan.conferences.expressions import languages_of, statement_of
from tertia.plan.conferences.models import Dispatch, Recommendation, Resolution
from tertia.plan.conferences.papers import resolution_blocks
from tertia.plan.conferences.queries import carriable, dispatches_of, ledger, registration_of, resolutions_for

__all__ = ["dispatches", "recommendation", "resolution", "resolution_akn", "resolution_csv", "resolution_list", "resolution_paper"]


def resolution_list(request: Any) -> HttpResponse:
    context = {
        "rows": own_here(resolutions_for(request.actor)),
        "stage": "plan",
        "may_read": bool(request.actor.organisations("office", "leader", "editor")),
    }
    return render(request, "conferences/resolution_list.html", context)


def resolution(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Resolution, slug=slug)
    if request.method == "POST":
        return _act(request, record)
    registration = registration_of(record.conference, request.actor) if record.conference and record.state == "voting" else None
    found = ledger(record)
    silent = sorted({d for o in found.owed if (d := o.silent_days(clock.today())) is not None}, reverse=True)
    context = record_context(
        request, record, ledger=found, longest=silent[0] if silent else None, silent_count=sum(o.silent_days(clock.today()) is not None for o in found.owed),
        may_vote=bool(registration and registration.voter), minority=getattr(record, "minority_statement", None),
        expressions=languages_of(record) if record.adopted_on else [],
        earlier=list(carriable(record)) if record.state == "draft" and request.actor.has(record.owner_id, "office", "leader") else [],
    )  # fmt: skip
    return render(request, "conferences/resolution.html", context)


def _act(request: Any, record: Resolution) -> HttpResponse:
    doing, by = request.POST.get("do"), request.actor
    if doing == "open-vote":
        open_vote(by=by, resolution=record)
        messages.success(request, _("The vote is open."))
    elif doing == "vote":
        vote(by=by, resolution=record, choice=request.POST.get("choice", ""))
        messages.success(request, _("Your vote is counted. You may change it while the vote is open."))
    elif doing == "adopt":
        adopt_resolution(by=by, resolution=record, on=clock.today())
        messages.success(request, _("The resolution is adopted; its text is frozen."))
    elif doing == "carry":
        rows = Recommendation.objects.filter(owner=record.owner_id, pk__in=ids_of(request.POST.getlist("which")))
        try:
            carry_on(
                by=by,
                resolution=record,
                recommendations=list(rows.select_related("resolution").order_by("resolution__adopted_on", "position")),
            )
        except TertiaError as error:
            messages.error(request, error.sentence())
    elif doing == "minority":
        annex_minority_statement(by=by, resolution=record, text=text_of(request.POST, "text"), on=clock.today())
    return redirect("resolution", slug=record.slug)


def resolution_csv(request: Any, slug: str) -> HttpResponse:
    """Who did what on each recommendation, one row for each owed answer."""
    record = record_for(request.actor, Resolution, slug=slug)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{record.slug}-answers.csv"'
    out = csv.writer(answer, lineterminator="\n")
    out.writerow(
        ["recommendation", "text", "addressee", "state", "sent_on", "due_on", "received_on", "answered_on", "days_to_answer", "words"]
    )
    texts = {r.recommendation.pk: r.recommendation for r in ledger(record).rows}
    for owed in ledger(record).owed:
        recommendation = texts.get(owed.record_id)
        if recommendation is not None:
            row = [
                recommendation.number,
                str(recommendation.title),
                str(owed.party.name),
                owed.state,
                owed.sent_on,
                owed.due_on,
                owed.received_on,
                owed.answered_on,
                owed.answer_days,
                str(owed.words),
            ]
            out.writerow([_harmless(cell) for cell in row])
    return answer


def resolution_akn(request: Any, slug: str, code: str) -> HttpResponse:
    """An adopted resolution as Akoma Ntoso, in one of the languages in which it is whole."""
    record = record_for(request.actor, Resolution, slug=slug)
    found = statement_of(record, code)
    if found is None:
        raise Http404
    return attachment(akoma_ntoso(found), "application/akn+xml", f"{record.slug}-{code}.akn.xml")


def resolution_paper(request: Any, slug: str, code: str, form: str) -> HttpResponse:
    """An adopted resolution as DOCX or PDF, in one of the languages in which it is whole."""
    record = record_for(request.actor, Resolution, slug=slug)
    found = statement_of(record, code)
    if found is None or form not in FORMS:
        raise Http404
    blocks, name = resolution_blocks(found, record), f"{record.slug}-{code}"
    return paper(blocks, title=found.title, language=code, form=form, name=name, running=found.title)


def _harmless(cell: Any) -> Any:
    """A cell for a spreadsheet: words are no formula, nothing is an empty cell."""
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else cell


@login_required
def dispatches(request: Any, slug: str) -> HttpResponse:
    """The register of letters: addressees of the text, named bodies, sending, reminding, links."""
    record = record_for(request.actor, Resolution, slug=slug)
    if not request.actor.has(record.owner_id, "office", "leader", "editor"):
        raise NotAllowed("conferences.send_resolution")
    if request.method == "POST":
        try:
            _dispatch(request, record)
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("dispatches", slug=slug)
    groups = sorted(dict.fromkeys((r.group, r.group_lead_in) for r in record.recommendations.filter(parent=None)), key=lambda g: g[0])
    context = {
        "record": record, "groups": groups, "addressees": list(record.addressees.order_by("position")), "dispatches": list(dispatches_of(record)),
        "bodies": organisations(), "stage": "plan", "today": clock.today(),
    }  # fmt: skip
    found = context["dispatches"]
    context |= {
        "sent": sum(d.sent_on is not None for d in found),
        "left": sum(d.sent_on is None and bool(d.addressee.groups) for d in found),
    }
    return render(request, "conferences/dispatches.html", context)


def _dispatch(request: Any, record: Resolution) -> None:
    given, by, today = request.POST, request.actor, clock.today()
    if given.get("do") == "name":
        name_addressee(
            by=by,
            resolution=record,
            printed=text_of(given, "printed"),
            groups=ids_of(given.getlist("group")),
            is_class="is_class" in given,
        )
    elif given.get("do") == "expand":
        addressee = scoped_or_404(record.addressees.all(), pk=given.get("addressee") or 0)
        bodies = list(Organisation.objects.filter(pk__in=ids_of(given.getlist("body"))))
        expand_addressee(by=by, addressee=addressee, bodies=bodies, groups=ids_of(given.getlist("group")))
    elif given.get("do") == "send-all":
        send_to_all(by=by, resolution=record, on=today)
        messages.success(request, _("The letters are being written; this page shows which have gone."))
    elif given.get("do") in ("send", "remind", "revoke"):
        chosen = ids_of(given.getlist("dispatch"))
        rows = list(dispatches_of(record).filter(pk__in=chosen))
        for row in rows:
            _one(given["do"], row, by, today)
        messages.success(
            request,
            {
                "send": _("%(n)d letters are on their way."),
                "remind": _("%(n)d bodies are asked again."),
                "revoke": _("%(n)d links are taken back."),
            }[given["do"]]
            % {"n": len(rows)},
        )


def _one(doing: str, row: Dispatch, by: Any, today: Any) -> None:
    if doing == "send":
        send_resolution(by=by, dispatch=row, on=today)
    elif doing == "remind":
        remind_addressee(by=by, dispatch=row, on=today)
    else:
        revoke_link(by=by, dispatch=row)


def recommendation(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Recommendation, slug=slug)
    owed = record.owed_answers.select_related("party").order_by(F("answered_on").desc(nulls_last=True), "sent_on", "pk")
    context = record_context(request, record, owed=owed, resolution=record.resolution)
    return render(request, "conferences/recommendation.html", context)
