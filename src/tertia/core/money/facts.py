"""What money gives to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from tertia.core.facts.declare import Column, FactTable, declare_facts
from tertia.core.money.models import Money, YearTotal

__all__ = ["MONEY", "YEAR_TOTAL"]


def _money(organisation: Any) -> Any:
    return Money.objects.filter(record__owner=organisation, struck_at=None)


MONEY = declare_facts(
    FactTable(
        "money", 1, "sums", "One row for each sum that came in, was spent or was given in kind, and was not struck out.", _money,
        (
            Column("record", "int", "id of the sum", "pk"), Column("day", "date", "day of the sum", "on"),
            Column("of", "int", "id of the record for which it is", "record_id", unit="records"),
            Column("of_kind", "text", "kind of that record", "record__kind"),
            Column("kind", "text", "income, spent, kind-in (by a partner), kind-out (by the university)"),
            Column("category", "text", "what it was for"), Column("amount", "decimal", "the sum", unit="KZT"),
            Column("partner", "text", "who gave it", "source__slug", unit="partners"),
            Column("partner_kind", "text", "kind of the giver", "source__kind", unit="kinds of partner"),
            Column("public_or_third", "bool", "the giver is a public or a third-sector body", Q(source__kind__in=("ministry", "akimat", "school", "culture", "nonprofit", "association", "office"))),
            Column("in_region", "bool", "the giver is of the university's own region", Q(source__place=F("record__owner__place"))),
            Column("shown", "bool", "a paper, an address or a file shows it", ~Q(evidence_words="") | ~Q(evidence_url="") | Q(evidence__isnull=False)),
            Column("unit", "text", "unit of the record", "record__unit__slug", unit="units"),
        ),
    )
)  # fmt: skip


def _totals(organisation: Any) -> Any:
    return YearTotal.objects.filter(organisation=organisation)


YEAR_TOTAL = declare_facts(
    FactTable(
        "year_total", 1, "years", "One row for each calendar year of which finance has stated totals.", _totals,
        (
            Column("record", "int", "id of the statement", "pk"), Column("day", "date", "first day of the year", "first_day"),
            Column("spending", "decimal", "all spending of the university", unit="KZT"), Column("income", "decimal", "all income outside state grants", unit="KZT"),
            Column("academic_fte", "decimal", "academic staff in full-time equivalents", unit="FTE"),
        ),
    )
)  # fmt: skip
