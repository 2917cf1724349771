"""What is asked again by itself: offered assignments that nobody answers, profiles whose review ends soon."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on
from tertia.plan.faculty.actions.agreeing import tell
from tertia.plan.faculty.actions.reviewing import ask_to_look
from tertia.plan.faculty.models import Assignment, ReviewLine

__all__ = ["ask_about_assignments", "ask_about_profiles"]


@declare_round("faculty.ask_about_assignments", every="day")
def ask_about_assignments() -> int:
    """A letter for each offer, once, when it has waited for so many days. Returns how many people are waited for."""
    today, count = clock.today(), 0
    rows = Assignment.objects.filter(state="offered", offered_at__isnull=False).select_related("person", "organisation")
    for one in rows:
        assert one.offered_at is not None
        if (today - timezone.localdate(one.offered_at)).days < rule_on("faculty.ask_again_days", today, one.organisation):
            continue
        with transaction.atomic():
            subject = gettext_noop("An assignment for %(year)s still waits for your word")
            count += tell(one, subject, gettext_noop("%(who)s: read it, agree to it, or write what you would change."), "again")
    return count


@declare_round("faculty.ask_about_profiles", every="day")
def ask_about_profiles() -> int:
    """A letter, once, to whoever still has profiles to look through before the last day, and one after it. Returns how many people they are."""
    today, count = clock.today(), 0
    rows = ReviewLine.objects.filter(
        done_on=None, responsible__isnull=False, review__state="underway", review__due_on__lte=today + dt.timedelta(days=60)
    )
    asked: set[tuple[int, int]] = set()
    for line in rows.select_related("review__owner", "responsible"):
        review, person = line.review, line.responsible
        assert review.due_on is not None and person is not None
        left = (review.due_on - today).days
        if (review.pk, person.pk) in asked or left > rule_on("faculty.review_warn_days", today, review.owner):
            continue
        asked.add((review.pk, person.pk))
        with transaction.atomic():
            count += ask_to_look(review, person, "late" if left < 0 else "soon")
    return count
