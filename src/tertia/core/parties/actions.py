"""Setting up organisations, people, roles, deputies and invitations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.access.actions import issue_pass, use_pass
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import itself, one_of, roles, signed_in, system
from tertia.core.languages.text import Text
from tertia.core.parties.models import Account, Deputy, Invitation, Membership, Organisation, OrganisationName, Person
from tertia.core.parties.people_file import PersonRow
from tertia.core.periods import clock

__all__ = [
    "accept_invitation",
    "add_deputy",
    "add_person",
    "claim_person",
    "end_membership",
    "erase_person",
    "forget",
    "found_organisation",
    "give_account",
    "give_role",
    "import_people",
    "invite",
    "rename_organisation",
    "write_down_administrator",
]


@action("parties.found_organisation", may=one_of(roles("office", "administrator", of="within.pk"), system))
def found_organisation(*, by: Any, slug: str, kind: str, name: Text, within: Organisation | None = None, **fields: Any) -> Organisation:
    """Write down a party. `within` is the organisation whose office adds it."""
    made = Organisation(slug=slug, kind=kind, name=name, **fields)
    made.save()
    return made


@action("parties.rename_organisation", may=one_of(roles("administrator", of="organisation.pk"), system), about="organisation")
def rename_organisation(*, by: Any, organisation: Organisation, name: Text, on: dt.date) -> Organisation:
    """Give a new name from a day on; texts of earlier days go on showing the name of their day."""
    organisation = lock(organisation)
    latest = organisation.names.order_by("valid_from").last()
    OrganisationName(organisation=organisation, name=organisation.name, valid_from=latest.valid_to if latest else None, valid_to=on).save()
    organisation.name = name
    organisation.save()
    return organisation


@action("parties.add_person", may=one_of(roles("office", "administrator", of="home.pk"), system))
def add_person(*, by: Any, home: Organisation | None, name: str, **fields: Any) -> Person:
    person = Person(home=home, name=name, **fields)
    person.save()
    return person


@action("parties.give_role", may=one_of(roles("administrator", of="organisation.pk"), system))
def give_role(
    *, by: Any, person: Person, organisation: Organisation, role: str, valid_from: dt.date, standing: str = "other",
    unit: Organisation | None = None, duty: Text | None = None,
) -> Membership:  # fmt: skip
    """Give a role from a day on; the same role again changes nothing."""
    there = Membership.objects.filter(person=person, organisation=organisation, role=role, valid_to=None).first()
    if there:
        return there
    made = Membership(
        person=person, organisation=organisation, role=role, standing=standing, unit=unit, valid_from=valid_from, duty=duty or Text({})
    )
    made.save()
    return made


@action("parties.end_membership", may=one_of(roles("administrator", of="membership.organisation_id"), system), about="membership")
def end_membership(*, by: Any, membership: Membership, on: dt.date) -> Membership:
    membership.valid_to = on
    membership.save()
    return membership


@action("parties.add_deputy", may=one_of(roles("office", "administrator", of="organisation.pk"), system))
def add_deputy(*, by: Any, organisation: Organisation, person: Person, deputy: Person, valid_from: dt.date, valid_to: dt.date) -> Deputy:
    """Let somebody stand in, from a day to a day, both in."""
    if valid_to < valid_from or person == deputy:
        raise BadInput(Fault("valid_to", "A deputy is another person, and the last day is not before the first."))
    made = Deputy(organisation=organisation, person=person, deputy=deputy, valid_from=valid_from, valid_to=valid_to)
    made.save()
    return made


@action("parties.invite", may=one_of(roles("administrator", "office", of="organisation.pk"), system))
def invite(*, by: Any, organisation: Organisation, email: str, role: str, name: str = "", language: str = "kk") -> Invitation:
    """Invite somebody into an organisation; the pass for the letter is `invitation.link_pass`."""
    made = Invitation(
        organisation=organisation, email=email.lower(), role=role, name=name, language=language,
        invited_by=by.person, invited_at=clock.now(),
    )  # fmt: skip
    made.save()
    made.link_pass = issue_pass(  # type: ignore[attr-defined]
        by=by, purpose="parties.invitation", issued_by=organisation, subject_id=made.pk, sent_to=email, language=language
    )
    return made


@action("parties.accept_invitation", may=signed_in, about="invitation")
def accept_invitation(*, by: Any, invitation: Invitation, held: Any, today: dt.date) -> Membership:
    """Take an invitation up, signed in and with its pass in hand. An invitation is taken up once."""
    from tertia.core.actions.actor import Actor  # app start

    if held.purpose != "parties.invitation" or held.subject_id != invitation.pk:
        raise WrongState(invitation, "foreign", ("own",))
    use_pass(Actor.holding(held))
    invitation = lock(invitation)
    if invitation.accepted_at:
        raise WrongState(invitation, "accepted", ("open",))
    invitation.accepted_at, invitation.accepted_by = clock.now(), by.person
    invitation.save()
    made = Membership(person=by.person, organisation=invitation.organisation, role=invitation.role, valid_from=today)
    made.save()
    return made


@dataclass(frozen=True)
class Imported:
    """How many people a list added, changed, left alone and ended."""

    organisation: Organisation
    added: int
    changed: int
    same: int
    ended: int

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation.pk


@action("parties.import_people", may=one_of(roles("administrator", "office", of="organisation.pk"), system))
def import_people(*, by: Any, organisation: Organisation, rows: list[PersonRow], today: dt.date) -> Imported:
    """Bring the people of a university in line with tonight's list: new ones added, leavers' memberships ended."""
    units = {u.slug: u for u in Organisation.objects.filter(parent=organisation)}
    wrong = sorted({row.unit for row in rows if row.unit and row.unit not in units})
    if wrong:
        raise BadInput(*(Fault("unit", f"The unit {unit!r} is not known; add it first or correct the list.") for unit in wrong))
    there = {p.key: p for p in Person.objects.filter(home=organisation).exclude(key=None)}
    open_ones = {m.person_id: m for m in Membership.objects.filter(organisation=organisation, valid_to=None).order_by("pk")}
    added = changed = same = 0
    for row in rows:
        person = there.get(row.key)
        if person is None:
            person = Person(home=organisation, key=row.key, name=row.name, email=row.email, language=row.language)
            person.save()
            added += 1
        elif (person.name, person.email, person.language) != (row.name, row.email, row.language):
            person.name, person.email, person.language = row.name, row.email, row.language
            person.save()
            changed += 1
        else:
            same += 1
        membership = open_ones.get(person.pk)
        wanted = (units.get(row.unit), row.standing, row.role)
        if membership is None:
            Membership(
                person=person, organisation=organisation, unit=wanted[0], standing=row.standing, role=row.role, valid_from=today
            ).save()
        elif (membership.unit, membership.standing, membership.role) != wanted:
            membership.unit, membership.standing, membership.role = wanted
            membership.save()
    ended = _end_leavers(there, {row.key for row in rows}, open_ones, today)
    return Imported(organisation, added, changed, same, ended)


def _end_leavers(there: dict[Any, Person], keys: set[str], open_ones: dict[int, Membership], today: dt.date) -> int:
    ended = 0
    for key, person in there.items():
        membership = open_ones.get(person.pk)
        if key not in keys and membership:
            membership.valid_to = max(today, membership.valid_from)
            membership.save()
            ended += 1
    return ended


@action("parties.erase_person", may=one_of(itself("person.pk"), roles("administrator", of="person.home_id"), system), traceless=True)
def erase_person(*, by: Any, person: Person) -> Person:
    """Erase what is personal about somebody; records and figures stay right. The account goes too."""
    from tertia.core.parties.erasure import erase  # app start

    erase(person)
    return person


@action("parties.claim_person", may=system)
def claim_person(*, by: Any, account: Any, today: dt.date) -> Person:
    """Join an account whose address is confirmed with the person known by it; else write down a new person.

    Two people with one address are never joined: the office has to say which of them it is.
    """
    there = Person.objects.filter(account=account).first()
    if there:
        return there
    known = list(Person.objects.filter(email__iexact=account.email, account=None, erased_at=None)[:2])
    person = known[0] if len(known) == 1 else Person(name=account.email.split("@")[0], email=account.email)
    person.account = account
    person.save()
    return person


@action("parties.give_account", may=system, about="person")
def give_account(*, by: Any, person: Person, email: str) -> Person:
    """An account without a password for a person whom a learning platform of the university has authenticated. Raises BadInput."""
    person = lock(person)
    if person.account is not None:
        return person
    address = (person.email or email).lower()
    if not address or Account.objects.filter(email=address).exists():
        raise BadInput(Fault("email", _("There is an account with this address already, or no address. Sign in yourself.")))
    person.account = Account.objects.create_user(address)
    person.save()
    return person


@action("parties.write_down_administrator", may=system)
def write_down_administrator(*, by: Any, organisation: Organisation, email: str) -> Person:
    """The person who sets the university up; joined with an account when the address is confirmed."""
    person = Person.objects.filter(home=organisation, email__iexact=email).first()
    if person is None:
        person = Person(home=organisation, name=email.split("@")[0], email=email.lower())
        person.save()
    return person


@action("parties.forget", may=system, about="person", traceless=True)
def forget(*, by: Any, person: Person, left: dt.date, today: dt.date) -> int:
    """Empty what is personal about somebody who left, as far as the declared terms have passed."""
    from tertia.core.parties.retention import forget_fields  # app start

    return forget_fields(lock(person), left, today)
