"""What came out: groups, what unites, what divides, every statement, and the open data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.core.access.voices import speaker_of
from tertia.core.actions.pages import Pages
from tertia.core.periods import clock
from tertia.core.records.queries import record_for
from tertia.listen.dialogue.actions.hosting import BECAME
from tertia.listen.dialogue.actions.voting import is_open
from tertia.listen.dialogue.asking import belonging
from tertia.listen.dialogue.models import Conversation, Picture, Statement
from tertia.listen.dialogue.queries import groups_of, numbers_of, own_votes, shares_of, statements_of
from tertia.listen.dialogue.table import FILES, published

__all__ = ["data", "results", "statements"]

#: groups that are drawn; marks drawn at most; statements told of each group
DRAWN, MARKS, HELD = 5, 600, 3
SIGNS = ("circle", "triangle", "square", "diamond", "cross")


@dataclass(frozen=True)
class Group:
    """A group as it is drawn: its letter, how many people, where its marks stand, what it holds more than others."""

    id: int
    letter: str
    sign: str
    size: int
    protected: bool
    marks: list[tuple[float, float]]
    radius: float
    each: int
    holds: list[dict[str, Any]]
    mine: bool = False


def results(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Conversation, slug=slug)
    picture = Picture.objects.filter(conversation=record).first()
    shown = {str(s.number): s for s in statements_of(record)}
    report = picture.report if picture else None
    context: dict[str, Any] = {
        "record": record, "stage": "listen", "picture": picture, "numbers": numbers_of(record), "voting": is_open(record, clock.today()), "files": FILES,
        "became": [s for s in shown.values() if s.became], "became_words": BECAME, "owed": list(record.owed_answers.select_related("party")),
    }  # fmt: skip
    if report and picture:
        groups = _groups(report, shown, _own_group(request, record))
        told = [g for g in groups if not g.protected]
        context |= {
            "groups": groups, "told": told, "drawn": told[:DRAWN], "unites": _told(report["consensus"], shown, picture, told),
            "divides": _told(report["divisive"], shown, picture, told), "ungrouped": report["ungrouped"],
            "sure": _sureness(report["stability"]), "stability": round(100 * report["stability"]), "headline": _headline(groups, report),
        }  # fmt: skip
    answer = render(request, "dialogue/results.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _headline(groups: list[Group], report: dict[str, Any]) -> str:
    if len(groups) < 2:
        return _("One group: nobody stands apart surely")
    if report["consensus"]:
        return ngettext("%(n)d group, and what unites it", "%(n)d groups, and what they have in common", len(groups)) % {"n": len(groups)}
    return ngettext("%(n)d group, and nothing that unites it", "%(n)d groups, and nothing yet that unites all", len(groups)) % {
        "n": len(groups)
    }


def _sureness(stability: float) -> str:
    if stability >= 0.8:
        return _("sure: the same groups come out when participants are drawn anew")
    if stability >= 0.5:
        return _("fairly sure: the groups mostly come out again when participants are drawn anew")
    return _("unsure: with other participants the groups would look different")


def _own_group(request: Any, record: Conversation) -> int | None:
    """The group of the reader's own voice, shown to him alone."""
    groups = groups_of(record)
    votes = own_votes(record, speaker_of(request, clock.today()))
    if groups is None or len(votes) < 3:
        return None
    return int(belonging(groups, votes).argmax())


def _groups(report: dict[str, Any], shown: dict[str, Statement], own: int | None) -> list[Group]:
    people = sum(g["size"] for g in report["groups"])
    each = max(1, math.ceil(people / MARKS))
    found = []
    for row in report["groups"]:
        marks = [] if row["protected"] else _sunflower(math.ceil(row["size"] / each))
        holds = [
            {"statement": shown[r["statement"]], "agree": r["holds"] == "agree", "share": round(100 * r["share"]), "others": round(100 * r["others"])}
            for r in report["representative"].get(str(row["id"]), []) if r["statement"] in shown
        ]  # fmt: skip
        radius = 4.6 * math.sqrt(max(len(marks), 1)) + 9
        found.append(
            Group(row["id"], chr(65 + row["id"] % 26), SIGNS[row["id"] % len(SIGNS)], row["size"], row["protected"], marks, radius, each, holds[:HELD], own == row["id"])
        )  # fmt: skip
    return found


def _sunflower(count: int) -> list[tuple[float, float]]:
    """Marks spread evenly over a disc (Vogel 1979); where one stands within it has no meaning."""
    turn = math.pi * (3 - math.sqrt(5))
    return [
        (round(4.6 * math.sqrt(n + 0.5) * math.cos(n * turn), 1), round(4.6 * math.sqrt(n + 0.5) * math.sin(n * turn), 1))
        for n in range(count)
    ]


def _told(rows: list[dict[str, Any]], shown: dict[str, Statement], picture: Picture, told: list[Group]) -> list[dict[str, Any]]:
    """Statements with, for each group that is told, the share of those who agree among those who agree or disagree."""
    at = {pk: n for n, pk in enumerate(picture.model["statements"])}
    shares = picture.model["shares"]
    found = []
    for row in rows:
        statement = shown.get(row["statement"])
        if statement is None or statement.pk not in at:
            continue
        column = at[statement.pk]
        bars = []
        for group in told:
            agree, _pass, disagree = (shares[group.id][k][column] for k in range(3))
            bars.append((group, round(100 * agree / max(agree + disagree, 1e-9))))
        found.append({"statement": statement, "bars": bars, "against": row.get("all") == "disagree"})
    return found


def statements(request: Any, slug: str) -> HttpResponse:
    """All statements with their counts; by number, or the most agreed, the most disputed, the most passed first."""
    record = record_for(request.actor, Conversation, slug=slug)
    rows = shares_of(record, list(statements_of(record)))
    order = request.GET.get("order", "")
    if order == "agreed":
        rows.sort(key=lambda r: (-(r.share or 0), -r.votes))
    elif order == "disputed":
        rows.sort(key=lambda r: (abs((r.share if r.share is not None else 0) - 50), -r.votes))
    elif order == "passed":
        rows.sort(key=lambda r: (-r.passed / max(r.votes, 1), -r.votes))
    page = Pages(rows, 100).get_page(request.GET.get("page"))
    context = {
        "record": record, "page": page, "rows": page.object_list, "order": order, "stage": "listen", "became_words": BECAME, "numbers": numbers_of(record)
    }  # fmt: skip
    answer = render(request, "dialogue/statements.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def data(request: Any, slug: str, name: str) -> StreamingHttpResponse:
    """The open data, in the published form of Polis; no persons, no times, groups of few people untold."""
    record = record_for(request.actor, Conversation, slug=slug)
    if name not in FILES:
        raise Http404
    answer = StreamingHttpResponse(published(record, name), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{record.slug}-{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
