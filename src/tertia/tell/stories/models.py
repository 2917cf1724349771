"""Stories: what the university tells society, in three languages, out of records."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = ["Correction", "Quote", "Story", "StoryPicture"]


class Story(Record):
    """`summary` is its lead; `body` is text with few marks (see markup.py)."""

    KIND = "story"

    record_ptr = record_part("story")
    body = TextField()
    #: persons are named or can be recognised; then it says how they agreed
    shows_people = models.BooleanField(default=False)
    consent_words = models.CharField(max_length=300, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_because = TextField()

    class Meta:
        indexes = [models.Index(fields=["published_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(shows_people=True) | Q(published_at=None) | ~Q(consent_words=""), name="story_people_agreed"
            )
        ]


class _OfStory(OfRecord, GuardedModel):
    part_of = "story"

    story = models.ForeignKey(Story, on_delete=models.CASCADE)

    class Meta:
        abstract = True


class StoryPicture(_OfStory):
    """A picture with what it shows, for those who cannot see it, and what those on it agreed to."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey("files.StoredFile", on_delete=models.CASCADE, related_name="+")
    words = TextField()
    consent = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("story", "pk")
        constraints = [models.UniqueConstraint(fields=["story", "file"], name="story_picture_once")]


class Quote(_OfStory):
    """What somebody of a partner says, and when that partner agreed that it is told."""

    personal = {"name": Personal("to say who is quoted, with consent", 3650)}

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="quotes")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    words = TextField()
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("story", "pk")


class Correction(_OfStory):
    """What was changed after publishing, said on the page."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="corrections")
    on = models.DateField()
    words = TextField()

    class Meta:
        ordering = ("story", "on", "pk")
