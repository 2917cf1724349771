"""A round in which several people say what weighs most."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField


class PriorityRound(GuardedModel):
    """Needs, criteria declared before anybody judges, and who may judge: those who work for the university. Closed, it is public."""

    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    title = TextField()
    #: texts of the criteria, in their order
    criteria = models.JSONField()
    needs = models.JSONField()
    begun_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-begun_on", "-pk")

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class PriorityJudgement(GuardedModel):
    """One person's weights and marks; only the numbers are published."""

    personal = {"weights": Personal("to rank needs", None, erased={}), "marks": Personal("to rank needs", None, erased={})}
    person_path = "person"

    round = models.ForeignKey(PriorityRound, on_delete=models.CASCADE, related_name="judgements")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="+")
    weights = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_judgement_each")]

    @property
    def journal_organisation_id(self) -> int:
        return self.round.owner_id
