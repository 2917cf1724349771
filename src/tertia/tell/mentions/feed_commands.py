"""`tertia feeds read`: feeds of outlets as a list of pieces. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

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
    """Exit 0: all was read; 1: something was not; 2: a file is no feed."""
    from tertia.tell.mentions.texts.feeds import FeedUnreadable, read_feed  # slow library

    pieces: list[dict[str, Any]] = []
    unread: list[dict[str, Any]] = []
    whole = True
    for path in arguments.files:
        try:
            feed = read_feed(path.read_bytes(), arguments.address)
        except (FeedUnreadable, OSError) as error:
            code = getattr(error, "code", "unreadable")
            unread.append({"where": path.name, "code": code, "sentence": _SENTENCES[code]})
            whole = False
            continue
        for p in feed.pieces:
            published = p.published.isoformat() if p.published else None
            pieces.append(
                {
                    "id": p.identity,
                    "title": p.title,
                    "address": p.address,
                    "words": p.words,
                    "published": published,
                    "language": p.language,
                    "feed": feed.title,
                    "file": path.name,
                }
            )
        unread += [{"where": f"{path.name}, entry {place}", "code": code, "sentence": _SENTENCES[code]} for place, code in feed.unread]
    state = "unreadable" if not whole else "incomplete" if unread else "read"
    if arguments.json:
        print(
            json.dumps(
                {"pieces": pieces, "unread": unread, "read": len(pieces), "valid": state == "read", "state": state}, ensure_ascii=False
            )
        )
    else:
        for p in pieces:
            print(f"{(p['published'] or '')[:10]:<10}  {p['title'] or p['words'][:80]}")
        for trouble in unread:
            print(f"{trouble['where']}: {trouble['sentence']}", file=sys.stderr)
    return {"read": 0, "incomplete": 1, "unreadable": 2}[state]
