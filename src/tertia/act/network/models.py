"""The network of a university as it was measured last; made again from records at any time."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import Personal


class Measurement(models.Model):
    """Nodes with their measures and places, ties, and what is said of them, for one academic year or for all.

    In the layer of people the university's people are tied to the partners for whom they answer; numbers of people are negative in the body.
    """

    personal: dict[str, Personal] = {}

    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    #: an academic year such as 2025-26, or `all`
    period = models.CharField(max_length=8)
    layer = models.CharField(max_length=6, choices=[("bodies", "bodies"), ("people", "people")], default="bodies")
    made_at = models.DateTimeField()
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "period", "layer"], name="measurement_once")]
