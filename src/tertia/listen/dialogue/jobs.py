"""Drawing the picture of a conversation: the groups, what unites and divides them. Done by the worker, again when votes have come."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Count

from tertia.core.actions.action import action
from tertia.core.actions.actor import Actor
from tertia.core.actions.policies import system
from tertia.core.jobs.queue import enqueue, job
from tertia.core.periods import clock
from tertia.listen.dialogue.models import Conversation, Picture, Statement, Vote

__all__ = ["draw", "draw_soon", "needs_drawing"]


def draw_soon(conversation: Conversation, why: str) -> None:
    enqueue("dialogue.draw", f"{conversation.pk}:{why}:{clock.now().timestamp():.0f}", conversation_id=conversation.pk)


@job("dialogue.draw", alone=True)
def draw(conversation_id: int) -> dict[str, Any]:
    """Compute the groups from all votes and keep them in place of the picture before. Twice gives the same picture."""
    from tertia.listen.dialogue.opinion.choice import find_groups  # slow library
    from tertia.listen.dialogue.opinion.mixture import shares_of, tables_of  # slow library
    from tertia.listen.dialogue.opinion.report import report_of  # slow library
    from tertia.listen.dialogue.table import table_of  # slow library

    conversation = Conversation.objects.get(pk=conversation_id)
    table = table_of(conversation)
    votes = table.votes
    if not len(votes):
        Picture.objects.filter(conversation=conversation).delete()
        return {"votes": 0}
    found = find_groups(votes)
    report = report_of(votes, found)
    for group in report["groups"]:
        group.pop("members")
    groups = max(found.count, 1)
    shares = shares_of(tables_of(votes), found.groups, groups)
    sizes = np.bincount(found.groups[found.groups >= 0], minlength=groups) + 1.0
    model = {
        "weights": [round(float(w), 6) for w in sizes / sizes.sum()], "shares": np.round(shares, 4).clip(0.0001).tolist(),
        "statements": list(table.statements),
    }  # fmt: skip
    shared = _shared(table, found.groups, [g["id"] for g in report["groups"] if not g["protected"]])
    rows = np.stack([votes.rows, votes.columns, votes.kinds.astype(np.int32)])
    with transaction.atomic():
        mark_shared(by=Actor.system("dialogue"), conversation=conversation, statements=shared)
        Picture.objects.update_or_create(
            conversation=conversation,
            defaults={
                "drawn_at": clock.now(), "voices": votes.shape[0], "votes": len(votes), "report": report, "model": model,
                "digest": hashlib.sha256(np.ascontiguousarray(rows).tobytes()).hexdigest(),
            },
        )  # fmt: skip
    return {"votes": len(votes), "groups": found.count}


def _shared(table: Any, groups: np.ndarray, told: list[int]) -> list[int]:
    """Statements where in each of the groups more agree than disagree; none where no group is told of."""
    votes = table.votes
    mask = np.full(votes.shape[1], bool(told))
    for group in told:
        mine = groups[votes.rows] == group
        sum_of = np.bincount(votes.columns[mine], weights=1.0 - votes.kinds[mine], minlength=votes.shape[1])
        mask &= sum_of > 0
    return [table.statements[n] for n in np.nonzero(mask)[0]]


@action("dialogue.mark_shared", may=system, about="conversation")
def mark_shared(*, by: Any, conversation: Conversation, statements: list[int]) -> int:
    """Note which statements every group agrees with. Nothing is written where it is so already."""
    rows = Statement.objects.filter(conversation=conversation)
    more, fewer = rows.filter(pk__in=statements, shared=False), rows.filter(shared=True).exclude(pk__in=statements)
    return sum(found.update(shared=value) for found, value in ((more, True), (fewer, False)) if found.exists())


def needs_drawing() -> list[tuple[int, int]]:
    """(conversation, its votes) where so many votes came since the last picture that it may have changed."""
    rows = Vote.objects.filter(statement__conversation__state="open").values("statement__conversation").annotate(n=Count("pk")).order_by()
    counts = {row["statement__conversation"]: row["n"] for row in rows}
    drawn = dict(Picture.objects.filter(conversation__in=counts).values_list("conversation", "votes"))
    return [(pk, n) for pk, n in counts.items() if abs(n - drawn.get(pk, 0)) >= max(1, drawn.get(pk, 0) // 50)]
