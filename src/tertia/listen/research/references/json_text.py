"""Objects of a JSON file one after another, each with its line: lists, lines of JSON, and answers of a service, in a stream of flat memory.

What is looked for are objects in a list that stands at the top, or under `items`, `results`, `references` or `message`; an object without
such a list is one itself. An object that is no JSON is told, and reading goes on at the next line that begins as it did.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from tertia.listen.research.references.model import Trouble

__all__ = ["objects"]

_PIECE = 1 << 16
MOST = 1 << 24
_LISTS = {"items", "results", "references", "data"}
_BLANK = re.compile(r"[ \t\r\n﻿]*")
_decoder = json.JSONDecoder()


class _End(Exception):
    """The text ended where more was expected."""


class _Bad(Exception):
    """What stands here is no JSON."""


def objects(stream: IO[str]) -> Iterator[tuple[int, Any] | Trouble]:
    """(line, object). A text that ends too early gives what was whole before."""
    text = _Text(stream)
    try:
        while (letter := text.peek()) != "":
            if letter == "[":
                yield from _list(text)
            elif letter == "{":
                yield from _top(text)
            elif letter == ",":
                text.take(1)
            else:
                yield Trouble(text.line, "not-json", text.sample())
                if not text.skip_to_line("{["):
                    return
    except _End:
        yield Trouble(text.line, "not-json", "…")


def _each(text: _Text, closing: str) -> Iterator[None]:
    """Once for each member of a list or an object, the text standing before it."""
    text.take(1)
    while (letter := text.peek()) != closing:
        if letter == "":
            raise _End
        if letter == ",":
            text.take(1)
        else:
            yield
    text.take(1)


def _list(text: _Text) -> Iterator[tuple[int, Any] | Trouble]:
    for _member in _each(text, "]"):
        yield from _one(text)


def _one(text: _Text) -> Iterator[tuple[int, Any] | Trouble]:
    """One value, or what is wrong with it."""
    line, column = text.line, text.column
    try:
        yield line, text.value()
    except _Bad:
        yield Trouble(line, "not-json", text.sample())
        if not text.skip_to_column(column):
            raise _End from None


def _top(text: _Text) -> Iterator[tuple[int, Any] | Trouble]:
    """An object at the top: the answer of a service around a list, or a work itself."""
    if not text.starts_with_one_of(_ENVELOPE):
        yield from _one(text)
        return
    yield from _envelope(text)


#: what the answers of Crossref and OpenAlex, and lists of ours, begin with
_ENVELOPE = re.compile(r'\{\s*"(?:meta|status|message|message-type|items|results|references|group_by|data)"\s*:')


def _envelope(text: _Text) -> Iterator[tuple[int, Any] | Trouble]:
    line, kept, streamed = text.line, {}, False
    for _member in _each(text, "}"):
        try:
            key = text.value()
            if text.peek() != ":":
                raise _Bad
            text.take(1)
            inner = text.peek()
            if key in _LISTS and inner == "[":
                streamed = True
                yield from _list(text)
            elif key == "message" and inner == "{":
                streamed = True
                yield from _envelope(text)
            else:
                kept[str(key)] = text.value()
        except _Bad:
            yield Trouble(text.line, "not-json", text.sample())
            raise _End from None
    if not streamed and kept:
        yield line, kept


class _Text:
    """A text of which only what is needed lies in memory."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream, self.buffer, self.at, self.line, self.column, self.ended = stream, "", 0, 1, 0, False

    def more(self, size: int = _PIECE) -> bool:
        if self.ended:
            return False
        piece = self.stream.read(size)
        if not piece:
            self.ended = True
            return False
        self.buffer, self.at = self.buffer[self.at :] + piece, 0
        return True

    def take(self, size: int) -> None:
        passed = self.buffer[self.at : self.at + size]
        if lines := passed.count("\n"):
            self.line += lines
            self.column = len(passed) - passed.rindex("\n") - 1
        else:
            self.column += len(passed)
        self.at += size

    def peek(self) -> str:
        """The next letter that is not blank, empty at the end."""
        while True:
            found = _BLANK.match(self.buffer, self.at)
            self.take(found.end() - self.at if found else 0)
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self.more():
                return ""

    def value(self) -> Any:
        self.peek()
        size = _PIECE
        while True:
            try:
                made, end = _decoder.raw_decode(self.buffer, self.at)
                # a number at the very end of the piece may go on
                if end < len(self.buffer) or not isinstance(made, int | float) or not self.more():
                    self.take(end - self.at)
                    return made
            except (ValueError, RecursionError) as error:
                hopeless = isinstance(error, json.JSONDecodeError) and error.pos + 16 < len(self.buffer) and "Unterminated" not in error.msg
                if hopeless or len(self.buffer) - self.at > MOST or isinstance(error, RecursionError) or not self.more(size):
                    raise _Bad from None
                size = min(size * 2, MOST)

    def starts_with_one_of(self, pattern: re.Pattern[str]) -> bool:
        while len(self.buffer) - self.at < 200 and self.more():
            pass
        return bool(pattern.match(self.buffer, self.at))

    def sample(self) -> str:
        return self.buffer[self.at : self.at + 60].split("\n")[0].strip()

    def skip_to_line(self, letters: str) -> bool:
        """Go to the next line that begins with one of the letters."""
        return self._skip(re.compile(rf"\n[ \t]*(?=[{re.escape(letters)}])"))

    def skip_to_column(self, column: int) -> bool:
        """Go to the next line where an object begins in the same column, or a list ends."""
        return self._skip(re.compile(rf"\n(?:[ \t]{{{column}}}(?={{)|[ \t]*(?=\]))"))

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        start = self.at + 1
        while True:
            if found := pattern.search(self.buffer, start):
                self.take(found.end() - self.at)
                return True
            if len(self.buffer) - self.at > MOST:
                self.take(len(self.buffer) - self.at - 256)
            behind = len(self.buffer) - self.at
            if not self.more():
                return False
            start = max(self.at, behind - 256)
