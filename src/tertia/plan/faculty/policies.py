"""Who speaks for which side of an assignment, and whose load somebody may see.

The head of a unit is whoever is its editor; an editor without a unit, and the leader, speak for every unit. Nobody agrees with
himself: a dean's own assignment is agreed by somebody else who leads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tertia.core.actions.actor import Actor
from tertia.core.parties.models import Deputy, Membership
from tertia.core.periods import clock

__all__ = ["EITHER_SIDE", "EVERYWHERE", "OTHER_SIDE", "PERSON_OR_HEAD", "THIS_SIDE", "leads", "side_of", "units_led"]

EVERYWHERE = frozenset({0})


def units_led(by: Actor, organisation_id: int) -> frozenset[int]:
    """Ids of the units for which the actor speaks, own and by standing in for somebody; EVERYWHERE for all of them."""
    if by.is_system or by.has(organisation_id, "leader"):
        return EVERYWHERE
    if not by.has(organisation_id, "editor"):
        return frozenset()
    today = clock.today()
    stands_in = Deputy.objects.filter(deputy=by.person, organisation=organisation_id, valid_from__lte=today, valid_to__gte=today)
    people = [by.person_id, *stands_in.values_list("person_id", flat=True)]
    units = set(
        Membership.objects.in_force(today)
        .filter(person__in=people, organisation=organisation_id, role="editor")
        .values_list("unit_id", flat=True)
    )
    return EVERYWHERE if None in units else frozenset(units)


def leads(by: Actor, organisation_id: int, *units: int | None) -> bool:
    """Whether the actor speaks for one of these units."""
    led = units_led(by, organisation_id)
    return led == EVERYWHERE or bool(led & set(units))


def side_of(by: Actor, assignment: Any) -> str:
    """On which side of an assignment the actor stands: `person`, `head`, or neither (`""`)."""
    if by.person_id is not None and by.person_id == assignment.person_id:
        return "person"
    return "head" if leads(by, assignment.organisation_id, assignment.unit_id, assignment.chair_id) else ""


@dataclass(frozen=True)
class Side:
    """The side whose turn it is, or the other one; the system always may."""

    turn: bool
    words: str

    def __call__(self, by: Any, arguments: dict[str, Any]) -> bool:
        if by.is_system:
            return True
        assignment = arguments["assignment"] if "assignment" in arguments else arguments["line"].assignment
        side = side_of(by, assignment)
        now = type(assignment).objects.filter(pk=assignment.pk).values_list("turn", flat=True).first()
        return side != "" and (side == now) is self.turn


@dataclass(frozen=True)
class EitherSide:
    words: str = "either side of the assignment"

    def __call__(self, by: Any, arguments: dict[str, Any]) -> bool:
        return by.is_system or side_of(by, arguments["assignment"]) != ""


@dataclass(frozen=True)
class PersonOrHead:
    """The person whose year it is, and the head of the unit of the post."""

    words: str = "the person, or the head of the unit"

    def __call__(self, by: Any, arguments: dict[str, Any]) -> bool:
        person, post = arguments["person"], arguments.get("post")
        if by.is_system or by.person_id == person.pk:
            return True
        return leads(by, arguments["organisation"].pk, getattr(post, "unit_id", None), getattr(post, "chair_id", None))


THIS_SIDE = Side(True, "the side of the assignment whose turn it is")
OTHER_SIDE = Side(False, "the side of the assignment that waits")
EITHER_SIDE = EitherSide()
PERSON_OR_HEAD = PersonOrHead()
