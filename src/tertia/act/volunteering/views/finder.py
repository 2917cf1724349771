"""Where help is wanted, and the page of one opportunity on which one signs up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.act.volunteering.actions import (
    ask_consent,
    close_opportunity,
    open_opportunity,
    reopen_opportunity,
    save_search,
    sign_up,
    step_back,
    withdraw_opportunity,
)
from tertia.act.volunteering.actions.sign_ups import obstacles
from tertia.act.volunteering.models import Opportunity, SavedSearch, Shift, SignUp
from tertia.act.volunteering.queries import (
    Filters,
    asked_day,
    choices_of,
    coming_shifts,
    days_of,
    find,
    of_day,
    opportunity_for,
    runs,
    waiting_counts,
)
from tertia.act.volunteering.sentences import said, sentence
from tertia.act.volunteering.suggestions import suggestions_for
from tertia.act.volunteering.words import ACCESS, LANGUAGES_WANTED, RISKS, SKILLS, words_of
from tertia.core.access.queries import ids_of, scoped_or_404
from tertia.core.actions.errors import BadInput
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WRITERS
from tertia.core.parties.queries import own_here
from tertia.core.periods import clock
from tertia.core.places.queries import regions_on
from tertia.core.records.pages import record_context
from tertia.core.rules.queries import rule_on

__all__ = ["opportunity", "opportunity_list"]

SHIFTS_A_PAGE = 60


def opportunity_list(request: Any) -> HttpResponse:
    """What is wanted soon, the next first; the filters stand in the address."""
    filters = Filters.of(request.GET)
    if request.method == "POST" and request.POST.get("do") == "save":
        if not request.actor.person:
            return redirect("account_login")
        save_search(by=request.actor, query=_query(request))
        messages.success(request, _("Kept. What is new is told once a day at most."))
        return redirect(f"{request.path}?{request.GET.urlencode()}")
    rows = own_here(find(request.actor, filters))
    page = Pages(rows, 30).get_page(request.GET.get("page"))
    shifts = Shift.objects.in_bulk([row.next_shift for row in page.object_list])
    shown = [{"row": row, "shift": shifts[row.next_shift], "km": row.distance**0.5 if filters.near else None} for row in page.object_list]
    for one in shown:
        one["shift"].opportunity = one["row"]
    saved = SavedSearch.objects.filter(person=request.actor.person, query=_query(request)).exists() if request.actor.person else False
    context = {
        "page": page, "rows": shown, "count": page.paginator.count, "filters": filters, "saved": saved, "stage": "act", "places": regions_on(clock.today()),
        "skills": SKILLS, "access": ACCESS, "languages_wanted": LANGUAGES_WANTED, "waiting": waiting_counts(shifts.values()),
        "may_add": bool(request.actor.organisations(*WRITERS, "partner")), "plans": bool(request.actor.organisations("office", "leader")), "said": said(filters), "near": request.GET.get("near", ""),
        "fits": [] if filters or page.number > 1 else suggestions_for(request.actor),
    }  # fmt: skip
    return render(request, "volunteering/opportunity_list.html", context)


def _query(request: Any) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return str(query.urlencode())


def opportunity(request: Any, slug: str) -> HttpResponse:
    record = opportunity_for(request.actor, slug)
    if record is None:
        raise Http404
    faults: dict[str, list[str]] = {}
    if request.method == "POST":
        if not request.actor.person:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        try:
            if (answer := _act(request, record)) is not None:
                return answer
        except BadInput as error:
            for fault in error.faults:
                faults.setdefault(fault.where, []).append(fault.sentence)
    return render(request, "volunteering/opportunity.html", _context(request, record, faults), status=400 if faults else 200)


def _act(request: Any, record: Opportunity) -> HttpResponse | None:
    doing, back = request.POST.get("do"), redirect("opportunity", slug=record.slug)
    if doing == "sign-up":
        chosen = ids_of(request.POST.getlist("shift"))
        shifts = list(Shift.objects.filter(opportunity=record, pk__in=chosen))
        rows = sign_up(
            by=request.actor, opportunity=record, shifts=shifts, phone=request.POST.get("phone", ""),
            birth_date=asked_day(request.POST.get("birth_date", "")),
        )  # fmt: skip
        waiting = sum(row.waiting for row in rows)
        if len(rows) > waiting:
            messages.success(
                request,
                ngettext("You have a place in %(n)d shift.", "You have a place in %(n)d shifts.", len(rows) - waiting)
                % {"n": len(rows) - waiting},
            )
        if waiting:
            messages.success(
                request,
                ngettext(
                    "You wait for %(n)d shift; you are told when a place becomes free.",
                    "You wait for %(n)d shifts; you are told when a place becomes free.",
                    waiting,
                )
                % {"n": waiting},
            )
        return back
    if doing == "step-back":
        row = scoped_or_404(
            SignUp.objects.filter(shift__opportunity=record, person=request.actor.person), pk=request.POST.get("sign_up") or 0
        )
        step_back(by=request.actor, sign_up=row)
        messages.success(request, _("You have stepped back. Nothing of it is kept."))
        return back
    if doing == "ask-parent":
        ask_consent(by=request.actor, opportunity=record, email=request.POST.get("parent_email", ""), parent=request.POST.get("parent", ""))
        messages.success(request, _("Your parent is asked. When he or she has consented, sign up."))
        return back
    run = {"open": open_opportunity, "close": close_opportunity, "reopen": reopen_opportunity, "withdraw": withdraw_opportunity}.get(doing)
    if run is None:
        return None
    run(by=request.actor, opportunity=record)
    messages.success(request, _("Saved."))
    return back


def _context(request: Any, record: Opportunity, faults: dict[str, list[str]]) -> dict[str, Any]:
    now, person = clock.now(), request.actor.person
    days = days_of(record, now)
    day = asked_day(request.GET.get("day", ""))
    rows = coming_shifts(now).filter(opportunity=record).order_by("starts_at", "pk")
    many = rows.count() > SHIFTS_A_PAGE
    if many:
        day = day if day in days else days[0]
    rows = rows.filter(of_day(record, day)) if day is not None and (many or day in days) else rows
    page = Pages(rows, SHIFTS_A_PAGE).get_page(request.GET.get("page"))
    shifts: list[Shift] = list(page.object_list)
    for shift in shifts:
        shift.opportunity = record
    mine = {s.shift_id: s for s in SignUp.objects.filter(shift__in=[s.pk for s in shifts], person=person)} if person else {}
    waiting = waiting_counts(shifts)
    why = obstacles(person, [s for s in shifts if s.pk not in mine], record, together=False) if person and shifts else {}
    shown = [_shown(s, mine, waiting, why) for s in shifts]
    held = (
        Shift.objects.filter(opportunity=record, activity__isnull=False).select_related("activity__sheet").order_by("-starts_at", "-pk")[:5]
    )
    fewest = rule_on("volunteer.fewest_answers", clock.today(), record.owner)
    asks = {o.code for found in why.values() for o in found}
    return record_context(
        request, record, shifts=shown, page=page, days=days, day=day, many=many, faults=faults, held=held, choices=choices_of([record], fewest), runs=runs(request.actor, record),
        is_office=request.actor.has(record.owner_id, "editor", "office", "leader"), needs_birth_date=person is not None and person.birth_date is None,
        asks_parent="consent" in asks, skills=words_of(record.skills, SKILLS), access=words_of(record.access, ACCESS), risks=words_of(record.risks, RISKS),
        languages_wanted=words_of(record.languages, LANGUAGES_WANTED), has_place=any(not s.waiting for s in mine.values()), sent=request.POST,
        chosen=set(ids_of(request.POST.getlist("shift"))),
    )  # fmt: skip


def _shown(shift: Shift, mine: dict[int, SignUp], waiting: dict[int, int], why: Any) -> dict[str, Any]:
    starts, ends = shift.local()
    found = [o for o in why.get(shift.pk, []) if o.code not in ("birth-date", "consent")]
    return {
        "shift": shift, "starts": starts, "ends": ends, "mine": mine.get(shift.pk), "waiting": waiting.get(shift.pk, 0),
        "why": sentence(found[0], shift) if found else "",
    }  # fmt: skip
