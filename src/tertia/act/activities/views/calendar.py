"""The university's calendar as pages and as files for calendar programs."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.activities.actions import make_calendar_link, revoke_calendar_link
from tertia.act.activities.models import Activity, CalendarLink
from tertia.act.activities.queries import activities_for, calendar_link, ending_from, of_person
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.pages import Pages, counts_by, first_of_each
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import university_here
from tertia.core.periods import clock
from tertia.core.periods.ical import CalendarEntry, calendar_file
from tertia.core.periods.months import add_months
from tertia.core.records.queries import record_for

__all__ = ["activity_calendar", "calendar", "calendar_feed", "calendar_links", "month"]

MOST = 1000
#: of one day so many are shown; the rest is counted and has the day's own page
A_DAY = 4


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
    """The whole university's month: days with what happens on them; a list on the phone. With `day` all of that day."""
    unit = Organisation.objects.filter(slug=request.GET.get("unit", ""), kind="unit").first()
    rows = activities_for(request.actor).exclude(state="withdrawn")
    if unit is not None:
        rows = rows.filter(unit=unit)
    of_day = _day(request.GET.get("day", ""))
    if of_day is not None:
        return _all_of_day(request, ending_from(rows, of_day).filter(starts_on__lte=of_day), of_day, unit)
    first = _first(request.GET.get("month", ""))
    last = dt.date(first.year, first.month, months.monthrange(first.year, first.month)[1])
    there = ending_from(rows, first).filter(starts_on__lte=last)
    counts = counts_by(there, "starts_on", "ends_on")
    totals: Counter[dt.date] = Counter()
    for begins, ends, count in counts:
        totals.update(dict.fromkeys(_days(begins, ends, first, last), count))
    by_day: dict[dt.date, list[Activity]] = {}
    for row in _shown(there, rows, counts):
        row.address = row.get_absolute_url()  # type: ignore[attr-defined]  # each is drawn twice, in the table and in the list
        for day in _days(row.starts_on, row.ends_on, first, last):
            if len(found := by_day.setdefault(day, [])) < A_DAY:
                found.append(row)
    weeks = [
        [(day, by_day.get(day, []), day.month == first.month, totals[day] - len(by_day.get(day, ()))) for day in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    owner = university_here()
    context = {
        "first": first, "weeks": weeks, "days": [(day, shown := by_day.get(day, []), total - len(shown)) for day, total in sorted(totals.items())], "before": add_months(first, -1), "after": add_months(first, 1), "today": clock.today(),
        "units": Organisation.objects.filter(parent=owner) if owner else [], "unit": unit, "stage": "act",
    }  # fmt: skip
    return render(request, "activities/month.html", context)


def _all_of_day(request: Any, rows: QuerySet[Activity], day: dt.date, unit: Organisation | None) -> HttpResponse:
    page = Pages(rows.order_by("starts_at", "pk"), 50).get_page(request.GET.get("page"))
    return render(request, "activities/day.html", {"page": page, "rows": page.object_list, "of": day, "unit": unit, "stage": "act"})


def _shown(there: QuerySet[Activity], rows: QuerySet[Activity], counts: list[tuple[Any, ...]]) -> QuerySet[Activity]:
    """What a month has room for: all that begins on a quiet day, and of a busy day what begins earliest on it."""
    begun: Counter[dt.date] = Counter()
    for begins, _ends, count in counts:
        begun[begins] += count
    busy = sorted(day for day, count in begun.items() if count > A_DAY)[-31:]
    shown = Q(starts_on__in=[day for day, count in begun.items() if count <= A_DAY])
    days = [(_midnight(day), _midnight(day + dt.timedelta(days=1))) for day in busy]
    shown |= Q(pk__in=first_of_each(rows, "starts_at", days, A_DAY))
    return there.filter(shown).select_related(None).select_related("host").order_by("starts_at", "pk")


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _days(begins: dt.date | None, ends: dt.date | None, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The days of the month on which something goes on."""
    day = max(begins or first, first)
    while day <= min(ends or day, last):
        yield day
        day += dt.timedelta(days=1)


def _day(words: str) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(words)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


def _first(words: str) -> dt.date:
    return _day(f"{words}-01") or clock.today().replace(day=1)


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
