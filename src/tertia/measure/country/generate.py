"""A country invented by number: facts of many universities straight into Parquet, for benchmarks and for trying things out.

Every value follows from the seed. Nothing stands for a real university or person; organisations are called `uni-001` and so on.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tertia.core.periods.years import academic_year

__all__ = ["Country", "generate"]

REGIONS = [f"KZ-{code}" for code in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)]  # ISO 3166-2, 2022
PARTNER_KINDS = ["akimat", "nonprofit", "business", "school", "culture", "association", "university", "ministry"]
BODY_KINDS = ["akimat", "ministry", "association", "university"]


@dataclass(frozen=True)
class Country:
    """How large: totals over all universities; participations over all years, students in each year."""

    universities: int = 130
    years: int = 5
    students: int = 600_000
    participations: int = 20_000_000
    first_year: int = 2021
    seed: int = 2019


def generate(out: Path, country: Country, schema: dict[str, Any], tell: Callable[[int, int, int], None] | None = None) -> int:
    """Write the folder with `schema.json` (its tables as `schema`). Returns the participations. `tell(university, of, rows)`."""
    random = np.random.default_rng(country.seed)
    sizes = random.lognormal(0.0, 0.9, country.universities)
    work = sizes * random.lognormal(0.0, 0.4, country.universities)  # some do more for their size than others
    shares, parts = sizes / sizes.sum(), work / work.sum()
    slugs = [f"uni-{n + 1:03d}" for n in range(country.universities)]
    out.mkdir(parents=True, exist_ok=True)
    types = {
        name: pa.schema([pa.field(c["name"], _ARROW[c["type"]]) for c in table["columns"]]) for name, table in schema["tables"].items()
    }
    written = 0
    for number, slug in enumerate(slugs):
        maker = _University(out, country, slug, number, float(shares[number]), float(parts[number]), types)
        for year in range(country.years):
            written += maker.year(country.first_year + year)
        if tell:
            tell(number + 1, country.universities, written)
    periods = [academic_year(dt.date(y, 9, 1)).label for y in range(country.first_year, country.first_year + country.years)]
    body = {**schema, "organisations": slugs, "periods": periods, "generated": {**country.__dict__}}
    (out / "schema.json").write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return written


_ARROW = {"int": pa.int64(), "text": pa.string(), "bool": pa.bool_(), "date": pa.date32(), "decimal": pa.decimal128(18, 4)}


class _University:
    """One invented university: its people, units and partners, and the facts of each of its years."""

    def __init__(self, out: Path, country: Country, slug: str, number: int, share: float, part: float, types: dict[str, pa.Schema]) -> None:
        self.out, self.slug, self.types = out, slug, types
        self.rng = np.random.default_rng([country.seed, number])
        self.students = max(20, round(country.students * share))
        self.staff = max(5, self.students // 12)
        self.each_year = round(country.participations * part / country.years)
        self.units = pa.array([f"{slug}-unit-{n:02d}" for n in range(1, 4 + self.students // 1500)])
        self.partners = pa.array([f"{slug}-partner-{n:03d}" for n in range(1, 12 + self.students // 100)])
        self.partner_kinds = pa.array(self.rng.choice(PARTNER_KINDS, len(self.partners)))
        self.home = REGIONS[number % len(REGIONS)]
        self.next_id = number * 10**9

    def year(self, first: int) -> int:
        """Every table of one academic year; a quarter of the students is new in each."""
        start = dt.date(first, 9, 1)
        new = (first - 2000) * (self.students // 4)
        students = self._keys("s", np.arange(new, new + self.students))
        staff = self._keys("t", np.arange(self.staff))
        own = np.concatenate(
            [(new + np.arange(self.students)) % len(self.units), np.arange(self.staff) % len(self.units)]
        )  # each person's unit
        self._members(start, students, staff, own)
        activities = self._activities(start, max(3, self.each_year // 12))
        rows = self._participations(start, activities, students, staff, own)
        self._small(start)
        return rows

    def _keys(self, prefix: str, numbers: Any) -> pa.Array:
        """Strings as long as a keyed hash."""
        return pa.array([f"{prefix}{self.slug[-3:]}{n:020x}" for n in numbers.tolist()])

    def _write(self, table: str, start: dt.date, columns: dict[str, Any]) -> None:
        schema = self.types[table]
        count = len(columns["day"])
        if not count:
            return
        made = [columns[f.name] if f.name in columns else pa.nulls(count, f.type) for f in schema]
        folder = self.out / table / f"organisation={self.slug}" / f"year={academic_year(start).label}"
        folder.mkdir(parents=True, exist_ok=True)
        arrays = [a if isinstance(a, pa.Array | pa.ChunkedArray) else pa.array(a, f.type) for a, f in zip(made, schema)]
        pq.write_table(pa.table(arrays, schema=schema), folder / "part.parquet", compression="zstd")

    def _ids(self, count: int) -> Any:
        self.next_id += count
        return np.arange(self.next_id - count, self.next_id)

    def _days(self, start: dt.date, count: int) -> pa.Array:
        first = (start - dt.date(1970, 1, 1)).days
        return pa.array((first + self.rng.integers(0, 365, count)).astype("int32"), pa.int32()).cast(pa.date32())

    def _yes(self, count: int, share: float) -> Any:
        return self.rng.random(count) < share

    def _members(self, start: dt.date, students: pa.Array, staff: pa.Array, own: Any) -> None:
        count = len(students) + len(staff)
        day = pa.array(np.full(count, (start - dt.date(1970, 1, 1)).days, "int32"), pa.int32()).cast(pa.date32())
        self._write("member", start, {
            "record": self._ids(count), "day": day, "person": pa.concat_arrays([students, staff]),
            "unit": self.units.take(pa.array(own)),
            "standing": pa.array(np.repeat(["student", "staff"], [len(students), len(staff)])),
        })  # fmt: skip

    def _activities(self, start: dt.date, count: int) -> dict[str, Any]:
        partner = pa.array(np.minimum(self.rng.geometric(0.05, count) - 1, len(self.partners) - 1))
        held = self._yes(count, 0.96)
        made = {
            "record": self._ids(count), "day": self._days(start, count), "unit": self.units.take(pa.array(self.rng.integers(0, len(self.units), count))),
            "held": held, "open_to_public": self._yes(count, 0.3), "partner": self.partners.take(partner),
            "partner_kind": self.partner_kinds.take(partner), "signed": held & self._yes(count, 0.85), "serves_need": self._yes(count, 0.25),
            "region": pa.array(np.where(self._yes(count, 0.9), self.home, self.rng.choice(REGIONS, count))),
        }  # fmt: skip
        self._write("activity", start, made)
        return made

    def _participations(self, start: dt.date, activities: dict[str, Any], students: pa.Array, staff: pa.Array, own: Any) -> int:
        count = self.each_year
        chosen = self.rng.integers(0, len(activities["record"]), count)
        index = pa.array(chosen)
        role = self.rng.choice(3, count, p=[0.9, 0.08, 0.02])
        active = max(1, int(len(students) * 0.7))  # three in ten take no part
        person = np.where(role == 0, self.rng.integers(0, active, count), len(students) + self.rng.integers(0, len(staff), count))
        quarters = self.rng.integers(2, 33, count)  # half an hour to eight hours
        attested = activities["signed"][chosen]
        claimed = _ten_thousandths(quarters * 2500)
        self._write("participation", start, {
            "record": self._ids(count), "sheet": activities["record"][chosen], "activity": activities["record"][chosen],
            "day": activities["day"].take(index), "unit": self.units.take(pa.array(own[person])),
            "person": pa.concat_arrays([students, staff]).take(pa.array(person)), "role": pa.array(["student", "staff", "outside"]).take(pa.array(role)),
            "hours_claimed": claimed, "hours": pa.compute.if_else(pa.array(attested), claimed, pa.scalar(None, pa.decimal128(18, 4))),
            "attested": attested, "partner": activities["partner"].take(index), "partner_kind": activities["partner_kind"].take(index),
            "serves_need": activities["serves_need"][chosen], "enrolled_next": (role == 0) & (person >= len(students) // 4),
        })  # fmt: skip
        return count

    def _small(self, start: dt.date) -> None:
        """Needs, closings, measures, recommendations and dispatches."""
        count = 5 + self.students // 400
        days = self.rng.integers(0, 120, count)
        self._write("need", start, {
            "record": self._ids(count), "day": self._days(start, count), "external": self._yes(count, 0.7), "state": ["raised"] * count,
            "taken_up": self._yes(count, 0.5), "closed_by_asker": self._yes(count, 0.2), "region": [self.home] * count,
            "answer_days": pa.array(days, mask=self._yes(count, 0.3)),
        })  # fmt: skip
        self._write("need_closing", start, {
            "record": self._ids(count), "day": self._days(start, count), "confirmed": self._yes(count, 0.6), "region": [self.home] * count,
        })  # fmt: skip
        self._write("measure", start, {
            "record": self._ids(count), "day": self._days(start, count), "unit": self.units.take(pa.array(self.rng.integers(0, len(self.units), count))),
            "ready": self._yes(count, 0.7), "due": self._yes(count, 0.3), "done": self._yes(count, 0.2), "with_activity": self._yes(count, 0.5),
            "done_in_time": self._yes(count, 0.15),
        })  # fmt: skip
        self._write("recommendation", start, {
            "record": self._ids(count), "day": self._days(start, count), "addressed": self._yes(count, 0.8), "dated": self._yes(count, 0.6),
        })  # fmt: skip
        answered = self._yes(count, 0.55)
        self._write("dispatch", start, {
            "record": self._ids(count), "owed": self._ids(count), "day": self._days(start, count), "party": ["body"] * count,
            "party_kind": self.rng.choice(BODY_KINDS, count), "state": ["sent"] * count, "sent": self._yes(count, 0.9), "received": answered,
            "answered": answered, "accepted": answered & self._yes(count, 0.6), "done": answered & self._yes(count, 0.2),
            "term_passed": self._yes(count, 0.8), "in_term": answered & self._yes(count, 0.7), "answer_days": pa.array(days, mask=~answered),
        })  # fmt: skip


def _ten_thousandths(whole: Any) -> pa.Array:
    """Non-negative whole ten-thousandths as decimals with four digits, without a detour over floating point."""
    wide = np.zeros((len(whole), 2), dtype="<i8")  # the low and the high half of 128 bits
    wide[:, 0] = whole
    return pa.Array.from_buffers(pa.decimal128(18, 4), len(whole), [None, pa.py_buffer(wide.tobytes())])
