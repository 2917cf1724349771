"""An invented conversation with its groups, its answer, and what became of statements; and one that runs now."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tertia.core.access.voices import Speaker
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.demonstration.cast import SYSTEM, Cast
from tertia.demonstration.content import load, text
from tertia.listen.dialogue.actions import Cast as Ballot
from tertia.listen.dialogue.actions import (
    answer_conversation,
    ask_about_conversation,
    begin_conversation,
    cast_votes,
    close_conversation,
    open_conversation,
    say,
    say_whence,
    seed,
    tell_outcome,
)
from tertia.listen.dialogue.jobs import draw
from tertia.listen.dialogue.models import Conversation, Statement
from tertia.listen.needs.models import Need
from tertia.listen.needs.priority_actions import begin_round, close_round, judge
from tertia.listen.proposals.actions import amend, argue, convince, propose

__all__ = ["talk"]

#: people of the three invented groups
SIZES = (88, 63, 46)


def talk(cast: Cast, needs: dict[str, Need], measures: dict[str, Any], day: dt.date, number: int, tell: Any) -> list[Conversation]:
    """One conversation that has ended and was answered, and one that runs."""
    rows = load("conversation")
    ended = _begin(cast, rows, needs["late-bus"], day - dt.timedelta(days=60), day - dt.timedelta(days=46), 30)
    _vote(ended, rows["statement"], day - dt.timedelta(days=50), SIZES, number)
    with clock.at(day - dt.timedelta(days=46), 20):
        ended = close_conversation(by=cast.actor("office", clock.today()), conversation=ended, on=clock.today())
    draw(ended.pk)
    _answer(cast, ended, rows, measures, day)
    running = _begin(cast, load("conversation_running"), None, day - dt.timedelta(days=6), day + dt.timedelta(days=15), 8)
    _vote(running, load("conversation_running")["statement"], day - dt.timedelta(days=2), (21, 17), number + 1)
    with clock.at(day - dt.timedelta(days=1), 18):
        citizen = Actor.of(cast.people["citizen"], clock.today())
        words = load("conversation_running")["waiting"]
        say(by=citizen, conversation=running, speaker=Speaker(person=cast.people["citizen"]), words=text(words), on=clock.today())
    draw(running.pk)
    _propose(cast, ended, day)
    _weigh(cast, needs, day, number)
    tell("conversations", 2)
    return [ended, running]


def _propose(cast: Cast, ended: Conversation, day: dt.date) -> None:
    """A proposal that grew from the conversation, with reasons on both sides and an amendment that waits."""
    rows = load("proposal")
    on = day - dt.timedelta(days=20)
    with clock.at(on):
        made = propose(
            by=Actor.of(cast.people["citizen"], on),
            owner=cast.university,
            title=text(rows),
            words=text(rows, "words_"),
            on=on,
            about=ended,
            demonstration=True,
        )
    with clock.at(on + dt.timedelta(days=3)):
        for row in rows["argument"]:
            by = Actor.of(cast.people[row["by"]], clock.today())
            one = argue(by=by, proposal=made, side=row["side"], words=text(row), on=clock.today())
            for n in range(row["convinced"]):
                convince(by=SYSTEM, proposal=made, speaker=Speaker(mark=f"invented-{n}"), argument=one)
        for n in range(37):
            convince(by=SYSTEM, proposal=made, speaker=Speaker(mark=f"invented-{n}"))
        student = Actor.of(cast.people["student"], clock.today())
        amend(by=student, proposal=made, words=text(rows, "amended_"), reason=text(rows, "reason_"), on=clock.today())


def _weigh(cast: Cast, needs: dict[str, Need], day: dt.date, number: int) -> None:
    """Three people say what comes first among the needs that are public."""
    on, pick = day - dt.timedelta(days=12), random.Random(number)
    public = [
        n for n in Need.objects.filter(pk__in=[n.pk for n in needs.values()], visibility="public").order_by("pk") if n.raised_on <= on
    ]
    with clock.at(on):
        rows = load("proposal")["priorities"]
        made = begin_round(
            by=cast.actor("office", on), owner=cast.university, title=text(rows), criteria=rows["criteria"], needs=public, on=on, demonstration=True
        )  # fmt: skip
        leaning = {n.pk: pick.randint(1, 4) for n in public}
        for key in ("office", "leader", "editor"):
            marks = {pk: [max(0, min(4, lean + pick.randint(-1, 1))) for _c in rows["criteria"]] for pk, lean in leaning.items()}
            judge(by=cast.actor(key, on), round=made, weights=[pick.randint(3, 9) for _c in rows["criteria"]], marks=marks)
        close_round(by=cast.actor("office", on), round=made, on=on)


def _begin(cast: Cast, rows: dict[str, Any], need: Need | None, on: dt.date, until: dt.date, many: int) -> Conversation:
    with clock.at(on):
        office = cast.actor("office", on)
        made = begin_conversation(
            by=office, owner=cast.university, title=text(rows), summary=text(rows, "summary_"), ends_on=until, discusses=need, place=cast.university.place,
            demonstration=True,
        )  # fmt: skip
        seed(by=office, conversation=made, texts=[text(row) for row in rows["statement"]][:many], on=on)
        return open_conversation(by=office, conversation=made, on=on)


def _vote(conversation: Conversation, rows: list[dict[str, Any]], on: dt.date, sizes: tuple[int, ...], number: int) -> None:
    """Invented guests: each answers most statements as his invented group would."""
    pick = random.Random(number)
    with clock.at(on, 14):
        for group, size in enumerate(sizes):
            for n in range(size):
                votes = []
                for at, row in enumerate(rows, start=1):
                    if pick.random() < 0.15:
                        continue
                    passed = pick.random() * 100 < row.get("pass", 8)
                    value = 0 if passed else 1 if pick.random() * 100 < row["likely"][group] else -1
                    votes.append(Ballot(at, value, 1))
                speaker = Speaker(mark=f"invented-{number}-{group}-{n}")
                cast_votes(by=SYSTEM, conversation=conversation, speaker=speaker, votes=votes, day=on)
                if n % 3:  # two in three say where they speak from
                    say_whence(
                        by=SYSTEM, conversation=conversation, speaker=speaker, whence=("outside", "student", "outside", "staff")[n % 4]
                    )


def _answer(cast: Cast, ended: Conversation, rows: dict[str, Any], measures: dict[str, Any], day: dt.date) -> None:
    asked = day - dt.timedelta(days=45)
    with clock.at(asked):
        owed = ask_about_conversation(
            by=cast.actor("office", asked), conversation=ended, party=cast.bodies["demonstration-akimat"], on=asked
        )
    answered = day - dt.timedelta(days=28)
    with clock.at(answered):
        answer_conversation(by=cast.actor("akimat", answered), owed=owed, state="accepted", words=text(rows, "answer_"), on=answered)
        office = cast.actor("office", answered)
        measure = measures["6.1"]
        for at, became, words in (
            (2, "taken", Text.of("en", en="The akimat has promised it for this winter.", ru="Акимат пообещал это на эту зиму.", kk="Әкімдік осы қысқа уәде берді.")),
            (3, "taken", Text.of("en", en="Students count the passengers each evening.", ru="Студенты считают пассажиров каждый вечер.", kk="Студенттер әр кеш сайын жолаушыларды санайды.")),
            (6, "not", Text.of("en", en="No: the library stays open until nine.", ru="Нет: библиотека работает до девяти.", kk="Жоқ: кітапхана тоғызға дейін ашық.")),
        ):  # fmt: skip
            one = Statement.objects.get(conversation=ended, number=at)
            tell_outcome(by=office, statement=one, became=became, words=words, on=answered, record=measure if at == 3 else None)
