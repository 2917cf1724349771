"""Contact persons: kept for a purpose, with consent, until a day; handed over; erased."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.partnerships.models import Contact
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, one_of, roles, system
from tertia.core.rules.queries import rule_on

__all__ = ["erase_contact", "keep_contact", "take_over_contacts", "write_contact"]


@action("partnerships.write_contact", may=roles(*WORKERS, of="owner.pk"), about="organisation")
def write_contact(
    *, by: Any, owner: Any, organisation: Any, name: str, purpose: str, consent: str, on: dt.date, duty: str = "", email: str = "", phone: str = "",
    kept_by: Any = None,
) -> Contact:  # fmt: skip
    """Somebody in a partner organisation whom we may write to. Without purpose and consent nobody is kept."""
    faults = [
        Fault(field, sentence)
        for field, words, sentence in (
            ("name", name, _("Write the name.")), ("purpose", purpose, _("Say what the contact is for.")),
            ("consent", consent, _("Say how the person agreed to be kept here: by letter, in the agreement, in a talk.")),
        )
        if not words.strip()
    ]  # fmt: skip
    if not email and not phone:
        faults.append(Fault("email", _("Write an e-mail or a telephone number.")))
    if faults:
        raise BadInput(*faults)
    made = Contact(
        organisation=organisation, owner=owner, name=name.strip()[:200], duty=duty.strip()[:200], email=email, phone=phone.strip()[:40],
        purpose=purpose.strip()[:200], consent=consent.strip()[:200], consent_on=on, keep_until=on + dt.timedelta(days=rule_on("contact.keep_days", on, owner)),
        kept_by=kept_by or by.person,
    )  # fmt: skip
    made.save()
    return made


@action("partnerships.keep_contact", may=roles(*WORKERS, of="contact.owner_id"))
def keep_contact(*, by: Any, contact: Contact, consent: str, on: dt.date) -> Contact:
    """The person agreed anew: kept for another term."""
    if not consent.strip():
        raise BadInput(Fault("consent", _("Say how the person agreed to be kept here: by letter, in the agreement, in a talk.")))
    contact = lock(contact)
    contact.consent, contact.consent_on = consent.strip()[:200], on
    contact.keep_until = on + dt.timedelta(days=rule_on("contact.keep_days", on, contact.owner))
    contact.save()
    return contact


@action("partnerships.erase_contact", may=one_of(roles(*WORKERS, of="contact.owner_id"), system), traceless=True)
def erase_contact(*, by: Any, contact: Contact, on: dt.date) -> Contact:
    """What is personal goes; that there was a contact stays, so that figures stay right."""
    contact = lock(contact)
    contact.name, contact.duty, contact.email, contact.phone, contact.erased_on = "", "", "", "", on
    contact.save()
    return contact


@action("partnerships.take_over_contacts", may=roles("office", "leader", "administrator", of="owner.pk"), about="owner")
def take_over_contacts(*, by: Any, owner: Any, from_person: Any, to_person: Any) -> int:
    """All contacts that one of us keeps become another's. Returns how many."""
    return Contact.objects.filter(owner=owner, kept_by=from_person, erased_on=None).update(kept_by=to_person)
