"""Who works in which post; the university's norms; a person's yearly assignment, agreed by both sides; what was counted under which line."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.periods.years import Period, academic_year


class Post(GuardedModel):
    """In which position, chair and faculty somebody works, at which rate (1 is full time), from a day to a day (in)."""

    person_path = "person"

    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=30)
    rate = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(1))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation_id", "person_id", "-starts_on")
        indexes = [models.Index(fields=["organisation", "starts_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lte=2), name="post_rate_of_a_post"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="post_period_forward"),
        ]

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id


class Norm(GuardedModel):
    """The university's own norm from a day on: hours for one piece of a function, bounds of a year for a full post.

    `function` is a code of the catalogue, `whole` for all of the third mission, `year` for all work of a year.
    """

    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="faculty_norms")
    function = models.CharField(max_length=30)
    valid_from = models.DateField()
    each = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    fewest = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ("organisation_id", "function", "-valid_from")
        constraints = [models.UniqueConstraint(fields=["organisation", "function", "valid_from"], name="norm_once_a_day")]

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id


class Assignment(GuardedModel):
    """A person's assignment in the third mission for one academic year. It is agreed when both sides have said so.

    `turn` says whose it is now: a draft is seen by the side that writes it, an offered one by both.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        OFFERED = "offered"
        AGREED = "agreed"

    class Side(models.TextChoices):
        PERSON = "person"
        HEAD = "head"

    person_path = "person"
    personal = {
        "words": Personal("what one side tells the other about the assignment", 1825),
        "beyond_why": Personal("to say why the norms are left", 1825),
    }

    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    #: first and last day of its academic year
    starts_on = models.DateField()
    ends_on = models.DateField()
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=30, blank=True)
    rate = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(1))
    #: planned hours of all other work in the year: teaching, methods, research; None: nobody said it
    other_hours = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    turn = models.CharField(max_length=6, choices=Side.choices, default=Side.PERSON)
    words = models.CharField(max_length=1000, blank=True)
    #: why it leaves the norms, where it does
    beyond_why = models.CharField(max_length=500, blank=True)
    #: whoever speaks for the unit: the head who wrote or agreed it last
    head = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    offered_at = models.DateTimeField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-starts_on", "person_id")
        indexes = [models.Index(fields=["organisation", "starts_on", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "starts_on"], name="assignment_once_a_year"),
            models.CheckConstraint(condition=~Q(state="agreed") | Q(agreed_on__isnull=False), name="assignment_agreed_on_a_day"),
        ]

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id

    @property
    def period(self) -> Period:
        return academic_year(self.starts_on)

    @property
    def label(self) -> str:
        return self.period.label


class OfAssignment(GuardedModel):
    """A part of an assignment: it is its person's, and its organisation's journal keeps it."""

    class Meta:
        abstract = True

    person_path = "assignment__person"

    @property
    def journal_organisation_id(self) -> int:
        return int(self.assignment.organisation_id)  # type: ignore[attr-defined]


class AssignmentLine(OfAssignment):
    """What is to be done of one function, in hours; with the measure of the strategy that it serves, where there is one.

    A line that `stands` is agreed and counts; beside it the same function may be written anew until both sides agree again.
    """

    personal = {"what": Personal("to say what is to be done", 1825)}

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="lines")
    function = models.CharField(max_length=30)
    what = models.CharField(max_length=400)
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    by_on = models.DateField(null=True, blank=True)
    measure = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="assigned")
    stands = models.BooleanField(default=False)

    class Meta:
        ordering = ("assignment_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "function", "stands"], name="assignment_line_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="assignment_line_has_hours"),
        ]


class AssignmentVersion(OfAssignment):
    """The assignment as both sides agreed to it, with the norms of the day; a change later is a new version with its reason."""

    personal = {"reason": Personal("to say why an agreed assignment was changed", 1825)}

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    #: {"lines": […], "norms": {function: […]}, "rate", "other_hours", "beyond_why"}
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    person_agreed_at = models.DateTimeField()
    head_agreed_at = models.DateTimeField()
    head = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("assignment_id", "-number")
        constraints = [models.UniqueConstraint(fields=["assignment", "number"], name="assignment_version_once")]


class Placed(OfAssignment):
    """That a record counts under another function than the one that its kind shows, as its person says."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="placed")
    function = models.CharField(max_length=30)
    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("assignment_id", "pk")
        constraints = [models.UniqueConstraint(fields=["assignment", "record"], name="placed_once")]
