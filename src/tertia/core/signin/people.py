"""Who a server's user is here, and how far its word goes."""

from __future__ import annotations

from tertia.core.parties.models import Membership, Organisation, Person
from tertia.core.periods import clock
from tertia.core.signin.claims import Claims
from tertia.core.signin.models import Identity, IdentityProvider

__all__ = ["believed_email", "known_person", "listed_person", "orcid_of", "providers_here", "speaks_elsewhere"]


def providers_here(university: Organisation | None) -> list[IdentityProvider]:
    """The servers that may be used on this page: the university's own, where it was asked for by its own name, else of all."""
    rows = IdentityProvider.objects.filter(retired_at=None, owner__hosts=True)
    return list(rows.filter(owner=university) if university else rows)


def known_person(provider: IdentityProvider, subject: str) -> Person | None:
    """The person who was joined with this user before."""
    known = Identity.objects.select_related("person__account").filter(provider=provider, subject=subject).first()
    return known.person if known is not None and known.person.erased_at is None else None


def believed_email(provider: IdentityProvider, claims: Claims) -> str:
    """The address, where the server has looked whose it is and the domain is the university's own; else empty."""
    domain = claims.email.rpartition("@")[2]
    return claims.email if claims.email_verified and domain and domain in provider.mail_domains else ""


def listed_person(provider: IdentityProvider, claims: Claims) -> Person | None:
    """A person of the university by its own number, else by an address of its own domain that one person of it has."""
    if provider.kind == IdentityProvider.Kind.ORCID:
        return None
    people = Person.objects.select_related("account").filter(home=provider.owner_id, erased_at=None)
    if claims.number and (found := people.filter(key=claims.number).first()):
        return found
    email = believed_email(provider, claims)
    rows = list(people.filter(email__iexact=email)[:2]) if email else []
    return rows[0] if len(rows) == 1 else None


def speaks_elsewhere(provider: IdentityProvider, person: Person) -> bool:
    """Whether somebody acts for another organisation too: there the university's word is too little until he has joined the two himself."""
    own = Organisation.objects.filter(parent=provider.owner_id).values("pk")
    there = Membership.objects.in_force(clock.today()).filter(person=person).exclude(organisation=provider.owner_id)
    return there.exclude(organisation__in=own).exclude(role="citizen").exists()


def orcid_of(person: Person | None) -> str:
    """The iD with which somebody has signed in at ORCID, so that it is his; else empty."""
    if person is None:
        return ""
    found = Identity.objects.filter(person=person, provider__kind=IdentityProvider.Kind.ORCID).first()
    return (found.subject or "") if found else ""
