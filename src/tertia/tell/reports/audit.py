"""A sample for the auditor: figures of an edition drawn by chance, each down to records drawn by chance and to who signed them.

The draw follows from the edition's checksum and a word of the auditor's own, so nobody who writes the report can know it before, and
anybody can draw it again.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tertia.core.actions.models import Event, SealedEvent
from tertia.core.facts.declare import FACTS
from tertia.core.facts.dictionary import said
from tertia.core.languages.formatting import long_date, number
from tertia.core.languages.text import Text
from tertia.core.records.event_words import event_words
from tertia.core.records.models import Record
from tertia.measure.indicators.own import known
from tertia.measure.indicators.queries import current_facts
from tertia.tell.reports.words import value_words

__all__ = ["Drawn", "DrawnRow", "draw"]

#: columns that say which row it is, not what it says; a person stays a keyed hash that no paper needs
_HIDDEN = {"organisation", "year", "person", "record", "sheet", "activity", "owed"}


@dataclass(frozen=True)
class DrawnRow:
    """One row behind a figure: the record, what the row says, and the entry of the journal by which its record became what it is."""

    name: str
    url: str
    says: str
    signed: str
    digest: str
    sealed: str


@dataclass(frozen=True)
class Drawn:
    mark: str
    title: str
    printed: str
    now: str
    differs: bool
    out_of: str
    rows: list[DrawnRow] = field(default_factory=list)


def draw(edition: Any, *, figures: int, rows: int, seed: str) -> list[Drawn]:
    """At most `figures` of the edition's known figures with records, in its order, with at most `rows` records of each."""
    from tertia.measure.indicators.engine.compute import compute, drawn_behind  # slow library

    chance = random.Random(f"{edition.sha256}|{seed.strip()}")
    printed = [f for f in edition.content["figures"] if f["state"] == "value" and f["rows"]]
    catalogue = dict(Record.objects.filter(pk__in=[f["record"] for f in printed]).values_list("pk", "as_indicator__catalogue_id"))
    defined = known(c for c in catalogue.values() if c)[0]
    printed = [f for f in printed if catalogue.get(f["record"]) in defined]
    chosen = chance.sample(printed, min(figures, len(printed)))
    tables = {side.table for f in chosen for v in defined[catalogue[f["record"]]].versions for side in v.sides}
    found = []
    with current_facts(edition.owner, *sorted(tables)) as facts:
        for one in sorted(chosen, key=lambda f: int(f["mark"][1:])):
            definition = defined[catalogue[one["record"]]]
            now = next(iter(compute(definition, facts, organisations=[edition.owner.slug], periods=[edition.period])), None)
            many, taken = drawn_behind(definition, facts, edition.owner.slug, edition.period, chance=chance, count=rows)
            meanings = {c.name: c.meaning for v in definition.versions for side in v.sides for c in FACTS[side.table].columns}
            found.append(_drawn(one, now, many, taken, meanings))
    return found


def _drawn(printed: dict[str, Any], now: Any, many: int, taken: list[dict[str, Any]], meanings: dict[str, str]) -> Drawn:
    language = (get_language() or "en")[:2]
    today = (
        {"state": now.state, "value": str(now.value) if now.value is not None else None, "unit": printed["unit"]}
        if now
        else {**printed, "state": "missing"}
    )
    words = [value_words(f, language) for f in (printed, today)]
    out_of = ngettext("%(shown)d of %(n)d record.", "%(shown)d of %(n)d records.", many) % {"shown": len(taken), "n": many}
    title = Text.from_stored(printed["title"]).read(language).text
    return Drawn(printed["mark"], title, words[0], words[1], words[0] != words[1], out_of, _rows(taken, language, meanings))  # fmt: skip


def _rows(taken: list[dict[str, Any]], language: str, meanings: dict[str, str]) -> list[DrawnRow]:
    ids = {row.get("sheet") or row.get("activity") or row.get("record") for row in taken}
    records = {r.pk: r for r in Record.objects.filter(pk__in=[i for i in ids if i])}
    entries = _entries(records.values())
    sealed = dict(SealedEvent.objects.filter(event_id__in=[e.pk for e in entries.values()]).values_list("event_id", "seal__number"))
    found = []
    for row in taken:
        record = records.get(row.get("sheet") or row.get("activity") or row.get("record") or 0)
        entry = entries.get(record.pk) if record else None
        name = f"{record.declared.label}: {record.title.read(language).text}" if record else _("Row %(n)s") % {"n": row.get("record", "–")}
        says = "; ".join(
            f"{said(meanings.get(k, k), language)}: {_said(v, language)}"
            for k, v in row.items()
            if k not in _HIDDEN and v not in (None, "", False)
        )
        who = f"{entry.actor}, " if entry and entry.actor else ""
        signed = f"{event_words(entry.action)}: {who}{long_date(timezone.localtime(entry.at).date(), language)}" if entry else "–"
        seal = _("in seal %(n)d") % {"n": sealed[entry.pk]} if entry and entry.pk in sealed else _("not sealed yet")
        found.append(DrawnRow(name, record.get_absolute_url() if record else "", says[:300], signed, entry.digest[:16] if entry else "", seal if entry else ""))  # fmt: skip
    return found


def _said(value: Any, language: str) -> str:
    if value is True:
        return _("yes")
    return number(value, language) if isinstance(value, (int, float)) or hasattr(value, "quantize") else str(value)


def _entries(records: Iterable[Any]) -> dict[int, Event]:
    """For each record the last entry of the journal that brought it into the state in which it is; of a record never moved, its first entry."""
    states = {r.pk: r.state for r in records}
    found: dict[int, Event] = {}
    for event in Event.objects.filter(record_id__in=list(states)).order_by("pk").iterator(chunk_size=200):
        moved = any(c.get("id") == event.record_id and c.get("after", {}).get("state") == states[event.record_id] for c in event.changes)
        if moved or event.record_id not in found:
            found[event.record_id] = event
    return found
