"""Groups of opinion beside red-dwarf, the peer that repeats Polis' own way: time, and what hidden votes say of its groups and ours.

`./run bench opinion_peer FOLDER PYTHON`: FOLDER holds conversations in the published form; PYTHON is that of an environment of its own with
red-dwarf in it (`pip install red-dwarf`; about 270 MB, so it is not among our packages).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.bench_opinion import _published

PEER = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
from reddwarf.implementations.polis import run_pipeline
votes = json.load(sys.stdin)
began = time.perf_counter()
found = run_pipeline(votes=votes)
took = time.perf_counter() - began
frame = found.participants_df
column = next(c for c in ("cluster_id", "label", "cluster") if c in frame.columns)
print(json.dumps({"took": took, "groups": {str(k): int(v) for k, v in frame[column].dropna().items()}}))
"""


def main(argv: list[str]) -> None:
    from tertia.listen.dialogue.opinion.choice import find_groups, gain_of, same
    from tertia.listen.dialogue.opinion.mixture import tables_of
    from tertia.listen.dialogue.opinion.votes import read_votes

    if len(argv) < 2:
        sys.exit(__doc__)
    ratios = []
    for folder in sorted(p for p in Path(argv[0]).iterdir() if p.is_dir()):
        votes, published = read_votes(folder), _published(folder)
        hide = np.random.default_rng(1).random(len(votes)) < 0.2
        train, hidden = votes.some(~hide), votes.some(hide)
        began = time.perf_counter()
        ours = find_groups(train)
        took = time.perf_counter() - began
        rows = [
            {"participant_id": int(p), "statement_id": int(s), "vote": 1 - int(k)} for p, s, k in zip(train.rows, train.columns, train.kinds, strict=True)
        ]  # fmt: skip
        told = subprocess.run([argv[1], "-c", PEER], input=json.dumps(rows), capture_output=True, text=True)
        if told.returncode:
            print(f"{folder.name}: red-dwarf failed: {told.stderr.strip().splitlines()[-1:]}")
            continue
        body = json.loads(told.stdout.strip().splitlines()[-1])
        peer = np.full(votes.shape[0], -1)
        for key, group in body["groups"].items():
            peer[int(float(key))] = group
        tables = tables_of(train)
        gains = [gain_of(tables, g, hidden) for g in (ours.groups, peer, published)]
        ratios.append([gains[0] / gains[2], gains[1] / gains[2]])
        print(
            f"{folder.name:<34} ours {ours.count} groups {took:.1f} s, gain {gains[0]:.4f}; red-dwarf {peer.max() + 1} groups {body['took']:.1f} s, gain {gains[1]:.4f};"
            f" published {gains[2]:.4f}; adjusted Rand index with the published: ours {same(ours.groups, published):.2f}, red-dwarf {same(peer, published):.2f}", flush=True,
        )  # fmt: skip
    if not ratios:
        sys.exit("red-dwarf answered nothing")
    print("median of the ratios to the published: ours {:.2f}, red-dwarf {:.2f}".format(*np.median(ratios, axis=0)))
