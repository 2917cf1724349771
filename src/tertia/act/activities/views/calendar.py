"""The university's calendar as pages and as files for calendar programs."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.activities.actions import make_calendar_link, revoke_calendar_link
from tertia.act.activities.models import Activity, CalendarLink
from tertia.act.activities.queries import activities_for, calendar_link, ending_from, of_person
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.actions.errors import TertiaError
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import university_here
from tertia.core.periods import clock
from tertia.core.periods.ical import CalendarEntry, calendar_file
from tertia.core.periods.months import add_months
from tertia.core.records.queries import record_for

__all__ = ["activity_calendar", "calendar", "calendar_feed", "calendar_links", "month"]

MOST = 1000
#: of what begins on one day so many are shown; the rest is counted
A_DAY = 12


def entries_of(rows: Iterable[Activity]) -> list[CalendarEntry]:
    """Activities as calendar entries: one lasting UID each, a rising number when something changes, cancelled ones told."""
    language = (get_language() or "en")[:2]
    return [
        CalendarEntry(
            f"activity-{row.pk}@{settings.MESSAGE_ID_DOMAIN}", row.title.read(language).text, row.starts_at, row.ends_at, row.changed_at, row.where,
            url=settings.BASE_URL + row.get_absolute_url(), zone=row.owner.time_zone, version=int((row.changed_at - row.created_at).total_seconds()),
            cancelled=row.state == "withdrawn",
        )
        for row in rows
    ]  # fmt: skip


def _file(rows: Iterable[Activity], name: str = "") -> HttpResponse:
    answer = HttpResponse(calendar_file(entries_of(rows), name), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="tertia.ics"'
    return answer


def calendar(request: Any) -> HttpResponse:
    """What is still to come, as iCalendar."""
    return _file(activities_for(request.actor, after=clock.today())[:MOST], _("Activities to come"))


def activity_calendar(request: Any, slug: str) -> HttpResponse:
    """One activity as iCalendar."""
    return _file([record_for(request.actor, Activity, slug=slug)])


def month(request: Any) -> HttpResponse:
    """The whole university's month: days with what happens on them; a list on the phone."""
    first = _first(request.GET.get("month", ""))
    last = dt.date(first.year, first.month, months.monthrange(first.year, first.month)[1])
    unit = Organisation.objects.filter(slug=request.GET.get("unit", ""), kind="unit").first()
    rows = ending_from(activities_for(request.actor), first).filter(starts_on__lte=last).exclude(state="withdrawn")
    if unit is not None:
        rows = rows.filter(unit=unit)
    by_day: dict[dt.date, list[Activity]] = {}
    turn = Window(RowNumber(), partition_by="starts_on", order_by=("starts_at", "pk"))
    for row in rows.annotate(turn=turn).filter(turn__lte=A_DAY).order_by("starts_at", "pk"):
        for day in _days(row.starts_on, row.ends_on, first, last):
            by_day.setdefault(day, []).append(row)
    totals: dict[dt.date, int] = {}
    for begins, ends, count in rows.order_by().values_list("starts_on", "ends_on").annotate(n=Count("*")):
        for day in _days(begins, ends, first, last):
            totals[day] = totals.get(day, 0) + count
    weeks = [
        [(day, by_day.get(day, []), day.month == first.month, totals.get(day, 0)) for day in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    owner = university_here()
    context = {
        "first": first, "weeks": weeks, "days": [(day, shown := by_day.get(day, []), total - len(shown)) for day, total in sorted(totals.items())], "before": add_months(first, -1), "after": add_months(first, 1), "today": clock.today(),
        "units": Organisation.objects.filter(parent=owner) if owner else [], "unit": unit, "stage": "act",
    }  # fmt: skip
    return render(request, "activities/month.html", context)


def _days(begins: dt.date | None, ends: dt.date | None, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The days of the month on which something goes on."""
    day = max(begins or first, first)
    while day <= min(ends or day, last):
        yield day
        day += dt.timedelta(days=1)


def _first(words: str) -> dt.date:
    try:
        found = dt.date.fromisoformat(f"{words}-01")
        return found if 1990 <= found.year <= 2100 else clock.today().replace(day=1)
    except ValueError:
        return clock.today().replace(day=1)


def calendar_feed(request: Any, token: str) -> HttpResponse:
    """What a calendar program asks for by its private address; one that was taken back, or never was, does not exist."""
    link = calendar_link(token)
    if link is None:
        raise Http404
    since = clock.today() - dt.timedelta(days=90)
    actor = Actor.of(link.person)
    if link.of == CalendarLink.Of.PERSON:
        rows = of_person(link.person, since)
    else:
        rows = ending_from(activities_for(actor if link.of == CalendarLink.Of.ALL else ANONYMOUS), since)
        rows = rows.filter(unit=link.unit) if link.of == CalendarLink.Of.UNIT else rows
    answer = _file(rows.order_by("starts_at", "pk")[:MOST], str(link.unit.name) if link.unit else "Tertia")
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@login_required
def calendar_links(request: Any) -> HttpResponse:
    """One's own addresses for calendar programs: made here, taken back here."""
    person = request.actor.person
    if person is None:
        return redirect("today")
    owner = university_here()
    units = Organisation.objects.filter(parent=owner) if owner else Organisation.objects.none()
    if request.method == "POST":
        try:
            if request.POST.get("do") == "revoke":
                link = scoped_or_404(CalendarLink.objects.filter(person=person), pk=id_of(request.POST.get("which")))
                revoke_calendar_link(by=request.actor, link=link)
                messages.success(request, _("The address opens nothing any more."))
            else:
                unit = units.filter(slug=request.POST.get("unit", "")).first() if request.POST.get("of") == "unit" else None
                make_calendar_link(by=request.actor, person=person, of=request.POST.get("of", ""), unit=unit)
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("calendar_links")
    rows = list(CalendarLink.objects.filter(person=person, revoked_at=None).select_related("unit"))
    for row in rows:
        row.address = f"{settings.BASE_URL}/{request.LANGUAGE_CODE[:2]}/calendar/feed/{row.token}.ics"  # type: ignore[attr-defined]
    return render(request, "activities/calendar_links.html", {"rows": rows, "units": units, "stage": "today"})
