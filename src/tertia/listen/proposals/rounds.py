"""What comes back by itself: votes are counted after their last day; authors are told when their proposal has become a measure."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message
from tertia.core.periods import clock
from tertia.core.records.models import Link
from tertia.listen.proposals.models import Poll
from tertia.listen.proposals.polls import close_poll

__all__ = ["count_polls", "tell_measures"]


@declare_round("proposals.count", every="hour")
def count_polls() -> int:
    today = clock.today()
    rows = list(Poll.objects.filter(state="open", ends_on__lt=today))
    for poll in rows:
        close_poll(by=Actor.system("count"), poll=poll, on=today)
    return len(rows)


@declare_round("proposals.tell_measures", every="hour")
def tell_measures() -> int:
    """Who proposed something reads in the daily digest which measure grew from it; once for each."""
    grown = Link.objects.filter(relation="answers", upper__kind="proposal", upper__author__isnull=False, lower__visibility="public")
    told = set(Message.objects.filter(key__startswith="proposal-measure:").values_list("key", flat=True))
    count = 0
    for link in grown.select_related("lower", "upper__author", "upper__owner").order_by("pk"):
        person, key = link.upper.author, f"proposal-measure:{link.pk}"
        if key in told or person is None or not person.email:
            continue
        with translation.override(person.language):
            write_message(
                key=key, to=person.email, language=person.language, person=person, record=link.lower, organisation=link.upper.owner,
                urgency=Message.Urgency.DIGEST, demonstration=link.upper.demonstration,
                subject=_("Your proposal has become a measure: %(title)s") % {"title": link.lower.title.read(person.language).text},
                body=link.upper.title.read(person.language).text,
            )  # fmt: skip
        count += 1
    return count
