"""A proposal with its amendments and arguments, and the formal vote with ballots that nobody can trace."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Proposal(Record):
    """What somebody proposes to be done. Its text is the record's summary, changed only by amendments that were accepted."""

    KIND = "proposal"

    record_ptr = record_part("proposal")

    proposed_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    outcome = TextField()
    #: of an imported one: from where, and its address there
    source = models.CharField(max_length=400, blank=True)
    source_url = models.URLField(blank=True, max_length=500)


class Part(GuardedModel):
    """What amendments and arguments have in common."""

    proposal: models.ForeignKey
    words = TextField()
    author = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_on = models.DateField()

    class Meta:
        abstract = True

    @property
    def journal_record_id(self) -> int:
        return self.proposal.pk

    @property
    def journal_organisation_id(self) -> int:
        return self.proposal.owner_id


class Amendment(Part):
    """Another text in place of the present one (`words`), with the reason; taken or not by those who keep the proposal."""

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        DECLINED = "declined"
        #: the text has changed since; it has to be proposed anew
        STALE = "stale"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveIntegerField()
    before = TextField()
    reason = TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_on = models.DateField(null=True, blank=True)
    answer = TextField()

    class Meta:
        ordering = ("proposal", "number")
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="amendment_number_once")]


class Argument(Part):
    """A reason for or against."""

    class Side(models.TextChoices):
        FOR = "for"
        AGAINST = "against"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="arguments")
    side = models.CharField(max_length=8, choices=Side.choices)
    shown = models.BooleanField(default=True)
    #: how many find it convincing
    weight = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-weight", "pk")
        indexes = [models.Index(fields=["proposal", "side", "shown", "-weight", "id"], name="argument_page")]


class Convinced(GuardedModel):
    """Somebody finds an argument convincing, or supports a proposal; known by a keyed hash, once."""

    personal = {"key": Personal("to count everybody once", 730)}

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    argument = models.ForeignKey(Argument, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["argument", "key"], condition=Q(argument__isnull=False), name="convinced_once"),
            models.UniqueConstraint(fields=["proposal", "key"], condition=Q(argument__isnull=True), name="proposal_supported_once"),
        ]


class Poll(GuardedModel):
    """A formal vote on a proposal among people who were entitled on the day of its opening."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="polls")
    method = models.CharField(max_length=10)
    #: code → text of each option
    options = models.JSONField()
    #: more than this share of those entitled has to vote
    quorum = models.DecimalField(max_digits=4, decimal_places=3)
    opened_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    #: what `tertia ballots count` gives, and the hash of the published ballots
    result = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-opened_on", "-pk")
        constraints = [models.UniqueConstraint(fields=["proposal"], condition=Q(state="open"), name="one_open_poll")]

    @property
    def journal_record_id(self) -> int:
        return self.proposal.pk

    @property
    def journal_organisation_id(self) -> int:
        return self.proposal.owner_id


class Entitled(GuardedModel):
    """Who may vote, and whether he has. What he voted stands elsewhere and refers to nobody."""

    person_path = "person"

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="entitled")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="+")
    voted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="entitled_once")]


def _receipt() -> str:
    return secrets.token_hex(8)


def _number() -> int:
    return secrets.randbits(62)


class Ballot(GuardedModel):
    """One ballot under a receipt that its voter alone was shown. Its number is drawn, so that the order of rows says nothing."""

    id = models.BigIntegerField(primary_key=True, default=_number)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    receipt = models.CharField(max_length=16, default=_receipt, unique=True)
    options = models.JSONField(default=list)
