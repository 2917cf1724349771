"""Working a cohort's plan out, outside of any transaction: it may take a minute."""

from __future__ import annotations

from tertia.act.volunteering.actions.cohort import keep_plan, work_out
from tertia.act.volunteering.cohort_models import CohortPlan
from tertia.core.actions.actor import Actor
from tertia.core.jobs.queue import enqueue, job

__all__ = ["plan_cohort", "start_plan"]


def start_plan(plan: CohortPlan) -> None:
    enqueue("volunteering.plan", str(plan.pk), plan=plan.pk)


@job("volunteering.plan", alone=True)
def plan_cohort(plan: int) -> str:
    """Work out and keep. Done again it changes nothing."""
    found = CohortPlan.objects.select_related("owner", "unit").filter(pk=plan, state="working").first()
    if found is None:
        return "not waiting"
    helpers, slots, cohort = work_out(found)
    keep_plan(by=Actor.system("proposals"), plan=found, helpers=helpers, slots=slots, found=cohort)
    return "ready"
