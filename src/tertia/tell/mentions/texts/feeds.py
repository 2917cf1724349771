"""A feed of an outlet (Atom, RSS in all its versions, CDF, JSON Feed 1.1) as a list of pieces. No Django.

XML is read by feedparser, which repairs what is not well-formed. Document types and their entities never reach the XML parser, a feed
is bounded in bytes and in pieces, and of a piece only words are kept: no markup of others ever reaches a page.
"""

from __future__ import annotations

import calendar
import datetime as dt
import html
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

__all__ = ["MOST_BYTES", "MOST_PIECES", "Feed", "FeedUnreadable", "Piece", "read_feed", "words_only"]

MOST_BYTES, MOST_PIECES, MOST_WORDS = 5_000_000, 500, 2_000
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DROPPED = re.compile(r"<(script|style|template|iframe|object)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class FeedUnreadable(Exception):
    """What was read is no feed: `code` is empty, too-long, entities, no-feed or not-json."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Piece:
    """One entry: `identity` is its own id, else its address; `published` is aware, or None where none is told."""

    identity: str
    title: str
    address: str
    words: str
    published: dt.datetime | None
    language: str = ""


@dataclass(frozen=True)
class Feed:
    title: str
    language: str
    pieces: list[Piece] = field(default_factory=list)
    #: entries with neither a title nor words nor an address: (place from 1, code)
    unread: list[tuple[int, str]] = field(default_factory=list)


def read_feed(data: bytes, address: str = "") -> Feed:
    """The feed in some bytes. `address`: where it was found, from which relative addresses go on. Raises FeedUnreadable."""
    if not data.strip():
        raise FeedUnreadable("empty")
    if len(data) > MOST_BYTES:
        raise FeedUnreadable("too-long")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, address)
    wide = data.replace(b"\x00", b"")  # UTF-16 and UTF-32 too
    if _DOCTYPE.search(wide) and _ENTITY.search(wide):
        raise FeedUnreadable("entities")
    return _xml_feed(data, address)


def _xml_feed(data: bytes, address: str) -> Feed:
    import feedparser  # slow library

    found: Any = feedparser.parse(data, response_headers={"content-location": address} if address else {}, sanitize_html=False)
    if not found.get("version") and not found.entries:
        raise FeedUnreadable("no-feed")
    pieces: list[Piece] = []
    unread: list[tuple[int, str]] = []
    for place, entry in enumerate(found.entries[:MOST_PIECES], start=1):
        words = entry.get("summary") or next((c.get("value", "") for c in entry.get("content", ())), "")
        language = str(entry.get("language") or (entry.get("title_detail") or {}).get("language") or found.feed.get("language") or "")
        made = _piece(
            entry.get("id", ""), entry.get("title", ""), entry.get("link", ""), words, _day(entry), language, address
        )  # fmt: skip
        if made is None:
            unread.append((place, "nothing"))
        else:
            pieces.append(made)
    return Feed(words_only(found.feed.get("title", "")), _language(str(found.feed.get("language") or "")), pieces, unread)


def _json_feed(data: bytes, address: str) -> Feed:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FeedUnreadable("not-json") from error
    if not isinstance(found, dict) or not str(found.get("version", "")).startswith("https://jsonfeed.org/version/"):
        raise FeedUnreadable("no-feed")
    items = found.get("items")
    pieces: list[Piece] = []
    unread: list[tuple[int, str]] = []
    for place, item in enumerate(items[:MOST_PIECES] if isinstance(items, list) else [], start=1):
        item = item if isinstance(item, dict) else {}
        said = {k: str(item.get(k) or "") for k in ("id", "title", "url", "summary", "content_text", "content_html", "language")}
        words = said["summary"] or said["content_text"] or said["content_html"]
        made = _piece(
            said["id"], said["title"], said["url"], words, _moment(str(item.get("date_published") or "")),
            said["language"] or str(found.get("language") or ""), address,
        )  # fmt: skip
        if made is None:
            unread.append((place, "nothing"))
        else:
            pieces.append(made)
    return Feed(words_only(str(found.get("title") or "")), _language(str(found.get("language") or "")), pieces, unread)


def _piece(
    identity: Any, title: Any, link: Any, words: Any, published: dt.datetime | None, language: str, base: str
) -> Piece | None:  # fmt: skip
    title, words = words_only(str(title or ""))[:500], words_only(str(words or ""))[:MOST_WORDS]
    address = _web(str(link or ""), base)
    if not (title or words or address):
        return None
    return Piece(_CONTROL.sub("", str(identity or address or title))[:500], title, address, words, published, _language(language))


def words_only(text: str) -> str:
    """Words of HTML on one line: scripts and styles go with what is in them, of other elements the words stay."""
    text = _DROPPED.sub(" ", text)
    text = html.unescape(re.sub(r"<!--.*?(-->|$)|<[^>]*(>|$)", " ", text, flags=re.DOTALL))
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", text)).strip()


def _web(link: str, base: str) -> str:
    """An address of the web, or nothing: scripts, data and mail have no place here."""
    try:
        whole = urljoin(base, link.strip()) if link else ""
        parts = urlsplit(whole)
        return whole[:1000] if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def _language(code: str) -> str:
    return code.strip().lower().replace("_", "-").split("-")[0][:8] if re.match(r"^[A-Za-z]{2,8}([-_]|$)", code.strip()) else ""


def _day(entry: Any) -> dt.datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        try:
            if entry.get(name):
                return dt.datetime.fromtimestamp(calendar.timegm(entry[name]), dt.UTC)
        except (ValueError, OverflowError, OSError):
            continue
    return None


def _moment(words: str) -> dt.datetime | None:
    try:
        made = dt.datetime.fromisoformat(words)
    except ValueError:
        return None
    return made if made.tzinfo else made.replace(tzinfo=dt.UTC)
