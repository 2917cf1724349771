"""What comes back by itself: reminders, lists that nobody closed, what saved searches find."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone

from tertia.act.volunteering.actions import close_list, remind, tell_finds
from tertia.act.volunteering.actions.sign_ups import find_key
from tertia.act.volunteering.models import Entry, SavedSearch, Shift
from tertia.act.volunteering.queries import Filters, coming_shifts, find
from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.messages.models import Message
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on

__all__ = ["close_lists", "remind_of_shifts", "search_again"]


@declare_round("volunteering.remind", every="hour")
def remind_of_shifts() -> int:
    now = clock.now()
    soon = coming_shifts(now).filter(starts_at__lte=now + dt.timedelta(hours=rule_on("volunteer.reminder_hours", timezone.localdate(now))))
    return sum(remind(by=Actor.system("reminder"), shift=shift) for shift in soon.select_related("opportunity__owner"))


@declare_round("volunteering.close_lists", every="hour")
def close_lists() -> int:
    """A list with arrivals that nobody closed for so many hours is closed, and the host is asked. A list without any waits for paper."""
    now = clock.now()
    before = now - dt.timedelta(hours=rule_on("volunteer.close_hours", timezone.localdate(now)))
    there = Entry.objects.filter(shift=OuterRef("pk"))
    rows = Shift.objects.filter(Exists(there), ends_at__lt=before, listed_at=None, called_off=False).select_related(
        "opportunity__owner", "opportunity__host"
    )
    return sum(close_list(by=Actor.system("volunteering"), shift=shift, on=clock.today()) is not None for shift in rows)


@declare_round("volunteering.search_again", every="day")
def search_again() -> int:
    """Public finds only: a letter may be read by others."""
    now, count = clock.now(), 0
    for search in SavedSearch.objects.select_related("person"):
        found = list(find(ANONYMOUS, Filters.of(QueryDict(search.query))).filter(changed_at__gt=search.told_until)[:50])
        told = set(Message.objects.filter(key__in=[find_key(search, o) for o in found]).values_list("key", flat=True))
        new = [o for o in found if find_key(search, o) not in told]
        if new:
            tell_finds(by=Actor.system("search"), search=search, found=new, until=now)
            count += 1
    return count
