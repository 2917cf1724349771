"""Profiles of positions with their functions of the third mission, and the review of all of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Profile(Record):
    """What a position asks for and which functions it has, for the whole university or for one faculty (`unit`).

    Its functions are the ones being written; what is in force is the latest `ProfileVersion`.
    """

    KIND = "profile"

    record_ptr = record_part("profile")
    #: one of data/positions.toml
    position = models.CharField(max_length=30)
    #: what whoever holds the position has to be able to do
    qualification = TextField()


class ProfileFunction(OfRecord, GuardedModel):
    """A function of the catalogue in a profile, with what it means in this position."""

    part_of = "profile"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="functions")
    function = models.CharField(max_length=30)
    words = TextField()

    class Meta:
        ordering = ("profile_id", "pk")
        constraints = [models.UniqueConstraint(fields=["profile", "function"], name="profile_function_once")]


class ProfileVersion(OfRecord, GuardedModel):
    """A profile as it was approved: from which day, by which paper, with which words. Only the day is added on which another takes its place."""

    part_of = "profile"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    approved_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    #: {"qualification": text, "functions": [{"function", "words"}]}, texts as they are stored
    content = models.JSONField()
    has_functions = models.BooleanField(default=False)
    by = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("profile_id", "-number")
        constraints = [models.UniqueConstraint(fields=["profile", "number"], name="profile_version_once")]


class ProfileReview(Record):
    """A campaign that looks through all profiles by a day; each line is one profile and whoever looks at it."""

    KIND = "profile-review"

    record_ptr = record_part("profile_review")


class ReviewLine(OfRecord, GuardedModel):
    """What the review found of one profile; open until somebody says so, with a reason where nothing changes."""

    part_of = "review"

    review = models.ForeignKey(ProfileReview, on_delete=models.CASCADE, related_name="lines")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="review_lines")
    responsible = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("review_id", "profile_id")
        constraints = [
            models.UniqueConstraint(fields=["review", "profile"], name="review_line_once"),
            models.CheckConstraint(
                condition=Q(outcome="", done_on=None) | ~Q(outcome="") & Q(done_on__isnull=False), name="review_line_done_on_a_day"
            ),
        ]
