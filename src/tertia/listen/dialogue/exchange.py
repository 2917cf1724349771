"""Conversations from elsewhere and to elsewhere, in the published form of Polis (a folder of CSV, plain or gzipped)."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tertia.core.actions.action import action
from tertia.core.actions.policies import OFFICE, one_of, roles, system
from tertia.core.languages.text import Text
from tertia.core.records.models import Visibility
from tertia.core.records.slugs import free_slug
from tertia.listen.dialogue.models import Conversation, Statement, Voice, Vote
from tertia.listen.dialogue.opinion.votes import Votes, VotesUnreadable, read_votes
from tertia.listen.dialogue.table import FILES, published

__all__ = ["Brought", "bring_in", "read_folder", "write_folder"]


@dataclass(frozen=True)
class Brought:
    """A conversation as a folder gives it: its statements' texts by number, those that were moderated out, its votes."""

    texts: dict[str, str]
    declined: frozenset[str]
    votes: Votes
    title: str = ""


def read_folder(folder: Path) -> Brought:
    """Read `comments.csv` and the votes of a folder. Raises VotesUnreadable, naming the file and the column."""
    file = next((p for p in (folder / "comments.csv", folder / "comments.csv.gz") if p.exists()), None)
    if file is None:
        raise VotesUnreadable(
            "not-found", f"{folder}: there is no comments.csv in it, plain or gzipped; without it the statements have no words"
        )
    text = (gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = {"comment-id", "comment-body"} - set(rows.fieldnames or ())
    if missing:
        raise VotesUnreadable("columns", f"{file}: the columns {', '.join(sorted(missing))} are missing")
    texts, declined = {}, set()
    for row in rows:
        number = (row["comment-id"] or "").strip()
        body = " ".join((row["comment-body"] or "").split())
        texts[number] = body[1:] if body[:1] == "'" and body[1:2] in ("=", "+", "-", "@") else body
        if (row.get("moderated") or "").strip() == "-1":
            declined.add(number)
    votes = read_votes(folder)
    unknown = set(votes.statements) - set(texts)
    if unknown:
        raise VotesUnreadable("value", f"{file}: there are votes on {', '.join(sorted(unknown)[:5])}, and no words for them")
    return Brought(texts, frozenset(declined), votes, _topic(folder))


def _topic(folder: Path) -> str:
    file = next((p for p in (folder / "summary.csv", folder / "summary.csv.gz") if p.exists()), None)
    if file is None:
        return ""
    text = (gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()).decode("utf-8-sig")
    return next((row[1].strip() for row in csv.reader(io.StringIO(text, newline="")) if len(row) > 1 and row[0].strip() == "topic"), "")


@action("dialogue.bring_in", may=one_of(roles(*OFFICE, of="owner.pk"), system))
def bring_in(
    *, by: Any, owner: Any, brought: Brought, title: Text, language: str, source: str, licence: str, on: dt.date, ends_on: dt.date | None = None,
    demonstration: bool = False,
) -> Conversation:  # fmt: skip
    """Keep a conversation from elsewhere as one that has ended, with its source and licence. Its voices are nobody here."""
    made = Conversation(
        owner=owner, title=title, starts_on=None, ends_on=ends_on or on, closed_on=on, state="closed", source=source[:400], licence=licence[:60],
        slug=free_slug(owner, "conversation", title), visibility=Visibility.PUBLIC, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    votes = brought.votes
    numbers = {name: n for n, name in enumerate(sorted(brought.texts, key=_order), start=1)}
    Statement.objects.bulk_create(
        [
            Statement(
                conversation=made, number=numbers[name], words=Text.of(language, **{language: text or "…"}), said_on=on, seed=False,
                state=Statement.State.DECLINED if name in brought.declined else Statement.State.CLOSED,
            )
            for name, text in brought.texts.items()
        ],
        batch_size=2000,
    )  # fmt: skip
    ids = dict(Statement.objects.filter(conversation=made).values_list("number", "pk"))
    mark = f"{made.pk}|{source}"
    voices = Voice.objects.insert_rows(
        ("conversation_id", "key", "begun_on", "begun", "network", "minute", "in_minute", "fastest", "aside"),
        [
            (made.pk, hashlib.sha256(f"{mark}|{n}".encode()).hexdigest()[:32], on, 0, "", 0, 0, 0, "") for n in range(votes.shape[0])
        ],
        "key",
    )  # fmt: skip
    of = [voices[hashlib.sha256(f"{mark}|{n}".encode()).hexdigest()[:32]] for n in range(votes.shape[0])]
    at = [ids[numbers[name]] for name in votes.statements]
    Vote.objects.insert_rows(
        ("voice_id", "statement_id", "value", "turn"),
        [(of[r], at[c], 1 - int(k), 0) for r, c, k in zip(votes.rows, votes.columns, votes.kinds, strict=True)],
        "voice_id",
    )  # fmt: skip
    return made


def _order(name: str) -> tuple[int, str]:
    return (int(name), "") if name.isdecimal() else (2**31, name)


def write_folder(conversation: Conversation, folder: Path) -> list[Path]:
    """The open data of a conversation as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name in FILES:
        file = folder / name
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(published(conversation, name))
        made.append(file)
    return made
