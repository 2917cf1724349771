"""What is asked of activities and hours."""

from __future__ import annotations

import datetime as dt
import hmac
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.activities.models import Activity, CalendarLink, HoursSheet, Participation
from tertia.core.languages.formatting import number
from tertia.core.parties.models import Organisation

__all__ = ["activities_for", "calendar_link", "ending_from", "hosts_lately", "hours_lines", "of_person", "sheet_totals", "sheets_waiting"]


def activities_for(actor: Any, *, after: dt.date | None = None) -> QuerySet[Activity]:
    """Activities that the actor may see; with `after` those from that day on, the nearest first."""
    rows: Any = Activity.objects.visible_to(actor).filter(kind="activity").select_related("host", "unit", "place", "owner")
    if after is None:
        return rows.order_by("-starts_at", "-pk")  # type: ignore[no-any-return]
    return ending_from(rows, after).order_by("starts_at", "pk")


def ending_from(rows: Any, day: dt.date) -> QuerySet[Activity]:
    """Those that end on the day or later; by the moment too, which is indexed beside what it is sorted by (a day of slack for zones)."""
    moment = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(), dt.UTC)
    return rows.filter(ends_on__gte=day, ends_at__gte=moment)  # type: ignore[no-any-return]


def sheet_totals(sheet_ids: list[int]) -> dict[int, tuple[Decimal, Decimal, int]]:
    """For each sheet: hours claimed, hours signed, people."""
    rows = (
        Participation.objects.filter(sheet__in=sheet_ids)
        .values("sheet")
        .annotate(claimed=Sum("hours_claimed"), signed=Sum("hours_signed"), people=Count("pk"))
    )
    return {r["sheet"]: (r["claimed"] or Decimal(0), r["signed"] or Decimal(0), r["people"]) for r in rows}


def hours_lines(records: list[Any]) -> dict[int, str]:
    """What the thread says under a sheet of hours: signed or only claimed."""
    language = (get_language() or "en")[:2]
    totals = sheet_totals([r.pk for r in records])
    lines = {}
    for record in records:
        claimed, signed, people = totals.get(record.pk, (Decimal(0), Decimal(0), 0))
        if record.state == "signed":
            lines[record.pk] = _("%(hours)s h signed by the host, %(people)d people") % {
                "hours": number(signed, language, 1),
                "people": people,
            }
        else:
            lines[record.pk] = _("%(hours)s h claimed, not signed") % {"hours": number(claimed, language, 1)}
    return lines


def sheets_waiting(actor: Any) -> QuerySet[HoursSheet]:
    """Sheets of the actor's organisations that a host has not signed yet, the longest waiting first."""
    inside = actor.organisations("member", "editor", "office", "leader")
    rows: Any = HoursSheet.objects.filter(Q(owner__in=inside), state__in=("claimed", "asked", "refused"))
    return (
        rows.select_related("activity__host", "owner")
        .annotate(claimed=Sum("participations__hours_claimed"), people=Count("participations"))
        .order_by("asked_on", "pk")
    )


def hosts_lately(owner: Any, today: dt.date, most: int = 60) -> list[Organisation]:
    """Who was host most often within a year: what is offered while the name is typed."""
    rows = Activity.objects.filter(owner=owner, host__isnull=False, starts_on__gte=today - dt.timedelta(days=365)).order_by()
    ids = [pk for pk, _n in rows.values_list("host").annotate(n=Count("pk")).order_by("-n")[:most]]
    found = Organisation.objects.in_bulk(ids)
    return [found[pk] for pk in ids]


def of_person(person: Any, since: dt.date) -> QuerySet[Activity]:
    """Activities in which a person takes or took part, that he answers for, or that he wrote down."""
    rows: Any = Activity.objects.select_related("owner").filter(ends_on__gte=since)
    return rows.filter(Q(sheet__participations__person=person) | Q(responsible=person) | Q(author=person)).distinct()


def calendar_link(token: str) -> CalendarLink | None:
    """The private address behind a token, while it is good and its person may still sign in."""
    digits, _sign, _secret = token.strip().lower().partition("-")
    if not digits.isdecimal() or len(digits) > 18:
        return None
    found = CalendarLink.objects.select_related("person", "unit").filter(pk=int(digits), revoked_at=None, person__erased_at=None).first()
    return found if found is not None and hmac.compare_digest(found.token, token.strip().lower()) else None
