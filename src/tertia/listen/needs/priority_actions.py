"""Beginning a round of priorities, judging, closing it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, WORKERS, roles
from tertia.core.languages.text import Text
from tertia.listen.needs.models import Need
from tertia.listen.needs.priorities import HIGHEST, Judgement, Ranking, rank
from tertia.listen.needs.priority_models import PriorityJudgement, PriorityRound

__all__ = ["begin_round", "close_round", "judge", "judgements_of", "ranking_of"]

MOST_NEEDS, MOST_CRITERIA = 60, 7


@action("needs.begin_round", may=roles(*OFFICE, of="owner.pk"))
def begin_round(
    *, by: Any, owner: Any, title: Text, criteria: list[str], needs: list[Need], on: dt.date, demonstration: bool = False
) -> PriorityRound:
    """Declare the criteria and the needs; both are fixed before anybody judges."""
    texts = [c.strip() for c in criteria if c.strip()]
    if not title:
        raise BadInput(Fault("title", _("Give the round a name.")))
    if not 0 < len(texts) <= MOST_CRITERIA or len(set(texts)) != len(texts):
        raise BadInput(Fault("criteria", _("Write one criterion a line, each once; at most seven.")))
    if not 1 < len(needs) <= MOST_NEEDS:
        raise BadInput(Fault("needs", _("Tick two needs or more; at most sixty.")))
    made = PriorityRound(owner=owner, title=title, criteria=texts, needs=[n.pk for n in needs], begun_on=on, demonstration=demonstration)
    made.save()
    return made


@action("needs.judge", may=roles(*WORKERS, of="round.owner_id"), about="round")
def judge(*, by: Any, round: PriorityRound, weights: list[int], marks: dict[int, list[int | None]]) -> PriorityJudgement:
    """One's own weights (0 to 10 for each criterion) and marks (0 to 4); judging again replaces them until the round is closed."""
    round = lock(round)
    if round.closed_on is not None or by.person is None:
        raise WrongState(round, "closed", ("open",))
    if len(weights) != len(round.criteria) or any(not 0 <= w <= 10 for w in weights) or not any(weights):
        raise BadInput(Fault("weights", _("Give each criterion a weight from 0 to 10, at least one of them more than 0.")))
    for need, row in marks.items():
        if need not in round.needs or len(row) != len(round.criteria) or any(m is not None and not 0 <= m <= HIGHEST for m in row):
            raise BadInput(Fault("marks", _("A mark is a number from 0 to 4.")))
    made = PriorityJudgement.objects.filter(round=round, person=by.person).first() or PriorityJudgement(round=round, person=by.person)
    made.weights = {str(c): w for c, w in enumerate(weights)}
    made.marks = {
        str(need): {str(c): m for c, m in enumerate(row) if m is not None} for need, row in marks.items() if any(m is not None for m in row)
    }
    made.save()
    return made


@action("needs.close_round", may=roles(*OFFICE, of="round.owner_id"), about="round")
def close_round(*, by: Any, round: PriorityRound, on: dt.date) -> PriorityRound:
    """Close and publish; it needs at least one judgement."""
    round = lock(round)
    if round.closed_on is not None:
        raise WrongState(round, "closed", ("open",))
    if not round.judgements.exists():
        raise BadInput(Fault("", _("Nobody has judged yet.")))
    round.closed_on = on
    round.save()
    return round


def judgements_of(round: PriorityRound) -> dict[str, Any]:
    """The round as its published file: needs by their number, criteria as c1, c2 …; judges without names, in an order that says nothing."""
    rows = [
        {
            "weights": {f"c{int(c) + 1}": w for c, w in j.weights.items()},
            "marks": {need: {f"c{int(c) + 1}": m for c, m in row.items()} for need, row in j.marks.items()},
        }
        for j in round.judgements.all()
        if j.weights
    ]
    rows.sort(key=repr)
    return {
        "title": str(round.title), "needs": [str(n) for n in round.needs], "criteria": [f"c{n}" for n in range(1, len(round.criteria) + 1)],
        "criteria_words": round.criteria, "judges": rows,
    }  # fmt: skip


def ranking_of(round: PriorityRound) -> Ranking:
    body = judgements_of(round)
    return rank(body["needs"], body["criteria"], [Judgement(j["weights"], j["marks"]) for j in body["judges"]])
