"""A closed period, frozen: figures, definitions and the digests of the rows behind them in one signed file. No Django.

Anybody verifies it without a server: that it is whole and signed, that each figure follows from its counts, and, with the facts
at hand, that the rows and figures of today are still those of the snapshot. A correction is a new snapshot that names the one
before it and why; `differences` tells what changed from the one to the other.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tertia.core.checks.canonical import canonical
from tertia.core.checks.report import Problem
from tertia.core.keys.signing import Key, Register, sign, verify
from tertia.measure.indicators.engine.compute import Facts, compute_all
from tertia.measure.indicators.engine.definition import Definition
from tertia.measure.indicators.engine.expressions import placed
from tertia.measure.indicators.engine.figures import SIX, Figure, plain, ratio

__all__ = ["Difference", "NoSnapshot", "differences", "freeze", "name_of", "read_snapshot", "restated", "standing", "verify_snapshot"]

KIND = "tertia-snapshot"
FIELDS = (
    "indicator",
    "version",
    "period",
    "breakdown",
    "numerator",
    "denominator",
    "value",
    "unit",
    "state",
    "scale",
    "aggregation",
    "rows",
)


class NoSnapshot(ValueError):
    """A file that is no snapshot; the sentence says what to do."""


@dataclass(frozen=True)
class Difference:
    """A figure that is another in the later snapshot; an empty side means that it was not there."""

    indicator: str
    breakdown: str
    before: str
    after: str


def freeze(
    facts: Facts, definitions: list[Definition], *, organisation: str, period: str, key: Key | None, made_at: dt.datetime,
    previous: dict[str, Any] | None = None, reason: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The snapshot of an organisation's period. Raises ValueError where a correction gives no reason."""
    if previous is not None and not reason.strip():
        raise ValueError("a snapshot that corrects another says why; give a reason")
    kind = "academic-year" if len(period) == 7 else "calendar-year"
    chosen = [d for d in definitions if d.period == kind and facts.hold(d)]
    figures = list(compute_all(chosen, facts, organisations=[organisation], periods=[period]))
    tables = sorted({s.table for d in chosen for s in d.in_force(period).sides})
    body: dict[str, Any] = {
        "kind": KIND, "format": 1, "organisation": organisation, "period": period, "made_at": made_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "number": previous["number"] + 1 if previous else 1, "previous": name_of(previous) if previous else "", "reason": reason,
        "definitions": {d.id: {"version": d.in_force(period).version, "sha256": _digest(_stated(d.in_force(period)))} for d in chosen},
        "rows": {name: _rows(facts, name, kind, organisation, period) for name in tables},
        "figures": [_figure(f) for f in figures],
    }  # fmt: skip
    if key is not None:
        body["signature"] = sign(key, canonical(body), made_at)
    return body


def _stated(definition: Definition) -> dict[str, Any]:
    """What of a definition decides its figures."""
    sides = {name: None if side is None else [side.table, side.measure, side.column, side.by, sorted(side.where, key=str), str(side.constant)] for name, side in (("numerator", definition.numerator), ("denominator", definition.denominator))}  # fmt: skip
    return {"version": definition.version, "unit": definition.unit, "period": definition.period, "scale": definition.scale, **sides}


def _digest(body: Any) -> str:
    return hashlib.sha256(canonical(body)).hexdigest()


def _rows(facts: Facts, name: str, kind: str, organisation: str, period: str) -> dict[str, Any]:
    """How many rows of a table lie in the period, and one digest over all of them in an order that the rows themselves give."""
    table = placed(facts.source, name, kind)
    found = facts.source.run(table.filter(table.organisation == organisation, table.period_ == int(period[:4])).drop("period_", "year"))
    lines = sorted(
        json.dumps(row, ensure_ascii=False, sort_keys=True, default=lambda v: plain(v) if isinstance(v, Decimal) else str(v))
        for row in found
    )
    return {"rows": len(lines), "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}


def _figure(f: Figure) -> dict[str, Any]:
    return {name: plain(v) if isinstance(v := getattr(f, name), Decimal) else v for name in FIELDS}


def name_of(snapshot: dict[str, Any]) -> str:
    """The SHA-256 by which a later snapshot names this one."""
    return _digest(snapshot)


def read_snapshot(file: Path) -> dict[str, Any]:
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
        if body["kind"] != KIND or body["format"] != 1 or not isinstance(body["figures"], list) or not isinstance(body["rows"], dict):
            raise ValueError("it is of another kind")
        for needed in ("organisation", "period", "made_at", "number", "previous", "reason", "definitions"):
            body[needed]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoSnapshot(f"{file}: this is no snapshot ({error!r}); make one: tertia snapshot make") from error
    return dict(body)


def verify_snapshot(
    snapshot: dict[str, Any], *, register: Register | None = None, previous: dict[str, Any] | None = None, facts: Facts | None = None,
    definitions: dict[str, Definition] | None = None,
) -> Iterator[Problem]:  # fmt: skip
    """Everything that is wrong with a snapshot; with `previous` that it follows it, with `facts` that they are still the same."""
    signature = snapshot.get("signature")
    content = canonical({k: v for k, v in snapshot.items() if k != "signature"})
    if signature is None:
        yield Problem("unsigned", "signature", "the snapshot is not signed; make it with the organisation's key")
    else:
        found = verify(signature, content, register)
        if found != "signed":
            words = {"altered": "it was changed after signing", "unknown-key": "the key was not the organisation's on that day"}
            yield Problem(
                found, "signature", f"the signature does not hold: {words.get(found, 'it is no signature by the key that it names')}"
            )
        elif signature["organisation"] != snapshot["organisation"]:
            yield Problem("foreign", "signature", f"signed by {signature['organisation']}, but it is of {snapshot['organisation']}")
    for number, row in enumerate(snapshot["figures"], 1):
        yield from _arithmetic(number, row)
    if snapshot["number"] > 1 and not snapshot["reason"]:
        yield Problem("no-reason", "reason", "the snapshot corrects another and does not say why")
    if previous is not None and (snapshot["previous"] != name_of(previous) or snapshot["number"] != previous["number"] + 1):
        yield Problem(
            "chain",
            "previous",
            "the snapshot does not follow the one given as the one before it; one between them is missing or was replaced",
        )
    if facts is not None and definitions is not None:
        yield from _against(snapshot, facts, definitions)


def _arithmetic(number: int, row: Any) -> Iterator[Problem]:
    try:
        where = ", ".join(p for p in (row["indicator"], row["period"], row["breakdown"]) if p)
        n, d, value = (None if row[c] is None else Decimal(row[c]) for c in ("numerator", "denominator", "value"))
        scale, state = int(row["scale"]), row["state"]
    except (KeyError, TypeError, ArithmeticError, ValueError):
        yield Problem("figure", f"figure {number}", f"figure {number} is not readable")
        return
    if (state == "value") != (value is not None):
        yield Problem("state", where, f"{where}: the state is {state}, which does not fit its value")
    elif value is not None and n is not None:
        wanted = (n * scale).quantize(SIX) if d is None else ratio(n, d, scale) if d else None
        if wanted is None or wanted != value.quantize(SIX):
            yield Problem("arithmetic", where, f"{where}: its counts give {wanted}, not {value}")


def _against(snapshot: dict[str, Any], facts: Facts, definitions: dict[str, Definition]) -> Iterator[Problem]:
    """Differences between the snapshot and the facts of today."""
    organisation, period = snapshot["organisation"], snapshot["period"]
    kind = "academic-year" if len(period) == 7 else "calendar-year"
    for name, frozen in snapshot["rows"].items():
        if name not in facts.folder.tables:
            yield Problem("table", name, f"{name}: the facts hold no such table")
            continue
        now = _rows(facts, name, kind, organisation, period)
        if now != frozen:
            yield Problem(
                "rows", name, f"{name}: {frozen['rows']} rows were frozen; today there are {now['rows']}, and they are not the same"
            )
    chosen = []
    for key, frozen in snapshot["definitions"].items():
        definition = definitions.get(key)
        if definition is None or _digest(_stated(definition.in_force(period))) != frozen["sha256"]:
            yield Problem("definition", key, f"{key}: the definition of today is not version {frozen['version']} of the snapshot")
        elif facts.hold(definition):
            chosen.append(definition)
    now_figures = {
        (f.indicator, f.breakdown): _figure(f) for f in compute_all(chosen, facts, organisations=[organisation], periods=[period])
    }
    for row in snapshot["figures"]:
        now_row = now_figures.get((row["indicator"], row["breakdown"]))
        if now_row == row or row["indicator"] not in {d.id for d in chosen}:
            continue
        if now_row is not None:
            yield Problem("figure", _where(row), f"{_where(row)}: frozen as {_words(row)}, today {_words(now_row)}")
        elif row["state"] == "value":
            yield Problem("figure", _where(row), f"{_where(row)}: frozen as {_words(row)}, today there is no such figure")


def _where(row: dict[str, Any]) -> str:
    return ", ".join(p for p in (row["indicator"], row["breakdown"]) if p)


def restated(before: dict[str, Any], after: dict[str, Any]) -> int:
    """How many figures that had a value are told otherwise by the correction, or no longer."""
    valued = {(row["indicator"], row["breakdown"]) for row in before["figures"] if row["state"] == "value"}
    return sum((d.indicator, d.breakdown) in valued for d in differences(before, after))


def standing(snapshot: dict[str, Any], problems: list[Problem]) -> tuple[int, int]:
    """How many figures of a snapshot have a value, and how many of those `problems` (what `verify_snapshot` found) do not stand today.

    A figure does not stand if today's records make it otherwise, or if the rule of which the snapshot speaks is no longer there.
    """
    valued = [row for row in snapshot["figures"] if row["state"] == "value"]
    found = {code: {p.where for p in problems if p.code == code} for code in ("figure", "definition")}
    return len(valued), sum(_where(row) in found["figure"] or row["indicator"] in found["definition"] for row in valued)


def _words(row: dict[str, Any]) -> str:
    return f"{row['value']} {row['unit']}" if row["state"] == "value" else str(row["state"])


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What a correction changed, figure by figure."""
    sides = [{(r["indicator"], r["breakdown"]): _words(r) for r in s["figures"]} for s in (before, after)]
    return [
        Difference(*key, sides[0].get(key, ""), sides[1].get(key, ""))
        for key in sorted(sides[0].keys() | sides[1].keys())
        if sides[0].get(key) != sides[1].get(key)
    ]
