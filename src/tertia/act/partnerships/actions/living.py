"""What happens to an agreement that is in force: renewal, notice, going on, ending; activities done under it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.act.partnerships.actions.writing import drop_open_spans, open_span
from tertia.act.partnerships.models import Agreement, Term
from tertia.act.partnerships.text import digest_of, signed_text
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, WRITERS, one_of, roles, speaker, system
from tertia.core.languages.formatting import long_date
from tertia.core.messages.outbox import write_letter
from tertia.core.periods.months import add_months
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record

__all__ = ["end_by_term", "give_notice", "go_on", "join_activity", "next_end", "offer_renewal", "warn_of_end"]


def next_end(agreement: Agreement, months: int) -> dt.date:
    """The last day of the next span, counted from the first span's own last day, so that 29 February is not lost on the way."""
    assert agreement.ends_on is not None
    first = agreement.spans.exclude(in_force_since=None).exclude(ends_on=None).order_by("pk").first()
    anchor = first.ends_on if first is not None and first.ends_on else agreement.ends_on
    gone = (agreement.ends_on.year - anchor.year) * 12 + agreement.ends_on.month - anchor.month
    return add_months(anchor, gone + months)


@action("partnerships.offer_renewal", may=roles(*OFFICE, of="agreement.owner_id"), about="agreement")
def offer_renewal(*, by: Any, agreement: Agreement, months: int, on: dt.date) -> Agreement:
    """Ask all sides to sign the same text for longer. The running term goes on meanwhile."""
    agreement = lock(agreement)
    require_state(agreement, "in-force", "ended")
    faults = []
    if agreement.ends_on is None:
        faults.append(Fault("months", _("It has no last day, so there is nothing to prolong.")))
    if not 1 <= months <= 120:
        faults.append(Fault("months", _("Write for how many months, from 1 to 120.")))
    if agreement.spans.filter(in_force_since=None, dropped_on=None).exists():
        faults.append(Fault("months", _("The sides are being asked already.")))
    if agreement.state == "ended":
        faults.append(Fault("months", _("It has ended. Write a new agreement; this one can be its draft.")))
    if faults:
        raise BadInput(*faults)
    assert agreement.ends_on is not None
    parties = list(agreement.parties.select_related("organisation"))
    open_span(by, agreement, parties, Term.How.AGREED, agreement.ends_on + dt.timedelta(days=1), next_end(agreement, months), on)
    return agreement


@action(
    "partnerships.give_notice",
    may=one_of(roles(*OFFICE, of="agreement.owner_id"), roles("office", "leader", "partner", of="organisation.pk"), speaker("partnerships.desk", of="organisation.pk")),
    about="agreement",
)  # fmt: skip
def give_notice(*, by: Any, agreement: Agreement, organisation: Any, on: dt.date) -> Agreement:
    """A side ends it: on the last day of its term where it would go on by itself, else after the days of notice that were agreed."""
    agreement = lock(agreement)
    require_state(agreement, "in-force")
    if not agreement.parties.filter(organisation=organisation).exists():
        raise BadInput(Fault("organisation", _("Only a side of the agreement can give notice.")))
    if agreement.notice_on is not None:
        raise BadInput(Fault("notice", _("Notice was given already.")))
    agreement.notice_on, agreement.notice_by = on, organisation
    last = on + dt.timedelta(days=agreement.notice_days)
    if agreement.renewal != "automatic" or agreement.ends_on is None:
        agreement.ends_on = last if agreement.ends_on is None else min(agreement.ends_on, last)
    agreement.save()
    drop_open_spans(agreement, on)
    for party in agreement.parties.select_related("organisation"):
        _tell(agreement, party.organisation, f"notice:{agreement.pk}", gettext_noop("Notice was given: %(title)s"), gettext_noop("%(name)s ends the agreement. Its last day is %(day)s."), organisation)  # fmt: skip
    return agreement


def _tell(agreement: Agreement, to: Any, key: str, subject: str, body: str, about: Any) -> None:
    last = agreement.ends_on
    write_letter(
        key=f"{key}:{to.pk}", to=to, organisation=agreement.owner, record=agreement, subject=subject, body=body,
        values=lambda language: {
            "title": agreement.title.read(language).text, "name": about.name.read(language).text if about else "",
            "day": long_date(last, language) if last else "",
        },
    )  # fmt: skip


@action("partnerships.go_on", may=system, about="agreement")
def go_on(*, by: Any, agreement: Agreement, on: dt.date) -> Agreement:
    """The term has passed and nobody gave notice: it goes on by itself for as many months as were agreed, with a span on record."""
    agreement = lock(agreement)
    while (
        agreement.state == "in-force"
        and agreement.renewal == "automatic"
        and agreement.notice_on is None
        and agreement.ends_on
        and agreement.ends_on < on
    ):
        starts, ends = agreement.ends_on + dt.timedelta(days=1), next_end(agreement, agreement.renewal_months)
        text = signed_text(agreement, list(agreement.parties.select_related("organisation")), starts, ends)
        Term(
            agreement=agreement, how=Term.How.AUTOMATIC, starts_on=starts, ends_on=ends, offered_on=on, in_force_since=starts, digest=digest_of(text), text=text
        ).save()  # fmt: skip
        agreement.ends_on, agreement.warned_on = ends, None
        agreement.save()
    return agreement


@action("partnerships.end", may=system, about="agreement")
def end_by_term(*, by: Any, agreement: Agreement, on: dt.date) -> Agreement:
    """Its last day has passed."""
    agreement = lock(agreement)
    if agreement.state == "in-force" and agreement.ends_on is not None and agreement.ends_on < on:
        drop_open_spans(agreement, on)
        move(agreement, "ended")
    return agreement


@action("partnerships.warn", may=system, about="agreement")
def warn_of_end(*, by: Any, agreement: Agreement, on: dt.date) -> Agreement:
    """Both sides and the person responsible are told once that the last day comes near."""
    agreement = lock(agreement)
    if agreement.state != "in-force" or agreement.warned_on is not None or agreement.ends_on is None:
        return agreement
    agreement.warned_on = on
    agreement.save()
    if agreement.renewal == "automatic" and agreement.notice_on is None:
        body = gettext_noop("Its term ends on %(day)s. It goes on by itself unless one side gives notice before that.")
    else:
        body = gettext_noop("Its last day is %(day)s. If you want to go on, all sides have to sign again before that.")
    people = [p.organisation for p in agreement.parties.select_related("organisation")]
    if agreement.responsible is not None:
        people.append(agreement.responsible)
    for to in people:
        _tell(
            agreement,
            to,
            f"ends:{agreement.pk}:{agreement.ends_on}:{type(to).__name__}",
            gettext_noop("An agreement ends soon: %(title)s"),
            body,
            None,
        )
    return agreement


@action("partnerships.join_activity", may=one_of(roles(*WRITERS, of="activity.owner_id"), system), about="activity")
def join_activity(*, by: Any, activity: Record, agreement: Agreement) -> Record:
    """An activity was done under an agreement that the same university keeps."""
    if activity.owner_id != agreement.owner_id:
        raise BadInput(Fault("agreement", _("This agreement is another university's.")))
    join(activity, "under", agreement)
    return activity
