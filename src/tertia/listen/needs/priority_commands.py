"""`tertia priorities rank`: the order again, from the file, without a server and without a database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["add_priorities"]


def add_priorities(rows: Any, add: Any) -> None:
    group = rows.add_parser("priorities", help="priorities among needs").add_subparsers(required=True, metavar="COMMAND")
    one = add(
        group, "rank", rank_file, "Rank needs from a file of judgements: order, agreement of the judges, how much hangs on the weights."
    )
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--json", action="store_true")
    one.add_argument("--seed", type=int, default=0)


def rank_file(arguments: argparse.Namespace) -> int:
    """0 ranked, 2 unreadable."""
    from tertia.listen.needs.priorities import rank, read_priorities  # slow library

    try:
        needs, criteria, judges = read_priorities(arguments.file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"{arguments.file}: {error}", file=sys.stderr)
        return 2
    told = rank(needs, criteria, judges, seed=arguments.seed).as_json()
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for place, row in enumerate(told["order"], start=1):
        print(f"{place}. {row['need']}: {row['worth']:.2f}, among the first {told['first']} in {row['stays']:.0%} of the draws")
    print(f"agreement of {told['judges']} judges: {'none to be told' if told['agreement'] is None else format(told['agreement'], '.2f')}")
    return 0
