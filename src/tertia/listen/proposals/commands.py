"""`tertia ballots count` and `tertia proposals read`: pure, without a server and without a database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["add_ballots", "add_proposals"]


def add_ballots(rows: Any, add: Any) -> None:
    group = rows.add_parser("ballots", help="ballots of a formal vote").add_subparsers(required=True, metavar="COMMAND")
    one = add(
        group, "count", count_ballots, "Count published ballots (CSV with the columns receipt and options) by choice, approval or ranking."
    )
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--method", choices=("choice", "approval", "ranked"), required=True)
    one.add_argument("--options", nargs="+", help="all options; without it those that some ballot names")
    one.add_argument("--json", action="store_true")


def count_ballots(arguments: argparse.Namespace) -> int:
    """0 counted, 2 unreadable."""
    from tertia.listen.proposals.counting import count, read_ballots  # app start

    try:
        ballots = [options for _receipt, options in read_ballots(arguments.file.read_text(encoding="utf-8"))]
        options = arguments.options or sorted({o for row in ballots for o in row})
        told = count(arguments.method, options, ballots).as_json()
    except (OSError, ValueError) as error:
        print(f"{arguments.file}: {error}", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print(f"{told['ballots']} ballots, {told['abstained']} abstained")
    for option, votes in told["votes"].items():
        print(f"{option}: {votes}")
    print(f"won: {', '.join(told['winners']) or 'none'}{' (a tie)' if len(told['winners']) > 1 else ''}")
    return 0


def add_proposals(rows: Any, add: Any, bring: Any) -> None:
    group = rows.add_parser("proposals", help="proposals of a city").add_subparsers(required=True, metavar="COMMAND")
    read = add(group, "read", read_proposals, "Read proposals as Decidim or CONSUL export them (CSV).")
    keep = add(group, "bring", bring, "Bring proposals in as records that others may discuss.")
    for one in (read, keep):
        one.add_argument("file", type=Path, metavar="FILE")
        one.add_argument("--wanted", nargs="*", default=[], help="fields that have to be there: id text on supports state url")
        one.add_argument("--columns", nargs="*", default=[], metavar="FIELD=COLUMN", help="names of columns where they are unusual")
        one.add_argument("--language", choices=("kk", "ru", "en"), default="ru", help="of texts whose column names no language")
    read.add_argument("--json", action="store_true")
    keep.add_argument("--organisation", required=True, metavar="SLUG")
    keep.add_argument("--source", required=True, help="whose data it is, as it shall be named")


def named_columns(given: list[str]) -> dict[str, str]:
    """FIELD=COLUMN pairs. Raises ValueError."""
    if any("=" not in pair for pair in given):
        raise ValueError("write FIELD=COLUMN")
    return dict(pair.split("=", 1) for pair in given)


def read_proposals(arguments: argparse.Namespace) -> int:
    """0 read, 2 unreadable."""
    from tertia.listen.proposals.city import read_city  # app start

    try:
        found = read_city(arguments.file, wanted=tuple(arguments.wanted), columns=named_columns(arguments.columns))
    except (OSError, ValueError) as error:
        print(str(error), file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps({"proposals": [p.as_json() for p in found]}, ensure_ascii=False))
        return 0
    for one in found:
        print(f"{one.id or one.line}: {next(iter(one.title.values()))}{'' if one.supports is None else f' ({one.supports})'}")
    return 0
