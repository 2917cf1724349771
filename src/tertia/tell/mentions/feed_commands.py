"""`tertia feeds read`: feeds of outlets as a list of pieces. Needs no database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tertia.core.checks.reading import read_files

__all__ = ["add_feeds"]

_SENTENCES = {
    "empty": "The file is empty.", "too-long": "The feed is larger than 5 MB.", "entities": "The feed declares entities, which attackers use; it was not read.",
    "no-feed": "This is neither Atom nor RSS, CDF or JSON Feed.", "not-json": "The JSON cannot be read.", "nothing": "This entry has neither title nor words nor address.",
    "unreadable": "The file cannot be read.",
}  # fmt: skip


def add_feeds(rows: Any, add: Any) -> None:
    group = rows.add_parser("feeds", help="feeds of outlets").add_subparsers(required=True, metavar="COMMAND")
    read = add(group, "read", _read, "read Atom, RSS, CDF or JSON Feed as one list of pieces in plain words")
    read.add_argument("files", type=Path, nargs="+", metavar="FILE")
    read.add_argument("--address", default="", help="where the feed was found, from which relative addresses go on")
    read.add_argument("--json", action="store_true")


def _read(arguments: argparse.Namespace) -> int:
    from tertia.tell.mentions.texts.feeds import read_feed  # slow library

    def read(path: Path) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
        feed = read_feed(path.read_bytes(), arguments.address)
        return [_said(p, feed.title) for p in feed.pieces], [(f"entry {place}", code) for place, code in feed.unread]

    def line(p: dict[str, Any]) -> str:
        return f"{(p['published'] or '')[:10]:<10}  {p['title'] or p['words'][:80]}"

    return read_files(arguments.files, "pieces", arguments.json, read, line, _SENTENCES)


def _said(p: Any, feed: str) -> dict[str, Any]:
    published = p.published.isoformat() if p.published else None
    return {
        "id": p.identity,
        "title": p.title,
        "address": p.address,
        "words": p.words,
        "published": published,
        "language": p.language,
        "feed": feed,
    }
