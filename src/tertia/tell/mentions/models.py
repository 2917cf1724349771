"""Outlets, what they wrote, of what it speaks, and claims of stories that somebody may ask to see proven."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tertia.core.actions.guard import GuardedModel, OfRecord
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = ["ClaimsSeen", "Mention", "Outlet", "StoryClaim", "Suggestion"]


class Outlet(GuardedModel):
    """A newspaper, a station, a site, a channel that a university follows."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("Newspaper or magazine")
        AGENCY = "agency", _("News agency")
        TELEVISION = "television", _("Television")
        RADIO = "radio", _("Radio")
        SITE = "site", _("News site")
        NETWORK = "network", _("Channel in a social network")
        OWN = "own", _("The university's own")

    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SITE)
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.ForeignKey("places.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    website = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=8, blank=True)
    #: readers, viewers or subscribers, as `reach_source` says it; none is not zero
    reach = models.PositiveBigIntegerField(null=True, blank=True)
    reach_source = models.CharField(max_length=200, blank=True)
    feed = models.URLField(max_length=500, blank=True)
    #: pieces are taken in where they name the university, or one of these words (one on a line); `everything` takes all of them
    words = models.TextField(blank=True)
    everything = models.BooleanField(default=False)
    #: how the last reading went: empty, or a code of CallFailed or FeedUnreadable
    trouble = models.CharField(max_length=20, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(max_length=300, blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "pk")
        indexes = [models.Index(fields=["next_at"])]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="outlet_once"),
            models.CheckConstraint(condition=Q(reach=None) | ~Q(reach_source=""), name="outlet_reach_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class Mention(Record):
    """One piece of an outlet that names the university's work. `starts_on` is the day on which it came out."""

    KIND = "mention"

    class Tone(models.TextChoices):
        KIND = "kind", _("favourable")
        EVEN = "even", _("even")
        HARD = "hard", _("critical")

    class Origin(models.TextChoices):
        INDEPENDENT = "independent", _("written by the outlet")
        RELEASE = "release", _("taken from the university's own text")
        PAID = "paid", _("paid for")

    record_ptr = record_part("mention")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="mentions")
    address = models.URLField(max_length=1000, blank=True)
    #: where the address leads, without what changes from reader to reader; of a piece without one, outlet, day and words
    identity = models.CharField(max_length=600)
    language = models.CharField(max_length=8, blank=True)
    came_by = models.CharField(max_length=6, choices=[("hand", _("by hand")), ("feed", _("from a feed")), ("list", _("from a list"))])
    reprint_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reprints")
    #: what part of the shorter text both share; none where a person joined them
    shared = models.FloatField(null=True, blank=True)
    tone = models.CharField(max_length=5, choices=Tone.choices, blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices, blank=True)
    #: who stated tone and origin, and when; no machine does
    judged_by = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    judged_on = models.DateField(null=True, blank=True)
    reach = models.PositiveBigIntegerField(null=True, blank=True)
    reach_source = models.CharField(max_length=200, blank=True)
    #: the register of activities was asked for likely ones
    searched = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["outlet", "identity"])]
        constraints = [
            models.UniqueConstraint(fields=["outlet", "identity"], name="mention_once_in_an_outlet"),
            models.CheckConstraint(condition=~Q(reprint_of=F("pk")), name="mention_not_its_own_reprint"),
            models.CheckConstraint(condition=Q(reach=None) | ~Q(reach_source=""), name="mention_reach_has_a_source"),
            models.CheckConstraint(condition=Q(tone="", origin="") | Q(judged_on__isnull=False), name="mention_judged_by_somebody"),
        ]


class Suggestion(OfRecord, GuardedModel):
    """That a mention may speak of a record: how likely, why, and what a person said to it."""

    part_of = "mention"

    class Verdict(models.TextChoices):
        OPEN = "open"
        YES = "yes"
        NO = "no"

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="suggestions")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    #: {"shared": [...], "named": [...], "days": 3}
    why: Any = models.JSONField(default=dict)
    verdict = models.CharField(max_length=4, choices=Verdict.choices, default=Verdict.OPEN)
    judged_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("mention", "-score", "pk")
        indexes = [models.Index(fields=["verdict"])]
        constraints = [models.UniqueConstraint(fields=["mention", "record"], name="suggestion_once")]


class StoryClaim(OfRecord, GuardedModel):
    """A sentence of a story with a figure or a superlative: borne out by the records of which it tells, by a person's word, or by nothing."""

    part_of = "story"

    class State(models.TextChoices):
        OPEN = "open"
        RECORDS = "records"
        PERSON = "person"

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="claims")
    key = models.CharField(max_length=200)
    words = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=7, choices=State.choices)
    #: the record that bears it out, or a source in words
    proof = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = TextField()
    said_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("story", "pk")
        indexes = [models.Index(fields=["state"])]
        constraints = [models.UniqueConstraint(fields=["story", "key"], name="claim_once_in_a_story")]


class ClaimsSeen(models.Model):
    """Up to which change of a story its claims were looked at: what the worker has done, no work of anybody."""

    personal: dict[str, Any] = {}

    story = models.OneToOneField("stories.Story", primary_key=True, on_delete=models.CASCADE, related_name="claims_seen")
    at = models.DateTimeField()
    #: the last event of the site before they were looked at
    event = models.PositiveBigIntegerField(default=0)
