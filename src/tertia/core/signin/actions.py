"""Making servers known, saying what their groups mean, and acting upon what they say: every write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tertia.core.access.secrets import seal
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import itself, roles, signed_in, system
from tertia.core.parties.actions import give_account, give_role
from tertia.core.parties.models import Membership, Organisation, Person
from tertia.core.periods import clock
from tertia.core.signin.claims import Claims, Refused
from tertia.core.signin.models import SEALED_FOR, GroupRule, Identity, IdentityProvider, RuledMembership, UsedAssertion
from tertia.core.signin.people import believed_email, known_person, listed_person, speaks_elsewhere

__all__ = ["add_provider", "add_rule", "arrive", "change_provider", "connect", "disconnect", "drop_rule", "retire_provider", "sweep_used"]

KEEPER = roles("administrator", of="provider.owner_id")


@action("signin.add_provider", may=roles("administrator", of="owner.pk"))
def add_provider(
    *, by: Any, owner: Organisation, kind: str, title: str, issuer: str, endpoints: dict[str, Any], client_id: str = "", secret: str = ""
) -> IdentityProvider:
    """Make a server known. Raises BadInput where it is known already."""
    if IdentityProvider.objects.filter(owner=owner, issuer=issuer, client_id=client_id, retired_at=None).exists():
        raise BadInput(Fault("issuer", _("This server is registered already.")))
    base = slugify(f"{owner.slug} {kind}")[:50]
    taken = set(IdentityProvider.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug = next(name for n in range(1, len(taken) + 2) if (name := base if n == 1 else f"{base}-{n}") not in taken)
    made = IdentityProvider(
        owner=owner, slug=slug, kind=kind, title=title, issuer=issuer, client_id=client_id, sealed_secret=seal(secret, SEALED_FOR), endpoints=endpoints,
        mail_domains=list(owner.mail_domains), creates=False,
    )  # fmt: skip
    made.save()
    return made


@action("signin.change_provider", may=KEEPER, about="provider")
def change_provider(
    *, by: Any, provider: IdentityProvider, title: str, mail_domains: list[str], creates: bool, names: dict[str, str], secret: str = "", endpoints: dict[str, Any] | None = None
) -> IdentityProvider:  # fmt: skip
    """Change what holds of a server; an empty secret leaves the old one."""
    provider = lock(provider)
    provider.title, provider.mail_domains, provider.creates = title, [d.lower().lstrip("@") for d in mail_domains], creates
    provider.names = {k: v for k, v in names.items() if v}
    if secret:
        provider.sealed_secret = seal(secret, SEALED_FOR)
    if endpoints:
        provider.endpoints = endpoints
    provider.save()
    return provider


@action("signin.retire_provider", may=KEEPER, about="provider")
def retire_provider(*, by: Any, provider: IdentityProvider) -> IdentityProvider:
    """Nothing that this server says is acted upon any more. Roles that its groups gave end today; people sign in with their own password."""
    provider = lock(provider)
    provider.retired_at = provider.retired_at or clock.now()
    provider.save()
    for given in RuledMembership.objects.filter(rule__provider=provider).select_related("membership"):
        _end(given)
    return provider


@action("signin.add_rule", may=KEEPER, about="provider")
def add_rule(
    *, by: Any, provider: IdentityProvider, group: str, role: str, standing: str = "other", unit: Organisation | None = None
) -> GroupRule:
    """Say that who is in the group has the role; it holds from the next sign-in of each. Raises BadInput where it is said already."""
    if GroupRule.objects.filter(provider=provider, group=group, role=role).exists():
        raise BadInput(Fault("group", _("This is said already.")))
    made = GroupRule(provider=provider, group=group, role=role, standing=standing, unit=unit)
    made.save()
    return made


@action("signin.drop_rule", may=roles("administrator", of="rule.provider.owner_id"))
def drop_rule(*, by: Any, rule: GroupRule) -> IdentityProvider:
    """What the rule gave ends today."""
    provider = rule.provider
    for given in rule.given.select_related("membership"):
        _end(given)
    rule.delete()
    return provider


@action("signin.arrive", may=system, about="provider")
def arrive(*, by: Any, provider: IdentityProvider, claims: Claims, today: dt.date) -> Person:
    """The person whom a verified word of the server signs in, with the account; groups become roles. Raises Refused:
    used, unlisted, unconnected, taken, elsewhere, old (the server was retired meanwhile)."""
    provider = _use(provider, claims)
    person = known_person(provider, claims.subject)
    if person is None:
        person = listed_person(provider, claims)
        if person is not None and speaks_elsewhere(provider, person):
            raise Refused("elsewhere")
        if person is None:
            person = _new_person(provider, claims)
        if Identity.objects.filter(provider=provider, subject=claims.subject).exists():
            raise Refused("other")  # the person of this user was erased; a new one is not joined with the old name
        Identity(provider=provider, subject=claims.subject, person=person, since=clock.now()).save()
    if person.account is None:
        person = _with_account(by, provider, person, claims)
    if provider.kind != IdentityProvider.Kind.ORCID:
        _apply_rules(by, provider, person, claims.groups, today)
    return person


def _use(provider: IdentityProvider, claims: Claims) -> IdentityProvider:
    provider = lock(provider)
    if provider.retired_at is not None:
        raise Refused("old")
    if UsedAssertion.objects.filter(provider=provider, key=claims.once).exists():
        raise Refused("used")
    UsedAssertion(provider=provider, key=claims.once, at=clock.now()).save()
    return provider


def _new_person(provider: IdentityProvider, claims: Claims) -> Person:
    """Written down at the first sign-in, where the university wants that."""
    if provider.kind == IdentityProvider.Kind.ORCID:
        raise Refused("unconnected")
    if not provider.creates or not believed_email(provider, claims):
        raise Refused("unlisted")
    # a number or an address that the list has is somebody else's by now: the list was asked already
    if Person.objects.filter(home=provider.owner_id, email__iexact=claims.email, erased_at=None).exists():
        raise Refused("taken")
    person = Person(home=provider.owner, name=claims.name or claims.email.split("@")[0], email=claims.email, key=claims.number or None)
    person.save()
    return person


def _with_account(by: Any, provider: IdentityProvider, person: Person, claims: Claims) -> Person:
    """An account without a password, so that a letter can set one and the local sign-in stays the way back."""
    try:
        person = give_account(by=by, person=person, email=believed_email(provider, claims))
    except BadInput as error:
        raise Refused("taken") from error
    account = person.account
    assert account is not None
    if account.email == believed_email(provider, claims):
        EmailAddress.objects.get_or_create(user=account, email=account.email, defaults={"verified": True, "primary": True})
    return person


def _apply_rules(by: Any, provider: IdentityProvider, person: Person, groups: frozenset[str], today: dt.date) -> None:
    for rule in provider.rules.all():
        given = (
            RuledMembership.objects.select_related("membership")
            .filter(rule=rule, membership__person=person, membership__valid_to=None)
            .first()
        )
        if rule.group not in groups:
            if given is not None:
                _end(given)
            continue
        there = Membership.objects.filter(person=person, organisation=provider.owner, role=rule.role)
        if given is None and not there.filter(valid_to=None).exists() and not there.filter(valid_from=today).exists():
            made = give_role(
                by=by, person=person, organisation=provider.owner, role=rule.role, valid_from=today, standing=rule.standing, unit=rule.unit
            )
            RuledMembership(rule=rule, membership=made).save()


def _end(given: RuledMembership) -> None:
    """A role whose group is gone is gone at once: a last day counts whole, so it is yesterday, and what began today never was."""
    membership, today = given.membership, clock.today()
    if membership.valid_to is not None:
        return
    if membership.valid_from >= today:
        membership.delete()
        return
    membership.valid_to = today - dt.timedelta(days=1)
    membership.save()


@action("signin.connect", may=signed_in, about="provider")
def connect(*, by: Any, provider: IdentityProvider, claims: Claims) -> Identity:
    """Whoever is signed in says that this user of the server is himself. Raises Refused: used, other, old."""
    provider = _use(provider, claims)
    there = Identity.objects.filter(provider=provider, subject=claims.subject).first()
    if there is not None and there.person_id != by.person_id:
        raise Refused("other")
    if there is None:
        Identity.objects.filter(provider=provider, person=by.person).delete()
        there = Identity(provider=provider, subject=claims.subject, person=by.person, since=clock.now())
        there.save()
    return there


@action("signin.disconnect", may=itself("identity.person_id"))
def disconnect(*, by: Any, identity: Identity) -> IdentityProvider:
    """The server's word does not sign this person in any more; a role that its groups gave ends."""
    provider = identity.provider
    for given in RuledMembership.objects.filter(rule__provider=provider, membership__person=identity.person_id).select_related(
        "membership"
    ):
        _end(given)
    identity.delete()
    return provider


@action("signin.sweep_used", may=system, traceless=True)
def sweep_used(*, by: Any, before: dt.datetime) -> int:
    """Forget used words that are too old to be acted upon anyway."""
    count, _rows = UsedAssertion.objects.filter(at__lt=before).delete()
    return count
