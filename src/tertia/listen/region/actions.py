"""Taking a statistic in, revising it, noting a break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, roles
from tertia.core.languages.text import Text
from tertia.core.places.models import Place
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility
from tertia.core.records.slugs import free_slug
from tertia.listen.region.models import Observation, Revision, Series, SeriesBreak
from tertia.listen.region.places import COUNTRY
from tertia.listen.region.series_file import Figure, Unread

__all__ = ["Taken", "keep_series", "note_break", "revise_series", "withdraw_series"]

MOST_UNREAD = 200
_LARGEST = Decimal(10) ** 17


@dataclass(frozen=True)
class Taken:
    """What was read of a file for one statistic."""

    file_name: str
    digest: str
    part: str
    figures: Sequence[Figure]
    unread: Sequence[Unread]


@action("region.keep", may=roles(*OFFICE, of="owner.pk"))
def keep_series(
    *, by: Any, owner: Any, title: Text, summary: Text, unit_words: Text, adds: bool, source: str, licence: str, taken: Taken, on: dt.date, source_url: str = "",
    demonstration: bool = False,
) -> Series:  # fmt: skip
    """A statistic with its first revision. Without source, unit and licence it is hearsay and is not kept. Raises BadInput."""
    faults = [
        Fault(name, sentence)
        for name, value, sentence in (
            ("title", title, _("Write what is counted.")), ("unit_words", unit_words, _("Write the unit, such as people or tenge a month.")),
            ("source", source.strip(), _("Name who published it, and what: author, title, year.")), ("licence", licence.strip(), _("Name the licence of the source.")),
        )
        if not value
    ]  # fmt: skip
    if faults:
        raise BadInput(*faults)
    made = Series(
        owner=owner, title=title, summary=summary, unit_words=unit_words, adds=adds, source=source.strip()[:300], source_url=source_url, licence=licence.strip()[:100],
        slug=free_slug(owner, "series", title), visibility=Visibility.PUBLIC, author=by.person, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    _take(made, taken, on, "")
    return made


@action("region.revise", may=roles(*OFFICE, of="series.owner_id"), about="series")
def revise_series(*, by: Any, series: Series, taken: Taken, on: dt.date, note: str = "") -> Revision:
    """A newer file of the same statistic. The same file changes nothing."""
    series = lock(series)
    require_state(series, "kept")
    latest = series.revisions.order_by("-number").first()
    if latest is not None and latest.digest == taken.digest and latest.part == taken.part:
        return latest
    return _take(series, taken, on, note)


def _take(series: Series, taken: Taken, on: dt.date, note: str) -> Revision:
    """Inside an action. Figures of places that are no region of this table are told, not dropped in silence."""
    places = {p.code: p.pk for p in Place.objects.filter(kind__in=("region", "city"))}
    good = [f for f in taken.figures if (f.place == COUNTRY or f.place in places) and abs(f.value) < _LARGEST and 1800 <= f.year <= 2200]
    if not good:
        raise BadInput(Fault("file", _("No figure of a region was found in this file.")))
    left = [[f.line, "unknown-place", f.place] for f in taken.figures if f.place != COUNTRY and f.place not in places]
    unread = left + [[u.line, u.code, u.what[:80]] for u in taken.unread]
    last = series.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    made = Revision(
        series=series, number=last + 1, on=on, file_name=taken.file_name[:200], digest=taken.digest, part=taken.part[:200], unread=unread[:MOST_UNREAD],
        unread_count=len(unread), note=note.strip()[:500],
    )  # fmt: skip
    made.save()
    Observation.objects.bulk_create(
        [Observation(revision=made, place_id=places.get(f.place), year=f.year, value=f.value, state=f.state) for f in good], batch_size=1000
    )
    return made


@action("region.break", may=roles(*OFFICE, of="series.owner_id"), about="series")
def note_break(*, by: Any, series: Series, year: int, words: Text) -> SeriesBreak:
    """From this year on something else is counted; no growth is told across it."""
    if not words or not 1800 <= year <= 2200:
        raise BadInput(Fault("words" if not words else "year", _("Say from which year on what is counted otherwise.")))
    found = SeriesBreak.objects.filter(series=series, year=year).first() or SeriesBreak(series=series, year=year)
    found.words = words
    found.save()
    return found


@action("region.withdraw", may=roles(*OFFICE, of="series.owner_id"), about="series")
def withdraw_series(*, by: Any, series: Series) -> Series:
    series = lock(series)
    move(series, "withdrawn")
    return series
