"""Opportunities to help, their shifts, who signed up, who was there; and the answer to "did you choose freely", without persons."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from tertia.act.volunteering.cohort_models import CohortPlan, Proposed
from tertia.act.volunteering.fields import CodesField
from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = [
    "CohortPlan",
    "Proposed",
    "Consent",
    "Entry",
    "FreeChoice",
    "HostCheck",
    "Incident",
    "Keeper",
    "Listing",
    "Opportunity",
    "Profile",
    "SavedSearch",
    "Shift",
    "SignUp",
    "Suspension",
]


class Opportunity(Record):
    """What help is needed: the task, the place, what one has to know, what is risky; its shifts say when."""

    KIND = "opportunity"

    personal = {"contact": Personal("to reach somebody during a shift", 365)}

    record_ptr = record_part("opportunity")
    host = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="opportunities")
    where = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="Asia/Almaty")
    #: codes of `words.py`
    skills = CodesField()
    languages = CodesField()
    access = CodesField()
    risks = CodesField()
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    student_led = models.BooleanField(default=False)
    contact = models.CharField(max_length=200, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="opportunity_on_the_globe",
            )
        ]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Shift(GuardedModel):
    """When and how many. `taken` is kept beside the sign-ups so that the database itself refuses one too many."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="shifts")
    task = TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    #: how often it was moved: the SEQUENCE of its calendar entry (RFC 5545)
    version = models.PositiveIntegerField(default=0)
    called_off = models.BooleanField(default=False)
    #: when the list of who was there was closed
    listed_at = models.DateTimeField(null=True, blank=True)
    #: the activity that came of it, with its sheet of hours
    activity = models.OneToOneField("activities.Activity", null=True, blank=True, on_delete=models.SET_NULL, related_name="shift")

    class Meta:
        ordering = ("starts_at", "pk")
        indexes = [models.Index(fields=["opportunity", "starts_at"]), models.Index(fields=["starts_at", "ends_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="shift_never_overfilled"),
            models.CheckConstraint(condition=Q(places__gt=0), name="shift_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def journal_record_id(self) -> int:
        return self.opportunity_id

    @property
    def journal_organisation_id(self) -> int:
        return self.opportunity.owner_id

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("volunteering.desk", self.pk)

    @property
    def free(self) -> int:
        return self.places - self.taken

    @property
    def hours(self) -> float:
        return (self.ends_at - self.starts_at).total_seconds() / 3600

    def local(self) -> tuple[dt.datetime, dt.datetime]:
        """The times as they stand on the wall where it takes place."""
        zone = self.opportunity.zone
        return self.starts_at.astimezone(zone), self.ends_at.astimezone(zone)


class SignUp(GuardedModel):
    """A person's own wish to take a shift: a place, or a place in the queue. Who withdraws leaves no row."""

    personal = {"phone": Personal("so that the host can reach the person about this shift", 60)}
    person_path = "person"

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="sign_ups")
    #: the order in which they came
    number = models.PositiveIntegerField()
    waiting = models.BooleanField(default=False)
    signed_up_at = models.DateTimeField()
    phone = models.CharField(max_length=30, blank=True)
    #: once the shift is over and its list closed
    came = models.BooleanField(null=True, blank=True)
    #: that the question about free choice was answered, never how
    choice_asked = models.BooleanField(default=False)

    class Meta:
        ordering = ("shift", "number")
        indexes = [models.Index(fields=["shift", "waiting", "number"])]
        constraints = [
            models.UniqueConstraint(fields=["shift", "person"], name="signed_up_once"),
            models.UniqueConstraint(fields=["shift", "number"], name="sign_up_order"),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.shift.opportunity_id

    @property
    def journal_organisation_id(self) -> int:
        return self.shift.opportunity.owner_id


class Entry(GuardedModel):
    """Came, left, or was not there: as one device saw it. `key` is the device's own, so a repeated entry is one entry."""

    class Source(models.TextChoices):
        CODE = "code"
        LIST = "list"
        DESK = "desk"
        PAPER = "paper"

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    source = models.CharField(max_length=8, choices=Source.choices)

    class Meta:
        ordering = ("at", "key")
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["shift", "key"], name="entry_once_per_key"),
            models.CheckConstraint(condition=Q(kind__in=["in", "out", "absent"]), name="entry_of_a_known_kind"),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.shift.opportunity_id

    @property
    def journal_organisation_id(self) -> int:
        return self.shift.opportunity.owner_id


class Consent(GuardedModel):
    """A parent's consent that a minor takes part in one opportunity, given by a pass. A refusal leaves no row."""

    personal = {"parent": Personal("to say who consented", 1825)}
    person_path = "person"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="consents")
    parent = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = [models.UniqueConstraint(fields=["opportunity", "person"], name="consent_once")]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("volunteering.consent", self.pk)

    @property
    def journal_record_id(self) -> int:
        return self.opportunity_id

    @property
    def journal_organisation_id(self) -> int:
        return self.opportunity.owner_id


class FreeChoice(GuardedModel):
    """How many said that they chose freely, and how many that they did not, of one opportunity in one academic year. Nobody's answer is kept."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="choices")
    year = models.CharField(max_length=7)
    #: the first day of the year
    since = models.DateField()
    freely = models.PositiveIntegerField(default=0)
    pressed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opportunity", "year"], name="free_choice_once_a_year")]

    @property
    def journal_record_id(self) -> int:
        return self.opportunity_id

    @property
    def journal_organisation_id(self) -> int:
        return self.opportunity.owner_id


class Profile(GuardedModel):
    """What a person can do and would like, in his own words and ticks; used to suggest, never to rank."""

    personal = {
        "skills": Personal("to suggest fitting shifts", 365, erased=[]),
        "languages": Personal("to suggest fitting shifts", 365, erased=[]),
        "latitude": Personal("to suggest shifts nearby", 365, erased=None),
        "longitude": Personal("to suggest shifts nearby", 365, erased=None),
    }
    person_path = "person"

    person = models.OneToOneField("parties.Person", on_delete=models.CASCADE, related_name="volunteer")
    skills = CodesField()
    languages = CodesField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    @property
    def journal_organisation_id(self) -> int | None:
        return self.person.home_id


class Listing(GuardedModel):
    """That somebody lets his name stand in files for the state's register and the national platform. Who does not has no row."""

    person_path = "person"

    person = models.OneToOneField("parties.Person", on_delete=models.CASCADE, related_name="listing")
    agreed_on = models.DateField()

    @property
    def journal_organisation_id(self) -> int | None:
        return self.person.home_id


class SavedSearch(GuardedModel):
    """A search whose new finds are told once a day at most."""

    personal = {"query": Personal("to tell what is new", 365)}
    person_path = "person"

    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="saved_searches")
    #: the address's own filters, such as `place=KZ-71&language=kk`
    query = models.CharField(max_length=400)
    told_until = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="saved_search_once")]

    @property
    def journal_organisation_id(self) -> int | None:
        return self.person.home_id


class Keeper(GuardedModel):
    """Who reads the confidential reports of a university: one person, by name."""

    organisation = models.OneToOneField("parties.Organisation", on_delete=models.CASCADE, related_name="keeper")
    person = models.ForeignKey("parties.Person", on_delete=models.PROTECT, related_name="+")

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id


class Incident(GuardedModel):
    """Harm, near-harm or misconduct, as somebody reported it. A confidential one is read by the keeper alone."""

    class Kind(models.TextChoices):
        INJURY = "injury"
        NEAR = "near-miss"
        CONDUCT = "conduct"
        PRESSURE = "pressure"
        OTHER = "other"

    personal = {
        "words": Personal("to find out what happened and to prevent it", 1825),
        "outcome": Personal("to say what was done", 1825),
        "answer_to": Personal("to answer whoever reported", 365),
    }

    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="incidents")
    opportunity = models.ForeignKey(Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="incidents")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    happened_on = models.DateField()
    words = models.TextField()
    confidential = models.BooleanField(default=True)
    #: an address, if whoever reported wants an answer; nothing else says who it was
    answer_to = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ("-reported_at",)

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class HostCheck(GuardedModel):
    """That a university has looked at a host, and until when that is good enough."""

    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="checks")
    checked_on = models.DateField()
    valid_to = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-checked_on", "-pk")
        constraints = [models.CheckConstraint(condition=Q(valid_to__gte=F("checked_on")), name="host_check_forward")]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class Suspension(GuardedModel):
    """No volunteers to this host, from a day on, until it is lifted."""

    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="suspensions")
    since = models.DateField()
    lifted_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["owner", "host"], condition=Q(lifted_on=None), name="host_suspended_once"),
        ]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id
