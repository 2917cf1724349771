"""Targets as planning offices keep them: one XLSX, one row for each indicator, unit and period; out, and in again.

Reading is a dry run: it says for each row whether it is new, changed or the same, and what is wrong by cell. Nothing is written.
Headings are known in Kazakh, Russian and English and by their short names; columns of facts are written and never read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, Fault
from tertia.core.files.sheet_words import cell_fault
from tertia.core.files.sheets import SheetRow, SheetUnreadable, read_sheet, write_sheet
from tertia.core.languages.text import LANGUAGES
from tertia.core.parties.models import Organisation, Person
from tertia.measure.indicators.engine.catalogue import catalogue
from tertia.measure.indicators.models import Indicator
from tertia.measure.indicators.own import known
from tertia.measure.targets.actions import Proposal, faults_of
from tertia.measure.targets.models import Target
from tertia.measure.targets.queries import Standing

__all__ = ["COLUMNS", "DryRun", "Line", "check_rows", "read_targets", "write_targets"]

#: short name → heading, width in characters
COLUMNS: dict[str, tuple[Any, int]] = {
    "id": (gettext_lazy("Indicator’s short name"), 30), "indicator": (gettext_lazy("Indicator"), 44), "unit_code": (gettext_lazy("Unit’s short name"), 20),
    "unit": (gettext_lazy("Unit"), 28), "period": (gettext_lazy("Period"), 10), "baseline": (gettext_lazy("Baseline"), 12),
    "baseline_period": (gettext_lazy("Period of the baseline"), 12), "target": (gettext_lazy("Target"), 12), "measured_in": (gettext_lazy("Measured in"), 14),
    "weight": (gettext_lazy("Weight"), 9), "responsible": (gettext_lazy("Who answers for it (number or e-mail)"), 26),
    "fact": (gettext_lazy("Fact"), 12), "share": (gettext_lazy("Of the plan, %"), 12), "forecast_low": (gettext_lazy("Forecast, from"), 12),
    "forecast_high": (gettext_lazy("Forecast, to"), 12), "standing": (gettext_lazy("How it stands"), 26), "state": (gettext_lazy("State"), 14),
    "comment": (gettext_lazy("Comment"), 50),
}  # fmt: skip
READ = ("id", "unit_code", "period", "baseline", "baseline_period", "target", "weight", "responsible")
NEEDED = ("id", "period", "target")
MOST_LINES = 5000


@dataclass(frozen=True)
class Line:
    """One row of the table: what it proposes, what that would change, or what is wrong with it."""

    line: int
    #: as it stood in the table, by short name
    said: dict[str, str]
    proposal: Proposal | None = None
    #: new, changed or same; empty where something is wrong
    change: str = ""
    before: Target | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class DryRun:
    lines: list[Line] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        return [f for line in self.lines for f in line.faults]

    def count(self, change: str) -> int:
        return sum(line.change == change for line in self.lines)

    @property
    def proposals(self) -> list[Proposal]:
        return [line.proposal for line in self.lines if line.proposal and line.change != "same"]


def headings() -> dict[str, list[str]]:
    """By which headings a column may be called, in every language."""
    found: dict[str, list[str]] = {name: [] for name in COLUMNS}
    for language in LANGUAGES:
        with translation.override(language):
            for name, (heading, _width) in COLUMNS.items():
                found[name].append(str(heading))
    return found


def read_targets(owner: Any, data: bytes) -> DryRun:
    """Read a table and check every row of it. Raises BadInput where it is no table of targets at all."""
    try:
        sheet = read_sheet(data, {n: h for n, h in headings().items() if n in READ}, NEEDED)
    except SheetUnreadable as error:
        raise BadInput(Fault("file", _unreadable(error), error.code)) from error
    if len(sheet.rows) > MOST_LINES:
        raise BadInput(Fault("file", _("More than %(n)d rows. Divide the table and send its parts.") % {"n": MOST_LINES}, "too-long"))
    return check_rows(owner, sheet.rows)


def _unreadable(error: SheetUnreadable) -> str:
    if error.code == "no-head":
        names = ", ".join(f"“{COLUMNS[c][0]}”" for c in error.missing)
        return _("These columns are missing: %(columns)s. Take the table that this page gives out and fill it in.") % {"columns": names}
    if error.code == "too-long":
        return _("The table is too long. Divide it and send its parts.")
    return _("This is no table. Send an XLSX, ODS or CSV file.")


def check_rows(owner: Any, rows: Iterable[SheetRow]) -> DryRun:
    """What the rows would change. Constant queries, however many rows there are."""
    rows = list(rows)
    chosen = {i.catalogue_id: i for i in Indicator.objects.filter(owner=owner, state="chosen")}
    units = {u.slug: u for u in Organisation.objects.filter(parent=owner)}
    named = {r.text("responsible") for r in rows} - {""}
    people: dict[str, Person] = {}
    for person in Person.objects.filter(Q(key__in=named) | Q(email__in=named), memberships__organisation=owner).distinct():
        people |= {name: person for name in (person.key, person.email) if name}
    there = {t.slug: t for t in Target.objects.filter(owner=owner).select_related("responsible")}
    seen: dict[str, int] = {}
    return DryRun([_line(owner, row, chosen, units, people, there, seen) for row in rows])


def _line(
    owner: Any, row: SheetRow, chosen: dict[str, Indicator], units: dict[str, Any], people: dict[str, Person], there: dict[str, Target], seen: dict[str, int]
) -> Line:  # fmt: skip
    faults: list[Fault] = []
    said = {name: row.text(name) for name in READ}

    def fault(column: str, sentence: str, code: str = "invalid") -> None:
        faults.append(cell_fault(row, column, sentence, code))

    indicator = chosen.get(said["id"])
    if indicator is None:
        listed = said["id"] in catalogue()
        fault("id", _("your university has not chosen “%(id)s”. Choose it first.") % said if listed else _("the catalogue has no indicator “%(id)s”. Correct its short name.") % said, "indicator")  # fmt: skip
    unit = units.get(said["unit_code"])
    if said["unit_code"] and unit is None:
        fault("unit_code", _("your university has no unit “%(unit_code)s”. Empty means the whole university.") % said, "unit")
    responsible = people.get(said["responsible"])
    if said["responsible"] and responsible is None:
        fault("responsible", _("nobody of your university has the number or e-mail “%(responsible)s”.") % said, "responsible")
    numbers: dict[str, Decimal | None] = {}
    for column in ("baseline", "target", "weight"):
        try:
            numbers[column] = row.number(column)
        except ValueError:
            fault(column, _("“%(said)s” is no number. Write it in digits, such as 10 or 7500,5.") % {"said": said[column]}, "number")
    if "target" in numbers and numbers["target"] is None:
        fault("target", _("the target is empty. Write a number, or remove the row."), "empty")
    if faults or indicator is None:
        return Line(row.line, said, faults=tuple(faults))
    target, weight = numbers["target"], numbers["weight"]
    proposal = Proposal(
        indicator, said["period"], target or Decimal(0), unit, numbers["baseline"], said["baseline_period"], Decimal(1) if weight is None else weight, responsible
    )  # fmt: skip
    columns = {"value": "target", "unit": "unit_code", "indicator": "id"}
    for found in faults_of(owner, proposal):
        fault(columns.get(found.where, found.where), found.sentence, found.code)
    if proposal.slug in seen:
        fault(
            "id",
            _("the same indicator, unit and period stand in row %(line)d. Remove one of the two.") % {"line": seen[proposal.slug]},
            "twice",
        )
    seen[proposal.slug] = row.line
    if faults:
        return Line(row.line, said, faults=tuple(faults))
    before = there.get(proposal.slug)
    return Line(row.line, said, proposal, _change(before, proposal), before)


def _change(before: Target | None, p: Proposal) -> str:
    if before is None:
        return "new"
    return "same" if p.stands_as(before) else "changed"


def write_targets(rows: Iterable[Standing], owner: Any, today: dt.date, empty_for: Iterable[Indicator] = ()) -> bytes:
    """The table in the reader's language; indicators without a target stand below with their cells empty, to be filled in."""
    language = (get_language() or "en")[:2]
    rows, empty_for = list(rows), list(empty_for)
    entries = known([i.catalogue_id for i in empty_for] + [s.target.indicator.catalogue_id for s in rows])[1]
    planned = {s.target.indicator_id for s in rows}
    lines = [_written(s, language, entries[s.target.indicator.catalogue_id].unit) for s in rows]
    lines += [
        [i.catalogue_id, i.title.read(language).text, "", "", "", None, "", None, entries[i.catalogue_id].unit] for i in empty_for if i.pk not in planned
    ]  # fmt: skip
    notes = [
        _(
            "Fill in target, weight, baseline and who answers; send the table back on the page of targets. It is checked before anything is kept."
        ),
        _("An empty short name of a unit means the whole university. Columns from “Fact” on are written by Tertia and not read."),
        _("Facts of %(day)s. A fact that is not known stays empty; it is not zero.") % {"day": today.isoformat()},
    ]
    return write_sheet(_("Targets"), [(str(heading), width) for heading, width in COLUMNS.values()], lines, notes)


def _written(s: Standing, language: str, unit: str) -> list[Any]:
    t = s.target
    person = t.responsible
    comment = t.comments.last()
    return [
        t.indicator.catalogue_id, t.title.read(language).text, t.unit.slug if t.unit else "", t.unit.name.read(language).text if t.unit else "", t.period,
        t.baseline, t.baseline_period, t.value, unit, t.weight, (person.key or person.email) if person else "", s.fact,
        round(s.share * 100, 1) if s.share is not None else None, t.forecast_low, t.forecast_high, s.words, str(t.state_words),
        comment.words.read(language).text if comment else "",
    ]  # fmt: skip
