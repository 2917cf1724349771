"""Facts out of the database into Parquet: `TABLE/organisation=X/year=Y/part.parquet`, with `schema.json` beside them.

`year` is the academic year of the row's day (`2025-26`). All tables are read in one consistent snapshot. An organisation
whose journal tells of nothing new since the last export is not read again; of one that is, only partitions whose rows
differ are written anew, and those that have no rows left are removed. New files wait in `.next` and take their places when
all are there: a run that is killed leaves the old folder, or one that the next run completes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection, transaction
from django.db.models import Count, Max, Q

from tertia.core.actions.models import Event
from tertia.core.facts.declare import FACTS, FactTable, secret_mark
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.core.records.models import Link
from tertia.measure.facts.rows import arrow_schema, batches

__all__ = ["Exported", "export_facts", "schema_body"]

NEXT, MANIFEST = ".next", "manifest.json"
GROUP = 1_000_000  # rows of a Parquet row group


@dataclass
class Exported:
    """What an export did: rows by table (of all organisations, read or not), and partitions by what became of them."""

    rows: dict[str, int] = field(default_factory=dict)
    written: int = 0
    removed: int = 0
    unchanged: int = 0
    #: organisations of which nothing had to be read
    skipped: int = 0


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of the database for all tables: repeatable read on PostgreSQL; SQLite's transaction is one already."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def export_facts(
    out: Path, *, organisations: list[Organisation] | None = None, tables: list[str] | None = None,
    tell: Callable[[str, str, int], None] | None = None, everything: bool = False,
) -> Exported:  # fmt: skip
    """Write the fact tables (all by default) of the given organisations (all that keep records here by default).

    `everything` reads all rows anew, whatever the journal says. `tell(table, organisation, rows)` reports progress.
    """
    out.mkdir(parents=True, exist_ok=True)
    _complete(out)
    before = {} if everything else _read_manifest(out)
    done, chosen_tables = Exported(), {n: t for n, t in sorted(FACTS.items()) if tables is None or n in tables}
    with _snapshot():
        chosen = organisations if organisations is not None else list(Organisation.objects.filter(hosts=True).order_by("slug"))
        marks, manifest = _marks(chosen, chosen_tables), {"tables": {}, "organisations": {}}
        stage = _Stage(out, done)
        for organisation in chosen:
            known = before.get("organisations", {}).get(organisation.slug, {})
            rows = dict(known.get("rows", {}))
            if known.get("mark") == marks[organisation.slug] and set(rows) >= set(chosen_tables):
                done.skipped += 1
            else:
                for name, table in chosen_tables.items():
                    rows[name] = stage.table(table, organisation)
                    if tell:
                        tell(name, organisation.slug, rows[name])
            manifest["organisations"][organisation.slug] = {"mark": marks[organisation.slug], "rows": rows}
    if organisations is None and tables is None:
        stage.drop_strangers({o.slug for o in chosen})
    stage.file("schema.json", {**schema_body(), "organisations": sorted(o.slug for o in chosen)})
    stage.file(MANIFEST, {"exported_at": clock.now().isoformat(timespec="seconds"), **manifest})
    stage.commit()
    for kept in manifest["organisations"].values():
        for name in chosen_tables:
            done.rows[name] = done.rows.get(name, 0) + kept["rows"][name]
    return done


def _marks(organisations: list[Organisation], tables: dict[str, FactTable]) -> dict[str, str]:
    """For each organisation a mark that differs as soon as anything may have changed that its facts are made of.

    Counted and not only numbered: on PostgreSQL a lower number may be committed later than a higher one.
    """
    hosts = list(Organisation.objects.filter(hosts=True).values_list("pk", flat=True))
    own = {
        r["organisation"]: r
        for r in Event.objects.order_by().filter(organisation__in=hosts).values("organisation").annotate(n=Count("pk"), last=Max("pk"))
    }
    others = Event.objects.exclude(organisation__in=hosts).aggregate(n=Count("pk"), last=Max("pk"))
    day = clock.today()
    clocks = {"": "", "year": academic_year(day).label, "day": day.isoformat()}
    shape = [(t.name, t.version, clocks[t.changes_with], [c.name for c in t.columns]) for t in tables.values()]
    found = {}
    for organisation in organisations:
        links = Link.objects.filter(Q(upper__owner=organisation) | Q(lower__owner=organisation)).aggregate(n=Count("pk"), last=Max("pk"))
        events = own.get(organisation.pk, {})
        body = [shape, events.get("n"), events.get("last"), list(others.values()), list(links.values()), secret_mark(organisation)]
        found[organisation.slug] = hashlib.sha256(json.dumps(body).encode()).hexdigest()[:24]
    return found


class _Stage:
    """Files that wait in `.next`, and what has to go, until `commit`."""

    def __init__(self, out: Path, done: Exported) -> None:
        self.out, self.done, self.next = out, done, out / NEXT
        self.gone: list[str] = []

    def table(self, table: FactTable, organisation: Organisation) -> int:
        """Write the partitions of a table beside the old ones; keep those that are the same. Returns the rows."""
        place = Path(table.name) / f"organisation={organisation.slug}"
        writers: dict[str, pq.ParquetWriter] = {}
        held: dict[str, list[pa.Table]] = {}
        rows = 0

        def flush(year: str) -> None:
            if year not in writers:
                folder = self.next / place / f"year={year}"
                folder.mkdir(parents=True, exist_ok=True)
                writers[year] = pq.ParquetWriter(folder / "part.parquet", arrow_schema(table), compression="zstd")
            writers[year].write_table(pa.concat_tables(held.pop(year)), row_group_size=GROUP)

        try:
            for year, batch in batches(table, organisation):
                rows += batch.num_rows
                held.setdefault(year, []).append(batch)
                if sum(b.num_rows for b in held[year]) >= GROUP:
                    flush(year)
            for year in list(held):
                flush(year)
        finally:
            for writer in writers.values():
                writer.close()
        self._settle(place, set(writers))
        return rows

    def _settle(self, place: Path, years: set[str]) -> None:
        for year in sorted(years):
            new, old = self.next / place / f"year={year}" / "part.parquet", self.out / place / f"year={year}" / "part.parquet"
            if old.exists() and old.stat().st_size == new.stat().st_size and old.read_bytes() == new.read_bytes():
                new.unlink()
                self.done.unchanged += 1
            else:
                self.done.written += 1
        for part in (self.out / place).glob("year=*"):
            if part.name.removeprefix("year=") not in years:
                self.gone.append(str(part.relative_to(self.out)))
                self.done.removed += 1

    def drop_strangers(self, slugs: set[str]) -> None:
        """Partitions of organisations that no longer keep records here, and tables that are no longer declared."""
        for folder in self.out.glob("*/organisation=*"):
            if folder.parent.name not in FACTS or folder.name.removeprefix("organisation=") not in slugs:
                self.gone.append(str(folder.relative_to(self.out)))

    def file(self, name: str, body: dict[str, Any]) -> None:
        self.next.mkdir(exist_ok=True)
        (self.next / name).write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def commit(self) -> None:
        moves = [str(p.relative_to(self.next)) for p in sorted(self.next.rglob("*")) if p.is_file()]
        plan = self.next / "moves.json.new"
        plan.write_text(json.dumps({"moves": moves, "gone": self.gone}), encoding="utf-8")
        os.replace(plan, self.next / "moves.json")
        _complete(self.out)


def _complete(out: Path) -> None:
    """Carry out the moves of an export that had all its files; throw away what one that had not has left."""
    waiting = out / NEXT
    if (waiting / "moves.json").exists():
        plan = json.loads((waiting / "moves.json").read_text(encoding="utf-8"))
        for path in plan["gone"]:
            shutil.rmtree(out / path, ignore_errors=True)
        for path in sorted(plan["moves"], key=lambda p: (p == MANIFEST, p)):
            if (waiting / path).exists():
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(waiting / path, out / path)
    shutil.rmtree(waiting, ignore_errors=True)


def _read_manifest(out: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((out / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def schema_body() -> dict[str, Any]:
    """Every fact table with its version, meaning and columns; what the engine reads."""
    return {
        "tables": {
            name: {
                "version": table.version,
                "unit": table.unit,
                "meaning": table.meaning,
                "columns": [
                    {"name": c.name, "type": "text" if c.type == "person" else c.type, "unit": c.unit, "meaning": c.meaning}
                    for c in table.columns
                ],
            }
            for name, table in sorted(FACTS.items())
        }
    }
