"""What is asked of self-evaluations."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from tertia.core.records.models import Record
from tertia.tell.accreditation.models import Criterion, Evidence, SelfEvaluation

__all__ = ["criteria_of", "evaluations_for"]


def evaluations_for(actor: Any) -> QuerySet[SelfEvaluation]:
    """Those that the actor may see, the next due first, each with how many `criteria_count` it has and how many are `ready`."""
    proof = Evidence.objects.filter(criterion=OuterRef("criteria"))
    rows: Any = SelfEvaluation.objects.visible_to(actor).select_related("owner")
    return rows.annotate(
        criteria_count=Count("criteria", distinct=True),
        ready=Count("criteria", filter=Q(Exists(proof), criteria__written_on__isnull=False), distinct=True),
    ).order_by(F("due_on").asc(nulls_last=True), "-pk")  # fmt: skip


def criteria_of(actor: Any, evaluation: SelfEvaluation) -> list[Criterion]:
    """Criteria in their order with `proofs`: the evidence that this reader may see, and how much of it he may not in `unseen`."""

    rows = list(evaluation.criteria.prefetch_related("evidence"))
    seen: Any = Record.objects.visible_to(actor).filter(pk__in=[e.record_id for c in rows for e in c.evidence.all() if e.record_id])
    records = {r.pk: r for r in seen.select_related("owner")}
    for row in rows:
        every = list(row.evidence.all())
        row.proofs = [(e, records.get(e.record_id)) for e in every if e.record_id is None or e.record_id in records]  # type: ignore[attr-defined]
        row.unseen = len(every) - len(row.proofs)  # type: ignore[attr-defined]
    return rows
