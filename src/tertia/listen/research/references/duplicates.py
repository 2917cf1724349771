"""Works that stand twice in lists of different origin: which are one, and why. No Django.

Rules, the first that decides holds: the same DOI, PMID or OpenAlex id is one work; two different DOIs are two, unless one is the preprint of the other, which
stays two as well. Without that, titles are compared in folded letters by their words, with the year, the first author, the container and the pages; figures in
titles have to be equal (part 1 is not part 2). What is near but not sure is shown to a person, never merged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tertia.core.languages.fold import fold
from tertia.listen.research.references.cleaning import issued_of
from tertia.listen.research.references.model import Item

__all__ = ["Match", "Register", "Traits", "keys_of", "traits"]

_LEAST_WORDS = 3
_KEY = 14
_MOST_IN_BLOCK = 200


@dataclass(frozen=True)
class Traits:
    """What a work is known by. `title`: folded words; `author`: the folded family name of the first author."""

    key: str
    doi: str
    ids: frozenset[str]
    title: tuple[str, ...]
    year: int | None
    author: str
    container: str
    page: str
    kind: str


@dataclass(frozen=True)
class Match:
    """`sure`: they are one, for `reason` (doi, id, title); else a person has to say."""

    key: str
    reason: str
    sure: bool


def traits(key: str, item: Item) -> Traits:
    people = item.get("author") or item.get("editor") or [{}]
    parts = issued_of(item)
    custom = item.get("custom", {})
    ids = {f"pmid:{item['PMID']}" if item.get("PMID") else "", custom.get("openalex", "")}
    return Traits(
        key, item.get("DOI", ""), frozenset(i for i in ids if i), tuple(fold(item.get("title", "")).split()), parts[0] if parts else None,
        fold(people[0].get("family") or people[0].get("literal", "").split(" ")[-1]), fold(item.get("container-title", "")),
        re.split(r"\D", item.get("page", "") or "")[0], item.get("type", ""),
    )  # fmt: skip


def keys_of(item: Item) -> tuple[str, str]:
    """The first and the last letters of the folded title: by these a work is looked for in a database."""
    joined = fold(item.get("title", "")).replace(" ", "")
    return joined[:_KEY], joined[-_KEY:]


class Register:
    """Works that are known; `match` says which of them a new one is. Memory: a few hundred bytes a work."""

    def __init__(self, known: Iterable[Traits] = ()) -> None:
        self.by_id: dict[str, str] = {}
        self.blocks: dict[str, list[Traits]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, one: Traits) -> None:
        for identifier in _ids(one):
            self.by_id.setdefault(identifier, one.key)
        for block in _blocks(one):
            if len(self.blocks[block]) < _MOST_IN_BLOCK:
                self.blocks[block].append(one)

    def match(self, one: Traits) -> Match | None:
        for identifier in _ids(one):
            if found := self.by_id.get(identifier):
                return Match(found, identifier.split(":", 1)[0], True)
        best: Match | None = None
        seen: set[str] = set()
        for block in _blocks(one):
            for other in self.blocks.get(block, ()):
                if other.key in seen:
                    continue
                seen.add(other.key)
                judged = _judge(one, other)
                if judged is not None and judged.sure:
                    return judged
                best = best or judged
        return best


def _ids(one: Traits) -> Iterator[str]:
    if one.doi:
        yield f"doi:{one.doi}"
    for identifier in one.ids:
        yield f"id:{identifier}"


def _blocks(one: Traits) -> Iterator[str]:
    """Where a work is looked for: by its first words without spaces, by its rarest-looking word with the author, by its pages in its container."""
    joined = "".join(one.title)
    if joined:
        yield f"t:{joined[:_KEY]}"
        yield f"e:{joined[-_KEY:]}"
        longest = max(one.title, key=len)
        if one.author and len(longest) > 5:
            yield f"a:{one.author}:{longest}"
    if one.container and one.page and one.year:
        yield f"p:{one.container}:{one.page}:{one.year}"


def _judge(one: Traits, other: Traits) -> Match | None:
    if one.doi and other.doi:
        return None
    near = _nearness(one.title, other.title)
    if near < 0.75 or _figures(one.title) != _figures(other.title):
        return None
    if one.year and other.year and abs(one.year - other.year) > 1:
        return None
    same_author = bool(one.author) and one.author == other.author
    if one.author and other.author and not same_author and not _same_family(one.author, other.author):
        return None
    general = len(one.title) < _LEAST_WORDS  # “Introduction”, “Book review” say what a thing is, not which
    placed = bool(one.container and one.container == other.container and one.page and one.page == other.page)
    known_both = bool(one.author and other.author)
    sure = (
        near >= 0.9
        and not _apart(one, other)
        and (placed or (not general and known_both and one.year is not None and one.year == other.year))
    )
    return Match(other.key, "title", sure)


def _apart(one: Traits, other: Traits) -> bool:
    """What says that they are two although they are called alike: other pages, or one is a preprint, a data set, a thesis."""
    if one.page and other.page and one.page != other.page:
        return True
    solitary = {"article", "dataset", "thesis", "software", "review"}
    return one.kind != other.kind and bool(solitary & {one.kind, other.kind})


def _same_family(a: str, b: str) -> bool:
    """Ахметов and Akhmetov fold alike but for a letter or two."""
    return len(a) > 4 and len(b) > 4 and _nearness((a,), (b,)) >= 0.5


def _figures(words: tuple[str, ...]) -> list[str]:
    return [w for w in words if any(c.isdigit() for c in w) or w in ("i", "ii", "iii", "iv", "v", "vi", "vii")]


def _nearness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Dice's share of trigrams in common, 0 to 1, over the words without their spaces (`data base` is `database`)."""
    if a == b:
        return 1.0 if a else 0.0
    one, other = _trigrams("".join(a)), _trigrams("".join(b))
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _trigrams(text: str) -> set[str]:
    return {text[n : n + 3] for n in range(len(text) - 2)}
