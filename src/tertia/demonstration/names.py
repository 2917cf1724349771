"""Invented people: given names and family names joined by a seed number. Nobody in particular is meant."""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["invented_names"]

GIVEN = [
    "Adil",
    "Aiym",
    "Arman",
    "Assel",
    "Dana",
    "Daniyar",
    "Gulnur",
    "Ilyas",
    "Madina",
    "Nurlan",
    "Sofia",
    "Temirlan",
    "Ainur",
    "Bekzat",
    "Camila",
    "Dias",
    "Erlan",
    "Fariza",
    "Galym",
    "Inkar",
    "Kamila",
    "Laura",
    "Maxim",
    "Nazym",
    "Olzhas",
    "Polina",
    "Ruslan",
    "Saule",
    "Timur",
    "Ulan",
    "Viktor",
    "Yerkin",
    "Zarina",
    "Zhanna",
    "Alina",
    "Baurzhan",
    "Dinara",
    "Elena",
    "Kairat",
    "Miras",
]
FAMILY = [
    "Abenov",
    "Baimukhan",
    "Chernov",
    "Dzhumabai",
    "Esenov",
    "Fomin",
    "Galiev",
    "Ibraimov",
    "Kasymov",
    "Lebedev",
    "Mukanov",
    "Nurpeis",
    "Orazbek",
    "Petrov",
    "Rakhim",
    "Sagyn",
    "Tulegen",
    "Umarov",
    "Vlasov",
    "Yesimov",
    "Zhaksylyk",
    "Akhmet",
    "Bolat",
    "Kenzhe",
    "Mamyr",
    "Omar",
    "Seitkali",
    "Tasbolat",
]


def invented_names(seed: int) -> Iterator[str]:
    """Names without end, the same for the same seed."""
    pick = random.Random(seed)
    while True:
        yield f"{pick.choice(GIVEN)} {pick.choice(FAMILY)}"
