"""A conversation, its statements, its voices and their votes; and the picture that was last drawn of it.

Votes are secret. A voice is known by a keyed hash of who votes (`voices.py`), so no row joins a vote to a person, and who wrote a
statement is known by another hash than how he votes. Votes leave no event: the order of events would tell who votes how.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Conversation(Record):
    """A question that many people think about together: they vote on each other's statements until a day (`ends_on`)."""

    KIND = "conversation"

    record_ptr = record_part("conversation")
    #: one person one voice: only people who have signed in vote
    identity = models.BooleanField(default=False)
    #: statements are read by the office before anybody votes on them
    read_first = models.BooleanField(default=True)
    #: participants may write statements of their own
    may_say = models.BooleanField(default=True)
    closed_on = models.DateField(null=True, blank=True)
    #: of an imported conversation: whose data, under which licence
    source = models.CharField(max_length=400, blank=True)
    licence = models.CharField(max_length=60, blank=True)


class Statement(GuardedModel):
    """One claim with which one agrees or does not. A vote stays with the words to which it was given."""

    personal = {"author_key": Personal("to show the author without an account what became of his statement", 365)}

    class State(models.TextChoices):
        WAITING = "waiting"
        OPEN = "open"
        DECLINED = "declined"
        #: no longer asked: said anew, divided, or joined to another one; its votes stay
        CLOSED = "closed"

    class Became(models.TextChoices):
        TAKEN = "taken"
        PART = "part"
        NOT = "not"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    words = TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    #: written by the hosts, to begin with
    seed = models.BooleanField(default=False)
    said_on = models.DateField()
    author = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author_key = models.CharField(max_length=32, blank=True)
    #: from which statement it came by saying it anew or dividing it; to which one it was joined
    came_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    joined_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="joined")
    #: in every group that is told of, more agree than disagree; set with the picture
    shared = models.BooleanField(default=False)
    became = models.CharField(max_length=6, choices=Became.choices, blank=True)
    became_words = TextField()
    became_record = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    became_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("conversation", "number")
        indexes = [models.Index(fields=["conversation", "state"]), models.Index(fields=["author_key"])]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_number_once"),
            models.CheckConstraint(condition=Q(became="") | Q(became_on__isnull=False), name="statement_became_has_its_date"),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.conversation_id

    @property
    def journal_organisation_id(self) -> int:
        return self.conversation.owner_id


class Voice(GuardedModel):
    """Whoever votes in one conversation, as a hash. `minute` and `in_minute` bound how fast; `network` is a hash of the day's network."""

    personal = {"network": Personal("to see whether one network votes for many", 30)}

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="voices")
    key = models.CharField(max_length=32)
    begun_on = models.DateField()
    #: minutes since 1970
    begun = models.IntegerField()
    network = models.CharField(max_length=16, blank=True)
    minute = models.IntegerField(default=0)
    in_minute = models.PositiveSmallIntegerField(default=0)
    #: most votes in one minute
    fastest = models.PositiveSmallIntegerField(default=0)
    #: where it speaks from, in its own words: outside, student or staff; empty where it did not say
    whence = models.CharField(max_length=8, blank=True, default="", db_default="")
    #: why a moderator set it aside; empty: it counts
    aside = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "key"], name="voice_once")]


class Vote(GuardedModel):
    """1 agrees, -1 disagrees, 0 passes. `turn` is the device's own count: an older vote that comes late changes nothing.

    The database does not check the two keys of each vote: it would lock the statement's row for every vote on it, and the one statement of
    SQL that writes votes takes both keys from their tables.
    """

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes", db_index=False, db_constraint=False)
    value = models.SmallIntegerField()
    turn = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["statement", "value"])]
        constraints = [
            models.UniqueConstraint(fields=["voice", "statement"], name="vote_once"),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="vote_is_one_of_three"),
        ]


class Picture(models.Model):
    """What was last computed of a conversation; anybody can compute it again from the open votes."""

    personal: dict[str, Personal] = {}

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="picture")
    drawn_at = models.DateTimeField()
    voices = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    #: what `tertia opinion groups` prints, but the members
    report = models.JSONField()
    #: the groups for the next statement: weights and shares; the statements' ids in their order
    model = models.JSONField()
    #: SHA-256 of the open votes (votes.csv) from which it was drawn
    digest = models.CharField(max_length=64)
