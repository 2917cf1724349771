"""The country: one indicator on the map, a university's versions and figures, handing in, the keeper's desk, questions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, Fault
from tertia.core.files.store import LIMIT, open_stored, too_large
from tertia.core.keys.actions import register_key, retire_key
from tertia.core.keys.models import OrganisationKey
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.measure.country.actions import KEEPERS, answer_question, ask_about, decide_hand_in, receive
from tertia.measure.country.intake import due_on, kept_figures, look_at, wanted_period
from tertia.measure.country.making import package_of
from tertia.measure.country.models import FigureQuestion, HandIn
from tertia.measure.country.picture import draw_dots, draw_map
from tertia.measure.country.queries import expected_on, hands_in_for, indicators_there, keeper_here, keeper_of, national, university_rows
from tertia.measure.country.table import template
from tertia.measure.indicators.engine.catalogue import catalogue

__all__ = ["country", "desk", "figure_question", "hand_in", "hand_in_file", "hand_in_page", "own_package", "university"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _keeper() -> Organisation:
    keeper = keeper_here()
    if keeper is None:
        raise Http404
    return keeper


def country(request: Any) -> HttpResponse:
    """One indicator of one period: map, regions, spread, years, who has not handed in."""
    keeper = keeper_here()
    entries = indicators_there(keeper) if keeper else []
    if keeper is None or not entries:
        return render(request, "country/empty.html", {"keeper": keeper, "stage": "measure"})
    entry = next(
        (e for e in entries if e.id == request.GET.get("indicator")),
        next((e for e in entries if e.id == "volunteer-hours-per-student"), entries[0]),
    )
    day = clock.today()
    found = national(keeper, entry, request.GET.get("period", wanted_period(day)), day)
    questions = (
        FigureQuestion.objects.filter(owner=keeper, indicator=entry.id, period=found.period).select_related("organisation").order_by("-pk")
    )
    context = {
        "found": found, "map": draw_map(found), "dots": draw_dots(found.spread, entry.unit) if found.spread else None, "entries": entries, "keeper": keeper,
        "questions": questions, "caveat": entry.said("caveat", (get_language() or "en")[:2]), "share": len(found.handed_in) / max(1, len(found.universities)),
        "hands_in": bool(request.actor.person and hands_in_for(request.actor, keeper)), "keeps": request.actor.has(keeper.pk, *KEEPERS), "stage": "measure",
    }  # fmt: skip
    return render(request, "country/country.html", context)


def university(request: Any, slug: str) -> HttpResponse:
    """What one university has handed in: its figures in force, its versions, the questions about them."""
    keeper = _keeper()
    organisation = get_object_or_404(Organisation.objects.filter(expected_by__keeper=keeper), slug=slug)
    keeps = request.actor.has(keeper.pk, *KEEPERS)
    error = None
    if request.method == "POST":
        if not keeps:
            raise Http404
        try:
            return redirect(_keep(request, keeper, organisation))
        except BadInput as found:
            error = found
    versions, figures, questions = university_rows(keeper, organisation)
    inside = keeps or request.actor.has(organisation.pk)
    shown = versions if inside else [v for v in versions if v.state in ("accepted", "replaced")]
    rows = [{"entry": catalogue()[key], "figures": found} for key, found in figures.items() if key in catalogue()]
    context = {
        "organisation": organisation, "versions": shown, "rows": rows, "questions": questions, "keeps": keeps, "error": error, "inside": inside,
        "keys": OrganisationKey.objects.filter(organisation=organisation).order_by("-valid_from", "-pk"),
        "registers": request.actor.has(keeper.pk, "administrator", "leader", "office"),
        "wanted": wanted_period(clock.today()), "due": due_on(wanted_period(clock.today()), keeper), "stage": "measure",
    }  # fmt: skip
    return render(request, "country/university.html", context, status=400 if error else 200)


def _keep(request: Any, keeper: Organisation, organisation: Organisation) -> Any:
    """What the keeper does on a university's page: note its public key, or ask about a figure. Returns where to go."""
    here = reverse("country_university", kwargs={"slug": organisation.slug})
    if request.POST.get("do") == "key":
        register_key(
            by=request.actor, keeper=keeper, organisation=organisation, public=request.POST.get("public", ""), valid_from=clock.today()
        )
        messages.success(request, _("The key is registered."))
        return here
    if request.POST.get("do") == "retire":
        key = get_object_or_404(OrganisationKey, pk=request.POST.get("key") or 0, organisation=organisation)
        retire_key(by=request.actor, keeper=keeper, key=key, on=clock.today())
        messages.success(request, _("The key counts no more; what it signed before stays good."))
        return here
    return ask_about(
        by=request.actor, keeper=keeper, organisation=organisation, indicator=request.POST.get("indicator", ""), period=request.POST.get("period", ""),
        words=text_of(request.POST, "words"), on=clock.today(), demonstration=keeper.demonstration,
    )  # fmt: skip


@login_required
def own_package(request: Any) -> HttpResponse:
    """A university's own package for the keeper: made from the records of today, few persons hidden, signed with its key."""
    owner = home_of(request.actor, "office", "leader")
    if owner is None:
        raise Http404
    wanted = wanted_period(clock.today())
    if request.method == "POST":
        data = package_of(owner, wanted, clock.now())
        response = HttpResponse(data, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{owner.slug}-{wanted}.zip"'
        return response
    keys = OrganisationKey.objects.filter(organisation=owner).order_by("-valid_from", "-pk")
    return render(request, "country/own_package.html", {"owner": owner, "wanted": wanted, "keys": keys, "stage": "measure"})


@login_required
def hand_in(request: Any) -> HttpResponse:
    """Choose the university and the file; what the check found stands on the page of the version."""
    keeper = _keeper()
    mine = hands_in_for(request.actor, keeper)
    if not mine:
        raise Http404
    day = clock.today()
    if request.GET.get("format") == "xlsx":
        return _form_to_fill(day)
    error = None
    if request.method == "POST":
        try:
            return redirect("hand_in_page", pk=_receive(request, keeper, mine).pk)
        except BadInput as found:
            error = found
    wanted = wanted_period(day)
    context = {
        "mine": mine,
        "error": error,
        "wanted": wanted,
        "due": due_on(wanted, keeper),
        "today": day,
        "keeper": keeper,
        "stage": "measure",
        "chosen": request.GET.get("for", ""),
    }
    return render(request, "country/hand_in.html", context, status=400 if error else 200)


def _receive(request: Any, keeper: Organisation, mine: list[Organisation]) -> HandIn:
    organisation = next((o for o in mine if o.slug == request.POST.get("organisation")), None)
    if organisation is None:
        raise BadInput(Fault("organisation", _("Choose the university.")))
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput(Fault("file", _("Choose a file.")))
    if upload.size > LIMIT:
        raise BadInput(too_large(upload.size))
    received = look_at(upload.read(), organisation=organisation, keeper=keeper, today=clock.today())
    return receive(by=request.actor, keeper=keeper, received=received, demonstration=organisation.demonstration)


def _form_to_fill(day: Any) -> HttpResponse:
    wanted = wanted_period(day)
    heads = [
        _("Indicator’s short name"), _("Period"), _("Above the line"), _("Below the line"), _("Breakdown"), _("Indicator"), _("What stands above the line"),
        _("What stands below the line"),
    ]  # fmt: skip
    notes = [
        _("Write the counts; leave a row empty where nothing is recorded: it is missing then, not zero."),
        _("Counts of fewer than five people are hidden when the table comes in; what would give them away as well."),
    ]
    body = template([wanted, str(int(wanted[:4]))], (get_language() or "en")[:2], heads, _("Figures"), notes)
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="figures-{wanted}.xlsx"'
    return response


def _seen(request: Any, pk: int) -> HandIn:
    """A version as this reader may see it: refused and waiting ones belong to the university and the keeper."""
    found = get_object_or_404(HandIn.objects.select_related("organisation", "keeper", "person", "file"), pk=pk)
    inside = request.actor.has(found.keeper_id, *KEEPERS) or request.actor.has(found.organisation_id)
    if not inside and found.state not in (HandIn.State.ACCEPTED, HandIn.State.REPLACED):
        raise Http404
    return found


def hand_in_page(request: Any, pk: int) -> HttpResponse:
    version = _seen(request, pk)
    keeps = request.actor.has(version.keeper_id, *KEEPERS)
    error = None
    if request.method == "POST":
        if not keeps or version.file is None:
            raise Http404
        figures = kept_figures(b"".join(open_stored(version.file)), version.door)
        try:
            decide_hand_in(
                by=request.actor, hand_in=version, accept=request.POST.get("do") == "accept", words=request.POST.get("words", ""), figures=figures,
                on=clock.today(),
            )  # fmt: skip
            messages.success(request, _("Saved."))
            return redirect("hand_in_page", pk=pk)
        except BadInput as found:
            error = found
    entries = catalogue()
    odd = [{**o, "entry": entries.get(o["indicator"])} for o in version.odd]
    context = {
        "version": version, "odd": odd, "keeps": keeps, "error": error, "stage": "measure",
        "problems": version.problems[:100], "more": max(0, len(version.problems) - 100),
    }  # fmt: skip
    return render(request, "country/hand_in_page.html", context, status=400 if error else 200)


def hand_in_file(request: Any, pk: int) -> HttpResponse:
    """The package itself, or the table's figures as CSV: anybody checks it with `tertia package check`."""
    version = _seen(request, pk)
    if version.file is None:
        raise Http404
    return FileResponse(open_stored(version.file), as_attachment=True, filename=version.file.name, content_type=version.file.media_type)


@login_required
def desk(request: Any) -> HttpResponse:
    """The keeper's desk: who has handed in the year that is asked for, what waits for a decision, what was refused."""
    keeper = keeper_of(request.actor)
    if keeper is None:
        raise Http404
    day = clock.today()
    wanted = wanted_period(day)
    expected = expected_on(keeper, day)
    latest: dict[int, list[HandIn]] = {}
    for version in (
        HandIn.objects.filter(keeper=keeper).select_related("organisation").defer("problems").order_by("organisation__slug", "-number")
    ):
        latest.setdefault(version.organisation_id, []).append(version)
    rows = [
        {"organisation": o, "last": next(iter(latest.get(o.pk, [])), None), "held": next((v for v in latest.get(o.pk, []) if v.state == "accepted" and wanted in v.periods), None)}
        for o in expected
    ]  # fmt: skip
    waiting = [v for versions in latest.values() for v in versions if v.state == "asked"]
    questions = (
        FigureQuestion.objects.filter(owner=keeper).select_related("organisation").prefetch_related("owed_answers").order_by("-pk")[:50]
    )
    context = {
        "keeper": keeper, "rows": rows, "waiting": waiting, "wanted": wanted, "due": due_on(wanted, keeper), "questions": questions, "stage": "measure",
        "held": sum(r["held"] is not None for r in rows),
    }  # fmt: skip
    return render(request, "country/desk.html", context)


def figure_question(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, FigureQuestion, slug=slug)
    owed = record.owed_answers.select_related("party").first()
    answers = owed is not None and request.actor.has(owed.party_id, "office", "leader", "administrator", "editor")
    error = None
    if request.method == "POST":
        try:
            answer_question(by=request.actor, owed=owed, words=text_of(request.POST, "words"), on=clock.today())
            messages.success(request, _("Saved."))
            return redirect(record)
        except BadInput as found:
            error = found
    context = record_context(request, record, owed=owed, answers=answers, error=error, entry=catalogue().get(record.indicator))
    return render(request, "country/question.html", context, status=400 if error else 200)
