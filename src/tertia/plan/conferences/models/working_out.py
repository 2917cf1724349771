"""How a section works out recommendations together: proposals, their versions, support and objection."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.plan.conferences.models.programme import Session


class Proposal(GuardedModel):
    """One proposed recommendation of a section. `text` is its latest version."""

    class State(models.TextChoices):
        OPEN = "open"
        GATHERED = "gathered"
        WITHDRAWN = "withdrawn"

    personal = {"author": Personal("to tell the author what became of the proposal", 1825, erased=None)}
    person_path = "author"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="proposals")
    author = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="proposals")
    text = TextField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    recommendation = models.ForeignKey(
        "conferences.Recommendation", null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )

    class Meta:
        ordering = ("session", "pk")

    @property
    def journal_record_id(self) -> int:
        return self.session.conference_id

    @property
    def journal_organisation_id(self) -> int:
        return self.session.conference.owner_id


class ProposalVersion(GuardedModel):
    """A version of a proposal, kept for the visible difference."""

    personal = {"author": Personal("to say who changed the text", 1825, erased=None)}
    person_path = "author"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = TextField()
    author = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("proposal", "number")
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")]


class Stance(GuardedModel):
    """A participant's support or objection; one for each participant and proposal."""

    class Kind(models.TextChoices):
        SUPPORT = "support"
        OBJECT = "object"

    personal = {"reason": Personal("to weigh the objection", 1825)}
    person_path = "person"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="stances")
    person = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("proposal", "pk")
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="stance_once")]
