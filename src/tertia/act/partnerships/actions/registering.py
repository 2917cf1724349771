"""Organisations that register themselves; the lasting link to a partner's own page; names that only look alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.act.partnerships.models import NotTwins, Registration
from tertia.core.access.actions import issue_pass
from tertia.core.access.links import pass_url
from tertia.core.access.models import Pass
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, anyone, one_of, roles, system
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.parties.actions import found_organisation
from tertia.core.parties.identifiers import BadIdentifier, read_identifier
from tertia.core.parties.merging import write_identifiers
from tertia.core.parties.models import Identifier, Organisation
from tertia.core.periods import clock
from tertia.core.records.slugs import free_word
from tertia.core.rules.queries import rule_on

__all__ = ["MAY_REGISTER", "decide_registration", "forget_registration", "invite_to_desk", "register", "say_not_twins"]

#: kinds of organisation that may register themselves
MAY_REGISTER = ("akimat", "association", "nonprofit", "business", "school", "culture", "media", "office", "university")


@action("partnerships.register", may=anyone)
def register(
    *, by: Any, owner: Any, name: Text, kind: str, contact: str, email: str, words: Text, on: dt.date, bin: str = "", website: str = "", language: str = "kk",
    network: str = "",
) -> Registration:  # fmt: skip
    """An organisation writes itself down. Nothing is public until somebody of the office has looked at it."""
    faults = []
    if not name:
        faults.append(Fault("name", _("Write the name of your organisation.")))
    if kind not in MAY_REGISTER:
        faults.append(Fault("kind", _("Choose what your organisation is.")))
    if not contact.strip():
        faults.append(Fault("contact", _("Write your name.")))
    try:
        bin = read_identifier("bin", bin) if bin.strip() else ""
    except BadIdentifier as error:
        faults.append(Fault("bin", _("This looks like the IIN of a person, which is never kept here. An organisation has a BIN.") if error.code == "person" else _("A BIN has twelve figures, the last one checks the others. Compare it with your papers.")))  # fmt: skip
    if network and Registration.objects.filter(network=network, on=on).count() >= rule_on("registration.per_network_per_day", on, owner):
        faults.append(Fault("", _("Many registrations came from your network today. Try again tomorrow, or write to the office.")))
    if faults:
        raise BadInput(*faults)
    made = Registration(
        owner=owner, name=name, kind=kind, bin=bin, website=website, words=words, contact=contact.strip()[:200], email=email.lower(), language=language,
        network=network, on=on, demonstration=owner.demonstration,
    )  # fmt: skip
    made.save()
    return made


@action("partnerships.decide_registration", may=roles("office", "leader", "administrator", of="registration.owner_id"))
def decide_registration(
    *, by: Any, registration: Registration, decision: str, on: dt.date, join_to: Organisation | None = None, reason: Text | None = None
) -> Registration:
    """Accept it as a new organisation, join it to one that is there, or decline with a reason. Whoever registered is told."""
    registration = lock(registration)
    if registration.state != Registration.State.WAITING:
        raise WrongState(registration, registration.state, ("waiting",))
    owner = registration.owner
    if decision == "decline":
        if not reason:
            raise BadInput(Fault("reason", _("Say why; whoever registered reads it.")))
        registration.state, registration.reason = Registration.State.DECLINED, reason
    elif decision == "join":
        if join_to is None or join_to.merged_into_id or join_to.hosts:
            raise BadInput(Fault("join_to", _("Choose the organisation that it is.")))
        registration.state, registration.organisation = Registration.State.JOINED, join_to
    elif decision == "accept":
        there = (
            Identifier.objects.filter(scheme="bin", value=registration.bin).select_related("organisation").first()
            if registration.bin
            else None
        )
        if there is not None:
            raise BadInput(Fault("join_to", _("%(name)s has this BIN already. Join it to that.") % {"name": there.organisation.name}))
        registration.state, registration.organisation = Registration.State.ACCEPTED, _founded(by, registration)
    else:
        raise BadInput(Fault("decision", _("Choose what becomes of it.")))
    registration.decided_on = on
    registration.save()
    held = (
        _desk_pass(by, owner, registration.organisation, registration.email, registration.language) if registration.organisation else None
    )
    _answer(registration, held)
    return registration


def _founded(by: Any, registration: Registration) -> Organisation:
    owner = registration.owner
    made = found_organisation(
        by=by, within=owner, slug=free_word(registration.name, Organisation), kind=registration.kind, name=registration.name, email=registration.email,
        website=registration.website, letter_language=registration.language, place=owner.place, demonstration=owner.demonstration,
    )  # fmt: skip
    if registration.bin:
        write_identifiers(by=by, organisation=made, within=owner, given={"bin": registration.bin})
    return made


class _To:
    """Whoever registered, as a letter needs him."""

    def __init__(self, registration: Registration) -> None:
        self.email, self.language, self.demonstration = registration.email, registration.language, registration.demonstration


def _answer(registration: Registration, held: Pass | None) -> None:
    if held is not None:
        subject = gettext_noop("You are registered with %(owner)s")
        body = gettext_noop("Your own page needs no account: what waits for you, what you agreed on, what came of it.\n%(url)s")
    else:
        subject, body = gettext_noop("Your registration with %(owner)s"), gettext_noop("It was not taken up: %(reason)s")
    write_letter(
        key=f"registered:{registration.pk}", to=_To(registration), organisation=registration.owner, subject=subject, body=body,
        values=lambda language: {
            "owner": registration.owner.name.read(language).text, "url": pass_url(held) if held else "",
            "reason": registration.reason.read(language).text if registration.reason else "",
        },
    )  # fmt: skip


def _desk_pass(by: Any, owner: Any, organisation: Any, sent_to: str, language: str) -> Pass:
    return issue_pass(
        by=by, purpose="partnerships.desk", issued_by=owner, subject_id=organisation.pk, organisation=organisation, sent_to=sent_to, language=language,
        single_use=False, expires_at=clock.now() + dt.timedelta(days=365),
    )  # fmt: skip


@action("partnerships.invite_to_desk", may=roles(*OFFICE, "administrator", of="owner.pk"), about="organisation")
def invite_to_desk(*, by: Any, owner: Any, organisation: Organisation) -> Pass:
    """The lasting link by which a partner without an account opens its own page; it can be taken back."""
    held = _desk_pass(by, owner, organisation, organisation.email, organisation.letter_language)
    write_letter(
        key=f"desk:{held.pk}", to=organisation, organisation=owner, subject=gettext_noop("Your page with %(owner)s"),
        body=gettext_noop("Your own page needs no account: what waits for you, what you agreed on, what came of it.\n%(url)s"),
        values=lambda language: {"owner": owner.name.read(language).text, "url": pass_url(held)},
    )  # fmt: skip
    return held


@action("partnerships.say_not_twins", may=roles("office", "administrator", of="within.pk"), about="within")
def say_not_twins(*, by: Any, within: Organisation, first: Organisation, second: Organisation) -> Organisation:
    """Somebody looked: they are two. They are not shown as alike again."""
    a, b = sorted((first, second), key=lambda o: o.pk)
    if not NotTwins.objects.filter(first=a, second=b).exists():
        NotTwins(first=a, second=b, within=within).save()
    return within


@action("partnerships.forget_registration", may=one_of(system), about="registration", traceless=True)
def forget_registration(*, by: Any, registration: Registration) -> Registration:
    """After a month nobody needs to know from which network it came; after a year not by whom."""
    registration = lock(registration)
    registration.network = ""
    if registration.state != Registration.State.WAITING and registration.on < clock.today() - dt.timedelta(days=365):
        registration.contact, registration.email = "", ""
    registration.save()
    return registration
