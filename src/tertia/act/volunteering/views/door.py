"""At the door: the list of one shift, arrivals and departures, the changing code, paper, the wall. By a link or signed in."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from decimal import Decimal
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tertia.act.volunteering.actions import close_list, enter, walk_in
from tertia.act.volunteering.actions.lists import Given, desk_secret
from tertia.act.volunteering.attendance import hours_of
from tertia.act.volunteering.codes import STEP, code_at, shift_key
from tertia.act.volunteering.models import Entry, Shift, SignUp
from tertia.act.volunteering.paper import read_paper
from tertia.act.volunteering.queries import here_now, opportunity_for, presence_of, runs
from tertia.act.volunteering.sentences import moment
from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.parties.models import Person
from tertia.core.periods import clock

__all__ = ["desk", "shift_list", "shift_paper", "wall"]


def _shifts() -> Any:
    return Shift.objects.select_related("opportunity__owner", "opportunity__host", "activity__sheet")


def _words(held: Any) -> str:
    shift = _shifts().filter(pk=held.subject_id).first()
    return _("The list of the volunteers of %(shift)s:") % {"shift": moment(shift)} if shift else ""


@declare_pass_page("volunteering.desk", _words)
def desk(request: Any, held: Any) -> HttpResponse:
    """The list by a link, for the host's helpers."""
    return _list(request, scoped_or_404(_shifts(), pk=held.subject_id), Actor.holding(held))


@login_required
def shift_list(request: Any, pk: int) -> HttpResponse:
    shift = _run_by(request, pk)
    return _list(request, shift, request.actor)


def _run_by(request: Any, pk: int) -> Shift:
    shift = scoped_or_404(_shifts(), pk=pk)
    if opportunity_for(request.actor, shift.opportunity.slug) is None or not runs(request.actor, shift.opportunity):
        raise Http404
    return shift  # type: ignore[no-any-return]


def _list(request: Any, shift: Shift, by: Actor) -> HttpResponse:
    if request.method == "POST" and request.content_type == "application/json":
        return _sync(request, shift, by)
    fault, sent = "", request.POST
    if request.method == "POST":
        try:
            _act(request, shift, by)
            return redirect(request.path)
        except TertiaError as error:
            fault = error.sentence()
    presence = presence_of(shift)
    signed = {row.person_id: row for row in SignUp.objects.filter(shift=shift).select_related("person")}
    others = Person.objects.filter(pk__in=set(presence) - set(signed))
    lines = [
        _line(row.person, presence.get(row.person_id), shift, row)
        for row in signed.values()
        if not row.waiting or row.person_id in presence
    ]
    lines += [_line(person, presence.get(person.pk), shift, None) for person in others]
    lines.sort(key=lambda line: str(line["person"].name))
    now = clock.now()
    context = {
        "shift": shift, "record": shift.opportunity, "lines": lines, "fault": fault, "sent": sent, "moment": moment(shift), "code": code_at(desk_secret(), shift.pk, now),
        "square": _square(shift, now), "left": STEP - int(now.timestamp()) % STEP, "here": sum(line["here"] for line in lines), "came": sum(line["came"] for line in lines),
        "total": sum((line["hours"] for line in lines), Decimal(0)), "over": shift.starts_at <= now, "by_pass": by.holds is not None, "code_key": shift_key(desk_secret(), shift.pk).hex(), "key": secrets.token_hex(8), "now": now,
    }  # fmt: skip
    answer = render(request, "volunteering/shift_list.html", context, status=400 if fault else 200)
    answer["X-Tertia-Offline"] = "keep"
    return answer


def _square(shift: Shift, now: dt.datetime) -> Any:
    """The code as a square that a telephone's camera opens."""
    address = f"{settings.BASE_URL}{reverse('check_in')}?shift={shift.pk}&code={code_at(desk_secret(), shift.pk, now)}"
    return mark_safe(segno.make(address, error="m").svg_inline(scale=5, border=2, omitsize=True))


def _line(person: Any, presence: Any, shift: Shift, row: SignUp | None) -> dict[str, Any]:
    came = bool(presence and presence.came)
    hours = hours_of(presence, shift.starts_at, shift.ends_at) if came else Decimal(0)
    return {
        "person": person, "presence": presence, "row": row, "came": came, "here": came and presence.left is None, "hours": hours,
        "doubts": presence.doubts if presence else (),
    }  # fmt: skip


def _act(request: Any, shift: Shift, by: Actor) -> None:
    post, now = request.POST, clock.now()
    doing, key = post.get("do", ""), post.get("key", "")[:40] or secrets.token_hex(8)
    what, _sep, person = doing.partition("-")
    if what in ("in", "out", "absent") and person.isdecimal():
        at = now if what != "absent" else max(now, shift.starts_at)
        enter(by=by, shift=shift, entries=[Given(f"{key}-{what}-{person}", int(person), what, min(at, now))], source=Entry.Source.LIST)
    elif doing == "walk-in":
        walk_in(by=by, shift=shift, name=post.get("name", ""), number=post.get("number", ""), key=key, at=now)
    elif doing == "paper":
        enter(by=by, shift=shift, entries=read_paper(post.get("paper", ""), shift), source=Entry.Source.PAPER)
    elif doing == "close":
        close_list(by=by, shift=shift, on=clock.today())


def _sync(request: Any, shift: Shift, by: Actor) -> HttpResponse:
    """What a device kept while it was offline: `{"entries": [{key, person, kind, at}], "people": [{key, name, at}]}`, all or nothing."""
    try:
        body = json.loads(request.body)
        given = [Given(str(e["key"]), int(e["person"]), str(e["kind"]), _moment(e["at"])) for e in body.get("entries", [])]
        people = [(str(p["key"]), str(p["name"]), str(p.get("number", "")), _moment(p["at"])) for p in body.get("people", [])]
    except (ValueError, KeyError, TypeError) as error:
        return JsonResponse({"kept": 0, "sentence": _("The entries could not be read: %(what)s") % {"what": error}}, status=400)
    try:
        new = enter(by=by, shift=shift, entries=given, source=Entry.Source.DESK) if given else 0
        for key, name, number, at in people:
            walk_in(by=by, shift=shift, name=name, number=number, key=key, at=at)
    except BadInput as error:
        wrong = [f.where.removeprefix("entry-") for f in error.faults]
        return JsonResponse({"kept": 0, "sentence": error.sentence(), "wrong": wrong}, status=400)
    return JsonResponse({"kept": new + len(people), "known": len(given) - new})


def _moment(words: Any) -> dt.datetime:
    found = parse_datetime(str(words))
    if found is None or found.tzinfo is None:
        raise ValueError(f"{words!r} is no time with its zone")
    return found


@login_required
def shift_paper(request: Any, pk: int) -> HttpResponse:
    """The list for printing: a number for each person, boxes for coming and leaving, empty lines for others."""
    shift = _run_by(request, pk)
    rows = SignUp.objects.filter(shift=shift, waiting=False).select_related("person").order_by("person__name")
    context = {"shift": shift, "record": shift.opportunity, "rows": rows, "moment": moment(shift), "empty": range(6)}
    return render(request, "volunteering/shift_paper.html", context)


@login_required
def wall(request: Any, slug: str) -> HttpResponse:
    """Who is here now, who leaves soon, where somebody is missing: for a screen on the wall."""
    record = opportunity_for(request.actor, slug)
    if record is None or not runs(request.actor, record):
        raise Http404
    now = clock.now()
    shifts = list(
        Shift.objects.filter(
            opportunity=record, called_off=False, starts_at__lte=now + dt.timedelta(hours=2), ends_at__gte=now - dt.timedelta(hours=2)
        )
    )
    here = here_now(shifts)
    names = Person.objects.in_bulk({p.person for found in here.values() for p in found})
    shown = []
    for shift in shifts:
        shift.opportunity = record
        starts, ends = shift.local()
        people = [names[p.person] for p in here[shift.pk]]
        soon = now <= shift.ends_at <= now + dt.timedelta(minutes=30)
        shown.append(
            {
                "shift": shift,
                "starts": starts,
                "ends": ends,
                "people": people,
                "soon": soon,
                "until": f"{ends:%H:%M}",
                "missing": max(shift.taken - len(people), 0) if shift.starts_at <= now <= shift.ends_at else 0,
                "over": shift.ends_at < now,
            }
        )
    return render(request, "volunteering/wall.html", {"record": record, "rows": shown, "now": now, "stage": "act"})
