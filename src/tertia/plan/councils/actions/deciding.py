"""Decisions: written down with who does them and by when, reported, looked at again, tied to what they changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import itself, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.records.actions import ask_body, join, move
from tertia.core.records.models import Link, Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.councils.actions.running import RUNS_ITEM
from tertia.plan.councils.models import AgendaItem, Decision, Meeting, Motion, Review
from tertia.plan.councils.policies import keepers

__all__ = ["decide", "link_change", "report_done", "review_decision", "send_extracts"]

KEEPS = keepers("decision.council")


@action("councils.decide", may=RUNS_ITEM)
def decide(
    *, by: Any, item: AgendaItem, text: Text, motion: Motion | None = None, responsible: Any = None, body: Any = None, due_on: dt.date | None = None,
    proof: Text | None = None, at_once: bool = False, public: bool = False,
) -> Decision:  # fmt: skip
    """Write a decision down under its item. What is to be done has somebody who does it, a date, and by what one sees that it is done.

    A decision on a motion needs one that carried. `at_once`: nothing is left to do. Raises BadInput.
    """
    meeting = lock(item.meeting)
    require_state(meeting, "open", "closed")
    faults = [] if text else [Fault("text", _("Write what was decided."))]
    if motion is not None and (motion.item_id != item.pk or motion.outcome != "carried"):
        faults.append(Fault("motion", _("This vote did not carry, so nothing is decided by it.")))
    if not at_once:
        faults += [] if responsible or body else [Fault("responsible", _("Say who does it: a person of the university or a body."))]
        faults += [] if due_on else [Fault("due_on", _("Say by when."))]
        faults += [] if proof else [Fault("proof", _("Say by what one will see that it is done; a decision without it cannot fail."))]
        if due_on is not None and due_on < meeting.starts_on:
            faults.append(Fault("due_on", _("That day is before the meeting. Choose a later one.")))
    if faults:
        raise BadInput(*faults)
    count = meeting.decisions.filter(item=item).count()
    number = f"{meeting.number}.{item.position}" + (f".{count + 1}" if count else "")
    made = Decision(
        owner=meeting.owner, council=meeting.council, meeting=meeting, item=item, motion=motion, number=number, title=text, proof=proof or Text({}),
        responsible=responsible, body=body, due_on=due_on, at_once=at_once, starts_on=meeting.starts_on, unit=meeting.unit, author=by.person,
        slug=free_slug(meeting.owner, "decision", text, prefix=number.replace(".", "-")), demonstration=meeting.demonstration,
        visibility=Visibility.PUBLIC if public else Visibility.ORGANISATION, state="done" if at_once else "", done_on=meeting.starts_on if at_once else None,
    )  # fmt: skip
    made.save()
    if item.source is not None and item.source.kind in ("need", "conversation", "proposal", "recommendation", "decision"):
        join(made, "decided-on", item.source)
    if body is not None and due_on is not None:
        ask_body(made, body, on=meeting.starts_on, due_on=due_on)
    return made


@action(
    "councils.report_done",
    may=one_of(KEEPS, itself("decision.responsible_id"), roles("office", "leader", "partner", of="decision.body_id")),
    about="decision",
)
def report_done(*, by: Any, decision: Decision, words: Text, on: dt.date) -> Decision:
    """Whoever was to do it says that it is done and what shows it; the next meeting looks at it and may open it again."""
    decision = lock(decision)
    require_state(decision, "to-do")
    if not words:
        raise BadInput(Fault("words", _("Say what was done, and where one sees it.")))
    decision.report, decision.done_on = words, on
    move(decision, "done")
    return decision


@action("councils.review", may=keepers("review.decision.council"))
def review_decision(
    *, by: Any, review: Review, outcome: str, words: Text, due_on: dt.date | None = None, on: dt.date | None = None
) -> Decision:
    """A later meeting looks at a decision: done, goes on, with a new date, or dropped with a reason."""
    review = lock(review)
    meeting = lock(review.item.meeting)
    require_state(meeting, "open", "closed")
    decision = lock(review.decision)
    faults = [] if outcome in ("done", "goes-on", "extended", "dropped") else [Fault("outcome", _("Say how the decision stands."))]
    if outcome == "extended" and (due_on is None or due_on < meeting.starts_on):
        faults.append(Fault("due_on", _("Write the new date; it is after this meeting.")))
    if outcome in ("extended", "dropped") and not words:
        faults.append(Fault("words", _("Say why.")))
    if faults:
        raise BadInput(*faults)
    review.outcome, review.words = outcome, words
    review.save()
    if outcome == "done" and decision.state == "to-do":
        decision.done_on, decision.report = on or meeting.starts_on, decision.report or words
        move(decision, "done")
    elif outcome == "dropped" and decision.state == "to-do":
        move(decision, "dropped")
    elif outcome in ("goes-on", "extended"):
        decision.due_on = due_on if outcome == "extended" else decision.due_on
        if decision.state == "done":
            decision.done_on = None
            move(decision, "to-do")
        else:
            decision.save()
    return decision


@action("councils.link_change", may=KEEPS, about="decision")
def link_change(*, by: Any, decision: Decision, record: Record) -> Link:
    """Say which programme or course was changed because of it; the page shows what its outcomes said before and say now."""
    return join(decision, "changes", record)


@action("councils.send_extracts", may=keepers("meeting.council"), about="meeting")
def send_extracts(*, by: Any, meeting: Meeting) -> int:
    """Everybody who has something to do gets an extract: what was decided, by when, by what it is seen. Once. Returns how many letters."""
    count = 0
    tasks: dict[tuple[str, int], list[Decision]] = {}
    for decision in meeting.decisions.filter(at_once=False).select_related("responsible", "body").order_by("pk"):
        to = decision.body or decision.responsible
        if to is not None:
            tasks.setdefault((type(to).__name__, to.pk), []).append(decision)
    for (kind, pk), decisions in tasks.items():
        to = decisions[0].body if kind == "Organisation" else decisions[0].responsible
        sent = write_letter(
            key=f"extract:{meeting.pk}:{kind}:{pk}", to=to, organisation=meeting.owner, record=meeting, subject=gettext_noop("Extract of minutes No. %(n)s: %(title)s"),
            body=gettext_noop("%(council)s decided, and you do it:\n\n%(tasks)s"),
            values=lambda language, rows=decisions: {  # type: ignore[misc]
                "n": meeting.number, "title": meeting.title.read(language).text, "council": meeting.council.title.read(language).text,
                "tasks": "\n\n".join(f"{d.number}. {d.title.read(language).text}\n{d.due_on:%d.%m.%Y}\n{d.proof.read(language).text}" for d in rows),
            },
        )  # fmt: skip
        count += sent is not None
    return count
