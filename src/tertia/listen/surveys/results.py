"""What a survey says: shares with margins or the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tertia.listen.surveys.actions import questions_of
from tertia.listen.surveys.estimates import FEWEST, Design, Estimate, estimate, weights_of
from tertia.listen.surveys.models import Survey
from tertia.listen.surveys.questions import Question

__all__ = ["Told", "results_of", "words_of", "why_no_margin", "why_no_weights"]


@dataclass(frozen=True)
class Told:
    """A question with its estimate; of a question for words only how many wrote something."""

    number: int
    question: Question
    estimate: Estimate | None
    written: int
    words: dict[str, str]

    @property
    def rows(self) -> list[dict[str, Any]]:
        if self.estimate is None:
            return []
        return [
            {
                "text": self.words[s.option], "count": s.count, "share": round(100 * s.share), "low": None if s.low is None else round(100 * s.low),
                "high": None if s.high is None else round(100 * s.high),
            }
            for s in self.estimate.shares
        ]  # fmt: skip


def results_of(survey: Survey) -> tuple[list[Told], str]:
    """All questions, and why weights were asked for and are not used (empty where they are, or were not asked for)."""
    responses = list(survey.responses.values_list("answers", flat=True))
    design = Design(survey.sampling, survey.asked, survey.population)
    weights, why = None, ""
    if survey.weight_question is not None:
        groups = [(a.get(str(survey.weight_question)) or [None])[0] for a in responses]
        weights, why = weights_of(groups, {k: float(v) for k, v in survey.weight_shares.items()})
    found = []
    for number, question in enumerate(questions_of(survey)):
        given = [a.get(str(number), []) for a in responses]
        if question.kind == "words":
            found.append(Told(number, question, None, sum(bool(g) for g in given), {}))
            continue
        codes = [code for code, _text in question.coded]
        found.append(Told(number, question, estimate(given, codes, design, weights), 0, dict(question.coded)))
    return found, why


def words_of(survey: Survey, number: int, most: int = 500) -> list[str]:
    """What people wrote to a question for words, for the office alone, in the order of the words, which says nothing of who wrote them."""
    return sorted(str(a[str(number)]) for a in survey.responses.values_list("answers", flat=True) if a.get(str(number)))[:most]


def why_no_margin(code: str) -> str:
    return {
        "": "",
        "few": _("Fewer than %(n)d answers: shares would say nothing, and might give somebody away.") % {"n": FEWEST},
        "open": _(
            "No margin of error is told: whoever wanted to answered, so chance did not choose, and those who did not come may think otherwise."
        ),
        "unknown": _("No margin of error is told: it is not said how many were asked."),
        "rate": _("No margin of error is told: fewer than two of five who were asked answered; those who did not may think otherwise."),
    }[code]


def why_no_weights(code: str) -> str:
    return {
        "": "",
        "unknown": _("No weights are used: the shares of the groups are not known."),
        "empty": _("No weights are used: one of the groups has not answered at all."),
        "heavy": _("No weights are used: one answer would have to speak for more than five."),
    }[code]
