"""A council, the order it works by, its seats and who holds them, declared interests, and what is suggested to it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Council(Record):
    """A body that meets: the Republican Educational-Methodical Council, an association under it, a committee, a board."""

    KIND = "council"

    record_ptr = record_part("council")
    #: one of data/council_types.toml
    form = models.CharField(max_length=20)
    above = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    #: group of programmes, as an association has it
    group = models.CharField(max_length=200, blank=True)


class Order(OfRecord, GuardedModel):
    """By what a council works from a day on: composition by sector, quorum, majority, the chair's casting vote. The latest one in force rules."""

    part_of = "council"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="orders")
    valid_from = models.DateField()
    source = models.CharField(max_length=300)
    #: a fraction of the filled seats that vote, such as 2/3; empty: no rule, so the number is told and not judged
    quorum = models.CharField(max_length=7, blank=True)
    #: more than the fraction, else at least it
    quorum_strict = models.BooleanField(default=True)
    majority = models.CharField(max_length=7, default="1/2")
    #: of which number the majority is more than the fraction: of for and against, of those present, of all filled seats
    majority_of = models.CharField(max_length=7, choices=[("cast", "cast"), ("present", "present"), ("all", "all")], default="cast")
    casting_vote = models.BooleanField(default=False)
    #: sector → [fewest seats, most seats; 0 where there is no bound]
    composition = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("council_id", "-valid_from", "-pk")

    @property
    def quorum_share(self) -> Fraction | None:
        return Fraction(self.quorum) if self.quorum else None


class Seat(OfRecord, GuardedModel):
    """A seat, filled or not: on whose side it stands, and whether it votes."""

    part_of = "council"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="seats")
    sector = models.CharField(max_length=12)
    title = TextField()
    duty = models.CharField(max_length=12, default="member")
    votes = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("council_id", "position", "pk")


class Tenure(GuardedModel):
    """Who holds a seat from a day to a day: somebody of an organisation, with or without an account, and a standing deputy."""

    person_path = "person"
    personal = {
        "name": Personal("to say who sits on the council", 3650, erased="erased person"),
        "email": Personal("to invite the member", 365),
        "deputy_name": Personal("to invite a deputy where the member cannot come", 3650),
        "deputy_email": Personal("to invite a deputy where the member cannot come", 365),
    }

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="tenures")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="ru")
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="tenures")
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="tenures")
    deputy_name = models.CharField(max_length=200, blank=True)
    deputy_email = models.EmailField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("seat_id", "-starts_on", "-pk")
        constraints = [models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="tenure_period_forward")]

    def holds_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def journal_record_id(self) -> int:
        return self.seat.council_id

    @property
    def journal_organisation_id(self) -> int:
        return self.seat.council.owner_id


class Interest(GuardedModel):
    """A conflict of interest that a member declares: for good, or for one item. Who has declared one neither votes on the item nor counts for it."""

    person_path = "tenure__person"
    personal = {"words": Personal("to say why somebody does not vote", 3650)}

    tenure = models.ForeignKey(Tenure, on_delete=models.CASCADE, related_name="interests")
    item = models.ForeignKey("councils.AgendaItem", null=True, blank=True, on_delete=models.CASCADE, related_name="interests")
    words = models.CharField(max_length=500)
    declared_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("tenure_id", "pk")

    @property
    def journal_record_id(self) -> int:
        return self.tenure.seat.council_id

    @property
    def journal_organisation_id(self) -> int:
        return self.tenure.seat.council.owner_id


class Suggestion(OfRecord, GuardedModel):
    """What somebody wants to be dealt with: from the labour market, local government, a member, a need or a conversation."""

    part_of = "council"

    class State(models.TextChoices):
        WAITING = "waiting"
        PLACED = "placed"
        DECLINED = "declined"
        ADOPTED = "adopted"
        PARTLY = "partly"
        REFUSED = "refused"

    person_path = "person"
    personal = {
        "name": Personal("to say who suggested it", 3650, erased="erased person"),
        "email": Personal("to answer whoever suggested it", 365),
    }

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="suggestions")
    title = TextField()
    words = TextField()
    sector = models.CharField(max_length=12, default="other")
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions")
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    #: a need, a conversation, a proposal or an earlier decision out of which it comes
    source = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="suggested")
    made_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    answer = TextField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-made_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "placed")) | Q(answered_on__isnull=False), name="suggestion_answer_has_a_day"
            )
        ]
