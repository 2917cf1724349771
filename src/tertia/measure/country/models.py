"""What universities hand in to the keeper of a country (a ministry), the figures in force, and questions about them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel
from tertia.core.records.models import Record, record_part

__all__ = ["Expected", "FigureQuestion", "HandIn", "NationalFigure"]


class Expected(GuardedModel):
    """From when to when a keeper asks a university for its figures: who is on the list and has not handed in is missing, nobody else."""

    keeper = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="expected_by")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keeper", "organisation"], name="expected_once"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="expected_period_forward"),
        ]

    @property
    def journal_organisation_id(self) -> int:
        return self.keeper_id


class HandIn(GuardedModel):
    """One package or table that came in, with what the check found. Versions of a university are numbered in the order of coming."""

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        ASKED = "asked"  # whole and signed, but something is odd: the keeper decides
        REJECTED = "rejected"
        REPLACED = "replaced"

    keeper = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="hand_ins")
    number = models.PositiveIntegerField()
    door = models.CharField(max_length=8)  # package or table
    #: how the check of the file ended: valid, or forged, altered, unsigned …
    check_state = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=State.choices)
    problems = models.JSONField(default=list)
    odd = models.JSONField(default=list)
    periods = models.JSONField(default=list)
    #: SHA-256 of the description (package) or of the figures (table): the name by which the next version says what it replaces
    name = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=44, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField()
    late_days = models.PositiveIntegerField(default=0)
    decided_on = models.DateField(null=True, blank=True)
    decision = models.TextField(blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("organisation", "-number")
        constraints = [models.UniqueConstraint(fields=["keeper", "organisation", "number"], name="hand_in_once_per_number")]

    @property
    def journal_organisation_id(self) -> int:
        return self.keeper_id


class NationalFigure(GuardedModel):
    """A figure in force: of the latest version that was accepted. Earlier versions lie in their files."""

    hand_in = models.ForeignKey(HandIn, on_delete=models.CASCADE, related_name="figures")
    keeper = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    period = models.CharField(max_length=10)
    breakdown = models.CharField(max_length=200, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(max_length=40)
    state = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["keeper", "indicator", "breakdown", "period"]), models.Index(fields=["organisation", "period"])]
        constraints = [
            models.UniqueConstraint(fields=["keeper", "organisation", "indicator", "period", "breakdown"], name="national_figure_once"),
            models.CheckConstraint(
                condition=Q(state="value", value__isnull=False) | (~Q(state="value") & Q(value=None)), name="national_value_only_as_value"
            ),
        ]

    @property
    def journal_organisation_id(self) -> int:
        return self.keeper_id


class FigureQuestion(Record):
    """A question of the keeper to a university about one odd figure; the university owes the answer."""

    KIND = "question"

    record_ptr = record_part("question")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="figure_questions")
    indicator = models.CharField(max_length=80)
    period = models.CharField(max_length=10)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(indicator=""), name="question_is_about_a_figure")]
