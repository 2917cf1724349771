"""Decisions in which the third mission counted, and training of staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import itself, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.parties.models import Membership, Person
from tertia.core.records.deeds import deeds_of
from tertia.core.rules.queries import rule_on
from tertia.plan.faculty.actions.posts import STAFFING
from tertia.plan.faculty.models import Ground, Recognition, Training, TrainingPart
from tertia.plan.faculty.vocabulary import RECOGNITIONS

__all__ = ["add_training", "confirm_trained", "note_trained", "recognise"]

#: how far back the work may lie that a decision names
YEARS_BACK = 6


@action("faculty.recognise", may=roles(*STAFFING, of="organisation.pk"))
def recognise(
    *, by: Any, organisation: Any, person: Person, kind: str, decided_on: dt.date, source: str, words: str = "", records: Sequence[int] = (),
) -> Recognition:  # fmt: skip
    """Write down a decision of personnel. `records`: ids of the person's own confirmed work on which it rests; none: it did not count.

    Raises BadInput for a record in which the person has no confirmed hours: the grounds are proven, not told.
    """
    faults = [] if kind in RECOGNITIONS else [Fault("kind", _("Choose what kind of decision it is."))]
    if person.home_id != organisation.pk:
        faults.append(Fault("person", _("This person does not belong to your university.")))
    if not source.strip():
        faults.append(Fault("source", _("Say which paper it is: number and day of the order.")))
    since = decided_on.replace(year=decided_on.year - YEARS_BACK, day=min(decided_on.day, 28))
    confirmed: dict[int, float] = {}
    for deed in deeds_of(organisation, [person.pk], since, decided_on + dt.timedelta(days=1)):
        if deed.signed:
            confirmed[deed.record] = confirmed.get(deed.record, 0.0) + deed.signed
    if any(r not in confirmed for r in records):
        faults.append(Fault("records", _("Choose work of this person whose hours are confirmed.")))
    if faults:
        raise BadInput(*faults)
    made = Recognition(
        organisation=organisation, person=person, kind=kind, decided_on=decided_on, source=source.strip()[:300], words=words.strip()[:500],
        unit_id=_unit_of(person, organisation, decided_on),
    )  # fmt: skip
    made.save()
    for record in dict.fromkeys(records):
        Ground(recognition=made, record_id=record, hours=Decimal(str(round(confirmed[record], 2)))).save()
    return made


def _unit_of(person: Person, organisation: Any, on: dt.date) -> int | None:
    found: int | None = Membership.objects.in_force(on).filter(person=person, organisation=organisation, unit__isnull=False).values_list("unit", flat=True).first()  # fmt: skip
    return found


@action("faculty.add_training", may=roles("office", "leader", of="organisation.pk"))
def add_training(*, by: Any, organisation: Any, title: Text, held_by: str, ended_on: dt.date, hours: Decimal) -> Training:
    faults = [] if title else [Fault("title", _("Say how the training is called."))]
    if not held_by.strip():
        faults.append(Fault("held_by", _("Say who held it.")))
    if not 0 < hours <= 2000:
        faults.append(Fault("hours", _("Say how many hours it had.")))
    if faults:
        raise BadInput(*faults)
    made = Training(organisation=organisation, title=title, held_by=held_by.strip()[:200], ended_on=ended_on, hours=hours)
    made.save()
    return made


@action("faculty.note_trained", may=one_of(roles("office", "leader", of="training.organisation_id"), itself("person.pk")))
def note_trained(*, by: Any, training: Training, person: Person, on: dt.date, paper: str = "") -> TrainingPart:
    """That somebody finished a training. The office's word counts at once, the person's own when the office has confirmed it."""
    if person.home_id != training.organisation_id:
        raise BadInput(Fault("person", _("This person does not belong to your university.")))
    found = TrainingPart.objects.filter(training=training, person=person).first()
    office = by.is_system or by.has(training.organisation_id, "office", "leader")
    if found is not None and (found.confirmed_on or not office):
        raise WrongState(found, "written down", ("new",))
    found = found or TrainingPart(training=training, person=person, unit_id=_unit_of(person, training.organisation, on))
    found.paper = paper.strip()[:100] or found.paper
    if office:
        _confirm(found, on)
    found.save()
    return found


@action("faculty.confirm_trained", may=roles("office", "leader", of="part.training.organisation_id"), about="part")
def confirm_trained(*, by: Any, part: TrainingPart, on: dt.date) -> TrainingPart:
    if part.confirmed_on:
        raise WrongState(part, "confirmed", ("waiting",))
    _confirm(part, on)
    part.save()
    return part


def _confirm(part: TrainingPart, on: dt.date) -> None:
    """It counts for so many years from its end, by the rule of the day."""
    ended = part.training.ended_on
    years = rule_on("faculty.training_years", on, part.training.organisation)
    part.confirmed_on, part.counts_until = on, ended.replace(year=ended.year + years, day=min(ended.day, 28))
