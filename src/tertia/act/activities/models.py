"""Activities, the people who took part, and the hours that the host signs."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.records.models import Record, record_part


class Activity(Record):
    """Something that was, or is, done together with a host."""

    KIND = "activity"

    record_ptr = record_part("activity")
    host = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="hosted")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=200, blank=True)
    open_to_public = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start")]


class HoursSheet(Record):
    """The hours of one activity as one sheet that the host signs: claimed, asked for, signed or disputed."""

    KIND = "hours"

    record_ptr = record_part("hours")
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="sheet")
    asked_on = models.DateField(null=True, blank=True)
    sign_by = models.DateField(null=True, blank=True)
    #: when the office was told that the term has passed without a signature; the hours still do not count
    escalated_on = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="signed_sheets")
    receipt = models.CharField(max_length=30, blank=True)
    helped = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None) | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="sheet_signed_by_somebody",
            )
        ]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("activities.attest", self.pk)


class Participation(GuardedModel):
    """One person's part in an activity. Hours count only when the host has signed them."""

    class Role(models.TextChoices):
        STUDENT = "student"
        STAFF = "staff"
        OUTSIDE = "outside"

    personal = {"note": Personal("to explain a correction of hours", 1825)}
    person_path = "person"

    sheet = models.ForeignKey(HoursSheet, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="participations")
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.STUDENT)
    hours_claimed = models.DecimalField(max_digits=6, decimal_places=2)
    hours_signed = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    disputed = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("sheet", "pk")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="participation_once"),
            models.CheckConstraint(condition=Q(hours_claimed__gte=0, hours_claimed__lte=24), name="participation_hours_of_a_day"),
            models.CheckConstraint(
                condition=Q(hours_signed=None) | Q(hours_signed__gte=0, hours_signed__lte=24), name="participation_signed_hours_of_a_day"
            ),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.sheet_id

    @property
    def counted(self) -> Decimal:
        """Hours that count: signed ones."""
        return self.hours_signed or Decimal(0)
