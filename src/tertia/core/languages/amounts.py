"""Sums of money as people write them in three languages, read without guessing."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["AmountUnclear", "read_amount"]

_SPACES = re.compile("[\\s\u00a0\u2009\u202f'’]+")
_CURRENCY = re.compile(r"(₸|kzt|тг\.?|тенге|теңге|tenge)", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")


class AmountUnclear(ValueError):
    """Words that are no amount (`number`), or that may be two different ones (`two-ways`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_amount(words: str) -> Decimal:
    """`1 200 000,50 ₸`, `1,200,000.50`, `1.200.000`, `1200000` into a decimal with at most two digits after the point.

    The last of two different signs divides off the tiyn. One sign that is followed by three figures groups thousands, because
    money has two digits after the point at most; `0,500` could be either and is refused. Raises AmountUnclear.
    """
    text = _SPACES.sub("", _CURRENCY.sub("", words))
    minus = text.startswith(("-", "\u2212"))
    text = text.lstrip("-\u2212")
    signs = [c for c in text if c in ".,"]
    if not text or re.search(r"[^\d.,]", text) or not any(c.isdigit() for c in text):
        raise AmountUnclear("number")
    if len(set(signs)) == 2:
        last = max(text.rfind("."), text.rfind(","))
        whole, rest = text[:last], text[last + 1 :]
        if not _GROUPED.match(whole) or len(rest) not in (1, 2) or not rest.isdigit():
            raise AmountUnclear("number")
        text = f"{re.sub('[.,]', '', whole)}.{rest}"
    elif signs:
        text = _one_sign(text, len(signs))
    value = Decimal(text)
    return -value if minus else value


def _one_sign(text: str, times: int) -> str:
    whole, _, rest = text.replace(",", ".").rpartition(".")
    if times == 1 and rest.isdigit() and len(rest) in (1, 2) and whole.isdigit():
        return f"{whole}.{rest}"
    if _GROUPED.match(text):
        if text.startswith("0"):
            raise AmountUnclear("two-ways")
        return re.sub("[.,]", "", text)
    raise AmountUnclear("number")
