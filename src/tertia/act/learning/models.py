"""Programmes, courses and their outcomes; reflections and their assessment; credits for hours; badges."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q

from tertia.act.learning.platform_models import CourseLink, LearningPlatform, PassBack, PlatformUser, UsedMessage
from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = [
    "Assessment", "Award", "AwardPart", "Badge", "Course", "CourseLink", "Feedback", "LearningPlatform", "Outcome", "OutcomeChange", "PassBack",
    "PlatformUser", "PractitionerSession", "Programme", "Reflection", "Tie", "UsedMessage",
]  # fmt: skip


class Programme(Record):
    """An educational programme; where the third mission is in it follows from its courses."""

    KIND = "programme"

    record_ptr = record_part("programme")
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=20, blank=True)


class Course(Record):
    """A course of one or more programmes. `service`: its outcomes are reached by serving with a partner (service learning)."""

    KIND = "course"

    record_ptr = record_part("course")
    code = models.CharField(max_length=40)
    credits = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(5))
    service = models.BooleanField(default=False)
    #: by which scheme of `credit.schemes` hours become credits in it
    scheme = models.CharField(max_length=40, default="course")
    programmes = models.ManyToManyField(Programme, related_name="courses", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(credits__gt=0), name="course_has_credits")]


class Outcome(GuardedModel):
    """A learning outcome: what somebody can do afterwards. Its changes are kept beside it."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="outcomes")
    code = models.CharField(max_length=20)
    words = TextField()
    #: reached by serving society
    third_mission = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("course", "code")
        constraints = [models.UniqueConstraint(fields=["course", "code"], name="outcome_once_per_code")]

    @property
    def journal_record_id(self) -> int:
        return self.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.course.owner_id


class OutcomeChange(GuardedModel):
    """What an outcome said before, and from which day it says something else. An empty `before` is a new one."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="changes")
    on = models.DateField()
    before = TextField()
    after = TextField()
    third_mission_before = models.BooleanField(default=False)
    third_mission_after = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-on", "-pk")

    @property
    def journal_record_id(self) -> int:
        return self.outcome.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.outcome.course.owner_id


class PractitionerSession(OfRecord, GuardedModel):
    """One session of a course led by somebody of the community or the labour market: who, of which body, when, how long, on what."""

    part_of = "course"
    personal = {"led_by": Personal("to say who taught", 3650, erased="erased person")}

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="practitioner_sessions")
    held_on = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    led_by = models.CharField(max_length=200)
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    topic = TextField()

    class Meta:
        ordering = ("course_id", "-held_on", "pk")
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="practitioner_session_of_a_day")]


class Tie(GuardedModel):
    """That serving in an opportunity leads to outcomes of a course."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="ties")
    opportunity = models.ForeignKey("volunteering.Opportunity", on_delete=models.CASCADE, related_name="ties")
    outcomes = models.ManyToManyField(Outcome, related_name="ties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "opportunity"], name="tie_once")]

    @property
    def journal_record_id(self) -> int:
        return self.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.course.owner_id


class Reflection(GuardedModel):
    """What a student thinks of the service. It is the student's alone until it is handed in."""

    personal = {"words": Personal("to be assessed in the course", 1825)}
    person_path = "person"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="reflections")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="reflections")
    words = models.TextField(blank=True)
    written_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-written_at",)
        constraints = [models.UniqueConstraint(fields=["course", "person"], name="reflection_once_per_course")]

    @property
    def journal_record_id(self) -> int:
        return self.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.course.owner_id


class Feedback(GuardedModel):
    """A word of the host or the teacher on a reflection that was handed in."""

    personal = {"words": Personal("to help the student learn", 1825)}

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="feedback")
    by_host = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    @property
    def journal_record_id(self) -> int:
        return self.reflection.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.reflection.course.owner_id


class Assessment(GuardedModel):
    """The teacher's judgement by the rubric: a level for each criterion, passed or not."""

    personal = {"words": Personal("to explain the judgement", 1825)}

    reflection = models.OneToOneField(Reflection, on_delete=models.CASCADE, related_name="assessment")
    #: criterion of the rubric → level
    levels = models.JSONField(default=dict)
    passed = models.BooleanField()
    words = models.TextField(blank=True)
    teacher = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    @property
    def journal_record_id(self) -> int:
        return self.reflection.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.reflection.course.owner_id


class Award(GuardedModel):
    """Credits for hours, by a scheme as it was in force that day. Without a course: credits of a national scheme."""

    person = models.ForeignKey("parties.Person", on_delete=models.PROTECT, related_name="awards")
    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    scheme = models.CharField(max_length=40)
    #: the rule as it was applied
    rule = models.JSONField()
    on = models.DateField()
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    credits = models.DecimalField(max_digits=5, decimal_places=2)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["owner", "on"]), models.Index(fields=["person", "scheme", "on"])]
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0, credits__gt=0), name="award_above_zero")]

    @property
    def journal_record_id(self) -> int | None:
        return self.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class AwardPart(GuardedModel):
    """How many hours of one participation an award used. Together never more than the host has signed."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="parts")
    participation = models.ForeignKey("activities.Participation", on_delete=models.PROTECT, related_name="award_parts")
    hours = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "participation"], name="award_part_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="award_part_above_zero"),
        ]

    @property
    def journal_record_id(self) -> int | None:
        return self.award.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.award.owner_id


class Badge(GuardedModel):
    """A signed credential of attested work, which its holder carries away. The token is kept so that it can be fetched again."""

    personal = {"token": Personal("so that the holder can fetch the badge again"), "holder": Personal("to say whose badge it is")}
    person_path = "person"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("parties.Person", on_delete=models.PROTECT, related_name="badges")
    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="issued_badges")
    course = models.ForeignKey(Course, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    holder = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="en")
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    credits = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    status_index = models.PositiveIntegerField()
    token = models.TextField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-issued_at",)
        constraints = [models.UniqueConstraint(fields=["owner", "status_index"], name="badge_status_index_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id
