"""Checking a package without a server: is it whole, signed, well-formed, plausible in itself, and does it give no person away? No Django."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from tertia.core.checks.report import Problem
from tertia.core.keys.signing import Register, verify
from tertia.measure.country.disclosure import THRESHOLD, Counted, counted_of, counts, exposed, exposed_across, is_small
from tertia.measure.country.package import Unreadable, decimal_or_none, read_rows, unpack
from tertia.measure.indicators.engine.catalogue import Entry, catalogue
from tertia.measure.indicators.engine.definition import Definition, definitions
from tertia.measure.indicators.engine.figures import STATES, Figure, ratio

__all__ = ["Checked", "check_package"]

SIGNATURES = {
    "malformed": "signature.json is no signature; sign the package again",
    "forged": "the signature does not fit; the package was not signed by the key that it names, or the signature was changed",
    "altered": "datapackage.json is not what was signed; it was changed after signing",
    "unknown-key": "the key is not, or was not on that day, a key of this organisation; ask it for its register of keys",
}


@dataclass
class Checked:
    """`state`: valid, unsigned, forged, unknown-key, altered, invalid or unreadable; the figures that could be read."""

    state: str = "valid"
    problems: list[Problem] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    organisation: str = ""
    signed_by: str = ""
    #: the bytes of datapackage.json; their SHA-256 names the package among versions
    description: bytes = b""

    def add(self, code: str, where: str, sentence: str, state: str = "invalid") -> None:
        self.problems.append(Problem(code, where, sentence))
        if self.state in ("valid", "invalid"):
            self.state = state


def check_package(
    file: Path, register: Register | None = None, threshold: int = THRESHOLD, before: list[Figure] | None = None
) -> Checked:  # fmt: skip
    """Check a zip, a folder or a bare CSV of figures (which carries no signature). Never raises for what is in the file.

    With the figures of the version before it, also whether the two together give somebody away.
    """
    done = Checked()
    try:
        parts = unpack(file)
        if "datapackage.json" in parts:
            _check_description(done, parts, register)
        rows = read_rows(parts.get("figures.csv", b""))
    except Unreadable as error:
        done.problems.append(Problem(error.code, error.where, str(error)))
        done.state = "unreadable"
        return done
    _check_rows(done, rows)
    known = set(definitions())
    for problem in _check_disclosure(done.figures, counted_of(definitions()), threshold, known):
        done.add(problem.code, problem.where, problem.sentence)
    for found in exposed_across(before, done.figures, counted_of(definitions()), threshold) if before else ():
        where = _where(found.figure)
        done.add(
            "rebuildable",
            where,
            f"{where}: together with the version before it the hidden {found.count} can be rebuilt; hide what was hidden there",
        )
    return done


def _check_description(done: Checked, parts: dict[str, bytes], register: Register | None) -> None:
    done.description = parts["datapackage.json"]
    try:
        described = json.loads(parts["datapackage.json"])
        resource = next(r for r in described["resources"] if r.get("path") == "figures.csv")
        done.organisation = str(described["tertia"]["organisation"])
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise Unreadable(
            "description", "datapackage.json", f"datapackage.json describes no figures.csv of an organisation ({error!r})"
        ) from error
    if "figures.csv" not in parts:
        raise Unreadable("no-figures", "figures.csv", "figures.csv is missing from the package; hand in the whole file")
    body = parts["figures.csv"]
    if resource.get("hash") != f"sha256:{hashlib.sha256(body).hexdigest()}":
        done.add(
            "hash",
            "figures.csv",
            "figures.csv is not what datapackage.json describes; it was changed after the package was made",
            "altered",
        )
    if "signature.json" not in parts:
        done.add("unsigned", "signature.json", "the package is not signed; make it with the organisation's key", "unsigned")
        return
    try:
        signature = json.loads(parts["signature.json"])
    except ValueError:
        signature = None
    found = verify(signature, parts["datapackage.json"], register)
    if found != "signed":
        done.add(found, "signature.json", SIGNATURES[found], "forged" if found == "malformed" else found)
    elif signature["organisation"] != done.organisation:
        done.add(
            "foreign", "signature.json", f"signed by {signature['organisation']}, but the figures are of {done.organisation}", "forged"
        )
    else:
        done.signed_by = signature["public"]


def _check_rows(done: Checked, rows: list[tuple[int, dict[str, str]]]) -> None:
    entries, known, seen = catalogue(), definitions(), {}
    for line, row in rows:
        where = f"figures.csv, line {line}"
        if "" in row:
            done.add("cells", where, f"{where}: {row['']}; a row has ten")
            continue
        entry, definition = entries.get(row["indicator"]), known.get(row["indicator"])
        try:
            numerator, denominator, value = (decimal_or_none(row[c]) for c in ("numerator", "denominator", "value"))
        except ValueError as error:
            done.add("number", where, f"{where}: {error}; write digits with a point")
            continue
        figure = Figure(
            row["indicator"], row["version"], row["organisation"], row["period"], row["breakdown"], numerator, denominator, value, row["unit"], row["state"],
            scale=definition.scale if definition else 100 if row["unit"] == "percent" else 1,
        )  # fmt: skip
        for code, sentence in _row_problems(figure, entry, definition, done.organisation):
            done.add(code, where, f"{where}: {sentence}")
        key = (figure.indicator, figure.organisation, figure.period, figure.breakdown)
        if key in seen:
            done.add("twice", where, f"{where}: this figure stands on line {seen[key]} already; keep one")
            continue
        seen[key] = line
        done.figures.append(figure)


def _row_problems(f: Figure, entry: Entry | None, definition: Definition | None, organisation: str) -> Iterator[tuple[str, str]]:
    if f.state not in STATES:
        yield "state", f"the state {f.state!r} is not known; write {', '.join(STATES)}"
    if not re.fullmatch(r"\d{4}(-\d{2})?", f.period) or (len(f.period) == 7 and (int(f.period[:4]) + 1) % 100 != int(f.period[5:])):
        yield "period", f"{f.period!r} is no period; write 2025-26 or 2025"
    if entry is None:
        yield "indicator", f"the catalogue has no indicator {f.indicator!r}; correct its name"
    elif f.unit != (
        unit := next((v.unit for v in definition.versions if v.version == f.version), entry.unit) if definition else entry.unit
    ):
        yield "unit", f"{f.indicator} is in {unit}, not in {f.unit!r}"
    if definition is not None and f.version not in {v.version for v in definition.versions}:
        yield "version", f"{f.indicator} has no version {f.version!r}; compute it with version {definition.version}"
    if organisation and f.organisation != organisation:
        yield "organisation", f"the row is of {f.organisation}, the package of {organisation}"
    if f.breakdown and f.breakdown.split(";") != sorted(p for p in f.breakdown.split(";") if "=" in p):
        yield "breakdown", f"{f.breakdown!r} is no breakdown; write dimension=value;… in the order of the alphabet"
    yield from _number_problems(f, definition)


def _number_problems(f: Figure, definition: Definition | None) -> Iterator[tuple[str, str]]:
    if f.state == "value" and f.value is None:
        yield "value", "the state is value, but there is none"
    if f.state != "value" and f.value is not None:
        yield "value", f"the state is {f.state}, but a value is given"
    if f.state == "suppressed" and (f.numerator is not None or f.denominator is not None):
        yield "shows-suppressed", "a suppressed figure shows its numerator or denominator; leave both empty"
    for name, number in (("numerator", f.numerator), ("denominator", f.denominator)):
        if number is not None and number < 0:
            yield "negative", f"the {name} {number} is below zero"
    if f.state != "value" or f.value is None:
        return
    median = definition is not None and definition.numerator.measure == "median"
    if f.numerator is None:
        yield "counts", "a value without its numerator cannot be checked; give it"
    elif f.denominator is None and (f.numerator * f.scale != f.value) and not median:
        yield "arithmetic", f"{f.numerator} does not give {f.value}"
    elif f.denominator is not None:
        if f.denominator == 0:
            yield "arithmetic", "the denominator is zero; the state is then not-applicable"
        elif abs(ratio(f.numerator, f.denominator, f.scale) - f.value) > Decimal("0.000001"):
            yield "arithmetic", f"{f.numerator} of {f.denominator} is {ratio(f.numerator, f.denominator, f.scale)}, not {f.value}"
        if f.unit == "percent" and f.numerator > f.denominator:
            yield "share", f"a share above 100 percent: {f.numerator} of {f.denominator}"
    if f.unit == "percent" and f.denominator is None:
        yield "counts", "a percentage without its denominator cannot be checked; give it"


def _check_disclosure(figures: list[Figure], counted: dict[str, Counted], threshold: int, known: set[str]) -> Iterator[Problem]:
    people = {
        **counted,
        **{f.indicator: Counted(f"{f.indicator}.numerator") for f in figures if f.unit == "people" and f.indicator not in known},
    }
    for f in figures:
        if f.indicator not in people or f.state == "suppressed":
            continue
        for name, count in counts(f, people[f.indicator]).items():
            if is_small(count, threshold):
                where = _where(f)
                yield Problem(
                    "below-threshold", where, f"{where}: the {name} counts {count} persons; fewer than {threshold} are not published"
                )
    for found in exposed(figures, people, threshold):
        where = _where(found.figure)
        yield Problem(
            "rebuildable", where,
            f"{where}: the hidden {found.count} can be rebuilt from the other figures: it is {found.least}; hide one more of the same breakdown",
        )  # fmt: skip


def _where(f: Figure) -> str:
    return ", ".join(p for p in (f.indicator, f.organisation, f.period, f.breakdown) if p)
