"""Votes as a sparse table, read from what conversations publish: a row a participant, or a row a vote. No Django.

The published form is that of Polis (https://compdemocracy.org/polis): `participants-votes.csv` (`participant`, `group-id`, counts, then a
column a statement; 1 agrees, -1 disagrees, 0 passes, empty was not seen) or `votes.csv` (`comment-id`, `voter-id`, `vote`), each plain or
gzipped, beside `comments.csv`, whose column `moderated` says -1 of what was taken out. Older exports of single votes write the opposite
sign; which one a file uses is told by the counts in `comments.csv`.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["Votes", "VotesUnreadable", "read_votes", "votes_of"]

AGREE, PASS, DISAGREE = 0, 1, 2
_META = {"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}


class VotesUnreadable(ValueError):
    """A file that holds no votes: the sentence says which file, what is missing, where. `code`: not-found, columns, value, empty."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Votes:
    """`rows`, `columns` and `kinds` (0 agrees, 1 passes, 2 disagrees) have one entry a vote, sorted by row and column; each pair once."""

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    rows: np.ndarray
    columns: np.ndarray
    kinds: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def shape(self) -> tuple[int, int]:
        return (len(self.participants), len(self.statements))

    def matrix(self, kind: int) -> Any:
        """Participants by statements: 1 where the vote is of this kind."""
        from scipy.sparse import csr_matrix  # slow library

        here = self.kinds == kind
        return csr_matrix((np.ones(int(here.sum()), dtype=np.float64), (self.rows[here], self.columns[here])), shape=self.shape)

    def some(self, chosen: np.ndarray) -> Votes:
        """The votes where `chosen` (a boolean for each) is true, of the same participants and statements."""
        return Votes(self.participants, self.statements, self.rows[chosen], self.columns[chosen], self.kinds[chosen])


def votes_of(participants: Sequence[str], statements: Sequence[str], rows: Any, columns: Any, values: Any) -> Votes:
    """Votes from columns of indices and of 1, 0, -1; of several votes of one on one the last counts."""
    row, column, value = (np.asarray(x, dtype=np.int64) for x in (rows, columns, values))
    key = row * max(len(statements), 1) + column
    # the last of each pair: unique of the reversed gives its first there
    _keys, first = np.unique(key[::-1], return_index=True)
    at = len(key) - 1 - first
    return Votes(
        tuple(participants), tuple(statements), row[at].astype(np.int32), column[at].astype(np.int32), (1 - value[at]).astype(np.int8)
    )


def read_votes(path: Path) -> Votes:
    """Read a folder or a file. Statements that were moderated out are left out. Raises VotesUnreadable."""
    if path.is_dir():
        comments = _find(path, "comments.csv")
        file = _find(path, "participants-votes.csv") or _find(path, "votes.csv")
        if file is None:
            raise VotesUnreadable("not-found", f"{path}: there is neither participants-votes.csv nor votes.csv in it, plain or gzipped")
    else:
        file, comments = path, _find(path.parent, "comments.csv") if path.name.startswith(("participants-votes", "votes")) else None
    told = _comments(comments) if comments else {}
    out = {name for name, (moderated, _a, _d) in told.items() if moderated < 0}
    head, lines = _lines(file)
    votes = _table(file, head, lines, out) if "participant" in head else _list(file, head, lines, out, told)
    if not len(votes):
        raise VotesUnreadable("empty", f"{file}: there is no vote in it")
    return votes


def _find(folder: Path, name: str) -> Path | None:
    return next((p for p in (folder / name, folder / f"{name}.gz") if p.exists()), None)


def _lines(file: Path) -> tuple[list[str], Iterator[list[str]]]:
    try:
        raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise VotesUnreadable("not-found", f"{file}: it cannot be read as text ({error})") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [h.strip() for h in next(reader)], reader
    except (StopIteration, csv.Error) as error:
        raise VotesUnreadable("empty", f"{file}: there is nothing in it") from error


def _vote(file: Path, line: int, word: str) -> int:
    word = word.strip()
    try:
        number = float(word)
    except ValueError:
        number = 9
    if number not in (-1, 0, 1):
        raise VotesUnreadable("value", f"{file}, line {line}: a vote is 1, 0 or -1, here stands {word!r}")
    return int(number)


def _table(file: Path, head: list[str], lines: Iterator[list[str]], out: set[str]) -> Votes:
    who = head.index("participant")
    at = [(n, name) for n, name in enumerate(head) if name not in _META and name not in out and name != ""]
    people, rows, columns, values = [], [], [], []
    for line, row in enumerate(lines, start=2):
        if not row:
            continue
        if len(row) <= who:
            raise VotesUnreadable("columns", f"{file}, line {line}: there are fewer cells than in the head")
        for c, (n, _name) in enumerate(at):
            if n < len(row) and row[n].strip() != "":
                rows.append(len(people))
                columns.append(c)
                values.append(_vote(file, line, row[n]))
        people.append(row[who].strip())
    return votes_of(people, [name for _n, name in at], rows, columns, values)


_COLUMNS = (("voter-id", "participant_id", "pid", "voter"), ("comment-id", "statement_id", "tid", "statement"), ("vote",))


def _list(file: Path, head: list[str], lines: Iterator[list[str]], out: set[str], told: dict[str, tuple[int, int, int]]) -> Votes:
    places = [next((head.index(n) for n in names if n in head), None) for names in _COLUMNS]
    if None in places:
        missing = ", ".join(names[0] for names, place in zip(_COLUMNS, places, strict=True) if place is None)
        raise VotesUnreadable("columns", f"{file}: the columns {missing} are missing; a table has the column participant")
    who, what, how = (p for p in places if p is not None)
    people: dict[str, int] = {}
    statements: dict[str, int] = {}
    rows, columns, values = [], [], []
    for line, row in enumerate(lines, start=2):
        if not row:
            continue
        if len(row) <= max(who, what, how):
            raise VotesUnreadable("columns", f"{file}, line {line}: there are fewer cells than in the head")
        name = row[what].strip()
        if name in out:
            continue
        rows.append(people.setdefault(row[who].strip(), len(people)))
        columns.append(statements.setdefault(name, len(statements)))
        values.append(_vote(file, line, row[how]))
    sign = _sign(np.array(columns, dtype=np.int64), np.array(values, dtype=np.int64), list(statements), told)
    return votes_of(list(people), list(statements), rows, columns, sign * np.array(values, dtype=np.int64))


def _sign(columns: np.ndarray, values: np.ndarray, statements: list[str], told: dict[str, tuple[int, int, int]]) -> int:
    """1 where 1 agrees, -1 where it disagrees, by which of the two is nearer to the counts of `comments.csv`."""
    if not told or not len(values):
        return 1
    agrees = np.array([told.get(s, (0, 0, 0))[1] for s in statements], dtype=float)
    disagrees = np.array([told.get(s, (0, 0, 0))[2] for s in statements], dtype=float)
    ups = np.bincount(columns[values == 1], minlength=len(statements))
    downs = np.bincount(columns[values == -1], minlength=len(statements))
    straight = np.abs(ups - agrees).sum() + np.abs(downs - disagrees).sum()
    turned = np.abs(downs - agrees).sum() + np.abs(ups - disagrees).sum()
    return 1 if straight <= turned else -1


def _comments(file: Path) -> dict[str, tuple[int, int, int]]:
    """comment-id → (moderated, agrees, disagrees); what is missing is 0."""
    head, lines = _lines(file)
    if "comment-id" not in head:
        raise VotesUnreadable("columns", f"{file}: the column comment-id is missing")
    found = {}
    for row in lines:
        cells = dict(zip(head, row, strict=False))
        numbers = [cells.get(c, "").strip() for c in ("moderated", "agrees", "disagrees")]
        found[cells["comment-id"].strip()] = tuple(int(n) if n.lstrip("-").isdecimal() else 0 for n in numbers)
    return found  # type: ignore[return-value]
