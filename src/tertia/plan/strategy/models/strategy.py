"""The strategy: the social mission in the university's own words, its forms, needs, partners, priorities; versions; the way of approval."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Strategy(Record):
    """What the university wants to be for its society from a day to a day, and by which measures. Its title says it in one line."""

    KIND = "strategy"

    record_ptr = record_part("strategy")
    mission = TextField()
    #: codes of data/mission_forms.toml, and forms in the university's own words
    forms = models.JSONField(default=list, blank=True)
    own_forms = TextField()
    #: what we can do and what stands open to us
    analysis = TextField()
    version = models.PositiveSmallIntegerField(default=1)
    adopted_on = models.DateField(null=True, blank=True)
    #: number and day of the decision, and of which body
    decision = models.CharField(max_length=200, blank=True)

    @property
    def is_open(self) -> bool:
        """Whether its words and measures may be changed now."""
        return self.state in ("draft", "revising")


class Priority(OfRecord, GuardedModel):
    """What comes first, in order. Measures stand under one."""

    part_of = "strategy"

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="priorities")
    position = models.PositiveSmallIntegerField()
    title = TextField()

    class Meta:
        ordering = ("strategy", "position", "pk")


class ChosenNeed(OfRecord, GuardedModel):
    """A need that the strategy takes up."""

    part_of = "strategy"

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="chosen_needs")
    need = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("strategy", "pk")
        constraints = [models.UniqueConstraint(fields=["strategy", "need"], name="chosen_need_once")]


class ChosenPartner(OfRecord, GuardedModel):
    """A main partner of the strategy, and what for."""

    part_of = "strategy"

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="chosen_partners")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    words = TextField()

    class Meta:
        ordering = ("strategy", "pk")
        constraints = [models.UniqueConstraint(fields=["strategy", "organisation"], name="chosen_partner_once")]


class Version(OfRecord, GuardedModel):
    """The strategy as it was adopted: frozen, with its digest."""

    part_of = "strategy"

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    adopted_on = models.DateField()
    decision = models.CharField(max_length=200, blank=True)
    why = TextField()
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("strategy", "number")
        constraints = [models.UniqueConstraint(fields=["strategy", "number"], name="strategy_version_once")]


class Approval(OfRecord, GuardedModel):
    """One step on the way of approval: who, in which order, and what was said."""

    part_of = "strategy"

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        RETURNED = "returned"

    personal = {"said_by": Personal("to say who approved", 3650)}

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="approvals")
    version = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField()
    #: the body or the office, such as the academic council
    name = TextField()
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    on = models.DateField(null=True, blank=True)
    words = TextField()
    said_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("strategy", "version", "turn", "position")
