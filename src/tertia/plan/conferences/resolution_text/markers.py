"""List markers: dashes, bullets, numbers, letters, Roman numerals, and their nesting."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Marker", "goes_on_across_families", "is_lone", "marker_of", "roman_value"]


@dataclass(frozen=True)
class Marker:
    """A marker as printed, its family (items of one list share it), and its number where it counts."""

    printed: str
    family: str
    number: int | None = None
    path: tuple[int, ...] = ()


_BULLET = r"[-–—−•●○◦▪■□♦◆►▶➢➤✓✔·∙*\uf0b7\uf02d\uf0a7\uf0d8]"
_PATTERN = re.compile(
    rf"""^(?:
      (?P<bullet>{_BULLET})(?=\s|[^\W\d_])
    | (?P<multi>\d{{1,2}}(?:\.\d{{1,2}})+)(?P<multi_end>[.)]?)(?=\s)
    | (?P<open>\()?(?P<number>\d{{1,3}})(?P<number_end>[.)]|\s*[–—]\s)(?=\s|[^\W\d_]|[«“"„]|(?<=\s))
    | (?P<open_roman>\()?(?P<roman>[ivxl]{{1,6}}|[IVXLІХ]{{1,6}})(?P<roman_end>[.)])(?=\s)
    | (?P<open_letter>\()?(?P<letter>[a-zа-яәғқңөұүһі])(?P<letter_end>[.)])(?=\s)
    | (?P<upper>[A-ZА-Я])(?P<upper_end>\))(?=\s)
    )""",
    re.VERBOSE,
)
_LONE = re.compile(rf"^(?:{_BULLET}|\(?\d{{1,2}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+[.)]?|\(?[a-zа-яәғқңөұүһі][)]|[IVX]{{1,5}}[.)])$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LETTERS = {"latin": "abcdefghijklmnopqrstuvwxyz", "cyrillic": "абвгдежзиклмнопрстуфхцчшщэюя"}


def is_lone(text: str) -> bool:
    """Whether a line holds a marker alone, its text standing on the next line."""
    return bool(_LONE.match(text))


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral (Cyrillic І and Х are taken for I and X), or None."""
    text = text.upper().replace("І", "I").replace("Х", "X")
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    if not text or any(c not in values for c in text):
        return None
    total = 0
    for c, following in zip(text, [*text[1:], ""], strict=True):
        total += -values[c] if following and values[following] > values[c] else values[c]
    return total


def marker_of(text: str) -> Marker | None:
    """The marker at the start of a line, or None. A year, a decimal or an initial is no marker."""
    match = _PATTERN.match(text)
    if not match:
        return None
    printed = match[0].rstrip()
    if match["bullet"]:
        if match["bullet"] in "-−*" and not text[1:2].isspace() and not text[1:2].isalpha():
            return None
        return Marker(printed, "–" if printed in "–—−-" and printed != "-" else printed)
    if match["multi"]:
        path = tuple(int(n) for n in match["multi"].split("."))
        if _is_date(match["multi"]):
            return None
        return Marker(printed, f"n{len(path)}", path[-1], path)
    if match["number"]:
        number = int(match["number"])
        if number > 199 or number == 0:
            return None
        end = match["number_end"].strip()
        end = "–" if end in "–—" else end
        return Marker(printed, f"{match['open'] or ''}1{end}", number, (number,))
    if match["roman"] and (value := roman_value(match["roman"])):
        case = "I" if match["roman"].isupper() else "i"
        return Marker(printed, f"{match['open_roman'] or ''}{case}{match['roman_end']}", value)
    if match["letter"] or (match["roman"] and len(match["roman"]) == 1):
        letter = match["letter"] or match["roman"]
        if letter == "г" and _YEAR.search(text):  # `г. Астана, 5 апреля 2024 г.`: the city, not the fourth letter
            return None
        end = match["letter_end"] or match["roman_end"]
        return Marker(printed, f"{match['open_letter'] or match['open_roman'] or ''}a{end}", _letter_number(letter))
    if match["upper"]:
        return Marker(printed, f"A{match['upper_end']}", _letter_number(match["upper"].lower()))
    return None


def _letter_number(letter: str) -> int | None:
    for alphabet in _LETTERS.values():
        if letter in alphabet:
            return alphabet.index(letter) + 1
    return None


def _is_date(text: str) -> bool:
    parts = text.split(".")
    return (
        len(parts) >= 3 and len(parts[-1]) == 4 or (len(parts) == 3 and int(parts[1]) <= 12 and len(parts[1]) == 2 and len(parts[0]) == 2)
    )


def goes_on_across_families(above: Marker, marker: Marker) -> bool:
    """`h)` before `i)`: a Roman numeral that goes on a list of letters, or a letter that goes on Roman numerals."""
    pairs = {("a", "i"), ("i", "a")}
    kinds = (above.family.strip("().")[:1], marker.family.strip("().")[:1])
    if kinds not in pairs or above.family.replace(kinds[0], "") != marker.family.replace(kinds[1], ""):
        return False
    letter = marker.printed.strip("().")
    before = above.printed.strip("().")
    return len(letter) == len(before) == 1 and ord(letter) == ord(before) + 1
