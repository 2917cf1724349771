"""The register as signatures are checked against it."""

from __future__ import annotations

from tertia.core.keys.models import OrganisationKey
from tertia.core.keys.signing import Register

__all__ = ["register"]


def register() -> Register:
    """Every key that this installation knows, with its days."""
    rows = OrganisationKey.objects.select_related("organisation").order_by("organisation__slug", "valid_from", "pk")
    return Register(
        tuple(
            {"organisation": k.organisation.slug, "public": k.public, "from": k.valid_from.isoformat(), "to": k.valid_to.isoformat() if k.valid_to else ""}
            for k in rows
        )
    )  # fmt: skip
