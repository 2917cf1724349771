"""How often a piece of the press is tied to the right activity: precision and recall on a labelled sample in three languages.

The sample (benchmarks/data/mentions.toml) is invented: 12 activities, 22 pieces that speak of one of them and 11 that speak of none, some
of them with a word in common. Measured is the first suggestion, by words and names alone and with meaning where the package is there.
On a page nothing is tied without a person; what people said so far is the precision that the page states.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

START = dt.date(2026, 11, 1)


def main(argv: list[str]) -> None:
    import sys

    sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src")]
    from tertia.core.search import meaning
    from tertia.tell.mentions.texts.about import LEAST, Done, Register

    sample = tomllib.loads((Path(__file__).parent / "data" / "mentions.toml").read_text(encoding="utf-8"))
    done = [
        Done(d["key"], f"{d['ru']} {d['kk']} {d['en']}", START + dt.timedelta(days=d["day"]), tuple(d["names"])) for d in sample["done"]
    ]
    ways = [("words and names", None)]
    if meaning.available():
        texts = [d.words for d in done]
        ways.append(("with meaning", meaning.centred(meaning.vectors_of(texts), [meaning.language_of(t) for t in texts])[0]))
    for name, vectors in ways:
        register, right, wrong, missed = Register(done, vectors), 0, 0, 0
        for piece in sample["piece"]:
            asked = None
            if vectors is not None:
                asked = meaning.centred(meaning.vectors_of([piece["words"]]), [meaning.language_of(piece["words"])])[0]
            found = register.nearest(piece["words"], START + dt.timedelta(days=piece["day"]), asked)
            first = found[0].key if found else None
            right += first is not None and first == piece.get("about")
            wrong += first is not None and first != piece.get("about")
            missed += first is None and "about" in piece
        true = sum("about" in p for p in sample["piece"])
        print(
            f"{name}: least score {LEAST}: precision {right / max(right + wrong, 1):.3f} ({right} of {right + wrong}), recall {right / true:.3f} ({right} of {true}; {missed} without any)"
        )
