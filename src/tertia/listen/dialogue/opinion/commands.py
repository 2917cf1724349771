"""`tertia opinion groups`: groups of opinion from published votes, without a server and without a database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["add_opinion"]


def add_opinion(rows: Any, add: Any) -> None:
    group = rows.add_parser("opinion", help="opinions in votes").add_subparsers(required=True, metavar="COMMAND")
    groups = add(group, "groups", opinion_groups, "Find groups of opinion in votes (a folder or a CSV in the published form of Polis), what unites and what divides them.")  # fmt: skip
    groups.add_argument("file", type=Path, metavar="FOLDER_OR_CSV")
    groups.add_argument("--json", action="store_true")
    groups.add_argument("--seed", type=int, default=0)
    groups.add_argument(
        "--start",
        type=Path,
        metavar="JSON",
        help="what --json printed before: its groups are where the search begins (new votes move them little)",
    )


def opinion_groups(arguments: argparse.Namespace) -> int:
    """0 done, 2 unreadable."""
    from tertia.listen.dialogue.opinion.choice import find_groups  # slow library
    from tertia.listen.dialogue.opinion.report import report_of  # slow library
    from tertia.listen.dialogue.opinion.votes import VotesUnreadable, read_votes  # slow library

    try:
        votes = read_votes(arguments.file)
        start = _start(arguments.start, votes.participants) if arguments.start else None
    except (VotesUnreadable, OSError, ValueError) as error:
        print(str(error), file=sys.stderr)
        return 2
    told = report_of(votes, find_groups(votes, seed=arguments.seed, start=start))
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print(f"{told['participants']} participants, {told['statements']} statements, {told['votes']} votes")
    for one in told["groups"]:
        print(f"group {one['id']}: {one['size']} people{' (too few to be told of)' if one['protected'] else ''}")
    print(f"{told['ungrouped']} with too few votes; stability {told['stability']:.2f}")
    for name in ("consensus", "divisive"):
        print(f"{name}: {', '.join(row['statement'] for row in told[name]) or 'none'}")
    return 0


def _start(file: Path, participants: Any) -> Any:
    """Of each participant the group in which he was before, -1 for none. Raises ValueError."""
    import numpy as np  # slow library

    try:
        before = {str(m): int(g["id"]) for g in json.loads(file.read_text(encoding="utf-8"))["groups"] for m in g["members"]}
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: it is not what `tertia opinion groups --json` prints ({error})") from error
    return np.array([before.get(p, -1) for p in participants])
