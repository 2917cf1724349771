"""Money as records: who gave what, when, for which record, and by what it is shown; also what was given in kind and valued."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal


class Money(OfRecord, GuardedModel):
    """One sum that came in, was spent, or was given in kind, for a record. In tenge; what was struck out stays readable."""

    class Kind(models.TextChoices):
        INCOME = "income"
        SPENT = "spent"
        #: valued: what a partner put in without money
        KIND_IN = "kind-in"
        #: valued: what the university put in without money
        KIND_OUT = "kind-out"

    personal = {"evidence_words": Personal("to find the paper that shows the sum", 1825)}

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="money")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    #: what it was for, one of data/categories.toml
    category = models.CharField(max_length=30)
    source = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="given_money")
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    #: how a gift in kind was valued: so many units at such a rate
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    evidence_words = models.CharField(max_length=200, blank=True)
    evidence_url = models.URLField(blank=True)
    evidence = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_because = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["record", "kind"])]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="money_above_zero")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} on {self.on}"

    @property
    def is_shown(self) -> bool:
        """A paper, an address or a file shows it."""
        return bool(self.evidence_words or self.evidence_url or self.evidence_id)


class YearTotal(GuardedModel):
    """What finance states of a whole calendar year: what shares are worked out of. It names the paper from which it is taken."""

    organisation = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="year_totals")
    year = models.PositiveSmallIntegerField()
    #: 1 January of it, by which measuring finds the year
    first_day = models.DateField()
    spending = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    #: income outside state grants
    income = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    #: academic staff in full-time equivalents
    academic_fte = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("organisation", "-year")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="year_total_once"),
            models.CheckConstraint(condition=Q(year__gte=1991, year__lte=2100), name="year_total_of_a_year"),
        ]

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id
