"""Safety: reports to a named keeper, checks of hosts with an expiry, suspension."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tertia.act.volunteering.actions.plans import call_off
from tertia.act.volunteering.models import HostCheck, Incident, Keeper, Opportunity, SignUp, Suspension
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, NotAllowed, WrongState
from tertia.core.actions.policies import anyone, roles, signed_in
from tertia.core.messages.outbox import write_message
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods import clock

__all__ = ["check_host", "close_incident", "lift_suspension", "name_keeper", "reads", "report_incident", "suspend_host"]

WORKERS = ("office", "leader", "administrator")


@action("volunteering.name_keeper", may=roles("leader", "administrator", of="organisation.pk"), about="organisation")
def name_keeper(*, by: Any, organisation: Organisation, person: Person) -> Keeper:
    """Name who reads confidential reports; the one before reads no more of them."""
    if not person.memberships.in_force(clock.today()).filter(organisation=organisation).exists():
        raise BadInput(Fault("person", _("The keeper has to be somebody of the university.")))
    found = Keeper.objects.filter(organisation=organisation).first() or Keeper(organisation=organisation)
    found.person = person
    found.save()
    return found


@action("volunteering.report_incident", may=anyone, traceless=True)
def report_incident(
    *, by: Any, opportunity: Opportunity, kind: str, happened_on: dt.date, words: str, confidential: bool = True, answer_to: str = ""
) -> Incident:
    """A volunteer, a beneficiary or a host says what happened, with or without an account. The event carries no person and no words.

    The keeper gets a letter that says only that there is a report; where no keeper is named, the university's office does.
    """
    faults = []
    if kind not in Incident.Kind.values:
        faults.append(Fault("kind", _("Choose what it was.")))
    if not words.strip():
        faults.append(Fault("words", _("Say in a few words what happened.")))
    if happened_on > clock.today():
        faults.append(Fault("happened_on", _("This day is still to come.")))
    if faults:
        raise BadInput(*faults)
    made = Incident(
        owner=opportunity.owner, opportunity=opportunity, kind=kind, happened_on=happened_on, words=words.strip()[:10_000], confidential=confidential,
        answer_to=answer_to.strip()[:200], reported_at=clock.now(),
    )  # fmt: skip
    made.save()
    _tell(made)
    return made


def _tell(incident: Incident) -> None:
    keeper = Keeper.objects.filter(organisation=incident.owner).select_related("person").first()
    person = keeper.person if keeper else None
    address, language = (person.email, person.language) if person else (incident.owner.email, incident.owner.letter_language)
    if not address:
        return
    with translation.override(language):
        write_message(
            key=f"incident:{incident.pk}", to=address, language=language, organisation=incident.owner, person=person, demonstration=incident.owner.demonstration,
            subject=_("A report on safety is waiting"), body=_("Somebody has reported an incident. It is read on this page only:") + f"\n{settings.BASE_URL}{reverse('safety')}",
        )  # fmt: skip


def reads(by: Any, incident: Incident) -> bool:
    """The keeper reads everything; the office what is not confidential, and everything while no keeper is named."""
    keeper = Keeper.objects.filter(organisation=incident.owner_id).first()
    if keeper is not None and by.person_id == keeper.person_id:
        return True
    return by.has(incident.owner_id, *WORKERS) and (keeper is None or not incident.confidential)


@action("volunteering.close_incident", may=signed_in, traceless=True)
def close_incident(*, by: Any, incident: Incident, outcome: str) -> Incident:
    """Say what was done; only whoever may read the report."""
    if not reads(by, incident):
        raise NotAllowed("volunteering.close_incident")
    if not outcome.strip():
        raise BadInput(Fault("outcome", _("Say what was done about it.")))
    incident = lock(incident)
    if incident.closed_at is not None:
        raise WrongState(incident, "closed", ("open",))
    incident.closed_at, incident.outcome = clock.now(), outcome.strip()[:5000]
    incident.save()
    return incident


@action("volunteering.check_host", may=roles(*WORKERS, of="owner.pk"))
def check_host(*, by: Any, owner: Organisation, host: Organisation, checked_on: dt.date, valid_to: dt.date, note: str = "") -> HostCheck:
    """Note that the host was looked at, and until when that is good enough."""
    if valid_to < checked_on or checked_on > clock.today():
        raise BadInput(Fault("valid_to", _("The check is of today or earlier, and good for some time after it.")))
    made = HostCheck(owner=owner, host=host, checked_on=checked_on, valid_to=valid_to, note=note.strip()[:300])
    made.save()
    return made


@action("volunteering.suspend_host", may=roles(*WORKERS, of="owner.pk"))
def suspend_host(*, by: Any, owner: Organisation, host: Organisation, reason: str) -> Suspension:
    """From now on nobody signs up with this host; whoever has a place is told that the shifts to come do not take place."""
    if not reason.strip():
        raise BadInput(Fault("reason", _("Say why the host is suspended.")))
    found = Suspension.objects.filter(owner=owner, host=host, lifted_on=None).first()
    if found is not None:
        return found
    made = Suspension(owner=owner, host=host, since=clock.today(), reason=reason.strip()[:300])
    made.save()
    taken = SignUp.objects.filter(
        shift__opportunity__host=host, shift__opportunity__owner=owner, shift__called_off=False, shift__starts_at__gt=clock.now()
    )
    for shift in {row.shift_id: row.shift for row in taken.select_related("shift__opportunity__owner")}.values():
        call_off(shift)
    return made


@action("volunteering.lift_suspension", may=roles(*WORKERS, of="suspension.owner_id"), about="suspension")
def lift_suspension(*, by: Any, suspension: Suspension) -> Suspension:
    suspension = lock(suspension)
    suspension.lifted_on = suspension.lifted_on or clock.today()
    suspension.save()
    return suspension
