"""Loading the regions of Kazakhstan with their names and borders through time."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tertia.core.actions.action import action
from tertia.core.actions.policies import system
from tertia.core.languages.text import Text
from tertia.core.places.models import Place, PlaceName
from tertia.core.places.regions_file import RegionRow, read_regions

__all__ = ["load_regions"]


@action("places.load_regions", may=system)
def load_regions(*, by: Any) -> list[Place]:
    """Load or bring up to date the regions from the table beside the code. Repeating changes nothing."""
    by_code: dict[str, list[RegionRow]] = defaultdict(list)
    for row in read_regions():
        by_code[row.code].append(row)
    places = {code: _load(code, rows) for code, rows in by_code.items()}
    for code, rows in by_code.items():
        before = places.get(rows[-1].part_of_before)
        if before and places[code].part_of_before_id != before.pk:
            places[code].part_of_before = before
            places[code].save()
    return list(places.values())


def _load(code: str, rows: list[RegionRow]) -> Place:
    now, first = rows[-1], rows[0]
    place = Place.objects.filter(code=code).first() or Place(code=code)
    name = Text.of(**now.names)
    wanted = (now.kind, name, first.valid_from, now.valid_to, now.note)
    if (place.kind, place.name, place.valid_from, place.valid_to, place.note) != wanted:
        place.kind, place.name, place.valid_from, place.valid_to, place.note = wanted
        place.save()
    if len(rows) > 1 and not place.names.exists():
        for row in rows:
            PlaceName(place=place, name=Text.of(**row.names), valid_from=row.valid_from, valid_to=row.valid_to).save()
    return place
