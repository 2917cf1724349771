"""A plan of proposals for a whole cohort, until its letters are written."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel

__all__ = ["CohortPlan", "Proposed"]


class CohortPlan(GuardedModel):
    """Which shift to propose to whom, of a unit or of the whole university. A proposal is a letter, never a sign-up."""

    class State(models.TextChoices):
        WORKING = "working"
        READY = "ready"
        SENT = "sent"

    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="cohort_plans")
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    #: whether only those are asked who have said what they can do
    told_only = models.BooleanField(default=True)
    days = models.PositiveSmallIntegerField(default=30)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WORKING)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    shifts = models.PositiveIntegerField(default=0)
    places = models.PositiveIntegerField(default=0)
    proposals = models.PositiveIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    #: how near the plan is to the best that there could be, in per cent of the bound
    near_best = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    #: [shift, places that nobody is proposed for, why]
    empty = models.JSONField(default=list)

    class Meta:
        ordering = ("-made_at", "-pk")

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class Proposed(GuardedModel):
    """That a shift is to be proposed to somebody; the row goes when the letter is written, and nobody is shown it."""

    person_path = "person"

    plan = models.ForeignKey(CohortPlan, on_delete=models.CASCADE, related_name="rows")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="+")
    shift = models.ForeignKey("volunteering.Shift", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("plan", "pk")
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="proposed_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.plan.owner_id
