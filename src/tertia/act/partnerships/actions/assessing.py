"""Asking each side how working together went, and keeping what it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.partnerships.models import Assessment
from tertia.core.access.actions import issue_pass, use_pass
from tertia.core.actions.action import action, lock
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, WRITERS, holder, one_of, roles, system
from tertia.core.languages.text import Text
from tertia.core.records.actions import once
from tertia.core.records.models import Record

__all__ = ["answer_assessment", "ask_assessment"]


@action(
    "partnerships.ask_assessment",
    may=one_of(roles(*WRITERS, of="record.owner_id"), system, holder("activities.attest", of="sheet")),
    about="record",
)
def ask_assessment(*, by: Any, record: Record, party: Any, on: dt.date, sheet: Any = None) -> Assessment:
    """Ask a side how it went; asked already, nothing changes. The link is `assessment.link`, a new one each time."""
    made = Assessment.objects.filter(record=record, party=party).first() or once(Assessment, record=record, party=party, asked_on=on)
    if made.answered_on is None:
        made.link = issue_pass(  # type: ignore[attr-defined]
            by=Actor.system("assessment"), purpose="partnerships.assess", issued_by=record.owner, subject_id=made.pk, record=record, organisation=party,
            sent_to=party.email, language=party.letter_language, single_use=False,
        )  # fmt: skip
    return made


@action(
    "partnerships.assess",
    may=one_of(holder("partnerships.assess", of="assessment"), roles("office", "leader", "partner", of="assessment.party_id"), roles(*OFFICE, of="assessment.party_id")),
)  # fmt: skip
def answer_assessment(*, by: Any, assessment: Assessment, met: str, again: str, good: Text, change: Text, on: dt.date) -> Assessment:
    """What a side says of working together. It may be changed by the same link; both sides see it."""
    faults = []
    if met not in Assessment.Met.values:
        faults.append(Fault("met", _("Choose one of the three answers.")))
    if again and again not in Assessment.Again.values:
        faults.append(Fault("again", _("Choose one of the three answers.")))
    if faults:
        raise BadInput(*faults)
    use_pass(by)
    assessment = lock(assessment)
    assessment.met, assessment.again, assessment.good, assessment.change, assessment.answered_on = met, again, good, change, on
    assessment.save()
    return assessment
