"""No count of persons from 1 to 4 is published, and none can be rebuilt from what is. No Django.

A figure that counts persons has three counts: numerator, denominator, and their difference. A figure is hidden whole (primary
suppression) when one of them is below the threshold and not zero; zero is shown. Since a total and its other parts would give
a hidden part away, further figures are hidden (complementary suppression) until an attacker who knows every published table,
and these rules, can rebuild none. The attacker is a solver: for each hidden count the least and the greatest whole number that
fits all equations (parts add up to their total, the same side in two indicators is the same number).

Source of the method: Hundepool et al., Statistical Disclosure Control (2012), chapter 4; the solver is HiGHS.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from tertia.measure.indicators.engine.definition import Definition, Side
from tertia.measure.indicators.engine.figures import Figure

__all__ = ["THRESHOLD", "Counted", "Exposed", "counted_of", "exposed", "exposed_across", "is_small", "suppress"]

THRESHOLD = 5
#: what one variable of the attack is: a side, and the cell in which it is counted
Variable = tuple[str, str, str, str]
Equation = tuple[Variable, tuple[Variable, ...]]


@dataclass(frozen=True)
class Counted:
    """Which sides of an indicator count persons: the name of each (equal names are the same number), empty where it counts none."""

    numerator: str = ""
    denominator: str = ""
    #: the persons above the line are among those below it
    subset: bool = False


def counted_of(definitions: Mapping[str, Definition], counts_people: Callable[[Side], bool] | None = None) -> dict[str, Counted]:
    """What each indicator counts; those that count no persons are left out. By default a side counts persons by their column."""
    counts_people = counts_people or (lambda side: side.column == "person" and side.measure != "tenth")
    found = {}
    for key, definition in definitions.items():
        above, below = definition.numerator, definition.denominator
        names = [_name(side) if side is not None and side.constant is None and counts_people(side) else "" for side in (above, below)]
        if not any(names) and definition.unit == "people":
            names[0] = _name(above)
        if any(names):
            found[key] = Counted(names[0], names[1], subset=all(names) and definition.unit == "percent")
    return found


def _name(side: Side) -> str:
    return f"{side.table}.{side.measure}({side.column}){sorted(side.where, key=str)}"


def counts(figure: Figure, what: Counted) -> dict[str, Decimal]:
    """The counts of persons that a figure shows: numerator, denominator, difference."""
    found = {}
    if what.numerator and figure.numerator is not None:
        found["numerator"] = figure.numerator
    if what.denominator and figure.denominator is not None:
        found["denominator"] = figure.denominator
    if what.numerator and what.denominator and len(found) == 2:
        found["difference"] = abs(found["denominator"] - found["numerator"])
    return found


def is_small(count: Decimal | int, threshold: int = THRESHOLD) -> bool:
    return 0 < count < threshold


def hidden(figure: Figure) -> Figure:
    """The figure without any number from which it could be told."""
    return replace(figure, numerator=None, denominator=None, value=None, state="suppressed", rows=0, histogram=())


@dataclass(frozen=True)
class Exposed:
    """A hidden figure that can be rebuilt: which of its counts, and what it is found to be."""

    figure: Figure
    count: str
    least: int
    greatest: int


def suppress(
    figures: Iterable[Figure], counted: Mapping[str, Counted], threshold: int = THRESHOLD, before: Iterable[Figure] = ()
) -> list[Figure]:
    """The figures as they may be published. Each indicator and period is protected with as few and as small hidden figures as found greedily.

    `before` are the figures of the version before: what was hidden there stays hidden, so that two versions do not differ in
    what they hide.
    """
    rows = list(figures)
    stay = {_key(f) for f in before if f.state == "suppressed"}
    true = {_key(f): f for f in rows}
    shown = {
        key: hidden(f)
        if f.indicator in counted and (key in stay or any(is_small(c, threshold) for c in counts(f, counted[f.indicator]).values()))
        else f
        for key, f in true.items()
    }
    while True:
        weak = [
            e for e in _attack(list(shown.values()), counted, threshold) if _is_secret(true[_key(e.figure)], e.count, counted, threshold)
        ]
        if not weak:
            return list(shown.values())
        changed = False
        for exposed_one in weak:
            cover = _cover(exposed_one.figure, shown, counted)
            if cover is not None:
                shown[cover], changed = hidden(shown[cover]), True
        if not changed:  # nothing beside it is left to hide: its total goes too
            for exposed_one in weak:
                for key, f in shown.items():
                    if (
                        f.state != "suppressed"
                        and f.indicator in counted
                        and (f.organisation, f.period) == (exposed_one.figure.organisation, exposed_one.figure.period)
                    ):
                        shown[key], changed = hidden(f), True
            if not changed:
                return list(shown.values())


def _is_secret(figure: Figure, count: str, counted: Mapping[str, Counted], threshold: int) -> bool:
    return is_small(counts(figure, counted[figure.indicator]).get(count, Decimal(0)), threshold)


def _key(figure: Figure) -> tuple[str, str, str, str]:
    return figure.indicator, figure.organisation, figure.period, figure.breakdown


def _cover(weak: Figure, shown: Mapping[Any, Figure], counted: Mapping[str, Counted]) -> Any:
    """The smallest figure to hide beside a weak one: a part of the same breakdown, else the same cell of a related indicator, else the total."""
    dimensions = _dimensions(weak.breakdown)
    names = {counted[weak.indicator].numerator, counted[weak.indicator].denominator} - {""}
    place = (weak.organisation, weak.period)

    def open_ones(test: Any) -> list[tuple[Decimal, Any]]:
        return sorted(
            ((f.numerator or Decimal(0)) + (f.denominator or Decimal(0)), key)
            for key, f in shown.items()
            if f.indicator in counted
            and f.state == "value"
            and (f.organisation, f.period) == place
            and test(f)
            and any(counts(f, counted[f.indicator]).values())
        )

    related = lambda f: bool(names & {counted[f.indicator].numerator, counted[f.indicator].denominator})  # noqa: E731
    for test in (
        lambda f: f.indicator == weak.indicator and f.breakdown != weak.breakdown and _dimensions(f.breakdown) == dimensions,
        lambda f: related(f) and f.breakdown != weak.breakdown and _dimensions(f.breakdown) == dimensions,
        lambda f: related(f) and f.breakdown == weak.breakdown,
        lambda f: related(f) and f.breakdown != weak.breakdown,
    ):
        found = open_ones(test)
        if found:
            return found[0][1]
    return None


def _dimensions(breakdown: str) -> tuple[str, ...]:
    return tuple(part.split("=", 1)[0] for part in breakdown.split(";")) if breakdown else ()


def exposed(figures: Iterable[Figure], counted: Mapping[str, Counted], threshold: int = THRESHOLD) -> list[Exposed]:
    """Hidden counts from 1 to the threshold less one that are determined by what is published."""
    return [e for e in _attack(list(figures), counted, threshold) if e.least == e.greatest and is_small(e.least, threshold)]


def exposed_across(
    before: Iterable[Figure], now: Iterable[Figure], counted: Mapping[str, Counted], threshold: int = THRESHOLD
) -> list[Exposed]:  # fmt: skip
    """Hidden counts that are determined by two versions together. They help each other where nothing was corrected between them:
    where every figure of an indicator and period that both show is the same, what either shows is known to the attacker."""
    old, new = {_key(f): f for f in before}, {_key(f): f for f in now}
    corrected = {
        key[:3] for key in old.keys() & new.keys()
        if "suppressed" not in (old[key].state, new[key].state)
        and (old[key].state, old[key].numerator, old[key].denominator) != (new[key].state, new[key].numerator, new[key].denominator)
    }  # fmt: skip
    merged = {
        key: old[key] if f.state == "suppressed" and key in old and key[:3] not in corrected else f for key, f in new.items()
    } | {key: f for key, f in old.items() if key not in new and key[:3] not in corrected}  # fmt: skip
    alone = {(_key(e.figure), e.count) for e in exposed(new.values(), counted, threshold)}
    return [e for e in exposed(merged.values(), counted, threshold) if (_key(e.figure), e.count) not in alone]


def _attack(figures: list[Figure], counted: Mapping[str, Counted], threshold: int) -> list[Exposed]:
    """Every hidden count whose greatest possible value is below the threshold, or that can have one value only."""
    found = []
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.indicator in counted:
            groups[figure.organisation, figure.period].append(figure)
    for group in groups.values():
        if any(f.state == "suppressed" for f in group):
            found += _Tables(group, counted).attacked(threshold)
    return found


class _Tables:
    """The published tables of one organisation and period as an attacker writes them down."""

    def __init__(self, figures: list[Figure], counted: Mapping[str, Counted]) -> None:
        self.figures, self.counted = figures, counted
        self.known: dict[Variable, int] = {}
        self.unknown: dict[Variable, int] = {}  # column in the system
        self.least: dict[Variable, int] = {}
        self.pairs: list[tuple[Variable, Variable]] = []
        for figure in figures:
            self._note(figure)
        for figure in figures:
            if figure.state == "suppressed":
                self._hide(figure)
        self.equations = self._equations()

    def _variables(self, figure: Figure) -> tuple[Variable | None, Variable | None]:
        what, cell = self.counted[figure.indicator], (figure.organisation, figure.period, figure.breakdown)
        above = (what.numerator, *cell) if what.numerator else None
        below = (what.denominator, *cell) if what.denominator else None
        return above, below

    def _note(self, figure: Figure) -> None:
        for variable, value in zip(self._variables(figure), (figure.numerator, figure.denominator)):
            if variable is not None and value is not None and figure.state != "suppressed":
                self.known[variable] = int(value)

    def _hide(self, figure: Figure) -> None:
        above, below = self._variables(figure)
        for variable in (above, below):
            if variable is not None and variable not in self.known:
                self.unknown.setdefault(variable, len(self.unknown))
                # zero is shown, so a hidden count that stands alone, or below the line, is at least one
                self.least[variable] = max(self.least.get(variable, 0), 0 if variable is above and below is not None else 1)
        if above is not None and below is not None and self.counted[figure.indicator].subset:
            self.pairs.append((above, below))

    def _equations(self) -> list[Equation]:
        """Parts and their total, for every breakdown of which the total is a cell too; those that do not hold are left out."""
        cells = defaultdict(set)
        for name, organisation, period, breakdown in (*self.known, *self.unknown):
            cells[name, organisation, period].add(breakdown)
        made: list[Equation] = []
        for (name, organisation, period), breakdowns in cells.items():
            parts: dict[tuple[str, str], list[str]] = defaultdict(list)
            for breakdown in breakdowns:
                pieces = breakdown.split(";") if breakdown else []
                for piece in pieces:
                    rest = ";".join(p for p in pieces if p != piece)
                    if rest in breakdowns:
                        parts[rest, piece.split("=", 1)[0]].append(breakdown)
            for (rest, _), found in parts.items():
                equation = (name, organisation, period, rest), tuple((name, organisation, period, b) for b in sorted(found))
                if self._can_hold(equation):
                    made.append(equation)
        return made

    def _can_hold(self, equation: Equation) -> bool:
        """A person may stand in two units, so that the parts of a distinct count exceed it: such a table gives no equation."""
        total, parts = equation
        if any(v in self.unknown for v in (total, *parts)):
            shown = sum(self.known.get(p, self.least.get(p, 0)) for p in parts)
            return total in self.unknown or shown <= self.known[total]
        return self.known[total] == sum(self.known[p] for p in parts)

    def attacked(self, threshold: int) -> list[Exposed]:
        system = self._system()
        found = []
        for figure in self.figures:
            if figure.state != "suppressed":
                continue
            above, below = self._variables(figure)
            targets: dict[str, dict[Variable, int]] = {}
            if above is not None:
                targets["numerator"] = {above: 1}
            if below is not None:
                targets["denominator"] = {below: 1}
            if above is not None and below is not None:
                targets["difference"] = {below: 1, above: -1}
            for count, weights in targets.items():
                bounds = self._range(weights, system)
                if bounds is not None and (bounds[0] == bounds[1] or bounds[1] < threshold):
                    found.append(Exposed(figure, count, *bounds))
        return found

    def _system(self) -> Any:
        """Rows of coefficients with their lower and upper bounds, over the unknown counts."""
        rows, low, high = [], [], []

        def add(weights: Mapping[Variable, int], least: float, greatest: float) -> None:
            row, moved = np.zeros(len(self.unknown)), 0
            for variable, weight in weights.items():
                if variable in self.unknown:
                    row[self.unknown[variable]] += weight
                else:
                    moved += weight * self.known[variable]
            if row.any():
                rows.append(row)
                low.append(least - moved)
                high.append(greatest - moved)

        for total, parts in self.equations:
            add({total: -1, **dict.fromkeys(parts, 1)}, 0, 0)
        for above, below in self.pairs:
            add({below: 1, above: -1}, 0, np.inf)
        return np.array(rows), np.array(low), np.array(high)

    def _range(self, weights: Mapping[Variable, int], system: Any) -> tuple[int, int] | None:
        """The least and the greatest value that fits; None where nothing fits."""
        fixed = sum(w * self.known[v] for v, w in weights.items() if v in self.known)
        target = np.zeros(len(self.unknown))
        for variable, weight in weights.items():
            if variable in self.unknown:
                target[self.unknown[variable]] += weight
        if not target.any():
            return fixed, fixed
        least, greatest = self._solve(target, system), self._solve(-target, system)
        if least is None or greatest is None:
            return None
        return fixed + least, fixed - greatest

    def _solve(self, target: Any, system: Any) -> int | None:
        from scipy.optimize import Bounds, LinearConstraint, milp  # slow library

        rows, low, high = system
        limit = 10**7
        bounds = Bounds([self.least[v] for v in self.unknown], np.full(len(self.unknown), limit))
        constraints = [LinearConstraint(rows, low, high)] if len(rows) else []
        found = milp(target, integrality=np.ones(len(self.unknown)), bounds=bounds, constraints=constraints)
        return None if found.x is None else round(float(found.fun))
