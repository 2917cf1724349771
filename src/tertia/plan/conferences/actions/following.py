"""Rounds that ask how far it is with what was accepted, and what the bodies say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.access.links import pass_url
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import one_of, roles, system
from tertia.core.languages.formatting import long_date
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_message
from tertia.core.records.actions import answer_owed, step
from tertia.core.records.models import OwedAnswer
from tertia.core.rules.queries import rule_on
from tertia.plan.conferences.actions.answers import MAY_ANSWER, still_good
from tertia.plan.conferences.actions.sending import issue_link
from tertia.plan.conferences.models import Dispatch, FollowUp, Progress, Resolution

__all__ = ["Said", "answer_follow_up", "ask_follow_up"]

#: whose answer is held to what it said: accepted in full or in part, and not yet carried out
ACCEPTED = (OwedAnswer.State.ACCEPTED, OwedAnswer.State.PARTLY)


@dataclass(frozen=True)
class Said:
    """What a body says of one recommendation in a round."""

    recommendation_id: int
    state: str
    words: str = ""
    evidence_url: str = ""


@action("conferences.ask_follow_up", may=one_of(system, roles("office", "leader", of="resolution.owner_id")), about="resolution")
def ask_follow_up(*, by: Any, resolution: Resolution, on: dt.date) -> FollowUp:
    """Begin the next round: each body that accepted something and has not carried it out gets one letter with its link.

    Raises BadInput where nothing accepted is open, or a round began less than a month ago.
    """
    resolution = lock(resolution)
    require_state(resolution, "adopted")
    open_ones = list(
        OwedAnswer.objects.filter(record__as_recommendation__resolution=resolution, state__in=ACCEPTED).select_related("record")
    )
    if not open_ones:
        raise BadInput(Fault("", _("Nothing that was accepted is open; there is nobody to ask.")))
    last = resolution.follow_ups.first()
    if last is not None and (on - last.asked_on).days < 28:
        raise BadInput(Fault("", _("The last round began on %(day)s. Wait a month before you ask again.") % {"day": long_date(last.asked_on, translation.get_language()[:2])}))  # fmt: skip
    days = rule_on("answer.term_days", on, resolution.owner)
    made = FollowUp(resolution=resolution, number=last.number + 1 if last else 1, asked_on=on, due_on=on + dt.timedelta(days=days))
    made.save()
    by_party: dict[int, list[OwedAnswer]] = defaultdict(list)
    for owed in open_ones:
        Progress(follow_up=made, owed=owed).save()
        step(owed, "follow-up", on)
        by_party[owed.party_id].append(owed)
    dispatches = Dispatch.objects.filter(addressee__resolution=resolution, body__in=by_party, sent_on__isnull=False)
    for dispatch in dispatches.select_related("addressee__resolution__owner", "body", "link"):
        if by_party.get(dispatch.body_id):
            _ask(by, made, dispatch, by_party.pop(dispatch.body_id))
    return made


def _ask(by: Any, round_: FollowUp, dispatch: Dispatch, owed: list[OwedAnswer]) -> None:
    """One letter to one body, in its language, with a link that works."""
    if dispatch.link is None or dispatch.link.refusal:
        dispatch.link = issue_link(by, dispatch)
        dispatch.save()
    if not dispatch.sent_to:
        return
    language, resolution = dispatch.language, round_.resolution
    with translation.override(language):
        lines = [
            _("You accepted %(count)d of its recommendations. How far is it?") % {"count": len(owed)}, "",
            *(f"{o.record.number}. {o.record.title.read(language).text}" for o in owed), "",
            _("Please say so by %(date)s; no account is needed:") % {"date": long_date(round_.due_on, language)}, pass_url(dispatch.link),
        ]  # fmt: skip
        write_message(
            key=f"follow-up:{round_.pk}:{dispatch.pk}", to=dispatch.sent_to, language=language, organisation=resolution.owner, record=resolution,
            subject=_("How far is it? Resolution “%(title)s”") % {"title": resolution.title.read(language).text}, body="\n".join(lines),
            demonstration=dispatch.body.demonstration,
        )  # fmt: skip


@action("conferences.answer_follow_up", may=MAY_ANSWER, about="dispatch")
def answer_follow_up(*, by: Any, dispatch: Dispatch, said: list[Said], on: dt.date, language: str = "") -> Dispatch:
    """Say how far it is. What is done is done for good; what was stopped says why; what is under way needs a word. All faults at once."""
    still_good(by)
    rows = {
        p.owed.record_id: p
        for p in Progress.objects.filter(follow_up__resolution=dispatch.addressee.resolution_id, owed__party=dispatch.body_id)
        .select_related("owed__record", "follow_up")
        .order_by("follow_up__number")
    }  # the latest round last
    faults = []
    for one in said:
        row, where = rows.get(one.recommendation_id), f"progress-{one.recommendation_id}"
        if row is None:
            faults.append(Fault(where, _("You were not asked about this recommendation.")))
        elif one.state not in Progress.State.values:
            faults.append(Fault(where, _("Recommendation %(number)s: choose how far it is.") % {"number": row.owed.record.number}))
        elif one.state != Progress.State.NOT_BEGUN and not (one.words.strip() or one.evidence_url):
            faults.append(Fault(where, _("Recommendation %(number)s: say in a sentence what was done, or why it was stopped.") % {"number": row.owed.record.number}))  # fmt: skip
    if not said:
        faults.append(Fault("", _("Say of at least one recommendation how far it is; the others can wait.")))
    if faults:
        raise BadInput(*faults)
    for one in said:
        row = rows[one.recommendation_id]
        words = Text.of(**{language or dispatch.language: one.words}) if one.words.strip() else Text({})
        row.state, row.words, row.evidence_url, row.answered_on = one.state, words, one.evidence_url, on
        row.save()
        owed = lock(row.owed)
        if one.state == Progress.State.DONE:
            answer_owed(owed, state="done", words=words or owed.words, on=on, evidence_url=one.evidence_url or owed.evidence_url)
        else:
            step(owed, f"is-{one.state}"[:12], on, words)
    return dispatch
