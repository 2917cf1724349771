"""The record, the link between two records, and the answer owed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tertia.core.actions.guard import GuardedModel, GuardedQuerySet, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.kinds import KINDS, Kind


class Visibility(models.TextChoices):
    PUBLIC = "public"
    ORGANISATION = "organisation"
    OFFICE = "office"


class RecordQuerySet(GuardedQuerySet["Record"]):
    """Every query of a page starts with `visible_to`."""

    def visible_to(self, actor: Any, prefix: str = "") -> RecordQuerySet:
        return self.filter(visible(actor, prefix)) if not actor.is_system else self


def visible(actor: Any, prefix: str = "") -> Q:
    """What an actor may see: the public; his organisations' own; the office's own; what is owed by his organisations."""
    p = f"{prefix}__" if prefix else ""
    rule = Q(**{f"{p}visibility": Visibility.PUBLIC})
    inside = actor.organisations("member", "editor", "office", "leader", "administrator", "analyst")
    if inside:
        rule |= Q(**{f"{p}visibility": Visibility.ORGANISATION, f"{p}owner__in": inside})
    office = actor.organisations("editor", "office", "leader")
    if office:
        rule |= Q(**{f"{p}owner__in": office})
    if actor.person_id:
        rule |= Q(**{f"{p}responsible": actor.person_id}) | Q(**{f"{p}author": actor.person_id})
    if actor.holds and actor.holds.record_id:
        rule |= Q(**{f"{p}pk": actor.holds.record_id})
    return rule


class Record(GuardedModel):
    """Anything that a university can be held to. Kinds are models of their own that share this table."""

    KIND = ""

    kind = models.CharField(max_length=24)
    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="records")
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="unit_records")
    slug = models.CharField(max_length=120)
    #: how it is called in short, such as `5` of a recommendation or `5.2` of a measure
    number = models.CharField(max_length=20, blank=True)
    title = TextField()
    summary = TextField()
    place = models.ForeignKey("places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    visibility = models.CharField(max_length=16, choices=Visibility.choices, default=Visibility.OFFICE)
    state = models.CharField(max_length=24)
    #: who owes the next step, and by when
    responsible = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="owes")
    due_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="authored")
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["kind", "owner", "state"]),
            models.Index(fields=["kind", "slug"]),
            models.Index(fields=["kind", "number"]),
            models.Index(fields=["kind", "ends_on"]),
            models.Index(fields=["owner", "visibility"]),
            models.Index(fields=["responsible", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "slug"], name="record_once_per_slug"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")), name="record_period_forward"
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="record_has_a_kind"),
            models.CheckConstraint(condition=~Q(state=""), name="record_has_a_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number or self.slug}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if type(self) is not Record:
            self.kind = self.KIND
            self.state = self.state or KINDS[self.kind].lifecycle.first
        super().save(*args, **kwargs)

    @property
    def declared(self) -> Kind:
        return KINDS[self.kind]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id

    @property
    def journal_record_id(self) -> int:
        return self.pk

    @property
    def state_words(self) -> Any:
        return self.declared.lifecycle.words(self.state)

    @property
    def sign(self) -> str:
        return self.declared.lifecycle.sign(self.state)

    def get_absolute_url(self) -> str:
        return reverse(self.declared.page, kwargs={"slug": self.slug})

    def thread_url(self) -> str:
        return reverse("thread", kwargs={"pk": self.pk})


def record_part(name: str) -> Any:
    """The link from a kind's own table to the record's; read backwards as `record.as_NAME`."""
    return models.OneToOneField(Record, primary_key=True, parent_link=True, on_delete=models.CASCADE, related_name=f"as_{name}")


class DeclaredPair(models.Model):
    """Which kinds a relation joins; written from the code after each migration, read by the database's own check of links."""

    personal: dict[str, Personal] = {}

    relation = models.CharField(max_length=24)
    from_kind = models.CharField(max_length=24)
    to_kind = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relation", "from_kind", "to_kind"], name="declared_pair_once")]


class Link(GuardedModel):
    """Two records joined by a declared relation. A trigger refuses pairs that no relation declares."""

    relation = models.CharField(max_length=24)
    lower = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links_up")
    upper = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links_down")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lower", "upper", "relation"], name="link_once"),
            models.CheckConstraint(condition=~Q(lower=F("upper")), name="link_joins_two"),
        ]

    def __str__(self) -> str:
        return f"{self.lower_id} {self.relation} {self.upper_id}"

    @property
    def journal_record_id(self) -> int:
        return self.lower_id

    @property
    def journal_organisation_id(self) -> int:
        return self.lower.owner_id


class OwedAnswer(GuardedModel):
    """That a party owes an answer on a record. Days of silence are counted from `sent_on` only; without it there is no count."""

    class State(models.TextChoices):
        NOT_SENT = "not-sent"
        SENT = "sent"
        RECEIVED = "received"
        ACCEPTED = "accepted"
        PARTLY = "partly"
        DECLINED = "declined"
        DONE = "done"

    OPEN = (State.NOT_SENT, State.SENT, State.RECEIVED)

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="owed_answers")
    party = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="owed_answers")
    #: inside the party, if it is known
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="owed_answers")
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOT_SENT)
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    words = TextField()
    evidence_url = models.URLField(blank=True)
    evidence = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("record", "party")
        indexes = [
            models.Index(fields=["party", "state"]),
            models.Index(fields=["state", "sent_on"]),
            models.Index(fields=["answered_on", "id"]),
            models.Index(fields=["sent_on", "id"], name="owed_open_by_day", condition=Q(state__in=["sent", "received"])),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "party"], name="owed_once"),
            models.CheckConstraint(
                condition=Q(state__in=["not-sent", "sent", "received"], answered_on=None)
                | Q(state__in=["accepted", "partly", "declined", "done"], answered_on__isnull=False),
                name="owed_answer_has_its_date",
            ),
            models.CheckConstraint(condition=Q(state="not-sent") | Q(sent_on__isnull=False), name="owed_answer_was_sent"),
            models.CheckConstraint(condition=Q(due_on=None) | Q(sent_on__isnull=False), name="owed_due_needs_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} owes an answer on {self.record_id}: {self.state}"

    @property
    def journal_record_id(self) -> int:
        return self.record_id

    @property
    def journal_organisation_id(self) -> int:
        return self.record.owner_id

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def silent_days(self, today: dt.date) -> int | None:
        """Days since the sending, for an answer that is open and past its date; None where nothing is counted."""
        if not self.is_open or self.sent_on is None or (self.due_on and today <= self.due_on):
            return None
        return (today - self.sent_on).days

    def days_left(self, today: dt.date) -> int | None:
        if not self.is_open or self.due_on is None or today > self.due_on:
            return None
        return (self.due_on - today).days

    @property
    def answer_days(self) -> int | None:
        return (self.answered_on - self.sent_on).days if self.answered_on and self.sent_on else None


class OwedStep(GuardedModel):
    """One dated step in the story of an owed answer: sent, reminded, received, answered."""

    owed = models.ForeignKey(OwedAnswer, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12)
    on = models.DateField()
    words = TextField()

    class Meta:
        ordering = ("on", "pk")

    @property
    def journal_record_id(self) -> int:
        return self.owed.record_id

    @property
    def journal_organisation_id(self) -> int:
        return self.owed.record.owner_id
