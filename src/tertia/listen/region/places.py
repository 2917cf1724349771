"""Which region a cell of a table names: names in three languages and their inflected forms, footnote marks, other spellings. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from tertia.core.languages.fold import fold, similarity
from tertia.core.places.regions_file import read_regions

__all__ = ["COUNTRY", "Gazetteer", "gazetteer"]

#: the whole country, as series and maps name it
COUNTRY = "KZ"
_REGION = frozenset(["region", "oblast", "oblasti", "oblys", "oblysy", "obl"])
_CITY = frozenset(["city", "gorod", "g", "qala", "kala", "kalasy", "k"])
_COUNTRY = frozenset(("respublika kazahstan", "kazahstan", "kazakhstan", "republic of kazakhstan", "kazakstan respublikasy", "kazakstan", "kazahstan respublikasy", "rk", "kr", "itogo", "vsego", "total", "barlygy", "respublika kazakstan", "kaz", "kz"))  # fmt: skip
_NOTE = re.compile(r"[\d*¹²³⁴)]+\s*$")
_ENDINGS = ("inskaia", "skaia", "inskoi", "skoi")
#: spellings of offices that no rule finds
_OTHERS = {"zapkaz": "KZ-27", "vko": "KZ-63", "zko": "KZ-27", "sko": "KZ-59", "uko": "KZ-YUZ", "bko": "KZ-27", "sqo": "KZ-59", "nursultan": "KZ-71", "akmolinsk": "KZ-11"}  # fmt: skip
_LEAST = 0.5


class Gazetteer:
    """`names`: code → (is it a city, its names of all times)."""

    def __init__(self, names: Mapping[str, tuple[bool, Iterable[str]]]) -> None:
        self.known: dict[tuple[str, bool], str] = {}
        self.codes = {code.upper() for code in names} | {COUNTRY}
        for code, (city, written) in names.items():
            for name in written:
                if bare := self._bare(name)[0]:
                    self.known.setdefault((bare, city), code)

    def find(self, cell: object) -> str | None:
        """The code of a region, `KZ` for the country, None where the cell names neither. Of two of one name the words beside it decide."""
        text = str(cell or "").strip()
        if text.upper() in self.codes:
            return text.upper()
        if fold(_NOTE.sub("", text)) in _COUNTRY:
            return COUNTRY
        bare, city, region = self._bare(text)
        if not bare:
            return None
        if found := _OTHERS.get(bare.replace(" ", "")):
            return found
        order = (True, False) if city else (False, True) if region or bare.endswith(_ENDINGS) else (True, False)
        for is_city in order:
            if found := self.known.get((bare, is_city)):
                return found
        for is_city in order:
            if found := self._near(bare, is_city):
                return found
        return None

    @staticmethod
    def _bare(text: str) -> tuple[str, bool, bool]:
        """(name without the words for region and city, was there a word for a city, for a region)."""
        words = fold(_NOTE.sub("", text)).split()
        city, region = any(w in _CITY for w in words), any(w in _REGION for w in words)
        return " ".join(w for w in words if w not in _REGION and w not in _CITY), city, region

    def _near(self, bare: str, city: bool) -> str | None:
        """The one name that begins alike (inflected) or is spelled nearly alike."""
        first = _cut(bare)
        alike = {code for (name, is_city), code in self.known.items() if is_city == city and len(first) >= 4 and _cut(name) == first}
        if len(alike) == 1:
            return alike.pop()
        scored = sorted(((_score(bare, name), code) for (name, is_city), code in self.known.items() if is_city == city), reverse=True)
        best = [code for score, code in scored if score >= _LEAST and score >= scored[0][0] - 0.05]
        return best[0] if best and len(set(best)) == 1 else None


def _cut(name: str) -> str:
    ending = next((e for e in _ENDINGS if name.endswith(e)), "")
    return name.removesuffix(ending) if ending and len(name) - len(ending) >= 4 else name


def _score(a: str, b: str) -> float:
    return min(similarity(a, b), similarity(b, a)) if a[:1] == b[:1] else 0.0


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The regions of Kazakhstan of all times, from the project's own table."""
    names: dict[str, tuple[bool, list[str]]] = {}
    for row in read_regions():
        names.setdefault(row.code, (row.kind == "city", []))[1].extend(row.names.values())
    return Gazetteer(names)
