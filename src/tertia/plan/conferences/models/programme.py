"""Programme and participants."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Conference(Record):
    """A conference; its days are the record's period."""

    KIND = "conference"

    record_ptr = record_part("conference")

    venue = TextField()
    registration_open = models.BooleanField(default=False)
    #: how many may come; None: there is no bound
    places = models.PositiveIntegerField(null=True, blank=True)
    #: until when papers may be sent in; None: there is no call
    papers_until = models.DateField(null=True, blank=True)
    papers_words = TextField()


class Session(GuardedModel):
    """A plenary or one of several parallel sections."""

    class Kind(models.TextChoices):
        PLENARY = "plenary"
        SECTION = "section"
        BREAK = "break"

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = TextField()
    room = models.CharField(max_length=100, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("starts_at", "room", "pk")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start")]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def journal_record_id(self) -> int:
        return self.conference_id

    @property
    def journal_organisation_id(self) -> int:
        return self.conference.owner_id


class Talk(GuardedModel):
    """A topic of a session and who speaks on it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="talks")
    title = TextField()
    speaker = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("session", "position", "pk")

    @property
    def journal_record_id(self) -> int:
        return self.session.conference_id


class Registration(GuardedModel):
    """A participant. A voter may vote on the resolution; whoever waits for a place takes no part yet."""

    personal = {"section": Personal("to seat the participant in a section", 365, erased=None)}
    person_path = "person"

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="registrations")
    section = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations")
    voter = models.BooleanField(default=True)
    waiting = models.BooleanField(default=False)
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ("registered_at", "pk")
        constraints = [models.UniqueConstraint(fields=["conference", "person"], name="registration_once")]

    @property
    def journal_record_id(self) -> int:
        return self.conference_id

    @property
    def journal_organisation_id(self) -> int:
        return self.conference.owner_id
