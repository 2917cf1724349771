"""What addressees do with a resolution: acknowledge, answer each recommendation, be reminded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.access.actions import revoke_pass
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, PassRefused, WrongState
from tertia.core.actions.policies import holder, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_message
from tertia.core.records.actions import answer_owed, mark_received, step
from tertia.core.records.models import OwedAnswer
from tertia.plan.conferences.actions.sending import issue_link
from tertia.plan.conferences.letter import letter_words
from tertia.plan.conferences.models import Dispatch

__all__ = ["Answer", "acknowledge_dispatch", "answer_recommendations", "remind_addressee", "revoke_link"]

MAY_ANSWER = one_of(holder("conferences.answer", of="dispatch"), roles("office", "leader", "editor", "partner", of="dispatch.body_id"))
STATES = (OwedAnswer.State.ACCEPTED, OwedAnswer.State.PARTLY, OwedAnswer.State.DECLINED, OwedAnswer.State.DONE)


@dataclass(frozen=True)
class Answer:
    """One body's answer to one recommendation."""

    recommendation_id: int
    state: str
    words: str = ""
    evidence_url: str = ""


def still_good(by: Any) -> None:
    """A link that was revoked while its page was open opens nothing."""
    if by.holds and (refusal := lock(by.holds).refusal):
        raise PassRefused(refusal)


def _owed(dispatch: Dispatch) -> dict[int, OwedAnswer]:
    rows = OwedAnswer.objects.filter(
        record__as_recommendation__resolution=dispatch.addressee.resolution_id, party=dispatch.body_id
    ).select_related("record")
    return {row.record_id: row for row in rows}


@action("conferences.acknowledge", may=MAY_ANSWER, about="dispatch")
def acknowledge_dispatch(*, by: Any, dispatch: Dispatch, on: dt.date) -> Dispatch:
    """The letter has arrived. Repeating changes nothing."""
    still_good(by)
    for owed in _owed(dispatch).values():
        mark_received(lock(owed), on=on)
    return dispatch


@action("conferences.answer", may=MAY_ANSWER, about="dispatch")
def answer_recommendations(*, by: Any, dispatch: Dispatch, answers: list[Answer], on: dt.date, language: str = "") -> Dispatch:
    """Answer one or several recommendations; a refusal needs its reason, a deed its evidence. All faults are told at once."""
    still_good(by)
    owed = _owed(dispatch)
    faults = []
    for answer in answers:
        row = owed.get(answer.recommendation_id)
        where = f"answer-{answer.recommendation_id}"
        if row is None:
            faults.append(Fault(where, _("This recommendation is not addressed to you.")))
        elif answer.state not in STATES:
            faults.append(Fault(where, _("Recommendation %(number)s: choose one of the four answers.") % {"number": row.record.number}))
        elif answer.state == OwedAnswer.State.DECLINED and not answer.words.strip():
            faults.append(
                Fault(
                    where, _("Recommendation %(number)s: a refusal needs its reason. Write one sentence.") % {"number": row.record.number}
                )
            )
        elif answer.state == OwedAnswer.State.DONE and not (answer.words.strip() or answer.evidence_url):
            faults.append(
                Fault(
                    where,
                    _("Recommendation %(number)s: say what was done, or give the address of the evidence.") % {"number": row.record.number},
                )
            )
    if faults:
        raise BadInput(*faults)
    if not answers:
        raise BadInput(Fault("", _("Choose an answer for at least one recommendation; the others can wait.")))
    for answer in answers:
        row = lock(owed[answer.recommendation_id])
        words = Text.of(**{language or dispatch.language: answer.words}) if answer.words.strip() else Text({})
        answer_owed(row, state=answer.state, words=words, on=on, evidence_url=answer.evidence_url)
    return dispatch


@action("conferences.remind", may=roles("office", "leader", "editor", of="dispatch.addressee.resolution.owner_id"), about="dispatch")
def remind_addressee(*, by: Any, dispatch: Dispatch, on: dt.date) -> Dispatch:
    """Ask again. The reminder is dated, counted and public; it goes out at most once a day. A link that no longer works is renewed."""
    dispatch = lock(dispatch)
    if dispatch.sent_on is None:
        raise WrongState(dispatch, "not sent", ("sent",))
    waiting = [row for row in _owed(dispatch).values() if row.is_open]
    if not waiting:
        raise WrongState(dispatch, "answered", ("open",))
    for row in waiting:
        if row.reminded_on != on:
            row.reminders, row.reminded_on = row.reminders + 1, on
            row.save()
            step(row, "reminded", on)
    if dispatch.link is None or dispatch.link.refusal:
        dispatch.link = issue_link(by, dispatch)
        dispatch.save()
    if dispatch.sent_to:
        with translation.override(dispatch.language):
            words = letter_words(dispatch, [row.record for row in waiting], again=True)
            write_message(
                key=f"reminder:{dispatch.pk}:{on.isoformat()}", to=dispatch.sent_to, language=dispatch.language,
                subject=words.subject, body=words.body, organisation=dispatch.addressee.resolution.owner,
                record=dispatch.addressee.resolution, demonstration=dispatch.body.demonstration,
            )  # fmt: skip
    return dispatch


@action("conferences.revoke_link", may=roles("office", "leader", of="dispatch.addressee.resolution.owner_id"), about="dispatch")
def revoke_link(*, by: Any, dispatch: Dispatch) -> Dispatch:
    if dispatch.link:
        revoke_pass(by=by, held=dispatch.link)
    return dispatch
