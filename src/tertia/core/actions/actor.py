"""Who reads and who acts: a person with roles, the holder of a pass, the system itself, or somebody unknown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps

from tertia.core.periods import clock

if TYPE_CHECKING:
    from tertia.core.access.models import Pass
    from tertia.core.parties.models import Person

__all__ = ["ANONYMOUS", "Actor"]


@dataclass(frozen=True)
class Actor:
    """An actor knows his roles as pairs (organisation id, role), own and by standing in for somebody."""

    person: Person | None = None
    holds: Pass | None = None
    roles: frozenset[tuple[int, str]] = frozenset()
    is_system: bool = False
    name: str = field(default="", compare=False)

    @classmethod
    def of(cls, person: Person, today: dt.date | None = None) -> Actor:
        """The person with all roles in force today, those of people for whom he stands in included."""
        today = today or clock.today()
        membership: Any = apps.get_model("parties", "Membership")
        rows = membership.objects.in_force(today).for_person_or_absent(person, today)
        return cls(person=person, roles=frozenset(rows), name=person.name)

    @classmethod
    def holding(cls, pass_: Pass) -> Actor:
        return cls(holds=pass_, name=pass_.holder_words)

    @classmethod
    def system(cls, name: str) -> Actor:
        """Tertia's own work: set-up, import, worker, demonstration."""
        return cls(is_system=True, name=name)

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    @property
    def pass_id(self) -> int | None:
        return self.holds.pk if self.holds else None

    @property
    def label(self) -> str:
        """For the journal: an office or a body by name; a private person is not named there, only referred to."""
        return "" if self.person else self.name

    def organisations(self, *roles: str) -> frozenset[int]:
        """Ids of the organisations in which the actor has one of the roles (any role when none is named)."""
        return frozenset(org for org, role in self.roles if not roles or role in roles)

    def has(self, organisation_id: int | None, *roles: str) -> bool:
        return organisation_id in self.organisations(*roles)

    def __bool__(self) -> bool:
        return bool(self.person or self.holds or self.is_system)


ANONYMOUS: Any = Actor()
