"""The servers by which institutions sign their people in, what their groups mean here, and who is who."""

from __future__ import annotations

from django.db import models

from tertia.core.access.secrets import unseal
from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.parties.models import Membership

__all__ = ["GroupRule", "Identity", "IdentityProvider", "RuledMembership", "UsedAssertion"]

SEALED_FOR = "signin"


class IdentityProvider(GuardedModel):
    """A server that says who somebody is, as it and Tertia were made known to each other."""

    class Kind(models.TextChoices):
        OIDC = "oidc", "OpenID Connect"
        SAML = "saml", "SAML 2.0"
        ORCID = "orcid", "ORCID"

    unjournaled = frozenset({"sealed_secret"})

    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="identity_providers")
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    #: the server's name for itself: issuer (OIDC) or entity id (SAML)
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=300, blank=True)
    sealed_secret = models.TextField(blank=True)
    #: addresses and, for SAML, certificates, as read from the server's own description
    endpoints = models.JSONField(default=dict)
    #: under which names it says things; empty takes the usual ones
    names = models.JSONField(default=dict, blank=True)
    #: addresses of these domains are the university's own, so that this server's word about them is believed
    mail_domains = models.JSONField(default=list, blank=True)
    #: whether somebody who is new is written down at the first sign-in
    creates = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id

    @property
    def secret(self) -> str:
        return unseal(self.sealed_secret, SEALED_FOR)


class GroupRule(GuardedModel):
    """Who is in a group there has a role here, for as long as he is in it."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="rules")
    group = models.CharField(max_length=200)
    role = models.CharField(max_length=16, choices=Membership.Role.choices)
    standing = models.CharField(max_length=8, choices=Membership.Standing.choices, default=Membership.Standing.OTHER)
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("group", "role")
        constraints = [models.UniqueConstraint(fields=["provider", "group", "role"], name="group_rule_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.provider.owner_id


class Identity(GuardedModel):
    """Which person a user of such a server is."""

    personal = {"subject": Personal("to know who signs in with the institution’s own account", 730, erased=None)}
    person_path = "person"

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255, null=True)
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="identities")
    since = models.DateTimeField()

    class Meta:
        ordering = ("provider", "pk")
        constraints = [models.UniqueConstraint(fields=["provider", "subject"], name="identity_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.provider.owner_id


class RuledMembership(GuardedModel):
    """A role that a group rule gave: it ends when the group does."""

    person_path = "membership__person"

    rule = models.ForeignKey(GroupRule, on_delete=models.CASCADE, related_name="given")
    membership = models.OneToOneField("parties.Membership", on_delete=models.CASCADE, related_name="by_rule")

    @property
    def journal_organisation_id(self) -> int:
        return self.rule.provider.owner_id


class UsedAssertion(GuardedModel):
    """A word of a server that was acted upon: the same once more is refused. Swept when it would be too old anyway."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "key"], name="assertion_used_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.provider.owner_id
