"""Roll calls of the past, as a body has published them: who voted how on what. They are kept beside a council's own votes, and decide nothing."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.plan.councils.models.council import Council


class RollVoter(OfRecord, GuardedModel):
    """Who votes in published roll calls: a state, a member. Without a code he is one of those whom the source does not name."""

    part_of = "council"
    personal = {"name": Personal("to say who voted how, as it was published")}

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="voters")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("council_id", "code")
        constraints = [models.UniqueConstraint(fields=["council", "code"], name="roll_voter_once")]


class Roll(OfRecord, GuardedModel):
    """One roll call. The numbers are counted from the voices; `digest` is of the voices, by which a second import sees that nothing is new."""

    part_of = "council"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="rolls")
    code = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True)
    held_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    abstained = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("council_id", "-held_on", "-pk")
        constraints = [models.UniqueConstraint(fields=["council", "code"], name="roll_once")]


class RollVoice(GuardedModel):
    """How one voter voted. Of those whom the source does not name several may stand in one roll call, so that no pair is unique."""

    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="voices")
    voter = models.ForeignKey(RollVoter, on_delete=models.CASCADE, related_name="voices")
    choice = models.CharField(max_length=8)

    @property
    def journal_record_id(self) -> int:
        return self.roll.council_id
