"""Activities of the past as units keep them in a table: one line for one activity. Taken in as held, without hours."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.act.activities.actions import Details, write_activity
from tertia.act.activities.engagement import kinds
from tertia.act.activities.models import Activity, HoursSheet
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import Fault
from tertia.core.files.sheet_words import cell_fault
from tertia.core.files.sheets import SheetRow, number_of
from tertia.core.intake.declare import Change, Intake, Judged, Line, declare_intake
from tertia.core.intake.reading import day_of, words_of
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import ids_by_name
from tertia.core.periods import clock
from tertia.core.records.models import Record

__all__ = ["ACTIVITIES", "PastActivity"]

BY = Actor.system("lists")
COLUMNS: dict[str, tuple[str, ...]] = {
    "activity": ("activity", "мероприятие", "іс-шара", "название мероприятия", "іс-шара атауы", "название", "атауы"),
    "day": ("date", "дата", "күні", "дата мероприятия", "день"),
    "from": ("from", "начало", "басталуы", "время начала"),
    "to": ("to", "конец", "окончание", "аяқталуы"),
    "where": ("place", "место", "орны", "место проведения", "өткізілетін орны"),
    "host": ("host", "партнёр", "партнер", "серіктес", "организация", "ұйым", "принимающая организация", "принимающая сторона", "қабылдаушы"),
    "unit": ("unit", "подразделение", "факультет", "бөлімше", "факультеті"),
    "measure": ("measure", "мера", "шара", "номер меры", "шара нөмірі"),
    "reached": ("from outside", "охват", "участников извне", "сырттан қатысқандар", "қамту"),
    "outputs": ("outputs", "результат", "нәтиже", "что сделано"),
    "kind": ("kind", "вид", "түрі", "вид деятельности"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastActivity:
    """One activity; `host` and `unit` are ids, 0 where none is named."""

    title: str
    day: dt.date
    starts: str
    ends: str
    where: str
    host: int
    unit: int
    measure: str
    reached: int | None
    outputs: str
    kind: str


def _reader(organisation: Organisation) -> Callable[[SheetRow], tuple[Line | None, list[Fault]]]:
    hosts = ids_by_name(Organisation.objects.exclude(kind__in=("unit", "class")).filter(merged_into=None).order_by("-pk"))
    units = ids_by_name(Organisation.objects.filter(parent=organisation))
    named = {word.lower(): code for code, words in kinds().items() for word in (code, words["en"], words["ru"], words["kk"])}
    measures = set(Record.objects.filter(owner=organisation, kind="measure").exclude(number="").values_list("number", flat=True))

    def read(row: SheetRow) -> tuple[Line | None, list[Fault]]:
        cells, faults = row.cells, []
        said = {name: words_of(cells.get(name)) for name in COLUMNS}
        if not said["activity"] or len(said["activity"]) > 200:
            faults.append(cell_fault(row, "activity", _("say what was done, in 200 characters at most.")))
        day = None
        with contextlib.suppress(ValueError):
            day = day_of(cells.get("day"))
        if day is None or not dt.date(2000, 1, 1) <= day <= clock.today():
            faults.append(cell_fault(row, "day", _("“%(said)s” is no day of the past. Write 24.11.2026.") % {"said": said["day"]}))
        times = {name: _time(cells.get(name)) for name in ("from", "to")}
        faults += [cell_fault(row, n, _("“%(said)s” is no time. Write 14:30.") % {"said": said[n]}) for n, t in times.items() if t is None]
        starts, ends = times["from"] or "09:00", times["to"] or ""
        if ends and ends <= starts:
            faults.append(cell_fault(row, "to", _("it ends before it begins.")))
        ids = {}
        for name, known in (("host", hosts), ("unit", units)):
            ids[name] = known.get(said[name].lower(), 0) if said[name] else 0
            if said[name] and not ids[name]:
                faults.append(
                    cell_fault(
                        row, name, _("there is no organisation “%(said)s”. Add it first, or correct its name.") % {"said": said[name]}
                    )
                )
        if said["measure"] and said["measure"] not in measures:
            faults.append(cell_fault(row, "measure", _("there is no measure with the number “%(said)s”.") % {"said": said["measure"]}))
        kind = named.get(said["kind"].lower(), "") if said["kind"] else ""
        if said["kind"] and not kind:
            faults.append(
                cell_fault(
                    row,
                    "kind",
                    _("“%(said)s” is none of the kinds. Leave it empty, or take a word of the list on the page.") % {"said": said["kind"]},
                )
            )
        reached = _whole(cells.get("reached"))
        if reached is not None and reached < 0:
            faults.append(cell_fault(row, "reached", _("“%(said)s” is no count of people.") % {"said": said["reached"]}))
        if faults or day is None:
            return None, faults
        one = PastActivity(
            said["activity"],
            day,
            starts,
            ends or _later(starts),
            said["where"][:200],
            ids["host"],
            ids["unit"],
            said["measure"],
            reached,
            said["outputs"][:1000],
            kind,
        )
        return Line(row.line, f"{day}|{starts}|{one.host}|{one.title.lower()}", one), []

    return read


def _time(value: Any) -> str | None:
    """`14:30`, a time of a spreadsheet, or an empty cell; None for anything else."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime | dt.time):
        return f"{value:%H:%M}"
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::\d{2})?", str(value).strip())
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return f"{int(found[1]):02d}:{found[2]}"
    return None


def _later(starts: str) -> str:
    """Two hours later, on the same day: what is taken where nobody wrote the end."""
    return f"{min(int(starts[:2]) + 2, 23):02d}:{starts[3:] if int(starts[:2]) < 22 else '59'}"


def _whole(value: Any) -> int | None:
    if value is None or value == "":
        return None
    try:
        found = number_of(value)
    except ValueError:
        return -1
    return None if found is None else int(found) if found == int(found) else -1


def _known(organisation: Organisation, lines: Sequence[Line]) -> set[tuple[dt.date, int, str]]:
    """(day, host, title) of what stands on record for the days of some lines."""
    rows = Activity.objects.filter(owner=organisation, starts_on__in={line.said.day for line in lines}).exclude(state="withdrawn")
    return {(row.starts_on, row.host_id or 0, version[0].strip().lower()) for row in rows for version in row.title.versions.values()}  # type: ignore[misc]


def _judge(organisation: Organisation, lines: Sequence[Line]) -> list[Judged]:
    there = _known(organisation, lines)
    return [Judged("same" if (line.said.day, line.said.host, line.said.title.lower()) in there else "new") for line in lines]


def _write(organisation: Organisation, lines: Sequence[Line], language: str, on: dt.date) -> list[Change]:
    bodies = Organisation.objects.in_bulk({pk for line in lines for pk in (line.said.host, line.said.unit) if pk})
    measures = {
        r.number: r
        for r in Record.objects.filter(
            owner=organisation, kind="measure", number__in={line.said.measure for line in lines if line.said.measure}
        )
    }
    changes = []
    for line, judged in zip(lines, _judge(organisation, lines), strict=True):
        if judged.verdict != "new":
            continue
        said: PastActivity = line.said
        start, end = (timezone.make_aware(dt.datetime.combine(said.day, dt.time.fromisoformat(t))) for t in (said.starts, said.ends))
        made = write_activity(
            by=BY, owner=organisation, title=Text.of(language, **{language: said.title}), starts_at=start, ends_at=end, host=bodies.get(said.host),
            unit=bodies.get(said.unit), where=said.where, held=True, demonstration=organisation.demonstration,
            carries_out=[measures[said.measure]] if said.measure in measures else [],
            details=Details(engagement=said.kind, reached=said.reached, outputs=Text.of(language, **{language: said.outputs}) if said.outputs else Text({})),
        )  # fmt: skip
        changes.append(Change(line.number, 0, {"activity": made.pk}))
    return changes


def _undo(organisation: Organisation, changes: Sequence[Change]) -> int:
    """Activities of which nobody has written hours go."""
    made = [c.made["activity"] for c in changes if "activity" in c.made]
    built_on = set(HoursSheet.objects.filter(activity__in=made).values_list("activity", flat=True))
    Record.objects.filter(pk__in=[pk for pk in made if pk not in built_on]).delete()
    return len(built_on)


ACTIVITIES = declare_intake(
    Intake(
        "activities", gettext_lazy("Activities of the past"),
        gettext_lazy("Needed are the columns Activity and Date. Times, place, host, unit, number of the measure, people from outside, result and kind may be there."),
        COLUMNS, ("activity", "day"), _reader, _judge, _write, _undo,
    )
)  # fmt: skip
