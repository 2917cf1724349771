"""Receiving what universities hand in, deciding what is odd, asking and answering."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import one_of, roles
from tertia.core.files.store import Taken, store
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.actions import answer_owed, move, owe, send_owed
from tertia.core.records.models import OwedAnswer, Visibility
from tertia.core.records.slugs import free_slug
from tertia.core.rules.queries import rule_on
from tertia.measure.country.intake import Received
from tertia.measure.country.models import Expected, FigureQuestion, HandIn, NationalFigure
from tertia.measure.indicators.engine.catalogue import catalogue

__all__ = ["answer_question", "ask_about", "decide_hand_in", "expect", "receive"]

KEEPERS = ("office", "leader", "analyst", "administrator")


@action("country.expect", may=roles(*KEEPERS, of="keeper.pk"), about="keeper")
def expect(*, by: Any, keeper: Any, organisations: list[Any], since: dt.date) -> int:
    """Put universities on the list of those that hand in. Returns how many are new."""
    there = set(Expected.objects.filter(keeper=keeper).values_list("organisation_id", flat=True))
    made = [Expected(keeper=keeper, organisation=o, valid_from=since) for o in organisations if o.pk not in there]
    Expected.objects.bulk_create(made)
    return len(made)


@action(
    "country.receive",
    may=one_of(roles("office", "leader", "administrator", of="received.organisation.pk"), roles(*KEEPERS, of="keeper.pk")),
)
def receive(*, by: Any, keeper: Any, received: Received, demonstration: bool = False) -> HandIn:
    """Keep what came in with what the check found. Accepted figures take the place of the earlier version's; refused ones change nothing."""
    last = HandIn.objects.filter(keeper=keeper, organisation=received.organisation).order_by("-number").first()
    kept = Taken(received.data, "application/zip" if received.door == "package" else "text/csv") if received.data else None
    made = HandIn(
        keeper=keeper, organisation=received.organisation, number=last.number + 1 if last else 1, door=received.door, check_state=received.check_state,
        state=received.state, problems=[asdict(p) for p in received.problems[:200]], odd=received.odd_rows, periods=received.periods, name=received.name,
        signed_by=received.signed_by, made_at=received.made_at, person=by.person, received_at=clock.now(), late_days=received.late_days, demonstration=demonstration,
        file=store(kept, name=_file_name(received, last), owner=keeper) if kept else None,
    )  # fmt: skip
    made.save()
    if made.state == HandIn.State.ACCEPTED:
        _take_effect(made, received.figures)
    return made


def _file_name(received: Received, last: HandIn | None) -> str:
    number = last.number + 1 if last else 1
    return f"{received.organisation.slug}-v{number}.{'zip' if received.door == 'package' else 'csv'}"


def _take_effect(hand_in: HandIn, figures: list[Any]) -> None:
    """Inside an action: its figures are in force; periods that it does not hold keep the figures of the version before."""
    mine = HandIn.objects.filter(keeper=hand_in.keeper, organisation=hand_in.organisation, state=HandIn.State.ACCEPTED).exclude(
        pk=hand_in.pk
    )
    periods = {f.period for f in figures}
    NationalFigure.objects.filter(keeper=hand_in.keeper, organisation=hand_in.organisation, period__in=periods).delete()
    NationalFigure.objects.bulk_create(
        [
            NationalFigure(
                hand_in=hand_in, keeper=hand_in.keeper, organisation=hand_in.organisation, indicator=f.indicator, version=f.version, period=f.period,
                breakdown=f.breakdown, numerator=f.numerator, denominator=f.denominator, value=f.value, unit=f.unit, state=f.state,
            )
            for f in figures
        ],
        batch_size=1000,
    )  # fmt: skip
    mine.exclude(figures__isnull=False).update(state=HandIn.State.REPLACED)


@action("country.decide", may=roles(*KEEPERS, of="hand_in.keeper_id"), about="hand_in")
def decide_hand_in(*, by: Any, hand_in: HandIn, accept: bool, words: str, figures: list[Any], on: dt.date) -> HandIn:
    """Accept a version whose figures are odd but may be true, or refuse it; both with a reason that the university reads."""
    hand_in = lock(hand_in)
    if hand_in.state != HandIn.State.ASKED:
        raise WrongState(hand_in, hand_in.state, (HandIn.State.ASKED,))
    if not words.strip():
        raise BadInput(Fault("words", _("Say why; the university reads it.")))
    hand_in.state = HandIn.State.ACCEPTED if accept else HandIn.State.REJECTED
    hand_in.decision, hand_in.decided_on = words.strip(), on
    hand_in.save()
    if accept:
        _take_effect(hand_in, figures)
    return hand_in


@action("country.ask", may=roles(*KEEPERS, of="keeper.pk"))
def ask_about(
    *, by: Any, keeper: Any, organisation: Any, indicator: str, period: str, words: Text, on: dt.date, demonstration: bool = False
) -> FigureQuestion:
    """Ask a university about one figure; it owes the answer by a date, and both stand in public beside the figure."""
    entry = catalogue().get(indicator)
    if entry is None or not words:
        raise BadInput(Fault("words", _("Write the question.")))
    title = Text.of("en", **entry.titles)
    made = FigureQuestion(
        owner=keeper, organisation=organisation, indicator=indicator, period=period, title=title, summary=words, number=period, starts_on=on,
        slug=free_slug(keeper, "question", f"{organisation.slug} {indicator} {period}"), visibility=Visibility.PUBLIC, author=by.person, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    owed = owe(made, organisation)
    send_owed(owed, on=on, due_on=on + dt.timedelta(days=rule_on("answer.term_days", on, keeper)))
    return made


@action("country.answer", may=roles("office", "leader", "administrator", "editor", of="owed.party_id"), about="owed")
def answer_question(*, by: Any, owed: OwedAnswer, words: Text, on: dt.date) -> OwedAnswer:
    if not words:
        raise BadInput(Fault("words", _("Write the answer.")))
    owed = lock(owed)
    answer_owed(owed, state=OwedAnswer.State.DONE, words=words, on=on)
    question = lock(FigureQuestion.objects.get(pk=owed.record_id))
    if question.state == "asked":
        move(question, "answered")
    return owed
