"""Sending a resolution: a class is expanded into named bodies by a person; each body gets a letter and a link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.access.actions import issue_pass
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, one_of, roles, system
from tertia.core.files.store import Taken, store
from tertia.core.jobs.queue import enqueue, job
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_message
from tertia.core.periods import clock
from tertia.core.records.actions import owe, send_owed
from tertia.core.records.models import OwedAnswer
from tertia.core.rules.queries import rule_on
from tertia.plan.conferences.letter import letter_pdf, letter_words
from tertia.plan.conferences.models import Addressee, Dispatch, Recommendation, Resolution

__all__ = ["expand_addressee", "name_addressee", "record_past_sending", "send_resolution", "send_to_all"]


@action("conferences.name_addressee", may=roles(*OFFICE, of="resolution.owner_id"))
def name_addressee(*, by: Any, resolution: Resolution, printed: Text, groups: list[int], is_class: bool = False) -> Addressee:
    """Add an addressee and say which groups of recommendations are addressed to it."""
    made = Addressee(resolution=resolution, printed=printed, groups=groups, is_class=is_class, position=resolution.addressees.count() + 1)
    made.save()
    return made


@action("conferences.expand_addressee", may=one_of(roles(*OFFICE, of="addressee.resolution.owner_id"), system), about="addressee")
def expand_addressee(
    *,
    by: Any,
    addressee: Addressee,
    bodies: list[Any],
    is_class: bool | None = None,
    groups: list[int] | None = None,
    printed: Text | None = None,
) -> list[Dispatch]:
    """Say which named bodies an addressee stands for. Each then owes answers on the groups addressed to it, once it is sent."""
    addressee = lock(addressee)
    if is_class is not None:
        addressee.is_class = is_class
    if groups is not None:
        addressee.groups = sorted(groups)
    if printed is not None:
        addressee.printed = printed
    addressee.save()
    made = []
    for body in bodies:
        dispatch = Dispatch.objects.filter(addressee=addressee, body=body).first()
        if dispatch is None:
            dispatch = Dispatch(addressee=addressee, body=body, language=body.letter_language, sent_to=body.email)
            dispatch.save()
        made.append(dispatch)
    return made


def asked_of(addressee: Addressee) -> Any:
    """The recommendations of the groups addressed to it; the rest is not asked."""
    return Recommendation.objects.filter(resolution_id=addressee.resolution_id, group__in=addressee.groups, parent=None).order_by(
        "position"
    )


@action(
    "conferences.record_past_sending", may=one_of(roles(*OFFICE, of="dispatch.addressee.resolution.owner_id"), system), about="dispatch"
)
def record_past_sending(*, by: Any, dispatch: Dispatch) -> Dispatch:
    """Note that a body was sent the text on a day that is not recorded: answers are owed, no days are counted."""
    for recommendation in asked_of(dispatch.addressee):
        owe(recommendation, dispatch.body)
    return dispatch


def issue_link(by: Any, dispatch: Dispatch) -> Any:
    """Inside an action: a new link by which the body answers, for the term of the rule in force today."""
    resolution = dispatch.addressee.resolution
    days = rule_on("answer.pass_term_days", clock.today(), resolution.owner)
    return issue_pass(
        by=by, purpose="conferences.answer", issued_by=resolution.owner, subject_id=dispatch.pk, record=resolution,
        organisation=dispatch.body, sent_to=dispatch.sent_to, language=dispatch.language, single_use=False,
        expires_at=clock.now() + dt.timedelta(days=days),
    )  # fmt: skip


@action("conferences.send_resolution", may=roles("office", "leader", of="dispatch.addressee.resolution.owner_id"), about="dispatch")
def send_resolution(*, by: Any, dispatch: Dispatch, on: dt.date, due_on: dt.date | None = None) -> Dispatch:
    """Send the resolution to one body: a PDF letter in its language with a link to answer each recommendation without an account."""
    dispatch = lock(dispatch)
    resolution = dispatch.addressee.resolution
    require_state(resolution, "adopted")
    if dispatch.sent_on:
        raise WrongState(dispatch, "sent", ("not sent",))
    asked = list(asked_of(dispatch.addressee))
    if not asked:
        raise BadInput(Fault("groups", _("Nothing of this resolution is addressed to this body. Say first which groups are.")))
    dispatch.sent_on = on
    dispatch.due_on = due_on or on + dt.timedelta(days=rule_on("answer.term_days", on, resolution.owner))
    dispatch.number = dispatch.number or f"{resolution.number or resolution.adopted_on.year}/{dispatch.pk}"
    dispatch.save()
    dispatch.link = issue_link(by, dispatch)
    pdf = letter_pdf(dispatch, asked)
    dispatch.letter = store(Taken(pdf, "application/pdf"), name=f"letter-{dispatch.pk}.pdf", owner=resolution.owner, record=resolution)
    dispatch.save()
    for recommendation in asked:
        owed = owe(recommendation, dispatch.body)
        if owed.state == OwedAnswer.State.NOT_SENT:
            send_owed(owed, on=on, due_on=dispatch.due_on)
    if dispatch.sent_to:
        with translation.override(dispatch.language):
            words = letter_words(dispatch, asked)
            write_message(
                key=f"dispatch:{dispatch.pk}", to=dispatch.sent_to, language=dispatch.language, subject=words.subject, body=words.body,
                organisation=resolution.owner, record=resolution, demonstration=dispatch.body.demonstration,
            )  # fmt: skip
    return dispatch


@action("conferences.send_to_all", may=roles("office", "leader", of="resolution.owner_id"), about="resolution")
def send_to_all(*, by: Any, resolution: Resolution, on: dt.date) -> Resolution:
    """Put a letter to every named body that has none into the queue: hundreds of letters are made by the worker, each in its body's language.

    A letter that is on its way already is not put there twice.
    """
    require_state(resolution, "adopted")
    waiting = Dispatch.objects.filter(addressee__resolution=resolution, sent_on=None).select_related("addressee")
    for dispatch in waiting:
        if dispatch.addressee.groups:
            enqueue("conferences.send_letter", str(dispatch.pk), dispatch_id=dispatch.pk, on=on.isoformat())
    return resolution


@job("conferences.send_letter")
def send_letter(dispatch_id: int, on: str) -> str:
    """One letter, once."""
    dispatch = Dispatch.objects.select_related("addressee__resolution__owner", "body").get(pk=dispatch_id)
    if dispatch.sent_on:
        return "sent before"
    send_resolution(by=Actor.system("letters"), dispatch=dispatch, on=dt.date.fromisoformat(on))
    return "sent"
