"""What comes back by itself: agreements that end, go on or come near their end; contacts and registrations whose term has passed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from tertia.act.partnerships.actions import end_by_term, erase_contact, forget_registration, go_on, warn_of_end
from tertia.act.partnerships.models import Agreement, Contact, Doubles, Registration
from tertia.act.partnerships.queries import find_pairs
from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on

__all__ = ["contacts", "doubles", "terms"]


@declare_round("partnerships.terms", every="day")
def terms() -> int:
    """Go on what goes on by itself, end what is over, warn of what ends soon. Returns how many agreements changed."""
    today, by, count = clock.today(), Actor.system("partnerships"), 0
    for agreement in Agreement.objects.filter(state="in-force", ends_on__lt=today).select_related("owner"):
        going = agreement.renewal == Agreement.Renewal.AUTOMATIC and agreement.notice_on is None
        (go_on if going else end_by_term)(by=by, agreement=agreement, on=today)
        count += 1
    for agreement in Agreement.objects.filter(state="in-force", ends_on__gte=today, warned_on=None).select_related("owner"):
        if agreement.ends_on <= today + dt.timedelta(days=rule_on("agreement.warn_days", today, agreement.owner)):
            warn_of_end(by=by, agreement=agreement, on=today)
            count += 1
    return count


@declare_round("partnerships.doubles", every="day", alone=True)
def doubles() -> int:
    """Find organisations that may be written down twice, for the page that shows them. Returns how many pairs there are."""
    found = find_pairs()[:1000]
    with transaction.atomic():
        Doubles.objects.all().delete()
        Doubles(made_at=clock.now(), pairs=[[t.first, t.second, t.likeness, list(t.reasons)] for t in found]).save()
    return len(found)


@declare_round("partnerships.contacts", every="day")
def contacts() -> int:
    """Contacts that nobody confirmed within their term are erased; registrations forget networks after a month and people after a year."""
    today, by, count = clock.today(), Actor.system("retention"), 0
    for contact in Contact.objects.filter(keep_until__lt=today, erased_on=None):
        erase_contact(by=by, contact=contact, on=today)
        count += 1
    old = Q(on__lt=today - dt.timedelta(days=30)) & ~Q(network="") | Q(on__lt=today - dt.timedelta(days=366)) & ~Q(email="") & ~Q(
        state="waiting"
    )
    for registration in Registration.objects.filter(old):
        forget_registration(by=by, registration=registration)
        count += 1
    return count
