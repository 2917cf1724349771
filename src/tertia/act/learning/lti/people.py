"""Who a platform's user is here, and when its word suffices to sign somebody in."""

from __future__ import annotations

from tertia.act.learning.lti.messages import Launch
from tertia.act.learning.platform_models import LearningPlatform, PlatformUser
from tertia.core.parties.models import Membership, Person
from tertia.core.periods import clock

__all__ = ["keeps_records", "person_of"]


def person_of(platform: LearningPlatform, launch: Launch) -> Person | None:
    """The person: known from before, else by the university's number, else by an address that one person of the university has."""
    known = PlatformUser.objects.select_related("person").filter(platform=platform, subject=launch.subject).first()
    if known is not None:
        return known.person if known.person.erased_at is None else None
    people = Person.objects.filter(home=platform.owner_id, erased_at=None)
    if launch.number and (found := people.filter(key=launch.number).first()):
        return found
    rows = list(people.filter(email__iexact=launch.email)[:2]) if launch.email else []
    return rows[0] if len(rows) == 1 else None


def keeps_records(person: Person) -> bool:
    """Whether somebody may do more than a student or a citizen, so that a platform's word is too little to sign in."""
    return Membership.objects.in_force(clock.today()).filter(person=person).exclude(role__in=("member", "citizen")).exists()
