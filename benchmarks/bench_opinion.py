"""Groups of opinion judged by hidden votes, beside the published groups of real conversations; time and memory of large ones."""

from __future__ import annotations

import csv
import gzip
import io
import resource
import time
from pathlib import Path

import numpy as np

REPEATS = 5


def main(argv: list[str]) -> None:
    """`FOLDER` holds a folder for each conversation in the published form of Polis; without it only generated votes are measured.

    A fifth of the votes is hidden; groups are formed from the rest and predict the hidden ones. The ratio is of their gain in log loss over
    one group to the gain of the published groups, which were formed from all votes.
    """
    from tertia.listen.dialogue.opinion.choice import find_groups, gain_of
    from tertia.listen.dialogue.opinion.mixture import fit, tables_of
    from tertia.listen.dialogue.opinion.votes import read_votes, votes_of

    medians = []
    for folder in sorted(p for p in Path(argv[0]).iterdir() if p.is_dir()) if argv else ():
        votes, published, pick = read_votes(folder), _published(folder), np.random.default_rng(1)
        gains, counts, began = [], [], time.perf_counter()
        for _repeat in range(REPEATS):
            hide = pick.random(len(votes)) < 0.2
            train, hidden = votes.some(~hide), votes.some(hide)
            found = find_groups(train)
            gains.append((gain_of(tables_of(train), found.groups, hidden), gain_of(tables_of(train), published, hidden)))
            counts.append(found.count)
        ours, theirs = np.mean(gains, axis=0)
        medians.append(ours / theirs)
        print(f"{folder.name:<34} {len(votes):>8,} votes  groups {counts}  gain {ours:.4f}, published {theirs:.4f} nats a vote: ratio {ours / theirs:.2f}  {(time.perf_counter() - began) / REPEATS:.1f} s", flush=True)  # fmt: skip
    if medians:
        print(f"median of the ratios {np.median(medians):.2f}, least {min(medians):.2f}")
    for people, statements, count in ((33_000, 1_000, 1_300_000),):
        pick = np.random.default_rng(2)
        group, lean = pick.integers(0, 3, people), pick.choice([1, -1], (3, statements))
        rows, columns = pick.integers(0, people, count), pick.integers(0, statements, count)
        values = np.where(pick.random(count) < 0.7, lean[group[rows], columns], pick.integers(-1, 2, count))
        votes = votes_of([str(n) for n in range(people)], [str(n) for n in range(statements)], rows, columns, values)
        began = time.perf_counter()
        tables = tables_of(votes)
        fit(tables, 3)
        one = time.perf_counter() - began
        began = time.perf_counter()
        found = find_groups(votes)
        print(f"{people:,} × {statements:,}, {len(votes):,} votes: one fit {one:.1f} s; number of groups and stability {time.perf_counter() - began:.1f} s ({found.count} groups, stability {found.stability:.2f}), peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")  # fmt: skip


def _published(folder: Path) -> np.ndarray:
    file = folder / "participants-votes.csv"
    raw = file.read_bytes() if file.exists() else gzip.decompress((folder / "participants-votes.csv.gz").read_bytes())
    rows = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    return np.array([int(float(r["group-id"])) if r["group-id"].strip() else -1 for r in rows])
