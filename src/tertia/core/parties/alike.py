"""Which organisations are written down twice: by number, by site and address of mail, by name in any of three languages. No Django.

A name is compared without its legal form, in folded letters, so ЖШС «Жасыл ел», ТОО "Жасыл Ел" and Zhasyl El LLP are near. Numbers
in names have to be equal: school No. 12 is never school No. 21. Words that many organisations bear count little (inverse document
frequency, Spärck Jones 1972).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log

from tertia.core.languages.fold import fold, trigrams

__all__ = ["LEAST", "Party", "Twins", "twins"]

#: from here two are shown to somebody who decides
LEAST = 0.72
_MOST_IN_BLOCK = 60
_FORMS = frozenset(
    [
        "too",
        "tdo",
        "llp",
        "llc",
        "ltd",
        "inc",
        "jss",
        "jshs",
        "ooo",
        "ao",
        "oao",
        "zao",
        "pao",
        "ak",
        "kf",
        "kmm",
        "kgu",
        "kgp",
        "rgp",
        "rmk",
        "rgkp",
        "gkkp",
        "gkp",
        "mkk",
        "kmkk",
        "mm",
        "nao",
        "keak",
        "jsc",
        "ip",
        "jk",
        "of",
        "oo",
        "rob",
        "chu",
        "nko",
        "obshchestvennoe",
        "obsestvennoe",
        "obedinenie",
        "kogamdyk",
        "birlestigi",
        "birlestik",
        "korporativnyi",
        "fond",
        "kory",
        "qory",
        "chastnoe",
        "ucrejdenie",
        "mekeme",
        "mekemesi",
        "gosudarstvennoe",
        "kommunalnoe",
        "respublikanskoe",
        "tovariscestvo",
        "s",
        "ogranicennoi",
        "otvetstvennostiu",
        "jauapkerciligi",
        "sekteuli",
        "seriktestigi",
        "seriktestik",
        "akcionernoe",
        "obsestvo",
        "nekommerceskoe",
        "kommerciialyk",
        "emes",
        "akcionerlik",
        "kogamy",
        "kogam",
        "the",
        "and",
        "i",
        "jane",
        "public",
        "foundation",
        "association",
        "limited",
        "liability",
        "partnership",
        "corporate",
        "private",
        "institution",
        "municipal",
        "state",
        "no",
        "nr",
        "nomer",
        "nomiri",
    ]
)
_NUMBER = re.compile(r"\d+")
#: sites and mail houses at which anybody has an address
_SHARED = frozenset(
    [
        "gmail.com",
        "mail.ru",
        "yandex.ru",
        "yandex.kz",
        "bk.ru",
        "inbox.ru",
        "list.ru",
        "outlook.com",
        "hotmail.com",
        "icloud.com",
        "yahoo.com",
        "facebook.com",
        "instagram.com",
        "vk.com",
        "t.me",
        "wa.me",
        "gov.kz",
        "edu.kz",
    ]
)


@dataclass(frozen=True)
class Party:
    """What is compared of an organisation: its number here, kind, names in any language, mail, site, place, numbers elsewhere."""

    pk: int
    kind: str
    names: tuple[str, ...]
    email: str = ""
    website: str = ""
    place: int | None = None
    identifiers: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Twins:
    """Two that may be one; `likeness` 0 to 1; `reasons`: identifier, site, mail, name."""

    first: int
    second: int
    likeness: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    party: Party
    names: tuple[frozenset[str], ...]
    numbers: tuple[frozenset[str], ...]
    hosts: frozenset[str]


def twins(parties: Iterable[Party], *, least: float = LEAST, among: Collection[int] | None = None) -> list[Twins]:
    """Pairs that may be one organisation, the surest first. Only pairs that share a number, a site or a rare word are looked at.

    `among`: only pairs one of which is one of these.
    """
    known = [_known(p) for p in parties]
    rarity = _rarity(known)
    found = []
    for a, b in _candidates(known, rarity):
        if among is not None and a.party.pk not in among and b.party.pk not in among:
            continue
        pair = _compare(a, b, rarity)
        if pair is not None and pair.likeness >= least:
            found.append(pair)
    return sorted(found, key=lambda t: (-t.likeness, t.first, t.second))


def _known(party: Party) -> _Known:
    names, numbers = [], []
    for name in party.names:
        plain = fold(re.sub(r"[«»\"“”„']", " ", name)).split()
        numbers.append(frozenset(str(int(n)) for word in plain for n in _NUMBER.findall(word)))
        words = frozenset(w for w in plain if w not in _FORMS and not w.isdigit())
        names.append(words or frozenset(plain))
    hosts = {h for h in (_host(party.website), party.email.rpartition("@")[2].lower()) if h and h not in _SHARED}
    return _Known(party, tuple(names), tuple(numbers), frozenset(hosts))


def _host(address: str) -> str:
    return re.sub(r"^(https?://)?(www\.)?", "", address.lower()).split("/")[0].split(":")[0]


def _rarity(known: Sequence[_Known]) -> dict[str, float]:
    counts = Counter(w for k in known for w in {w for n in k.names for w in n})
    return {w: log(1 + len(known) / c) for w, c in counts.items()}


def _candidates(known: Sequence[_Known], rarity: dict[str, float]) -> Iterable[tuple[_Known, _Known]]:
    """Pairs in one block: the same number, site, or one of a name's three rarest words or its beginnings."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, one in enumerate(known):
        keys = {("id", f"{s}:{v}") for s, v in one.party.identifiers} | {("host", h) for h in one.hosts}
        for name in one.names:
            rare = sorted(name, key=lambda w: (-rarity[w], w))[:3]
            keys |= {("word", w) for w in rare} | {("head", w[:5]) for w in rare if len(w) > 5}
            keys.add(("all", "".join(sorted(name))[:40]))
        for key in keys:
            blocks[key].append(n)
    seen: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if len(members) > _MOST_IN_BLOCK and key[0] in ("word", "head"):
            continue
        for i, a in enumerate(members):
            for b in members[i + 1 :]:
                if (a, b) not in seen:
                    seen.add((a, b))
                    yield known[a], known[b]


def _compare(a: _Known, b: _Known, rarity: dict[str, float]) -> Twins | None:
    first, second = sorted((a.party.pk, b.party.pk))
    schemes_a, schemes_b = dict(a.party.identifiers), dict(b.party.identifiers)
    shared = a.party.identifiers & b.party.identifiers
    conflict = any(schemes_b.get(s, v) != v for s, v in schemes_a.items())
    if shared:
        return Twins(first, second, 1.0, ("identifier",))
    if conflict or a.party.kind == "unit" or b.party.kind == "unit":
        return None
    name = max(
        (_name(x, p, y, q, rarity) for x, p in zip(a.names, a.numbers, strict=True) for y, q in zip(b.names, b.numbers, strict=True)),
        default=0.0,
    )
    reasons = ["name"] if name >= 0.6 else []
    likeness = name
    if a.hosts & b.hosts:
        reasons.append("site" if _host(a.party.website) in b.hosts | {_host(b.party.website)} and a.party.website else "mail")
        likeness = min(1.0, name + 0.25) if name >= 0.45 else name
    if a.party.place and b.party.place and a.party.place != b.party.place:
        likeness -= 0.18
    if a.party.kind != b.party.kind:
        likeness -= 0.06
    return Twins(first, second, round(max(likeness, 0.0), 4), tuple(reasons)) if reasons else None


def _name(a: frozenset[str], a_numbers: frozenset[str], b: frozenset[str], b_numbers: frozenset[str], rarity: dict[str, float]) -> float:
    """Weighed overlap of words, each met by its nearest one; 0 where the numbers differ."""
    if a_numbers != b_numbers or not a or not b:
        return 0.0
    there, back = _met(a, b, rarity), _met(b, a, rarity)
    return 2 * there * back / (there + back) if there + back else 0.0


def _met(a: frozenset[str], b: frozenset[str], rarity: dict[str, float]) -> float:
    whole = sum(rarity[w] for w in a)
    found = sum(rarity[w] * (1.0 if w in b else _nearest(w, b)) for w in a)
    return found / whole if whole else 0.0


def _nearest(word: str, others: frozenset[str]) -> float:
    mine = trigrams(word)
    best = 0.0
    for other in others:
        if abs(len(other) - len(word)) > 4:
            continue
        theirs = trigrams(other)
        best = max(best, len(mine & theirs) / len(mine | theirs))
    return best if best >= 0.4 else 0.0
