"""Which region or settlement a text names, in any of three languages: a suggestion for a person. No Django.

Words are compared folded and without their endings, since names are inflected: `Костанайской области`, `Қостанай облысында`, `of Kostanay`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tertia.core.languages.fold import fold

__all__ = ["Names"]

_GENERAL = frozenset(
    [
        "region",
        "oblast",
        "oblasti",
        "oblys",
        "oblysy",
        "oblysynda",
        "aimagy",
        "city",
        "gorod",
        "qala",
        "kala",
        "respublika",
        "kazakhstan",
        "kazahstan",
        "kazakstan",
    ]
)
_REGION_WORDS = ("region", "oblas", "oblys")
_LEAST = 5


class Names:
    """`names`: id of a place → (is it a city, its names). Of a city and a region of one name, the words beside it decide."""

    def __init__(self, names: Mapping[int, tuple[bool, Iterable[str]]]) -> None:
        self.stems: dict[tuple[str, ...], dict[bool, int]] = {}
        for place, (city, written) in names.items():
            for name in written:
                stems = _stems(name)
                if stems:
                    self.stems.setdefault(stems, {}).setdefault(city, place)
        self.first: dict[str, list[tuple[str, ...]]] = {}
        for stems in self.stems:
            self.first.setdefault(stems[0][:_LEAST], []).append(stems)

    def found_in(self, text: str) -> int | None:
        """The one place that a text names; None where it names none or several."""
        words = fold(text).split()
        found: set[int] = set()
        taken: set[int] = set()
        for n, word in enumerate(words):
            for stems in sorted(self.first.get(word[:_LEAST], ()), key=len, reverse=True):
                if n not in taken and all(n + k < len(words) and words[n + k].startswith(s) for k, s in enumerate(stems)):
                    taken.update(range(n, n + len(stems)))
                    beside = words[n + len(stems) : n + len(stems) + 2] + words[max(0, n - 1) : n]
                    both = self.stems[stems]
                    region = any(w.startswith(_REGION_WORDS) for w in beside)
                    found.add(both[not region] if (not region) in both else next(iter(both.values())))
                    break
        return found.pop() if len(found) == 1 else None


def _stems(name: str) -> tuple[str, ...]:
    words = [w for w in fold(name).split() if w not in _GENERAL]
    made = tuple(w if len(w) <= _LEAST else w[: max(_LEAST, len(w) - _ending(w))] for w in words)
    return made if made and len(made[0]) >= 4 else ()


def _ending(word: str) -> int:
    """How many letters of a name an inflected form may lose: adjectives of Russian lose the most."""
    return next((len(e) for e in ("inskaia", "skaia", "inskoi", "skoi", "y", "a", "i") if word.endswith(e)), 0)
