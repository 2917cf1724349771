"""What mentions give to measuring. Reach is not among it: how many may have read says nothing of what changed."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from tertia.core.facts.declare import Column, FactTable, declare_facts
from tertia.tell.mentions.models import Mention, Outlet

__all__ = ["MENTION"]


def _mentions(organisation: Any) -> Any:
    """Kept, in outlets of others; reprints count with the piece that they repeat."""
    return Mention.objects.filter(owner=organisation, state="kept", reprint_of=None, starts_on__isnull=False).exclude(
        outlet__kind=Outlet.Kind.OWN
    )


MENTION = declare_facts(
    FactTable(
        "mention", 1, "mentions", "One row for each piece in an outlet of others, reprints joined.", _mentions,
        (
            Column("record", "int", "id of the mention", "pk"), Column("day", "date", "day on which it came out", "starts_on"),
            Column("outlet", "int", "id of the outlet", F("outlet_id")), Column("independent", "bool", "a person said that the outlet wrote it itself", Q(origin="independent")),
            Column("judged", "bool", "a person said where it comes from", ~Q(origin="")), Column("paid", "bool", "it was paid for", Q(origin="paid")),
        ),
    )
)  # fmt: skip
