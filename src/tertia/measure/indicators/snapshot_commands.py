"""`tertia snapshot make`, `verify` and `compare`: frozen periods, without a server."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

__all__ = ["add_snapshots"]


def add_snapshots(rows: Any, add: Any) -> None:
    group = rows.add_parser("snapshot", help="frozen periods").add_subparsers(required=True, metavar="COMMAND")
    made = add(group, "make", make, "freeze a period: figures, definitions and digests of the rows in one signed file")
    made.add_argument("--facts", type=Path, required=True, metavar="FOLDER")
    made.add_argument("--organisation", required=True, metavar="SLUG")
    made.add_argument("--period", required=True, metavar="PERIOD", help="2025-26 or 2025")
    made.add_argument("--out", type=Path, required=True, metavar="FILE")
    made.add_argument("--key", type=Path, metavar="FILE", help="without it the snapshot is not signed")
    made.add_argument("--previous", type=Path, metavar="FILE", help="the snapshot that this one corrects")
    made.add_argument("--reason", default="", help="why it is corrected")
    check = add(group, "verify", verify, "verify a snapshot; with --facts also that the rows of today are still those")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--keys", type=Path, metavar="FILE", help="register of the organisations' public keys")
    check.add_argument("--previous", type=Path, metavar="FILE")
    check.add_argument("--facts", type=Path, metavar="FOLDER")
    check.add_argument("--json", action="store_true")
    compare = add(group, "compare", show_differences, "what a later snapshot changed, figure by figure")
    compare.add_argument("before", type=Path, metavar="BEFORE")
    compare.add_argument("after", type=Path, metavar="AFTER")


def make(arguments: argparse.Namespace) -> int:
    from tertia.core.keys.signing import BadKey, read_key  # slow library
    from tertia.measure.indicators.engine.compute import Facts  # slow library
    from tertia.measure.indicators.engine.definition import definitions  # slow library
    from tertia.measure.indicators.engine.folder import FactsError  # slow library
    from tertia.measure.indicators.snapshot import NoSnapshot, freeze, name_of, read_snapshot  # slow library

    try:
        key = read_key(arguments.key) if arguments.key else None
        previous = read_snapshot(arguments.previous) if arguments.previous else None
        with Facts(arguments.facts) as facts:
            if arguments.organisation not in facts.organisations:
                raise FactsError(f"{arguments.facts}: {arguments.organisation} is not among the organisations of schema.json")
            made = freeze(
                facts, list(definitions().values()), organisation=arguments.organisation, period=arguments.period, key=key,
                made_at=dt.datetime.now(dt.UTC), previous=previous, reason=arguments.reason,
            )  # fmt: skip
    except (BadKey, NoSnapshot, FactsError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    temporary = arguments.out.with_name(arguments.out.name + ".new")
    temporary.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    temporary.replace(arguments.out)
    print(f"{arguments.out}: {len(made['figures'])} figures of {made['period']}, version {made['number']}, {name_of(made)}")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """0 valid, 1 invalid, 2 unreadable."""
    from tertia.core.checks.report import Problem, report  # slow library
    from tertia.core.keys.signing import BadKey, Register  # slow library
    from tertia.measure.indicators.engine.compute import Facts  # slow library
    from tertia.measure.indicators.engine.definition import definitions  # slow library
    from tertia.measure.indicators.engine.folder import FactsError  # slow library
    from tertia.measure.indicators.snapshot import NoSnapshot, read_snapshot, verify_snapshot  # slow library

    state, problems = "valid", []
    try:
        with ExitStack() as opened:
            snapshot = read_snapshot(arguments.file)
            problems = list(
                verify_snapshot(
                    snapshot,
                    register=Register.read(arguments.keys) if arguments.keys else None,
                    previous=read_snapshot(arguments.previous) if arguments.previous else None,
                    facts=opened.enter_context(Facts(arguments.facts)) if arguments.facts else None,
                    definitions=definitions(),
                )
            )
        if problems:
            state = next((p.code for p in problems if p.code in ("unsigned", "altered", "forged", "unknown-key")), "invalid")
    except (NoSnapshot, BadKey, FactsError) as error:
        state, problems = "unreadable", [Problem("unreadable", str(arguments.file), str(error))]
    return report(state, problems, as_json=arguments.json, whole="The snapshot is whole.")


def show_differences(arguments: argparse.Namespace) -> int:
    from tertia.measure.indicators.snapshot import NoSnapshot, differences, read_snapshot  # slow library

    try:
        before, after = read_snapshot(arguments.before), read_snapshot(arguments.after)
    except NoSnapshot as error:
        print(error, file=sys.stderr)
        return 2
    signed = after.get("signature") or {}
    print(
        f"version {before['number']} → {after['number']}, {after['made_at']}, signed for {signed.get('organisation', 'nobody')}: {after['reason']}"
    )
    for change in differences(before, after):
        print(f"{change.indicator} {change.breakdown}: {change.before or 'not there'} → {change.after or 'not there'}")
    return 0
