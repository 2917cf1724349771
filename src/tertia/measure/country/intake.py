"""What the keeper's installation looks at when a file comes in, beyond the file itself: is it due, is it newer, does it follow, is it plausible?"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
import zipfile
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from tertia.core.checks.report import Problem
from tertia.core.files.sheets import SheetUnreadable
from tertia.core.keys.queries import register
from tertia.core.keys.signing import Register
from tertia.core.periods.years import academic_year
from tertia.core.periods.years import period as period_of
from tertia.core.rules.queries import rule_on
from tertia.measure.country.checking import Checked, check_package
from tertia.measure.country.disclosure import counted_of, exposed_across
from tertia.measure.country.models import HandIn, NationalFigure
from tertia.measure.country.plausibility import Odd, odd_figures
from tertia.measure.country.table import read_table
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.figures import Figure

__all__ = ["Received", "due_on", "kept_figures", "look_at", "wanted_period"]


@dataclass
class Received:
    """Everything that is known of a file that came in; nothing is kept yet."""

    organisation: Any
    door: str
    check_state: str
    data: bytes
    name: str = ""
    problems: list[Problem] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    signed_by: str = ""
    made_at: dt.datetime | None = None
    #: the version that it says it corrects
    replaces: str = ""
    late_days: int = 0

    @property
    def state(self) -> str:
        return "rejected" if self.problems else "asked" if self.odd else "accepted"

    @property
    def odd_rows(self) -> list[dict[str, Any]]:
        return [{k: str(v) if isinstance(v, Decimal) else v for k, v in asdict(o).items()} for o in self.odd]


def wanted_period(day: dt.date) -> str:
    """The academic year that is to be handed in on a day: the last one that is over."""
    return academic_year(day).before.label


def due_on(period: str, keeper: Any) -> dt.date:
    """The last day on which a period comes in time, by the rule `country.hand_in_days`."""
    end = period_of(period).end
    return end + dt.timedelta(days=int(rule_on("country.hand_in_days", end, keeper)))


def look_at(data: bytes, *, organisation: Any, keeper: Any, today: dt.date) -> Received:
    """Check a file by its door (a zip is a package, anything else a table) and beside what the university handed in before."""
    found = _package(data, organisation) if _is_package(data) else _table(data, organisation)
    found.periods = sorted({f.period for f in found.figures})
    in_force, wanted = _in_force(organisation, keeper), wanted_period(today)
    if found.check_state != "unreadable":
        _beside_earlier(found, keeper, in_force, wanted)
    if wanted in found.periods:
        found.late_days = max(0, (today - due_on(wanted, keeper)).days)
    if not found.problems:
        found.odd = odd_figures(
            found.figures, {(f.indicator, f.period): f for f in in_force if not f.breakdown}, _peers(organisation, keeper, found.figures)
        )
    return found


def _is_package(data: bytes) -> bool:
    """A spreadsheet is a zip as well; a package holds `datapackage.json`."""
    if data[:2] != b"PK":
        return False
    with tempfile.SpooledTemporaryFile() as file:
        file.write(data)
        try:
            with zipfile.ZipFile(file) as archive:
                return not any(n.startswith("xl/") or n == "content.xml" for n in archive.namelist())
        except zipfile.BadZipFile:
            return True


def kept_figures(data: bytes, door: str) -> list[Figure]:
    """The figures of a version as it was kept: a package's zip, or a table's CSV."""
    return _checked(data, "package.zip" if door == "package" else "figures.csv").figures


def _checked(data: bytes, name: str, keys: Register | None = None) -> Checked:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        return check_package(file, keys)


def _package(data: bytes, organisation: Any) -> Received:
    checked = _checked(data, "package.zip", register())
    found = Received(
        organisation, "package", checked.state, data, problems=checked.problems, figures=checked.figures, signed_by=checked.signed_by
    )
    found.name = hashlib.sha256(checked.description).hexdigest() if checked.description else hashlib.sha256(data).hexdigest()
    found.made_at, found.replaces = _said(checked.description)
    if checked.state != "unreadable" and checked.organisation != organisation.slug:
        sentence = f"the package is of {checked.organisation or 'nobody'}, but it was handed in for {organisation.slug}; choose its university, or hand in its own package"
        found.problems.append(Problem("organisation", "datapackage.json", sentence))
    return found


def _said(description: bytes) -> tuple[dt.datetime | None, str]:
    """When the package says it was made, and which version it says it corrects."""
    try:
        body = json.loads(description)
        replaces = str(body["tertia"].get("replaces", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, ""
    try:
        made = dt.datetime.fromisoformat(body["created"])
    except (ValueError, KeyError, TypeError):
        return None, replaces
    return made if made.tzinfo else made.replace(tzinfo=dt.UTC), replaces


def _table(data: bytes, organisation: Any) -> Received:
    """A table carries no signature: who handed it in is known by sign-in. What is kept is the CSV with few persons hidden, never the table."""
    try:
        body, problems = read_table(data, organisation.slug)
    except SheetUnreadable as error:
        names = f"; these columns are missing: {', '.join(error.missing)}" if error.missing else ""
        return Received(organisation, "table", "unreadable", b"", hashlib.sha256(data).hexdigest(), [Problem(error.code, "", f"this is no table of figures{names}; take the form and fill it in")])  # fmt: skip
    checked = _checked(body, "figures.csv")
    problems += checked.problems
    return Received(
        organisation, "table", "invalid" if problems else "valid", body, hashlib.sha256(body).hexdigest(), problems, figures=checked.figures
    )


def _beside_earlier(found: Received, keeper: Any, in_force: list[Figure], wanted: str) -> None:
    """Is it the same, older, or of another year than what is asked for; does it name what it replaces; do two versions give somebody away?"""
    versions = HandIn.objects.filter(keeper=keeper, organisation=found.organisation, state__in=("accepted", "asked", "replaced")).order_by(
        "-number"
    )
    there = versions.first()

    def wrong(code: str, sentence: str) -> None:
        found.problems.append(Problem(code, "datapackage.json" if found.door == "package" else "", sentence))

    if found.figures and wanted not in found.periods:
        wrong("period", f"it holds {', '.join(found.periods)}; {wanted} is asked for. Make the package from the facts of today")
    if there is None:
        return
    if versions.filter(name=found.name).exists():
        wrong("twice", "this very package was handed in before; there is nothing new in it")
        return
    if found.made_at and there.made_at and found.made_at < there.made_at:
        wrong(
            "older",
            f"it was made on {timezone.localdate(found.made_at)}, before version {there.number}, which is in force; hand in the newest one",
        )
    if found.door == "package" and there.door == "package" and found.replaces not in ("", there.name):
        wrong("replaces", f"it says that it corrects another version than number {there.number}; make it with --replaces {there.name}")
    for given in exposed_across(in_force, found.figures, counted_of(definitions())):
        where = ", ".join(p for p in (given.figure.indicator, given.figure.period, given.figure.breakdown) if p)
        sentence = f"{where}: together with version {there.number} the hidden {given.count} can be rebuilt; hide what was hidden there, as tertia package make --before does"
        found.problems.append(Problem("rebuildable", where, sentence))


def _in_force(organisation: Any, keeper: Any) -> list[Figure]:
    """What counts of the university today."""
    rows = NationalFigure.objects.filter(keeper=keeper, organisation=organisation)
    return [
        Figure(f.indicator, f.version, organisation.slug, f.period, f.breakdown, f.numerator, f.denominator, f.value, f.unit, f.state) for f in rows
    ]  # fmt: skip


def _peers(organisation: Any, keeper: Any, figures: list[Figure]) -> dict[tuple[str, str], list[Decimal]]:
    """Values of the other universities by indicator and period, of ratios."""
    wanted = {f.period for f in figures}
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    rows = NationalFigure.objects.filter(keeper=keeper, breakdown="", state="value", denominator__isnull=False, period__in=wanted)
    for indicator, period, value in rows.exclude(organisation=organisation).values_list("indicator", "period", "value"):
        found[indicator, period].append(value)
    return found
