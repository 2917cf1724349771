"""The votes of a conversation as a table: for the groups, and in the published form of Polis, without persons.

Voices set aside and statements that are not shown are left out. Participants are numbered by a hash, so the order says nothing.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tertia.core.files.cells import harmless
from tertia.listen.dialogue.asking import Groups, belonging
from tertia.listen.dialogue.models import Conversation, Picture, Statement, Voice, Vote
from tertia.listen.dialogue.opinion.votes import Votes, votes_of
from tertia.listen.dialogue.queries import groups_of

__all__ = ["Table", "published", "table_of"]

SHOWN = (Statement.State.OPEN, Statement.State.CLOSED)
FILES = ("votes.csv", "comments.csv", "participants-votes.csv", "summary.csv")


@dataclass(frozen=True)
class Table:
    """`votes` with participants and statements by their published numbers; `statements` and `voices` are the rows' ids in that order."""

    votes: Votes
    statements: tuple[int, ...]
    voices: tuple[int, ...]


def table_of(conversation: Conversation) -> Table:
    shown = dict(Statement.objects.filter(conversation=conversation, state__in=SHOWN).order_by("number").values_list("pk", "number"))
    voices = [
        pk for pk, _key in sorted(
            Voice.objects.filter(conversation=conversation, aside="").values_list("pk", "key"), key=lambda v: hashlib.sha256(v[1].encode()).digest()
        )
    ]  # fmt: skip
    rows = Vote.objects.filter(statement__conversation=conversation, statement__state__in=SHOWN, voice__aside="")
    triples = np.fromiter(
        (n for row in rows.values_list("voice_id", "statement_id", "value").iterator(chunk_size=20_000) for n in row), dtype=np.int64
    ).reshape(-1, 3)
    statements = list(shown)
    votes = votes_of(
        [str(n) for n in range(len(voices))], [str(n) for n in shown.values()], _places(voices, triples[:, 0]), _places(statements, triples[:, 1]),
        triples[:, 2],
    )  # fmt: skip
    return Table(votes, tuple(statements), tuple(voices))


def _places(ids: list[int], found: np.ndarray) -> np.ndarray:
    """Of each id its place in the list."""
    order = np.argsort(np.array(ids, dtype=np.int64), kind="stable")
    return order[np.searchsorted(np.array(ids, dtype=np.int64), found, sorter=order)] if len(ids) else found


def published(conversation: Conversation, name: str) -> Iterator[str]:
    """One of `FILES`, line by line; of groups of few people the members are not told."""
    table = table_of(conversation)
    if name == "votes.csv":
        yield from _votes(table)
    elif name == "comments.csv":
        yield from _comments(conversation, table)
    elif name == "participants-votes.csv":
        report = Picture.objects.filter(conversation=conversation).values_list("report", flat=True).first()
        told = {g["id"] for g in report["groups"] if not g["protected"]} if report else set()
        yield from _participants(table, groups_of(conversation), told)
    else:
        yield from _summary(conversation, table)


def _line(cells: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _votes(table: Table) -> Iterator[str]:
    v = table.votes
    yield "comment-id,voter-id,vote\n"
    for row, column, kind in zip(v.rows, v.columns, v.kinds, strict=True):
        yield f"{v.statements[column]},{row},{1 - int(kind)}\n"


def _counts(v: Votes) -> np.ndarray:
    """Of each kind and statement the number of votes: shape (3, statements)."""
    counts = np.zeros((3, v.shape[1]), dtype=np.int64)
    np.add.at(counts, (v.kinds, v.columns), 1)
    return counts


def _comments(conversation: Conversation, table: Table) -> Iterator[str]:
    counts = _counts(table.votes)
    words = dict(Statement.objects.filter(conversation=conversation).values_list("pk", "words"))
    yield "comment-id,agrees,disagrees,passes,moderated,seed-language,comment-body,comment-body-kk,comment-body-ru,comment-body-en\n"
    for n, pk in enumerate(table.statements):
        text = words[pk]
        in_all = [harmless(text.versions.get(lang, ("", ""))[0]) for lang in ("kk", "ru", "en")]
        yield _line([table.votes.statements[n], counts[0, n], counts[2, n], counts[1, n], 1, text.original, harmless(str(text)), *in_all])


def _participants(table: Table, groups: Groups | None, told: set[int]) -> Iterator[str]:
    v = table.votes
    yield _line(["participant", "group-id", "n-votes", "n-agree", "n-disagree", *v.statements])
    starts = np.searchsorted(v.rows, np.arange(v.shape[0] + 1))
    for person in range(v.shape[0]):
        at = slice(starts[person], starts[person + 1])
        cells: list[Any] = [""] * v.shape[1]
        for column, kind in zip(v.columns[at], v.kinds[at], strict=True):
            cells[column] = 1 - int(kind)
        group: Any = ""
        if groups is not None and at.stop - at.start >= min(3, v.shape[1]):
            own = {table.statements[c]: 1 - int(k) for c, k in zip(v.columns[at], v.kinds[at], strict=True)}
            best = int(belonging(groups, own).argmax())
            group = best if best in told else ""
        kinds = v.kinds[at]
        yield _line([person, group, len(kinds), int((kinds == 0).sum()), int((kinds == 2).sum()), *cells])


def _summary(conversation: Conversation, table: Table) -> Iterator[str]:
    v = table.votes
    aside = Voice.objects.filter(conversation=conversation).exclude(aside="").count()
    for name, value in (
        ("topic", conversation.title), ("description", conversation.summary), ("first-day", conversation.starts_on), ("last-day", conversation.ends_on),
        ("voters", v.shape[0]), ("voters-set-aside", aside), ("statements", v.shape[1]), ("votes", len(v)), ("source", conversation.source),
        ("licence", conversation.licence or "CC BY 4.0"),
    ):  # fmt: skip
        yield _line([name, harmless(str(value)) if value is not None else ""])
