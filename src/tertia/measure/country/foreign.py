"""Another country's figures through the same door: a folder of `MEASURE.LEVEL.csv`, each described by `MEASURE.LEVEL.yaml`. No Django.

The form is that of the data sets of the UK's business and community interaction by region (HE-BCI, HESA), but nothing in here knows
a measure by name. What cannot be understood is not taken, and said: a table without a description has no unit; a name that says
average where the description says total is never added; areas of different levels, and of different editions of their codes, are
not mixed. A row of zero is zero; an area without a row is missing.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tertia.core.checks.report import Problem
from tertia.core.periods.years import label_of
from tertia.measure.indicators.engine.figures import Figure, roll_up

__all__ = ["ForeignMeasure", "ForeignSet", "read_foreign", "total"]

#: what a description's unit is called here
UNITS = {"GBP": "GBP", "EUR": "EUR", "FTE": "full-time equivalents", "Area_hectare": "hectares"}
LEVELS = re.compile(r"lep|nuts[123]|region|district")


@dataclass
class ForeignMeasure:
    """One table: a measure at one level of areas."""

    id: str
    level: str
    title: str
    unit: str
    aggregation: str
    #: (area, period) → value, and the edition of the area's code
    values: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    editions: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def periods(self) -> list[str]:
        return sorted({period for _, period in self.values})

    @property
    def areas(self) -> list[str]:
        return sorted({area for area, _ in self.values})

    def figures(self) -> list[Figure]:
        """A row for every area and period; where no row stands it is missing."""
        return [self._figure(area, period) for period in self.periods for area in self.areas]

    def _figure(self, area: str, period: str) -> Figure:
        value = self.values.get((area, period))
        state = "missing" if value is None else "value"
        made = None if value is None else value.quantize(Decimal("0.000001"))
        return Figure(self.id, "1", area, period, "", value, None, made, self.unit, state, aggregation=self.aggregation)


@dataclass
class ForeignSet:
    """What a folder holds, and what was wrong in it. Problems with the code `noted` change nothing; the others left a table or row out."""

    measures: dict[tuple[str, str], ForeignMeasure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, measure: str, level: str) -> ForeignMeasure:
        return self.measures[measure, level]


def total(measure: ForeignMeasure, period: str) -> Figure:
    """The country's figure of one period. Raises CannotAdd for what is not to be added."""
    return roll_up([f for f in measure.figures() if f.period == period], "country")


def read_foreign(folder: Path) -> ForeignSet:
    """Read every table of a folder; a table that cannot be understood is left out with its reason."""
    found = ForeignSet()
    for file in sorted(folder.glob("*.csv")):
        _read(file, found)
    for (name, level), measure in sorted(found.measures.items()):
        finer = found.measures.get((name, _finer(level)))
        if finer is not None:
            found.problems += compare_levels(measure, finer)
    return found


def _finer(level: str) -> str:
    return {"nuts2": "nuts3", "nuts1": "nuts2"}.get(level, "")


def _read(file: Path, found: ForeignSet) -> None:
    description = _description(file, found)
    if description is None:
        return
    name, _dot, level = file.stem.partition(".")
    value = description.get("schema", {}).get("value", {})
    unit = UNITS.get(str(value.get("type", "")), str(value.get("type") or "number"))
    if not LEVELS.fullmatch(level):
        level = f"{description.get('region', {}).get('type', '')}{description.get('region', {}).get('level', '')}".replace(
            "NutsRegion", "nuts"
        ).lower()
        found.problems.append(
            Problem("noted", file.name, f"{file.name}: its name gives no level of areas; {level or 'none'} is taken from its description")
        )
    per = bool(re.search(r"(^|_)per(_|$)", name))
    if per and "total" in f"{description.get('title', '')} {description.get('subtitle', '')}".lower():
        sentence = f"{file.name}: its name says an average, its description a total; it is taken as an average and never added"
        found.problems.append(Problem("ambiguous", file.name, sentence))
    if "data_date" in description and not _is_date(description["data_date"]):
        found.problems.append(
            Problem(
                "noted",
                file.with_suffix(".yaml").name,
                f"{file.with_suffix('.yaml').name}: data_date {description.get('data_date')!r} is no date; it is left out",
            )
        )
    measure = ForeignMeasure(name, level, str(description.get("title", name)), unit, "average" if per else "sum")
    _rows(file, str(value.get("id") or name), measure, found)
    found.measures[name, level] = measure


def _description(file: Path, found: ForeignSet) -> dict[str, Any] | None:
    import yaml  # slow library

    beside = file.with_suffix(".yaml")
    if not beside.exists():
        sentence = f"{file.name}: there is no description beside it, so its unit is not known; it was not taken. Write {beside.name}"
        found.problems.append(Problem("no-description", file.name, sentence))
        return None
    try:
        body = yaml.safe_load(beside.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        found.problems.append(Problem("description", beside.name, f"{beside.name}: this is no YAML ({error}); {file.name} was not taken"))
        return None
    if not isinstance(body, dict) or not isinstance(body.get("schema"), dict):
        found.problems.append(Problem("description", beside.name, f"{beside.name} describes no table; {file.name} was not taken"))
        return None
    return body


def _is_date(value: Any) -> bool:
    text = str(value or "")
    return bool(re.fullmatch(r"\d{4}-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])", text))


def _rows(file: Path, column: str, measure: ForeignMeasure, found: ForeignSet) -> None:
    with file.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        columns = reader.fieldnames or []
        area = next((c for c in columns if c.endswith(("_id", "_code"))), "")
        edition = next((c for c in columns if c.endswith("_year_spec")), "")
        if not area or "year" not in columns or column not in columns:
            found.problems.append(
                Problem(
                    "columns", file.name, f"{file.name}: year, the code of the area and {column} are needed; it has {', '.join(columns)}"
                )
            )
            return
        for line, row in enumerate(reader, start=2):
            where = f"{file.name}, line {line}"
            try:
                first, value = int(row["year"]), Decimal(row[column])
            except (ValueError, InvalidOperation, TypeError):
                found.problems.append(
                    Problem("number", where, f"{where}: {row['year']!r} and {row[column]!r} are not both numbers; the row was left out")
                )
                continue
            key = (row[area], label_of(first))
            if key in measure.values:
                found.problems.append(Problem("twice", where, f"{where}: {key[0]} in {key[1]} stands above already; the first one is kept"))
                continue
            measure.values[key] = value
            measure.editions[key] = row.get(edition, "") if edition else ""


def compare_levels(coarse: ForeignMeasure, fine: ForeignMeasure) -> list[Problem]:
    """Whether the finer areas add up to the coarser ones (whose code their own begins with). Areas that do not, while the sum of all
    does, lie on two sides of a new edition of the codes; anything else is an error of the data."""
    problems = []
    for period in sorted(set(coarse.periods) & set(fine.periods)):
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for (area, p), value in fine.values.items():
            if p == period:
                sums[area[:4]] += value
        mine = {area: value for (area, p), value in coarse.values.items() if p == period}
        differ = sorted(a for a in mine.keys() | sums.keys() if mine.get(a, Decimal(0)) != sums.get(a, Decimal(0)))
        if not differ:
            continue
        whole = sum((mine.get(a, Decimal(0)) for a in differ), Decimal(0)) == sum((sums.get(a, Decimal(0)) for a in differ), Decimal(0))
        editions = sorted(
            {coarse.editions.get((a, period), "") for a in differ}
            | {e for (a, p), e in fine.editions.items() if p == period and a[:4] in differ} - {""}
        )
        where = f"{coarse.id}, {period}"
        if whole:
            sentence = f"{where}: {', '.join(differ)} are the same areas under codes of two editions ({', '.join(filter(None, editions))}); together they are equal, one by one they must not be compared"
            problems.append(Problem("edition", where, sentence))
        elif all(
            abs(mine.get(a, Decimal(0)) - sums.get(a, Decimal(0))) <= sum(1 for b, p in fine.values if p == period and b[:4] == a)
            for a in differ
        ):
            problems.append(Problem("rounded", where, f"{where}: the parts of {', '.join(differ)} differ from them by their rounding"))
        else:
            problems.append(Problem("parts", where, f"{where}: the parts of {', '.join(differ)} do not add up to them"))
    return problems
