"""A call for papers: what is sent in, by whom, what reviewers who do not know that say, and what is decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.plan.conferences.models.programme import Conference, Session, Talk


class Paper(OfRecord, GuardedModel):
    """A paper that somebody sends to a conference. `number` counts within the conference."""

    part_of = "conference"

    class State(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    person_path = "sender"

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="papers")
    sender = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="papers")
    number = models.PositiveIntegerField()
    title = TextField()
    abstract = TextField()
    section = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="papers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    sent_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    #: what the authors are told with the decision
    decision = TextField()
    talk = models.OneToOneField(Talk, null=True, blank=True, on_delete=models.SET_NULL, related_name="paper")
    doi = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("conference_id", "number")
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="paper_number_once"),
            models.UniqueConstraint(fields=["doi"], condition=~Q(doi=""), name="paper_doi_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "declined")) | Q(decided_on__isnull=False), name="paper_decided_on_a_day"
            ),
        ]


class PaperAuthor(GuardedModel):
    """An author as he is printed, in the order of the paper."""

    personal = {
        "name": Personal("to print who wrote the paper", 3650, erased="erased person"),
        "affiliation": Personal("to print where the author works", 3650),
        "orcid": Personal("to tell authors of one name apart", 3650),
    }
    person_path = "paper__sender"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    affiliation = models.CharField(max_length=300, blank=True)
    orcid = models.CharField(max_length=19, blank=True)

    class Meta:
        ordering = ("paper_id", "position")
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="paper_author_once")]

    @property
    def journal_record_id(self) -> int:
        return self.paper.conference_id

    @property
    def journal_organisation_id(self) -> int:
        return self.paper.conference.owner_id


class PaperReview(GuardedModel):
    """What one reviewer says; neither side knows the other. `mark` is -2 (decline) to 2 (accept); None until it is said."""

    person_path = "reviewer"
    personal = {
        "note": Personal("what the reviewer tells the office alone", 1825),
        "words": Personal("what the reviewer tells the authors", 1825),
    }

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="paper_reviews")
    asked_on = models.DateField()
    due_on = models.DateField()
    refused_on = models.DateField(null=True, blank=True)
    mark = models.SmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=3000, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("paper_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=["paper", "reviewer"], name="paper_review_once"),
            models.CheckConstraint(condition=Q(mark=None) | Q(mark__gte=-2, mark__lte=2), name="paper_review_mark"),
            models.CheckConstraint(
                condition=Q(mark=None, done_on=None) | Q(mark__isnull=False, done_on__isnull=False), name="paper_review_done_on_a_day"
            ),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.paper.conference_id

    @property
    def journal_organisation_id(self) -> int:
        return self.paper.conference.owner_id
