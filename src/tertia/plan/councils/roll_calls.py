"""Published roll calls read from CSV (plain or gzipped), and spellings of voters that may be one. No Django.

Two files: the calls (`rcid` or `code`; `date`, `title` or `short`, `words` or `descr`, `number` or `unres` where they are there) and the voices
(`rcid` or `code`; `voter` or `country_code`; `vote` or `choice`). A third may name the voters (`code` or `country_code`; `name` or `country`).
What stands in a cell is words, never a missing value: `NA` is a voter like any other, and an empty voter is one whom the source does not name.
Absence is a missing row and no vote against.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tertia.core.languages.fold import bare, trigrams

__all__ = ["Alike", "Call", "CallsUnreadable", "Voices", "digest_of", "names_alike", "read_calls", "read_names", "read_voices"]

CHOICES = {
    "yes": "for", "for": "for", "за": "for", "жақтап": "for", "иә": "for", "no": "against", "against": "against", "против": "against", "қарсы": "against", "жоқ": "against",
    "abstain": "abstain", "abstained": "abstain", "abstention": "abstain", "воздержался": "abstain", "воздержалась": "abstain", "қалыс": "abstain",
}  # fmt: skip
_COLUMNS = {
    "code": ("code", "rcid"), "date": ("date", "дата", "күні"), "title": ("title", "short", "название", "атауы"), "words": ("words", "descr", "описание"),
    "number": ("number", "unres", "номер"), "voter": ("voter", "country_code", "участник", "қатысушы"), "choice": ("choice", "vote", "голос", "дауыс"),
    "name": ("name", "country", "имя", "атауы"),
}  # fmt: skip
#: from here two names may be spellings of one
LIKE = 0.62


class CallsUnreadable(ValueError):
    """A file that is none of these, or a line that cannot be understood. `line` 0: the file itself."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"line {line}: {words}" if line else words)
        self.line = line


@dataclass(frozen=True)
class Call:
    """One roll call as published; the day is None where the source has none."""

    code: str
    day: dt.date | None
    number: str
    title: str
    words: str


@dataclass
class Voices:
    """(voter, choice) of each call by its code, in the order of the file, and how many lines were read."""

    by_call: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    lines: int = 0


@dataclass(frozen=True)
class Alike:
    """Two voters whose names may be one: by their codes, with the names and how like they are, 0 to 1."""

    first: str
    second: str
    names: tuple[str, str]
    likeness: float


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(path: Path, needed: Iterable[str], wanted: Iterable[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column). Raises CallsUnreadable where a needed column is missing or a row is too short."""
    try:
        with _open(path) as text:
            reader = csv.reader(text)
            head = [h.strip().lower() for h in next(reader, [])]
            places = {c: next((head.index(n) for n in _COLUMNS[c] if n in head), -1) for c in (*needed, *wanted)}
            if missing := [c for c in needed if places[c] < 0]:
                raise CallsUnreadable(0, f"{path.name} has no column {', '.join('/'.join(_COLUMNS[c]) for c in missing)}")
            last = max(places[c] for c in needed)
            for row in reader:
                if not row:
                    continue
                if len(row) <= last:
                    raise CallsUnreadable(reader.line_num, f"{path.name}: too few cells")
                yield reader.line_num, {c: row[n].strip() if 0 <= n < len(row) else "" for c, n in places.items()}
    except (UnicodeDecodeError, gzip.BadGzipFile, csv.Error) as error:
        raise CallsUnreadable(0, f"{path.name}: {error}") from error


def read_calls(path: Path) -> dict[str, Call]:
    """Calls by their code. Raises CallsUnreadable for a code that stands twice or a day that is none."""
    found: dict[str, Call] = {}
    for line, cells in _rows(path, ("code",), ("date", "title", "words", "number")):
        if cells["code"] in found or not cells["code"]:
            raise CallsUnreadable(line, f"the code {cells['code']!r} stands twice or is empty")
        try:
            day = dt.date.fromisoformat(cells["date"]) if cells["date"] else None
        except ValueError as error:
            raise CallsUnreadable(line, f"{cells['date']!r} is no day; write 2026-11-24") from error
        found[cells["code"]] = Call(cells["code"], day, cells["number"], cells["title"], cells["words"])
    return found


def read_voices(path: Path) -> Voices:
    """All voices. Raises CallsUnreadable for a choice that is not known, with its line."""
    found = Voices()
    for line, cells in _rows(path, ("code", "voter", "choice")):
        choice = CHOICES.get(cells["choice"].lower())
        if choice is None:
            raise CallsUnreadable(line, f"{cells['choice']!r} is no vote; known are yes, no, abstain")
        found.by_call[cells["code"]].append((cells["voter"], choice))
        found.lines += 1
    return found


def read_names(path: Path) -> dict[str, str]:
    return {cells["code"] or cells["voter"]: cells["name"] for _line, cells in _rows(path, ("name",), ("code", "voter"))}


def digest_of(voices: Iterable[tuple[str, str]]) -> str:
    """SHA-256 of the voices, whatever their order: the same call again has the same one."""
    return hashlib.sha256("\n".join(sorted(f"{voter}\t{choice}" for voter, choice in voices)).encode()).hexdigest()


def names_alike(names: Mapping[str, str]) -> list[Alike]:
    """Pairs of voters whose names may be two spellings of one, the likest first. `names`: code → name; a code without a name is its own."""
    known = [(code, name or code) for code, name in names.items() if code]
    grams = [trigrams(bare(name)) for _code, name in known]
    found = []
    for n, (code, name) in enumerate(known):
        for m, (other_code, other) in enumerate(known[n + 1 :], n + 1):
            likeness = len(grams[n] & grams[m]) / len(grams[n] | grams[m])
            if likeness >= LIKE:
                found.append(Alike(code, other_code, (name, other), round(likeness, 3)))
    return sorted(found, key=lambda a: (-a.likeness, a.first, a.second))
