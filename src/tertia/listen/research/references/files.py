"""A file of references opened: what form it has, in which letters it is written, compressed or not."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tertia.listen.research.references.model import Unreadable

__all__ = ["Source", "open_source"]

_PIECE = 1 << 16
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BIBTEX = re.compile(r"@\s*[A-Za-z]\w*\s*[{(]")
_RIS = re.compile(r"^\s{0,3}TY\s{1,2}-", re.MULTILINE)
_SEEN = 1 << 18
#: what a packed file may grow to, and how long a line may be before it is read in pieces
MOST_BYTES, MOST_LINE = 4 << 30, 4 << 20


@dataclass(frozen=True)
class Source:
    """`form`: bibtex, ris or json; which JSON it is each object tells."""

    path: Path
    form: str
    encoding: str
    packed: bool

    def open(self) -> IO[str]:
        """The text from its beginning; line ends are as in the file, letters that the encoding does not know become U+FFFD."""
        raw = gzip.open(self.path, "rb") if self.packed else self.path.open("rb")  # noqa: SIM115  closed with the text around it
        return io.TextIOWrapper(raw, encoding=self.encoding, errors="replace", newline=None)  # type: ignore[arg-type]

    def lines(self) -> Iterator[str]:
        with self.open() as stream:
            while line := stream.readline(MOST_LINE):
                yield line


def open_source(path: Path) -> Source:
    """Look through a file once. Raises Unreadable, OSError."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    try:
        encoding, head = _letters(path, packed)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable("damaged", str(error)) from None
    if not head.strip():
        raise Unreadable("empty")
    return Source(path, _form(head), encoding, packed)


def _pieces(path: Path, packed: bool) -> Iterator[bytes]:
    with gzip.open(path, "rb") if packed else path.open("rb") as raw:
        size = 0
        while piece := raw.read(_PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                raise Unreadable("too-long", f"{MOST_BYTES >> 30} GiB")
            yield piece


def _letters(path: Path, packed: bool) -> tuple[str, str]:
    """(encoding, the first piece of the text). The whole file is looked through: one letter of another encoding may stand at its end."""
    head, seen = b"", None
    decoder = codecs.getincrementaldecoder("utf-8")()
    high: list[bytes] = []
    kept = 0
    for piece in _pieces(path, packed):
        if not head:
            bom = next((name for mark, name in _BOMS if piece.startswith(mark)), "")
            if bom:
                return bom, piece.decode("utf-8-sig" if "8" in bom else bom, "replace")
            if b"\x00" in piece:
                raise Unreadable("not-text", "it holds bytes of value zero")
        if len(head) < _SEEN:
            head += piece
        if seen is None:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                seen = False
        if kept < _SEEN:
            runs = re.findall(rb"[\x80-\xff]+", piece)
            high += runs
            kept += sum(map(len, runs))
    if seen is None:
        try:
            decoder.decode(b"", final=True)
            return "utf-8", head.decode("utf-8", "replace")
        except UnicodeDecodeError:
            pass
    encoding = _single_byte(high)
    return encoding, head.decode(encoding, "replace")


def _single_byte(runs: list[bytes]) -> str:
    """Windows-1251, KOI8-R or Windows-1252: words of Cyrillic are long runs, small letters are most; accents stand alone."""
    total = sum(map(len, runs)) or 1
    if sum(len(r) for r in runs if len(r) >= 3) < 0.5 * total:
        return "cp1252"
    small_1251 = sum(1 for r in runs for b in r if b >= 0xE0 or b in (0xB8, 0xBF))
    small_koi8 = sum(1 for r in runs for b in r if 0xC0 <= b <= 0xDF or b == 0xA3)
    return "koi8-r" if small_koi8 > small_1251 else "cp1251"


def _form(head: str) -> str:
    start = head.lstrip("﻿ \t\r\n")
    if start[:1] in ("{", "["):
        return "json"
    ris, bibtex = _RIS.search(head), _BIBTEX.search(head)
    if ris and (not bibtex or ris.start() < bibtex.start()):
        return "ris"
    if bibtex:
        return "bibtex"
    raise Unreadable("unknown-form")
