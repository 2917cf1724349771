"""The register of keys: whose key counted from when to when. Private keys are never in the database."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel

__all__ = ["OrganisationKey"]


class OrganisationKey(GuardedModel):
    """A public signing key (Ed25519, base64) of an organisation. Its private half lies in a file, where it is this installation's own."""

    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="keys")
    public = models.CharField(max_length=44, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "valid_from", "pk")
        constraints = [models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="key_period_forward")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.public[:8]}"

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id
