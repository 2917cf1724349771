"""10,000 needs beside 50,000 offers: seconds after indexing; and recall at 5 on a labelled set in three languages beside plain full-text search.

`benchmarks/data/needs_and_offers.csv` was written after the weights of the matching were fixed, and nothing was changed by it. Each of its 30
needs is asked in each language; what meets it are the three offers of its line. The peer is SQLite's FTS5 (BM25, unicode61, any of the words).
`./run bench offers [NEEDS OFFERS]`; without the package of meaning (`./run meaning`) words alone are measured.
"""

from __future__ import annotations

import csv
import random
import resource
import sqlite3
import time
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).parent / "data" / "needs_and_offers.csv"
TONGUES = ("kk", "ru", "en")


def main(argv: list[str]) -> None:
    needs, offers = (int(a) for a in argv[:2]) if len(argv) > 1 else (10_000, 50_000)
    rows = list(csv.DictReader(FILE.open(encoding="utf-8")))
    _recall(rows)
    _speed(rows, needs, offers)


def _recall(rows: list[dict[str, str]]) -> None:
    from tertia.core.search import meaning
    from tertia.core.search.matching import Index

    offered = [(r["id"], r[f"offer_{t}"]) for r in rows for t in TONGUES]
    asked = [(r["id"], r[f"need_{t}"]) for r in rows for t in TONGUES]
    texts, questions = [w for _i, w in offered], [w for _i, w in asked]
    ways: dict[str, Any] = {"by words": [[s.at for s in found] for found in Index(texts).nearest(questions, most=5, least=0.0)]}
    if meaning.available():
        vectors = [meaning.centred(meaning.vectors_of(t), [meaning.language_of(w) for w in t])[0] for t in (texts, questions)]
        index = Index(texts, vectors[0])
        ways["by meaning and words"] = [[s.at for s in found] for found in index.nearest(questions, vectors[1], 5, 0.0)]
        ways["the same, as shown on the page"] = [[s.at for s in found] for found in index.nearest(questions, vectors[1], 5)]
    ways["full-text search (FTS5)"] = _full_text(texts, questions)
    for name, found in ways.items():
        right = [sum(offered[at][0] == one for at in places) / 3 for (one, _w), places in zip(asked, found, strict=True)]
        first = [bool(places) and offered[places[0]][0] == one for (one, _w), places in zip(asked, found, strict=True)]
        print(
            f"{name}: recall at 5 {np.mean(right):.2f}, first one right {np.mean(first):.2f}, of {len(asked)} questions and {len(texts)} offers"
        )


def _full_text(texts: list[str], questions: list[str]) -> list[list[int]]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE offers USING fts5(words, tokenize='unicode61')")
    base.executemany("INSERT INTO offers(rowid, words) VALUES (?, ?)", enumerate(texts))
    found = []
    for words in questions:
        asked = " OR ".join('"' + w.replace('"', "") + '"' for w in words.split())
        found.append([r[0] for r in base.execute("SELECT rowid FROM offers WHERE offers MATCH ? ORDER BY rank LIMIT 5", (asked,))])
    return found


def _speed(rows: list[dict[str, str]], needs: int, offers: int) -> None:
    from tertia.core.search.matching import Index

    pick, dice = random.Random(13), np.random.default_rng(13)
    words = sorted({w.strip(",") for r in rows for k, v in r.items() if k != "id" for w in v.split()})
    words += ["".join(pick.choices("абвгдезиклмнопрстуықңғө", k=7)) for _ in range(20_000 - len(words))]
    pick.shuffle(words)
    often = [1 / (n + 10) for n in range(len(words))]  # as words are spread in a language (Zipf 1949, with Mandelbrot's shift)
    texts = [" ".join(pick.choices(words, often, k=9)) for _ in range(offers)]
    questions = [" ".join(pick.choices(words, often, k=8)) for _ in range(needs)]
    kept, asked = (_unit(dice.standard_normal((n, 384), dtype=np.float32)) for n in (offers, needs))
    for name, given in (("words and meaning", (kept, asked)), ("words alone", (None, None))):
        began = time.perf_counter()
        index = Index(texts, given[0])
        indexed = time.perf_counter() - began
        began = time.perf_counter()
        found = index.nearest(questions, given[1], 5)
        seconds = time.perf_counter() - began
        assert len(found) == needs
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{needs:,} needs × {offers:,} offers, {name}: indexed in {indexed:.1f} s, all matched in {seconds:.1f} s, peak {peak:.1f} GB"
        )
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE offers USING fts5(words, tokenize='unicode61')")
    base.executemany("INSERT INTO offers(rowid, words) VALUES (?, ?)", enumerate(texts))
    part = questions[: max(1, needs // 100)]
    began = time.perf_counter()
    for one in part:
        asked_words = " OR ".join('"' + w + '"' for w in one.split())
        base.execute("SELECT rowid FROM offers WHERE offers MATCH ? ORDER BY rank LIMIT 5", (asked_words,)).fetchall()
    took = (time.perf_counter() - began) * needs / len(part)
    print(f"the same by FTS5, from {len(part)} questions: {took:.0f} s; ratio to us {took / seconds:.1f}")


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
