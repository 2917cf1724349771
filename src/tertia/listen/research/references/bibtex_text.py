"""Entries of a BibTeX file with their lines: the file is read in a stream, comments between entries are passed over.

Grammar: Patashnik, "BibTeXing" (1988), with what biblatex and exporters add. Braces count as BibTeX counts them, escaped or not. An entry that is
never closed ends where the next one begins at the start of a line, so that one missing bracket costs one entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tertia.listen.research.references.model import Trouble

__all__ = ["Entry", "entries"]

_START = re.compile(r"@\s*([A-Za-z]\w*)\s*([{(])")
_LINE_START = re.compile(r"\s*@\s*[A-Za-z]\w*\s*[{(]")
_NAME = re.compile(r"\s*([^\s\"#%'(),={}]+)\s*=\s*")
_KEY = re.compile(r"\s*([^,={}\"\n]*?)\s*(,|$)")
_BARE = re.compile(r"[^\s\"#%'(),={}]+")
_COMMAND = re.compile(r"\\(?:re)?newcommand\*?\s*\{?\\([A-Za-z]+)\}?\s*(?:\[(\d)\])?\s*\{")
MOST = 1 << 20
#: abbreviations that every style defines
_MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July", "aug": "August",
    "sep": "September", "sept": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip


@dataclass
class Entry:
    """`kind` and the names of fields are in small letters; values are as written, without their outer marks."""

    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)


def entries(lines: Iterable[str]) -> Iterator[Entry | Trouble]:
    """Every entry in the order of the file, and what could not be read. Abbreviations (`@string`) are put in, joined pieces (`#`) joined."""
    strings = dict(_MONTHS)
    macros: dict[str, tuple[int, str]] = {}
    for found in _blocks(lines):
        if isinstance(found, Trouble):
            yield found
            continue
        kind, body, line = found
        if kind == "comment":
            continue
        if kind == "preamble":
            macros.update(_defined(_value(body, 0, Entry(kind, "", line), strings)[0] or ""))
        elif kind == "string":
            made = Entry(kind, "", line)
            _fields(body, 0, made, strings)
            strings.update(made.fields)
            yield from made.troubles
        else:
            yield _entry(kind, body, line, strings, macros)


def _blocks(lines: Iterable[str]) -> Iterator[tuple[str, str, int] | Trouble]:
    """(kind, what stands between the outer brackets, line of the @)."""
    pending: list[str] = []
    kind, closing, began, depth, size = "", "}", 0, 0, 0
    for number, line in enumerate(lines, start=1):
        rest = line
        if pending and _LINE_START.match(line) and not line[:1].isspace():
            yield Trouble(began, "not-closed", _key_of(pending), _key_of(pending))
            pending, depth, size = [], 0, 0
        while rest:
            if not pending:
                start = _START.search(rest)
                if not start:
                    break
                kind, closing = start.group(1).lower(), "}" if start.group(2) == "{" else ")"
                began, depth, size, pending = number, 1, 0, [""]
                rest = rest[start.end() :]
                continue
            end, depth = _end(rest, depth, closing)
            if end < 0:
                pending.append(rest)
                size += len(rest)
                if size > MOST:
                    yield Trouble(began, "too-large", str(MOST), _key_of(pending))
                    pending = []
                break
            pending.append(rest[:end])
            yield kind, "".join(pending), began
            pending, rest = [], rest[end + 1 :]
    if pending:
        yield Trouble(began, "not-closed", _key_of(pending), _key_of(pending))


def _end(text: str, depth: int, closing: str) -> tuple[int, int]:
    """Where the entry ends in this piece (-1: not yet), and how deep the piece ends."""
    for found in re.finditer(r"[{})]", text):
        letter = found.group()
        if letter == "{":
            depth += 1
        elif letter == closing and depth == 1:
            return found.start(), 0
        elif letter == "}" and depth > 1:
            depth -= 1
    return -1, depth


def _key_of(pieces: list[str]) -> str:
    found = _KEY.match("".join(pieces[:3]).strip())
    return found.group(1) if found else ""


def _entry(kind: str, body: str, line: int, strings: dict[str, str], macros: dict[str, tuple[int, str]]) -> Entry:
    made = Entry(kind, "", line)
    position = 0
    head = _KEY.match(body)
    if head:
        made.key, position = head.group(1), head.end()
    _fields(body, position, made, strings)
    if macros:
        made.fields = {name: _expanded(value, macros) if "\\" in value else value for name, value in made.fields.items()}
    return made


def _defined(preamble: str) -> dict[str, tuple[int, str]]:
    """Commands that the preamble defines: how many pieces each takes, and what it makes of them."""
    made = {}
    for found in _COMMAND.finditer(preamble):
        end = _matching(preamble, found.end() - 1)
        if end > 0:
            made[found.group(1)] = (int(found.group(2) or 0), preamble[found.end() : end])
    return made


def _expanded(value: str, macros: dict[str, tuple[int, str]]) -> str:
    """Commands of the preamble put in; each step makes the text at most 64 KiB long, so that none that calls itself goes on for ever."""
    pattern = re.compile(r"\\(" + "|".join(sorted(map(re.escape, macros), key=len, reverse=True)) + r")(?![A-Za-z])\s*")
    for _step in range(50):
        found = pattern.search(value)
        if not found or len(value) > 1 << 16:
            break
        wanted, body = macros[found.group(1)]
        end, pieces = found.end(), []
        for _n in range(wanted):
            if value[end : end + 1] != "{" or (closing := _matching(value, end)) < 0:
                break
            pieces.append(value[end + 1 : closing])
            end = closing + 1
        text = re.sub(r"#(\d)", lambda m, p=pieces: p[int(m.group(1)) - 1] if int(m.group(1)) <= len(p) else "", body)
        value = value[: found.start()] + text + value[end:]
    return value


def _fields(body: str, position: int, made: Entry, strings: dict[str, str]) -> None:
    while True:
        position = _past(body, position, ", \t\r\n")
        if position >= len(body):
            return
        name = _NAME.match(body, position)
        if not name:
            rest = body[position:].strip()
            if rest and not rest.startswith("%"):
                made.troubles.append(Trouble(made.line + body.count("\n", 0, position), "no-field", rest.split("\n")[0], made.key))
            return
        value, position = _value(body, name.end(), made, strings)
        if value is None:
            made.troubles.append(Trouble(made.line + body.count("\n", 0, name.start(1)), "no-value", name.group(1), made.key))
            return
        made.fields.setdefault(name.group(1).lower(), value)


def _value(body: str, position: int, made: Entry, strings: dict[str, str]) -> tuple[str | None, int]:
    """A value: pieces joined by #. None where there is none."""
    pieces: list[str] = []
    while True:
        position = _past(body, position, " \t\r\n")
        letter = body[position : position + 1]
        if letter == "{":
            end = _matching(body, position)
        elif letter == '"':
            end = _quoted(body, position)
        else:
            bare = _BARE.match(body, position)
            if not bare:
                return ("".join(pieces), position) if pieces else (None, position)
            pieces.append(_word(bare.group(), body, position, made, strings))
            end = bare.end() - 1
        if end < 0:
            return None, position
        if letter in '{"' and letter:
            pieces.append(body[position + 1 : end])
        position = _past(body, end + 1, " \t\r\n")
        if body[position : position + 1] != "#":
            return "".join(pieces), position
        position += 1


def _word(word: str, body: str, position: int, made: Entry, strings: dict[str, str]) -> str:
    if word[0].isdigit():
        return word
    if word.lower() not in strings:
        made.troubles.append(Trouble(made.line + body.count("\n", 0, position), "unknown-abbreviation", word, made.key))
        return word
    return strings[word.lower()]


def _past(text: str, position: int, letters: str) -> int:
    while position < len(text) and text[position] in letters:
        position += 1
    return position


def _matching(text: str, position: int) -> int:
    depth = 0
    for found in re.compile(r"[{}]").finditer(text, position):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            return found.start()
    return -1


def _quoted(text: str, position: int) -> int:
    depth = 0
    for found in re.compile(r'[{}"]').finditer(text, position + 1):
        letter = found.group()
        if letter == '"' and depth <= 0:
            return found.start()
        depth += (letter == "{") - (letter == "}")
    return -1
