"""Units: what may be divided by what, and what may be added. No Django.

A public analysis of the HE-BCI survey adds people to days and prints the sum as "total events". A figure here carries
its unit and the version of its definition; two figures that differ in one of them are not added.
"""

from __future__ import annotations

__all__ = ["COUNTED", "UnitMismatch", "check_units"]

#: units that are measured, not counted; a sum of a column carries the column's own
MEASURED = ("hours", "KZT", "days", "credits", "FTE")
#: what a rate may be "per", and the unit that must then stand below the line
DIVISORS = {"student": "people", "1000 students": "people", "person": "people", "academic": "people", "FTE": "FTE", "1000 hours": "hours"}
COUNTED = "count"


class UnitMismatch(ValueError):
    """Two units that cannot stand in one figure; the sentence says which and what to do."""


def check_units(unit: str, above: str, below: str | None) -> None:
    """Raise UnitMismatch unless a figure in `unit` can have `above` over `below` (None: there is no denominator).

    An empty unit is one that the schema of the facts does not say; it fits whatever is asked.
    """
    if above == "" or below == "":
        return
    if unit in ("percent", "ratio"):
        if below is None:
            raise UnitMismatch(f"a {unit} needs a denominator")
        if above != below:
            raise UnitMismatch(
                f"{above} cannot be divided by {below}: a {unit} needs the same unit above and below the line; "
                "choose one unit, or name the figure's unit as a rate such as “hours per student”"
            )
        return
    over, per, under = unit.partition(" per ")
    if per:
        if under not in DIVISORS:
            raise UnitMismatch(f"the unit “{unit}” is not known: a rate may be per {', '.join(DIVISORS)}")
        if below is None:
            raise UnitMismatch(f"a figure in {unit} needs a denominator that counts {DIVISORS[under]}")
        if below != DIVISORS[under]:
            raise UnitMismatch(f"{above} cannot be divided by {below}: a figure in {unit} needs {DIVISORS[under]} below the line")
        if (over in MEASURED or above in MEASURED) and above != over:
            raise UnitMismatch(f"the figure is in {unit}, but {above} stand above the line; measure {over} there")
        return
    if below is not None:
        raise UnitMismatch(f"a figure in {unit} has no denominator; write percent, ratio or a rate such as “{unit} per student”")
    if unit in MEASURED and above != unit:
        raise UnitMismatch(f"the figure is in {unit}, but {above} are counted; measure a column in {unit}")
    if unit not in MEASURED and above in MEASURED:
        raise UnitMismatch(f'{above} are summed, but the figure is in “{unit}”; write unit = "{above}"')
