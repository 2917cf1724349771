"""One spelling for one word: lower case, Kazakh and Russian Cyrillic and Latin folded into the same plain letters.

Қоғам, қоғам, qoğam, qogham and qogam fold to `kogam`. The table follows the Kazakh Latin alphabets of 2018 and 2021
and common romanisations; it serves finding, not display.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["bare", "fold", "similarity", "trigrams", "words"]

_CYRILLIC = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "j", "з": "z",
    "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "c", "ч": "c",
    "ш": "s", "щ": "s", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_LATIN = {"ğ": "g", "ı": "y", "ş": "s", "ç": "c", "ŋ": "n", "ə": "a", "ɵ": "o", "w": "u", "x": "h", "q": "k"}
_TABLE = str.maketrans({**_CYRILLIC, **_LATIN})
#: digraphs of romanisations, after the letters are plain
_DIGRAPHS = (("shch", "s"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "c"), ("ya", "ia"), ("yu", "iu"), ("yi", "i"))
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """The folded text: words of plain letters and figures, joined by single spaces."""
    text = text.lower().translate(_TABLE)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.translate(_TABLE)
    for digraph, letter in _DIGRAPHS:
        text = text.replace(digraph, letter)
    return _NOT_WORD.sub(" ", text).strip()


def bare(text: str) -> str:
    """The folded text without its spaces, as rooms and names are compared."""
    return fold(text).replace(" ", "")


def words(text: str) -> list[str]:
    return fold(text).split()


def trigrams(word: str) -> set[str]:
    """Trigrams of a word padded as in PostgreSQL's pg_trgm: two spaces before, one after."""
    padded = f"  {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def similarity(wanted: str, found: str) -> float:
    """How near a wanted word is to a found one, 0 to 1: 1 for a prefix, else the share of trigrams in common."""
    if found.startswith(wanted):
        return 1.0
    a, b = trigrams(wanted), trigrams(found[: len(wanted) + 3])
    return len(a & b) / len(a | b)
