"""Activities, the people who took part, and the hours that the host signs."""

from __future__ import annotations

import base64
import hashlib
import hmac
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
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
    #: what kind of work with society it is, one of data/engagement.toml; empty until somebody says it
    engagement = models.CharField(max_length=20, blank=True)
    #: people from outside who came, were taught or helped; None: nobody counted, which is not zero
    reached = models.PositiveIntegerField(null=True, blank=True)
    #: groups of people whom it is for, by the codes of core/parties/data/social_groups.toml
    groups = models.JSONField(default=list, blank=True)
    #: those whom it is for took part in planning it
    planned_together = models.BooleanField(default=False)
    #: days that staff spent on preparing and holding it
    staff_days = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    #: people who learned, times days of learning
    learner_days = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    #: somebody paid for it
    paid = models.BooleanField(default=False)
    outputs = TextField()
    #: what worked and what the next one should do otherwise
    evaluation = TextField()
    #: the first one of a series, and the one that this was copied from
    series = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeats")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    #: written down by somebody else for this person, who has to confirm it first
    entered_for = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="entered_for_me")
    confirmed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start")]
        indexes = [models.Index(fields=["starts_at", "record_ptr"]), models.Index(fields=["ends_at"])]


class SocialOutcome(OfRecord, GuardedModel):
    """What changed because of an activity or a project, how that is seen, and who says so besides the university."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="seen_outcomes")
    what = TextField()
    how_seen = TextField()
    evidence_url = models.URLField(blank=True)
    evidence = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    confirmed_by = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("record", "on", "pk")


class Photo(OfRecord, GuardedModel):
    """A picture of an activity, described in words, with what was agreed by those who can be recognised on it."""

    part_of = "activity"

    class Consent(models.TextChoices):
        NOBODY = "nobody"
        ASKED = "asked"
        PAPER = "paper"
        PARENTS = "parents"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="photos")
    file = models.OneToOneField("files.StoredFile", on_delete=models.CASCADE, related_name="+")
    words = TextField()
    consent = models.CharField(max_length=8, choices=Consent.choices)
    on = models.DateField()

    class Meta:
        ordering = ("activity", "pk")


class Learner(OfRecord, GuardedModel):
    """Somebody who took a course of continuing education: a keyed hash by which the same person is known again, and no name."""

    part_of = "activity"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="learners")
    mark = models.CharField(max_length=24)
    #: attended at least half of the course
    half = models.BooleanField()
    #: fifty or more in the year of the course; None where the year of birth was not told
    older = models.BooleanField(null=True, blank=True)
    #: the university's own staff, whose compulsory retraining counts for nobody
    own_staff = models.BooleanField(default=False)

    class Meta:
        ordering = ("activity", "pk")
        constraints = [models.UniqueConstraint(fields=["activity", "mark"], name="learner_once_in_a_course")]


class CalendarLink(GuardedModel):
    """A private address at which a calendar program reads activities: a person's own, a unit's, the university's. It can be taken back."""

    class Of(models.TextChoices):
        PERSON = "person"
        UNIT = "unit"
        ALL = "all"

    personal = {"nonce": Personal("to give a calendar program an address that nobody can guess", 730)}
    person_path = "person"

    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="calendar_links")
    of = models.CharField(max_length=8, choices=Of.choices)
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    @property
    def journal_organisation_id(self) -> int | None:
        return self.person.home_id

    @property
    def token(self) -> str:
        """Number and 128 bits of HMAC-SHA-256: nothing in the database alone opens the calendar."""
        mac = hmac.new(f"tertia.calendar.{settings.SECRET_KEY}".encode(), f"{self.pk}.{self.nonce}".encode(), hashlib.sha256)
        return f"{self.pk}-{base64.b32encode(mac.digest()[:16]).decode().rstrip('=').lower()}"


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
