"""Proposals for a whole cohort: planned, looked at, written as letters. Nobody is signed up by it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.volunteering.cohort import cohort_of, shifts_for, slots_of
from tertia.act.volunteering.cohort_models import CohortPlan, Proposed
from tertia.act.volunteering.letters import write_to
from tertia.act.volunteering.links import opportunity_url
from tertia.act.volunteering.matching import Cohort, propose, reasons_for
from tertia.act.volunteering.sentences import moment
from tertia.act.volunteering.suggestions import why_words
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.policies import roles, system
from tertia.core.messages.models import Message
from tertia.core.periods import clock

__all__ = ["begin_plan", "drop_plan", "keep_plan", "send_proposals"]

PLANNERS = ("office", "leader")
#: a plan is a picture of its day: shifts fill, people take others
GOOD_FOR_DAYS = 7


@action("volunteering.begin_plan", may=roles(*PLANNERS, of="owner.pk"))
def begin_plan(*, by: Any, owner: Any, unit: Any = None, told_only: bool = True, days: int = 30) -> CohortPlan:
    """Ask for a plan; it is worked out by `keep_plan`."""
    made = CohortPlan(owner=owner, unit=unit, person=by.person, told_only=told_only, days=min(max(days, 1), 120), made_at=clock.now())
    made.save()
    return made


def work_out(plan: CohortPlan) -> tuple[list[Any], list[Any], Cohort]:
    """The long part, outside of any transaction."""
    shifts = shifts_for(plan)
    slots = slots_of(shifts)
    helpers = cohort_of(plan, slots)
    return helpers, slots, propose(helpers, slots)


@action("volunteering.keep_plan", may=system, about="plan", traceless=True)
def keep_plan(*, by: Any, plan: CohortPlan, helpers: list[Any], slots: list[Any], found: Cohort) -> CohortPlan:
    """Keep what was worked out: who is proposed what, and which places stay empty and why."""
    plan = lock(plan)
    if plan.state != "working":
        return plan
    Proposed.objects.bulk_create([Proposed(plan=plan, person_id=p, shift_id=s) for p, s in found.pairs], batch_size=1000)
    plan.people, plan.shifts, plan.places, plan.proposals = len(helpers), len(slots), sum(s.places for s in slots), len(found.pairs)
    plan.near_best = Decimal(str(round(100 * found.total / found.bound, 2))) if found.bound else None
    plan.empty = [[pk, left, why] for pk, (left, why) in found.empty.items()]
    plan.state = "ready"
    plan.save()
    return plan


@action("volunteering.send_proposals", may=roles(*PLANNERS, of="plan.owner_id"), about="plan", traceless=True)
def send_proposals(*, by: Any, plan: CohortPlan) -> CohortPlan:
    """Write the letters, one to each, in the reader's language and with the reason. Shifts that are full by now are left out."""
    plan = lock(plan)
    require_state(plan, "ready")
    shifts = {s.pk: s for s in shifts_for(plan)}
    slots = {s.id: s for s in slots_of(list(shifts.values()))}
    helpers = {h.id: h for h in cohort_of(plan, list(slots.values()))}
    count = 0
    for row in Proposed.objects.filter(plan=plan).select_related("person"):
        shift, helper = shifts.get(row.shift_id), helpers.get(row.person_id)
        if shift is not None and helper is not None:
            count += _write(plan, row.person, shift, reasons_for(helper, slots[shift.pk]))
    Proposed.objects.filter(plan=plan).delete()
    plan.state, plan.sent_at, plan.letters = "sent", clock.now(), count
    plan.save()
    return plan


def _write(plan: CohortPlan, person: Any, shift: Any, reasons: list[tuple[str, Any]]) -> bool:
    def words(title: str, language: str) -> tuple[str, str]:
        body = _(
            "%(when)s. It may suit you: %(why)s.\n%(url)s\n\nThis is a proposal, made for you by the computer from what you told about yourself. You are signed up for nothing. If you let it pass, nothing is noted and nobody learns of it."
        )
        return _("A proposal: %(title)s") % {"title": title}, body % {
            "when": moment(shift),
            "why": why_words(reasons),
            "url": opportunity_url(shift.opportunity, language),
        }

    return write_to(person, shift.opportunity, f"proposal:{plan.pk}:{person.pk}", words, urgency=Message.Urgency.DIGEST)


@action("volunteering.drop_plan", may=roles(*PLANNERS, of="plan.owner_id"), about="plan", traceless=True)
def drop_plan(*, by: Any, plan: CohortPlan) -> CohortPlan:
    """Throw a plan away: no letter is written."""
    plan = lock(plan)
    require_state(plan, "ready", "working")
    Proposed.objects.filter(plan=plan).delete()
    plan.delete()
    return plan
