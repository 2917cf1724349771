"""What comes back by itself: those who have not answered are asked again; whoever does a decision is reminded of its date."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_noop

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.languages.formatting import long_date
from tertia.core.messages.outbox import write_letter
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on
from tertia.plan.councils.actions import remind_invited
from tertia.plan.councils.models import Decision, Meeting

__all__ = ["ask_again", "warn"]


@declare_round("councils.ask_again", every="day")
def ask_again() -> int:
    """Returns how many were asked."""
    today, count = clock.today(), 0
    for meeting in Meeting.objects.filter(state="called", starts_on__gt=today).select_related("owner", "council"):
        if (meeting.starts_on - today).days == rule_on("meeting.remind_days", today, meeting.owner):
            count += remind_invited(by=Actor.system("councils"), meeting=meeting, on=today)
    return count


@declare_round("councils.warn", every="day")
def warn() -> int:
    """A letter before the date and one after it, each once. Returns how many were written."""
    today, count = clock.today(), 0
    rows = Decision.objects.filter(state="to-do", responsible__isnull=False, due_on__lte=today + dt.timedelta(days=60)).select_related(
        "responsible", "owner", "council"
    )
    for decision in rows:
        assert decision.due_on is not None and decision.responsible is not None
        left = (decision.due_on - today).days
        if left > rule_on("decision.warn_days", today, decision.owner):
            continue
        due, title, council = decision.due_on, decision.title, decision.council.title
        with transaction.atomic():
            count += (
                write_letter(
                    key=f"decision:{decision.pk}:{due}:{'late' if left < 0 else 'soon'}", to=decision.responsible, organisation=decision.owner, record=decision,
                    subject=gettext_noop("To be done by %(day)s: %(title)s"),
                    body=gettext_noop("%(council)s decided it, and you do it. Say on its page when it is done; until then it comes back at every meeting."),
                    values=lambda language, due=due, title=title, council=council: {  # type: ignore[misc]
                        "day": long_date(due, language), "title": title.read(language).text, "council": council.read(language).text,
                    },
                )
                is not None
            )  # fmt: skip
    return count
