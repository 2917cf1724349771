"""Minutes, agenda and extracts as plain blocks, in the form in which offices keep them: heard, spoke, voted, decided. No database.

Everything stands in `MeetingFacts`, which is read out of records; the words are the interface's, in the active language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.files.pdf import Block, Heading, Lines, PageBreak, Para, Table
from tertia.core.languages.formatting import long_date
from tertia.core.languages.text import Text
from tertia.plan.councils.vocabulary import FORMS, MODES, OUTCOMES, SECTORS

__all__ = [
    "DecisionFacts",
    "ItemFacts",
    "MeetingFacts",
    "MotionFacts",
    "PersonFacts",
    "agenda_blocks",
    "as_stored",
    "extract_blocks",
    "from_stored",
    "minutes_blocks",
]


@dataclass(frozen=True)
class PersonFacts:
    """Who was invited: the member, who came (member or deputy), for whom he sits, whether he was there and how, why not."""

    name: str
    came: str
    organisation: Text
    sector: str
    duty: str
    votes: bool
    there: bool
    mode: str = "site"
    reason: str = ""
    #: minutes of coming late or leaving early, as clock times
    times: str = ""


@dataclass(frozen=True)
class MotionFacts:
    text: Text
    form: str
    votes_for: int
    against: int
    abstained: int
    present: int
    seats: int
    needed: int | None
    outcome: str
    by_casting_vote: bool = False
    #: at a roll call and an open vote: who voted how
    voices: tuple[tuple[str, str], ...] = ()
    #: who did not vote because of an interest
    interested: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecisionFacts:
    number: str
    text: Text
    who: Text
    due_on: dt.date | None
    proof: Text
    at_once: bool


@dataclass(frozen=True)
class ReviewFacts:
    number: str
    text: Text
    outcome: str
    words: Text
    due_on: dt.date | None


@dataclass(frozen=True)
class ItemFacts:
    position: int
    title: Text
    words: Text
    speaker: str
    suggested_by: str
    heard: Text
    state: str
    papers: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    motions: tuple[MotionFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    reviews: tuple[ReviewFacts, ...] = ()


@dataclass(frozen=True)
class MeetingFacts:
    council: Text
    owner: Text
    number: str
    day: dt.date
    opened: str
    closed: str
    where: str
    chair: str
    secretary: str
    people: tuple[PersonFacts, ...] = ()
    items: tuple[ItemFacts, ...] = ()
    demonstration: bool = False
    correction: str = ""


def _head(facts: MeetingFacts, language: str, title: str) -> list[Block]:
    found: list[Block] = [Para(facts.owner.read(language).text), Heading(title, 1), Para(facts.council.read(language).text, strong=True)]
    when = long_date(facts.day, language)
    if facts.opened:
        when += f", {facts.opened}" + (f"–{facts.closed}" if facts.closed else "")
    found.append(Para(when + (f" · {facts.where}" if facts.where else "")))
    if facts.demonstration:
        found.append(Para(_("Demonstration data"), mark=True))
    return found


def agenda_blocks(facts: MeetingFacts, language: str) -> list[Block]:
    """The agenda as it is sent: items with speaker, who suggested it, draft of the decision."""
    found = _head(facts, language, _("Agenda of meeting No. %(n)s") % {"n": facts.number})
    for item in facts.items:
        found.append(Heading(f"{item.position}. {item.title.read(language).text}", 2))
        lines = [_("Reports: %(name)s") % {"name": item.speaker}] if item.speaker else []
        lines += [_("Suggested by: %(name)s") % {"name": item.suggested_by}] if item.suggested_by else []
        found += [Para(line) for line in lines]
        if item.words:
            found.append(Para(item.words.read(language).text))
        if item.papers:
            found.append(Para(_("Papers: %(names)s") % {"names": "; ".join(item.papers)}, small=True))
    return found


def minutes_blocks(facts: MeetingFacts, language: str) -> list[Block]:
    """Minutes as they follow from what happened; the secretary's own words stand under each item."""
    found = _head(facts, language, _("Minutes No. %(n)s") % {"n": facts.number})
    if facts.correction:
        found.append(Para(_("Corrected version: %(reason)s") % {"reason": facts.correction}, strong=True))
    found.append(Para(_("In the chair: %(name)s") % {"name": facts.chair}))
    found.append(Para(_("Secretary: %(name)s") % {"name": facts.secretary}))
    found += _attendance(facts, language)
    found.append(Heading(_("Agenda"), 2))
    found.append(Lines([(f"{i.position}.", i.title.read(language).text) for i in facts.items]))
    for item in facts.items:
        found += _item(item, language)
    found.append(Para(""))
    found.append(Para(_("Chair: ____________________ %(name)s") % {"name": facts.chair}))
    found.append(Para(_("Secretary: ____________________ %(name)s") % {"name": facts.secretary}))
    return found


def _attendance(facts: MeetingFacts, language: str) -> list[Block]:
    there = [p for p in facts.people if p.there]
    away = [p for p in facts.people if not p.there]
    voting = [p for p in facts.people if p.votes]
    found: list[Block] = [
        Heading(_("Present"), 2),
        Para(
            _("Of %(all)d seats with a vote %(there)d were filled at some time of the meeting.")
            % {"all": len(voting), "there": sum(p.there for p in voting)}
        ),
        Table(
            [_("Name"), _("For whom"), _("Side"), _("How")],
            [[_who(p), p.organisation.read(language).text, str(SECTORS.get(p.sector, p.sector)), _how(p)] for p in there],
        ),
    ]
    if away:
        found.append(Para(_("Absent"), strong=True))
        found.append(
            Lines(
                [
                    (
                        "–",
                        f"{p.name}"
                        + (f", {p.organisation.read(language).text}" if p.organisation else "")
                        + (f": {p.reason}" if p.reason else ""),
                    )
                    for p in away
                ]
            )
        )
    return found


def _who(person: PersonFacts) -> str:
    said = (
        person.came if person.came == person.name else _("%(deputy)s in place of %(name)s") % {"deputy": person.came, "name": person.name}
    )
    return said if person.votes else f"{said} ({_('without a vote')})"


def _how(person: PersonFacts) -> str:
    return str(MODES[person.mode]) + (f", {person.times}" if person.times else "")


def _item(item: ItemFacts, language: str) -> list[Block]:
    found: list[Block] = [Heading(f"{item.position}. {item.title.read(language).text}", 2)]
    if item.state == "postponed":
        return [*found, Para(_("Postponed to the next meeting."))]
    suggested = item.suggested_by if item.suggested_by != item.speaker else ""
    heard = ", ".join(n for n in (item.speaker, _("suggested by %(name)s") % {"name": suggested} if suggested else "") if n)
    if heard:
        found.append(Para(_("HEARD: %(names)s") % {"names": heard}))
    if item.speakers:
        found.append(Para(_("SPOKE: %(names)s") % {"names": ", ".join(item.speakers)}))
    if item.heard:
        found += [Para(part) for part in item.heard.read(language).text.split("\n") if part.strip()]
    for review in item.reviews:
        state = {"done": _("done"), "goes-on": _("goes on"), "extended": _("extended"), "dropped": _("dropped"), "": _("not dealt with")}[
            review.outcome
        ]
        line = f"{review.text.read(language).text}: {state}"
        if review.outcome == "extended" and review.due_on:
            line += f", {long_date(review.due_on, language)}"
        if review.words:
            line += f". {review.words.read(language).text}"
        found.append(Lines([(review.number, line)]))
    for motion in item.motions:
        found += _motion(motion, language)
    if item.decisions:
        found.append(Para(_("DECIDED:")))
        found.append(Lines([(d.number, _decision(d, language)) for d in item.decisions]))
    return found


def _motion(motion: MotionFacts, language: str) -> list[Block]:
    found: list[Block] = [Para(_("VOTED (%(form)s): %(text)s") % {"form": FORMS[motion.form], "text": motion.text.read(language).text})]
    numbers = _("for %(f)d, against %(a)d, abstained %(o)d") % {"f": motion.votes_for, "a": motion.against, "o": motion.abstained}
    quorum = (
        _("%(there)d of %(all)d seats were filled, %(needed)d are a quorum")
        % {"there": motion.present, "all": motion.seats, "needed": motion.needed}
        if motion.needed is not None
        else _("%(there)d of %(all)d seats were filled; the council has no rule of quorum") % {"there": motion.present, "all": motion.seats}
    )
    ended = OUTCOMES.get(motion.outcome, "")
    if motion.by_casting_vote:
        ended = _("%(outcome)s by the casting vote of the chair") % {"outcome": ended}
    found.append(
        Para(f"{numbers}; {quorum}. {str(ended).capitalize()}." if motion.outcome != "dropped" else _("Taken back before it was counted."))
    )
    if motion.interested:
        found.append(Para(_("Did not vote because of an interest: %(names)s") % {"names": ", ".join(motion.interested)}))
    if motion.form == "roll-call" and motion.voices:
        words = {"for": _("In favour"), "against": _("Against"), "abstain": _("Abstained")}
        found.append(Table([_("Name"), _("Vote")], [[name, words[choice]] for name, choice in motion.voices]))
    return found


def _decision(decision: DecisionFacts, language: str) -> str:
    said = decision.text.read(language).text
    if decision.at_once:
        return said
    parts = [
        said,
        _("Does it: %(who)s") % {"who": decision.who.read(language).text},
        _("Until: %(day)s") % {"day": long_date(decision.due_on, language)} if decision.due_on else "",
        _("Seen by: %(proof)s") % {"proof": decision.proof.read(language).text} if decision.proof else "",
    ]
    return ". ".join(p.rstrip(".") for p in parts if p) + "."


def extract_blocks(facts: MeetingFacts, language: str, who: str) -> list[Block]:
    """What of a meeting one person or body has to do: the items and their decisions, nothing else."""
    found = _head(facts, language, _("Extract of minutes No. %(n)s") % {"n": facts.number})
    found.append(Para(_("For: %(who)s") % {"who": who}, strong=True))
    for item in facts.items:
        mine = [d for d in item.decisions if d.who.read(language).text == who]
        if mine:
            found.append(Heading(f"{item.position}. {item.title.read(language).text}", 2))
            found += [block for motion in item.motions for block in _motion(motion, language)[:2]]
            found.append(Lines([(d.number, _decision(d, language)) for d in mine]))
    found.append(Para(_("Secretary: ____________________ %(name)s") % {"name": facts.secretary}))
    return found


_KINDS: dict[str, type[Any]] = {"heading": Heading, "para": Para, "lines": Lines, "table": Table, "break": PageBreak}


def as_stored(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as JSON, to be frozen."""
    names = {kind: name for name, kind in _KINDS.items()}
    return [
        {
            "kind": names[type(b)],
            **{
                k: [list(r) if isinstance(r, tuple | list) else r for r in v] if isinstance(v, tuple | list) else v
                for k, v in vars(b).items()
            },
        }
        for b in blocks
    ]


def from_stored(stored: Sequence[dict[str, Any]]) -> list[Block]:
    found = []
    for row in stored:
        values = {k: v for k, v in row.items() if k != "kind"}
        if row["kind"] == "lines":
            values["rows"] = [tuple(r) for r in values["rows"]]
        found.append(_KINDS[row["kind"]](**values))
    return found
