"""Inside an action: a mention is written down once, and joined to the piece that it repeats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tertia.core.languages.fold import bare
from tertia.core.languages.text import LANGUAGES, Text, all_words
from tertia.core.records.models import Visibility
from tertia.core.records.slugs import free_slug
from tertia.core.search.meaning import language_of
from tertia.tell.mentions.models import Mention, Outlet
from tertia.tell.mentions.texts.reprints import DAYS, Register, Written, address_key

__all__ = ["Known", "New", "identity_of", "write_mention"]

#: of a piece of others so much is kept as stands in its feed or its head: a quotation, not a copy
MOST_QUOTED = 400


@dataclass(frozen=True)
class New:
    """A piece as it comes in: `language` is a code of two letters or empty."""

    title: str
    words: str
    address: str
    on: dt.date
    language: str = ""
    tone: str = ""
    origin: str = ""
    reach: int | None = None
    reach_source: str = ""


def identity_of(piece: New) -> str:
    return address_key(piece.address) if piece.address else f"{piece.on}|{bare(piece.title)[:200]}"


class Known:
    """What is on record around some days, read once for many new pieces."""

    def __init__(self, owner: Any, days: Sequence[dt.date]) -> None:
        self._register = Register()
        self.mentions: dict[str, Mention] = {}
        if days:
            span = dt.timedelta(days=DAYS)
            rows = Mention.objects.filter(owner=owner, starts_on__range=(min(days) - span, max(days) + span)).exclude(state="dropped")
            for one in rows.order_by("starts_on", "pk"):
                self.add(one)

    def add(self, one: Mention) -> None:
        self.mentions[str(one.pk)] = one
        if one.reprint_of_id is None and one.starts_on:
            self._register.add(Written(str(one.pk), all_words(one.title, one.summary), one.starts_on))

    def repeated_by(self, piece: New) -> tuple[Mention, float] | None:
        found = self._register.repeats(Written("new", f"{piece.title} {piece.words}", piece.on))
        return (self.mentions[found[0]], found[1]) if found else None


def write_mention(
    outlet: Outlet, piece: New, came_by: str, known: Known, *, state: str, by: Any = None, on: dt.date | None = None, demonstration: bool = False
) -> Mention | None:  # fmt: skip
    """None where this outlet's piece is on record already. A reprint takes over what its first piece speaks of."""
    identity = identity_of(piece)
    if Mention.objects.filter(outlet=outlet, identity=identity).exists():
        return None
    spoken = piece.language if piece.language in LANGUAGES else language_of(f"{piece.title} {piece.words}")
    title = (piece.title or piece.words)[:300] or piece.address[:300]
    words = piece.words[:MOST_QUOTED].strip()
    repeated = known.repeated_by(piece)
    judged = bool(piece.tone or piece.origin)
    made = Mention(
        owner=outlet.owner, outlet=outlet, title=Text.of(spoken, **{spoken: title}), summary=Text.of(spoken, **{spoken: words}) if words else Text({}),
        slug=free_slug(outlet.owner, "mention", title), starts_on=piece.on, address=piece.address[:1000], identity=identity, language=(piece.language or outlet.language or spoken)[:8],
        came_by=came_by, state=state, visibility=Visibility.PUBLIC if state == "kept" else Visibility.OFFICE, place=outlet.place,
        reprint_of=repeated[0] if repeated else None, shared=round(repeated[1], 3) if repeated else None,
        tone=piece.tone, origin=piece.origin, judged_on=on if judged else None, judged_by=by if judged else None,
        reach=piece.reach if piece.reach is not None else outlet.reach, reach_source=piece.reach_source if piece.reach is not None else outlet.reach_source,
        demonstration=demonstration or outlet.demonstration,
    )  # fmt: skip
    made.save()
    known.add(made)
    return made
