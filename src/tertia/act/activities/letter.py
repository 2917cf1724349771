"""The page behind a host's link: were they with you? One screen, one button with the sum, no account."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tertia.act.activities.actions import attest_hours, dispute_sheet, say_benefit, take_back
from tertia.act.activities.models import HoursSheet, Participation
from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.languages.formatting import long_date
from tertia.core.periods import clock

__all__ = ["attest"]


def _words(held: Any) -> str:
    sheet = HoursSheet.objects.select_related("activity").filter(pk=held.subject_id).first()
    if sheet is None:
        return ""
    language = (get_language() or "en")[:2]
    count = sheet.participations.count()
    words = ngettext(
        "%(n)d person helped you on %(day)s. Was he or she with you? Please sign:",
        "%(n)d people helped you on %(day)s. Were they with you? Please sign:",
        count,
    )
    return words % {"n": count, "day": long_date(sheet.activity.starts_on, language)}


@declare_pass_page("activities.attest", _words)
def attest(request: Any, held: Any) -> HttpResponse:
    sheet = scoped_or_404(HoursSheet.objects.select_related("activity__host", "owner"), pk=held.subject_id)
    lines = list(sheet.participations.select_related("person").order_by("person__name"))
    by, faults = Actor.holding(held), {}
    if request.method == "POST":
        try:
            _act(request, by, sheet, lines)
            return redirect(request.path)
        except BadInput as error:
            faults = {fault.where: fault.sentence for fault in error.faults}
    names = "sheet" if sheet.state == "asked" else "receipt"
    context = {
        "sheet": sheet, "held": held, "lines": [_line(line, request.POST, faults) for line in lines], "faults": faults,
        "claimed": sum((line.hours_claimed for line in lines), Decimal(0)), "signed": sum((line.counted for line in lines), Decimal(0)),
        "changed": [line for line in lines if line.disputed], "until": _take_back_until(sheet), "people": len(lines),
    }  # fmt: skip
    return render(request, f"activities/{names}.html", context, status=400 if faults else 200)


def _take_back_until(sheet: HoursSheet) -> Any:
    if sheet.signed_at is None:
        return None
    last = timezone.localdate(sheet.signed_at) + dt.timedelta(days=7)
    return last if last >= clock.today() else None


def _line(line: Participation, post: Any, faults: dict[str, str]) -> dict[str, Any]:
    return {
        "line": line, "name": line.person.discreet_name if line.person else _("erased person"), "fault": faults.get(f"hours-{line.pk}", ""),
        "hours": post.get(f"hours-{line.pk}", "") if post else "", "agreed": line.hours_claimed if line.hours_signed is None else line.hours_signed, "absent": bool(post) and f"with-{line.pk}" not in post,
        "note": post.get(f"note-{line.pk}", "") if post else "",
    }  # fmt: skip


def _act(request: Any, by: Actor, sheet: HoursSheet, lines: list[Participation]) -> None:
    doing = request.POST.get("do")
    if doing == "sign":
        changes, absent, notes = read_lines(request.POST, lines)
        attest_hours(by=by, sheet=sheet, changes=changes, absent=absent, notes=notes)
    elif doing == "not-host":
        dispute_sheet(by=by, sheet=sheet)
    elif doing == "take-back":
        take_back(by=by, sheet=sheet, today=clock.today())
    elif doing == "helped":
        say_benefit(by=by, sheet=sheet, helped=request.POST.get("helped", ""))


#: hours of one person in one activity are fewer by far
MOST_HOURS = Decimal(10_000)


def read_lines(post: Any, lines: list[Participation]) -> tuple[dict[int, Decimal], set[int], dict[int, str]]:
    """Changed hours, absent people and notes by participation id. Raises BadInput with all faults."""
    changes, absent, notes, faults = {}, set(), {}, []
    for line in lines:
        if f"with-{line.pk}" not in post:
            absent.add(line.pk)
        if note := post.get(f"note-{line.pk}", "").strip():
            notes[line.pk] = note
        words = post.get(f"hours-{line.pk}", "").strip().replace(",", ".").rstrip("hчс. ")
        if not words:
            continue
        try:
            given = Decimal(words)
            if not given.is_finite() or abs(given) >= MOST_HOURS:
                raise InvalidOperation
        except InvalidOperation:
            faults.append(Fault(f"hours-{line.pk}", _("Write the hours as a number, for example 4,25.")))
            continue
        if given != (line.hours_claimed if line.hours_signed is None else line.hours_signed) and line.pk not in absent:
            changes[line.pk] = given.quantize(Decimal("0.01"))
    if faults:
        raise BadInput(*faults)
    return changes, absent, notes
