"""A sheet of hours, and reading who took part."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.act.activities.actions import amend_hours, ask_host
from tertia.act.activities.forms import AmendForm
from tertia.act.activities.models import HoursSheet
from tertia.act.activities.queries import sheet_totals
from tertia.core.actions.errors import BadInput, Fault, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import WRITERS
from tertia.core.parties.models import Membership, Person
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for

__all__ = ["hours", "read_claim_lines"]


def read_claim_lines(text: str, owner: Any, unit: Any, *, usual: Decimal | None = None) -> list[tuple[Any, Any, Decimal, str]]:
    """`S00012 3,5` in a line, or only numbers (several in a line) where `usual` says the hours, into people and hours.

    Raises BadInput with every fault and its line.
    """
    lines = [(n, re.split(r"[\s;]+|,(?!\d)", line.strip())) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    given = [(n, [p for p in parts if p]) for n, parts in lines]
    people = {p.key: p for p in Person.objects.filter(home=owner, key__in={part for _n, parts in given for part in parts})}
    staff = set(
        Membership.objects.in_force(clock.today())
        .filter(person__in=people.values(), organisation=owner, standing="staff")
        .values_list("person", flat=True)
    )
    rows, faults = [], []
    for n, parts in given:
        hours = _hours(parts[-1]) if len(parts) > 1 and parts[-1] not in people else None
        keys = parts[:-1] if hours is not None else parts
        hours = usual if hours is None else hours
        if hours is None:
            faults.append(Fault("lines", _("Line %(n)d: write the hours as a number, for example 3,5.") % {"n": n}))
            continue
        for key in keys:
            person = people.get(key)
            if person is None:
                faults.append(
                    Fault("lines", _("Line %(n)d: there is nobody with the number %(key)s in the list of people.") % {"n": n, "key": key})
                )
            else:
                rows.append((person, unit, hours, "staff" if person.pk in staff else "student"))
    if faults:
        raise BadInput(*faults)
    return rows


def _hours(words: str) -> Decimal | None:
    try:
        found = Decimal(words.replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def hours(request: Any, slug: str) -> HttpResponse:
    """A sheet of hours: totals to everybody, names only to those who work here and to the host."""
    record = record_for(request.actor, HoursSheet, slug=slug)
    writes = request.actor.has(record.owner_id, *WRITERS)
    sees_names = request.actor.has(record.owner_id, "editor", "office", "leader", "administrator")
    if request.method == "POST" and request.POST.get("do") == "ask":
        sheet = ask_host(by=request.actor, sheet=record, on=clock.today())
        messages.success(request, _("The host is asked to sign."))
        return redirect("pass_share", pk=sheet.link.pk) if sees_names else redirect("hours", slug=slug)
    may_amend = record.state == "signed" and request.actor.has(record.owner_id, "editor", "office", "leader")
    amend = AmendForm(request.POST if request.POST.get("do") == "amend" else None) if may_amend else None
    if request.method == "POST" and amend is not None and amend.is_valid():
        try:
            rows = read_claim_lines(amend.cleaned_data["lines"], record.owner, record.activity.unit)
            sheet = amend_hours(by=request.actor, sheet=record, rows=rows, reason=amend.cleaned_data["reason"], on=clock.today())
            messages.success(request, _("The host is asked to sign."))
            return redirect("pass_share", pk=sheet.link.pk)
        except TertiaError as error:
            add_refusal(amend, error)
    claimed, signed, people = sheet_totals([record.pk]).get(record.pk, (Decimal(0), Decimal(0), 0))
    rows = record.participations.select_related("person", "unit") if sees_names else []
    mine = record.participations.filter(person=request.actor.person).first() if request.actor.person else None
    may_ask = writes and record.state in ("claimed", "asked", "refused") and record.activity.host_id is not None
    waited = (clock.today() - record.asked_on).days if record.state == "asked" and record.asked_on else None
    context = record_context(
        request, record, activity=record.activity, claimed=claimed, signed=signed, people=people, rows=rows, mine=mine, may_ask=may_ask, waited=waited, amend=amend,
        links=record.passes.order_by("-issued_at", "-pk")[:5] if sees_names else [],
    )  # fmt: skip
    return render(request, "activities/hours.html", context)
