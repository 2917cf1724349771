"""Loading the demonstration, and removing all of it again."""

from __future__ import annotations

from typing import Any

from tertia.act.learning.models import Award, Badge, LearningPlatform, Reflection
from tertia.act.network.models import Measurement
from tertia.act.partnerships.models import Assessment as Assessed
from tertia.act.partnerships.models import Contact, Registration
from tertia.act.volunteering.models import Shift
from tertia.core.access.models import Pass
from tertia.core.actions.action import action
from tertia.core.actions.policies import one_of, roles, system
from tertia.core.files.models import StoredFile
from tertia.core.keys.models import OrganisationKey
from tertia.core.messages.models import Message
from tertia.core.money.models import Money, YearTotal
from tertia.core.parties.models import Account, Invitation, Membership, Merger, Organisation, Person
from tertia.core.records.kinds import KINDS, THREAD
from tertia.core.records.models import Record
from tertia.demonstration.models import Load
from tertia.listen.dialogue.models import Statement
from tertia.listen.needs.models import PriorityRound
from tertia.measure.country.models import Expected, HandIn
from tertia.measure.indicators.models import Closing
from tertia.plan.capacities.models import Offer
from tertia.plan.councils.models import Invitation as Invited
from tertia.plan.faculty.models import Assignment, Norm, Post, Recognition, Training
from tertia.plan.strategy.models import ChosenNeed, Measure
from tertia.tell.mentions.models import Outlet

__all__ = ["note_load", "remove_demonstration", "write_person", "write_shift"]


@action("demonstration.write_person", may=system)
def write_person(*, by: Any, account: Account, person: Person | None, name: str, home: Organisation | None) -> Person:
    """An invented person with an account."""
    person = person or Person(name=name, home=home)
    person.account, person.email, person.demonstration = account, account.email, True
    person.save()
    return person


@action("demonstration.write_shift", may=system, about="shift")
def write_shift(*, by: Any, shift: Shift) -> Shift:
    """A shift of an invented past."""
    shift.save()
    return shift


@action("demonstration.note_load", may=system, about="university")
def note_load(*, by: Any, university: Organisation, students: int, seed: int, day: Any) -> Load:
    Person.objects.filter(home=university).update(demonstration=True)
    made = Load(university=university, students=students, seed=seed, day=day)
    made.save()
    return made


@action("demonstration.remove", may=one_of(roles("administrator", of="university.pk"), system), about="university")
def remove_demonstration(*, by: Any, university: Organisation) -> int:
    """Remove everything that is marked as demonstration, and what hangs on it. The journal stays. Returns how many records went."""
    mine = Record.objects.filter(owner__demonstration=True)
    count = mine.count()
    for rows in (HandIn.objects.filter(demonstration=True), Expected.objects.filter(organisation__demonstration=True)):
        rows.delete()
    for rows in (OrganisationKey.objects.filter(organisation__demonstration=True), Closing.objects.filter(owner__demonstration=True)):
        rows.delete()
    PriorityRound.objects.filter(owner__demonstration=True).delete()
    Message.objects.filter(demonstration=True).delete()
    StoredFile.objects.filter(owner__demonstration=True).delete()
    Pass.objects.filter(issued_by__demonstration=True).delete()
    LearningPlatform.objects.filter(owner__demonstration=True).delete()
    for model in (Badge, Award):
        model.objects.filter(owner__demonstration=True).delete()
    Reflection.objects.filter(course__owner__demonstration=True).delete()
    for kept in (Offer, Contact, Registration):
        kept.objects.filter(owner__demonstration=True).delete()
    Money.objects.filter(demonstration=True).delete()
    mine.filter(kind="mention").delete()
    Outlet.objects.filter(demonstration=True).delete()
    YearTotal.objects.filter(organisation__demonstration=True).delete()
    Merger.objects.filter(into__demonstration=True).delete()
    ChosenNeed.objects.filter(strategy__owner__demonstration=True).delete()
    Assessed.objects.filter(party__demonstration=True).delete()
    Measurement.objects.filter(owner__demonstration=True).delete()
    # from the end of the thread to its beginning: what is above is protected while something below refers to it
    Statement.objects.filter(conversation__owner__demonstration=True).update(came_from=None, joined_to=None, became_record=None)
    Measure.objects.filter(owner__demonstration=True).update(strategy=None, priority=None)
    mine.filter(kind="decision").delete()
    Invited.objects.filter(meeting__owner__demonstration=True).delete()
    for staffing in (Recognition, Training, Assignment, Post, Norm):
        staffing.objects.filter(organisation__demonstration=True).delete()
    mine.filter(kind="profile").delete()
    for kind in ("meeting", "council"):
        mine.filter(kind=kind).delete()
    mine.filter(
        kind__in=(
            "survey",
            "startup",
            "proposal",
            "conversation",
            "strategy",
            "agreement",
            "project",
            "practice",
            "study",
            "regional-question",
            "series",
            "story",
        )
    ).delete()
    for column in ("course", "programme", "assessment", "question", "target", *reversed(THREAD), "conference"):
        kinds = [k.name for k in KINDS.values() if k.column == column or k.name == column]
        mine.filter(kind__in=kinds).delete()
    Invitation.objects.filter(organisation__demonstration=True).delete()
    Membership.objects.filter(organisation__demonstration=True).delete()
    accounts = list(Person.objects.filter(demonstration=True).exclude(account=None).values_list("account_id", flat=True))
    Person.objects.filter(demonstration=True).delete()
    Account.objects.filter(pk__in=accounts).delete()
    Load.objects.all().delete()
    Organisation.objects.filter(demonstration=True, parent__parent__isnull=False).delete()
    Organisation.objects.filter(demonstration=True, parent__isnull=False).delete()
    Organisation.objects.filter(demonstration=True).delete()
    return count
