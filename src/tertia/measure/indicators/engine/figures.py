"""A figure, and how figures are added: never across units, versions or a total and its parts. No Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

__all__ = ["COLUMNS", "SIX", "STATES", "CannotAdd", "Figure", "figure_rows", "plain", "ratio", "roll_up"]

SIX = Decimal("0.000001")
COLUMNS = ("indicator", "version", "organisation", "period", "breakdown", "numerator", "denominator", "value", "unit", "state")
STATES = ("value", "missing", "not-applicable", "suppressed")


class CannotAdd(ValueError):
    """Figures that make no sum; the sentence says why and what to do."""


@dataclass(frozen=True)
class Figure:
    """One computed figure. `breakdown` is `dimension=value;…` sorted, or empty for the total.

    `state` is value, missing, not-applicable or suppressed; `value` is None unless it is value. A median has its middle
    value in `numerator`, no denominator, and its `histogram`: rows in each bin, waiting rows last.
    """

    indicator: str
    version: str
    organisation: str
    period: str
    breakdown: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    unit: str
    state: str
    rows: int = 0
    scale: int = 1
    aggregation: str = "sum"
    histogram: tuple[int, ...] = ()


def ratio(numerator: Decimal, denominator: Decimal, scale: int) -> Decimal:
    """The quotient with six decimals, halves to even."""
    return (numerator * scale / denominator).quantize(SIX, rounding=ROUND_HALF_EVEN)


def plain(value: Decimal | None) -> str:
    """Exact and without trailing zeros; empty for None."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_rows(figures: Iterable[Figure]) -> Iterable[list[str]]:
    """The rows of the contract, head first."""
    yield list(COLUMNS)
    for f in figures:
        value = "" if f.value is None else f"{f.value:.6f}"
        yield [
            f.indicator,
            f.version,
            f.organisation,
            f.period,
            f.breakdown,
            plain(f.numerator),
            plain(f.denominator),
            value,
            f.unit,
            f.state,
        ]


def roll_up(figures: Iterable[Figure], organisation: str, bins: tuple[Decimal, ...] = ()) -> Figure:
    """One figure for a group of universities in one period: numerators and denominators are added, percentages never.

    Figures that are missing, suppressed or not applicable are left out of the sum; when none is left the group's is missing.
    Raises CannotAdd across units, versions, periods or breakdowns, for distinct counts (the same partner or person may stand
    in two universities), and where a university comes twice (its total beside its parts).
    """
    rows = list(figures)
    if not rows:
        raise CannotAdd("there is no figure to add; choose at least one university")
    first = rows[0]
    for name, words in (("indicator", "indicators"), ("unit", "units"), ("version", "versions of the definition"), ("period", "periods")):
        found = sorted({str(getattr(f, name)) for f in rows})
        if len(found) > 1:
            raise CannotAdd(f"figures of different {words} are not added ({', '.join(found)}); choose one")
    breakdowns = {f.breakdown for f in rows}
    if len(breakdowns) > 1:
        words = "a total and its parts" if "" in breakdowns else "different parts"
        raise CannotAdd(f"{words} are not added: parts may overlap, and a total counts them twice; choose one breakdown")
    if len({f.organisation for f in rows}) < len(rows):
        raise CannotAdd("a university stands twice among the figures; choose one figure of each")
    known = [f for f in rows if f.state == "value"]
    if first.aggregation in ("distinct-count", "per-university-count") and len(rows) > 1:
        raise CannotAdd("distinct counts are never added across universities: the same one may be counted in both; show their spread")
    if first.aggregation == "average" and len(rows) > 1:
        raise CannotAdd("averages are never added: what they are of is not known; hand in numerator and denominator")
    nothing = replace(
        first, organisation=organisation, numerator=None, denominator=None, value=None, state="missing", rows=sum(f.rows for f in known), histogram=()
    )  # fmt: skip
    if not known:
        return nothing
    if first.aggregation == "median":
        return _median_of_bins(known, nothing, bins)
    numerator = sum((f.numerator or Decimal(0) for f in known), Decimal(0))
    if all(f.denominator is None for f in known):
        return replace(nothing, numerator=numerator, value=(numerator * first.scale).quantize(SIX), state="value")
    denominator = sum((f.denominator or Decimal(0) for f in known), Decimal(0))
    added = replace(nothing, numerator=numerator, denominator=denominator, state="not-applicable")
    return replace(added, value=ratio(numerator, denominator, first.scale), state="value") if denominator else added


def _median_of_bins(known: list[Figure], nothing: Figure, bins: tuple[Decimal, ...]) -> Figure:
    """The upper edge of the bin in which the middle lies: binned nationally, exact on one node."""
    counts = [sum(column) for column in zip(*(f.histogram for f in known))]
    total, reached, made = sum(counts), 0, replace(nothing, histogram=tuple(counts), state="not-applicable")
    for place, edge in enumerate(bins):
        reached += counts[place]
        if total and reached * 2 >= total:
            return replace(made, numerator=edge, value=edge.quantize(SIX), state="value")
    return made  # the middle lies in the open bin, or still waits
