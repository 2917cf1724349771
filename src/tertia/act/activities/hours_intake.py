"""Hours of the past as a faculty kept them: one line for one person's part in one activity. They are claims; the host signs them or not."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.act.activities.actions import claim_hours, write_activity
from tertia.act.activities.models import Activity, HoursSheet, Participation
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import Fault
from tertia.core.files.sheet_words import cell_fault
from tertia.core.files.sheets import SheetRow, number_of
from tertia.core.intake.declare import Change, Intake, Judged, Line, declare_intake
from tertia.core.intake.people import NUMBER, people_by_number, unknown_number
from tertia.core.intake.reading import day_of, words_of
from tertia.core.languages.text import Text
from tertia.core.parties.models import Membership, Organisation, Person
from tertia.core.parties.queries import ids_by_name
from tertia.core.periods import clock
from tertia.core.records.models import Record

__all__ = ["HOURS", "PastHours"]

BY = Actor.system("lists")
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": NUMBER,
    "activity": ("activity", "мероприятие", "іс-шара", "название мероприятия", "іс-шара атауы"),
    "day": ("date", "дата", "күні", "дата мероприятия", "день"),
    "host": ("host", "партнёр", "партнер", "серіктес", "организация", "ұйым", "принимающая организация", "принимающая сторона", "қабылдаушы"),
    "hours": ("hours", "часы", "сағат", "количество часов", "кол-во часов", "сағат саны"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastHours:
    """One person's part; `host` is the id of the organisation that can sign."""

    number: str
    activity: str
    day: dt.date
    host: int
    hours: Decimal


def _reader(organisation: Organisation) -> Callable[[SheetRow], tuple[Line | None, list[Fault]]]:
    hosts = ids_by_name(Organisation.objects.exclude(kind__in=("unit", "class")).order_by("-pk"))

    def read(row: SheetRow) -> tuple[Line | None, list[Fault]]:
        cells, faults = row.cells, []
        number, title = words_of(cells.get("number")), words_of(cells.get("activity"))
        if not number:
            faults.append(cell_fault(row, "number", _("the number of the student is empty.")))
        if not title or len(title) > 200:
            faults.append(cell_fault(row, "activity", _("say what was done, in 200 characters at most.")))
        said = words_of(cells.get("host"))
        host = hosts.get(said.lower())
        if host is None:
            faults.append(
                cell_fault(row, "host", _("there is no organisation “%(said)s”. Add it first, or correct its name.") % {"said": said})
            )
        day, hours = None, None
        with contextlib.suppress(ValueError):
            day = day_of(cells.get("day"))
        if day is None or not dt.date(2000, 1, 1) <= day <= clock.today():
            faults.append(
                cell_fault(row, "day", _("“%(said)s” is no day of the past. Write 24.11.2026.") % {"said": words_of(cells.get("day"))})
            )
        with contextlib.suppress(ValueError):
            hours = number_of(cells.get("hours"))
        if hours is None or not 0 < hours <= 24 or hours != round(hours, 2):
            faults.append(
                cell_fault(
                    row, "hours", _("“%(said)s” are no hours of one day. Write a number up to 24.") % {"said": words_of(cells.get("hours"))}
                )
            )
        if faults or day is None or hours is None or host is None:
            return None, faults
        return Line(row.line, f"{number}|{day}|{host}|{title.lower()}", PastHours(number, title, day, host, hours.normalize())), []

    return read


@dataclass
class _There:
    """What stands on record for some lines: people, activities by (day, host, title), parts by (activity, person)."""

    people: dict[str, Person]
    activities: dict[tuple[dt.date, int, str], Activity]
    parts: dict[tuple[int, int], Participation]
    closed: set[int]


def _there(organisation: Organisation, lines: Sequence[Line]) -> _There:
    people = people_by_number(organisation, lines)
    wanted = {(line.said.day, line.said.host, line.said.activity.lower()) for line in lines}
    rows = Activity.objects.filter(owner=organisation, starts_on__in={w[0] for w in wanted}, host__in={w[1] for w in wanted}).order_by(
        "-pk"
    )
    activities = {}
    for row in rows:
        for version in row.title.versions.values():
            key = (row.starts_on, row.host_id or 0, version[0].strip().lower())
            if key in wanted:
                activities[key] = row
    mine = {a.pk for a in activities.values()}
    parts = {
        (p.sheet.activity_id, p.person_id or 0): p for p in Participation.objects.filter(sheet__activity__in=mine).select_related("sheet")
    }
    closed = set(HoursSheet.objects.filter(activity__in=mine).exclude(state__in=("claimed", "asked")).values_list("activity", flat=True))
    return _There(people, activities, parts, closed)


def _key(line: Line) -> tuple[dt.date, int, str]:
    return (line.said.day, line.said.host, line.said.activity.lower())


def _judged(line: Line, there: _There) -> Judged:
    person, activity = there.people.get(line.said.number), there.activities.get(_key(line))
    where = str(line.number)
    if person is None:
        return unknown_number(line)
    part = there.parts.get((activity.pk, person.pk)) if activity else None
    if part is not None and part.hours_claimed == line.said.hours:
        return Judged("same")
    if part is not None:
        return Judged("", Fault(where, _("Line %(line)d: %(hours)s h are on record for this already. Correct them on the sheet.") % {"line": line.number, "hours": part.hours_claimed.normalize()}))  # fmt: skip
    if activity is not None and activity.pk in there.closed:
        return Judged("", Fault(where, _("Line %(line)d: the host has signed the hours of this activity. Correct the signed sheet.") % {"line": line.number}))  # fmt: skip
    return Judged("new")


def _judge(organisation: Organisation, lines: Sequence[Line]) -> list[Judged]:
    there = _there(organisation, lines)
    return [_judged(line, there) for line in lines]


def _write(organisation: Organisation, lines: Sequence[Line], language: str, on: dt.date) -> list[Change]:
    there = _there(organisation, lines)
    groups: dict[tuple[dt.date, int, str], list[Line]] = {}
    for line in lines:
        if _judged(line, there).verdict == "new":
            groups.setdefault(_key(line), []).append(line)
    members = {
        m.person_id: m
        for m in Membership.objects.filter(organisation=organisation, person__in=there.people.values())
        .select_related("unit")
        .order_by("pk")
    }
    hosts = Organisation.objects.in_bulk({key[1] for key in groups})
    changes: list[Change] = []
    for key, group in groups.items():
        activity, fresh = there.activities.get(key), False
        if activity is None:
            activity, fresh = _activity(organisation, hosts[key[1]], group, language), True
        rows = []
        for line in group:
            person = there.people[line.said.number]
            member = members.get(person.pk)
            rows.append(
                (person, member.unit if member else None, line.said.hours, "staff" if member and member.standing == "staff" else "student")
            )
        sheet = claim_hours(by=BY, activity=activity, rows=rows)
        made = dict(Participation.objects.filter(sheet=sheet, person__in=[r[0] for r in rows]).values_list("person", "pk"))
        for line, (person, *_more) in zip(group, rows, strict=True):
            changes.append(
                Change(line.number, person.pk, {"participation": made[person.pk], **({"activity": activity.pk} if fresh else {})})
            )
            fresh = False
    return changes


def _activity(organisation: Organisation, host: Organisation, group: Sequence[Line], language: str) -> Activity:
    start = timezone.make_aware(dt.datetime.combine(group[0].said.day, dt.time(9)))
    longest = max(line.said.hours for line in group)
    return write_activity(
        by=BY, owner=organisation, title=Text.of(language, **{language: group[0].said.activity}), starts_at=start,
        ends_at=start + dt.timedelta(hours=float(longest)), host=host, held=True, demonstration=organisation.demonstration,
    )  # fmt: skip


def _undo(organisation: Organisation, changes: Sequence[Change]) -> int:
    """Parts that no host has signed go, and activities that this list made and that are empty by then."""
    parts = [c.made["participation"] for c in changes if "participation" in c.made]
    signed = set(Participation.objects.filter(pk__in=parts, hours_signed__isnull=False).values_list("pk", flat=True))
    Participation.objects.filter(pk__in=set(parts) - signed).delete()
    made = [c.made["activity"] for c in changes if "activity" in c.made]
    full = set(Participation.objects.filter(sheet__activity__in=made).values_list("sheet__activity", flat=True))
    empty = [pk for pk in made if pk not in full]
    Record.objects.filter(pk__in=HoursSheet.objects.filter(activity__in=empty).values("pk")).delete()
    Record.objects.filter(pk__in=empty).delete()
    return len(signed)


HOURS = declare_intake(
    Intake(
        "hours", gettext_lazy("Hours of the past"),
        gettext_lazy("Needed are the student number, the activity, its date, the host and the hours. They are claims, and count when the host has signed."),
        COLUMNS, ("number", "activity", "day", "host", "hours"), _reader, _judge, _write, _undo,
    )
)  # fmt: skip
