"""Reading the feeds of outlets: what came is bounded, conditional (ETag, Last-Modified), and only what names the university is kept."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.utils import timezone

from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.messages.calls import CallFailed, fetch
from tertia.core.periods import clock
from tertia.tell.mentions.actions import note_reading, take_in
from tertia.tell.mentions.models import Outlet
from tertia.tell.mentions.pieces import New
from tertia.tell.mentions.texts.about import names_in
from tertia.tell.mentions.texts.feeds import MOST_BYTES, FeedUnreadable, Piece, read_feed

__all__ = ["names_of", "read_outlet"]

BY = Actor.system("mentions")
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


def names_of(owner: Any) -> list[str]:
    """How a university is called: its name, its short name and its former names in every language."""
    texts: list[Text] = [owner.name, owner.short_name, *(n.name for n in owner.names.all())]
    return sorted({version[0].strip() for text in texts for version in text.versions.values() if version[0].strip()})


def read_outlet(outlet: Outlet) -> int:
    """Read one feed; gives how many new pieces were taken in. Whatever the other server does, the outcome is noted and nothing is raised."""
    now = clock.now()
    try:
        answer = fetch(outlet.feed, {"Accept": ACCEPT, **_conditions(outlet.mark)}, most=MOST_BYTES)
        if answer.status == 304:
            note_reading(by=BY, outlet=outlet, now=now, mark=outlet.mark)
            return 0
        if answer.status != 200:
            note_reading(by=BY, outlet=outlet, now=now, trouble=f"http-{answer.status}")
            return 0
        feed = read_feed(answer.data, answer.url)
    except (CallFailed, FeedUnreadable) as error:
        note_reading(by=BY, outlet=outlet, now=now, trouble=error.code[:20])
        return 0
    watched = [*names_of(outlet.owner), *(line.strip() for line in outlet.words.splitlines() if line.strip())]
    found = [p for p in feed.pieces if outlet.everything or names_in(f"{p.title} {p.words}", watched)]
    ours = [_new(piece, feed.language, now) for piece in found]
    count = len(take_in(by=BY, outlet=outlet, pieces=ours)) if ours else 0
    mark = json.dumps({k: answer.headers[k][:120] for k in ("etag", "last-modified") if k in answer.headers})
    note_reading(by=BY, outlet=outlet, now=now, mark=mark)
    return count


def _conditions(mark: str) -> dict[str, str]:
    kept = json.loads(mark) if mark.startswith("{") else {}
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {names[k]: v for k, v in kept.items() if k in names}


def _new(piece: Piece, feed_language: str, now: dt.datetime) -> New:
    on = timezone.localtime(piece.published or now).date()
    return New(piece.title, piece.words, piece.address, min(on, clock.today()), piece.language or feed_language)
