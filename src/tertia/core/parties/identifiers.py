"""Numbers by which organisations and people are known elsewhere, checked without asking anybody: BIN, ROR, Wikidata, ORCID. No Django.

BIN: the business identification number of Kazakhstan, twelve figures (Law "On national registers of identification numbers", 2007,
and its rules of forming): year and month of registration, kind of body (4 to 6), sign (0 to 3), five figures of order, a check
figure by weights modulo 11. ROR: the Research Organization Registry, `0`, six signs of Crockford's base 32, two check figures by
ISO/IEC 7064 MOD 97-10. Wikidata: Q and a number, without a check figure.
"""

from __future__ import annotations

import re

__all__ = ["SCHEMES", "BadIdentifier", "address_of", "read_identifier", "read_orcid"]

SCHEMES = ("bin", "ror", "wikidata")
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_ADDRESS = {"ror": "https://ror.org/", "wikidata": "https://www.wikidata.org/wiki/"}


class BadIdentifier(ValueError):
    """`form`: it has not the form of such a number; `check`: the check figure does not fit; `person`: it is a person's number (IIN)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_identifier(scheme: str, words: str) -> str:
    """The number in its one written form. Raises BadIdentifier; a person's IIN is never taken."""
    text = re.sub(r"\s", "", words)
    if scheme == "bin":
        return _bin(text)
    if scheme == "ror":
        return _ror(re.sub(r"^(https?://)?(www\.)?ror\.org/", "", text, flags=re.IGNORECASE).lower())
    if scheme == "wikidata":
        found = re.fullmatch(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,11})", text, flags=re.IGNORECASE)
        if found is None:
            raise BadIdentifier("form")
        return found[1].upper()
    raise ValueError(scheme)


def address_of(scheme: str, value: str) -> str:
    """The address at which the number's register tells of the organisation; empty where there is none."""
    return _ADDRESS[scheme] + value if scheme in _ADDRESS else ""


def read_orcid(digits: str) -> str:
    """`0000-0002-1825-0097` of sixteen signs with or without strokes, the last one checked (ISO 7064 MOD 11-2). Raises BadIdentifier."""
    signs = digits.replace("-", "").upper()
    if not re.fullmatch(r"[0-9]{15}[0-9X]", signs):
        raise BadIdentifier("form")
    total = 0
    for sign in signs[:-1]:
        total = (total + int(sign)) * 2
    check = (12 - total % 11) % 11
    if signs[-1] != ("X" if check == 10 else str(check)):
        raise BadIdentifier("check")
    return "-".join(signs[i : i + 4] for i in range(0, 16, 4))


def _bin(text: str) -> str:
    if not re.fullmatch(r"\d{12}", text):
        raise BadIdentifier("form")
    if text[4] in "0123":
        raise BadIdentifier("person")
    if text[4] not in "456" or text[5] not in "0123" or not 1 <= int(text[2:4]) <= 12:
        raise BadIdentifier("form")
    figures = [int(c) for c in text]
    for weights in (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        control = sum(f * w for f, w in zip(figures, weights, strict=False)) % 11
        if control < 10:
            break
    if control != figures[11]:
        raise BadIdentifier("check")
    return text


def _ror(text: str) -> str:
    if not re.fullmatch(r"0[0-9a-hjkmnp-tv-z]{6}\d{2}", text):
        raise BadIdentifier("form")
    number = 0
    for sign in text[:7]:
        number = number * 32 + _BASE32.index(sign)
    if 98 - number * 100 % 97 != int(text[7:]):
        raise BadIdentifier("check")
    return text
