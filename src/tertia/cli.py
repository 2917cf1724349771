"""`tertia`: every command. The pure cores need no Django, so they start at once and run without a database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from tertia.act.learning.badge_commands import add_badges
from tertia.act.network.commands import add_network
from tertia.core.periods.calendar_commands import add_calendar
from tertia.listen.dialogue.opinion.commands import add_opinion
from tertia.listen.needs.priority_commands import add_priorities
from tertia.listen.proposals.commands import add_ballots, add_proposals
from tertia.listen.research.reference_commands import add_references
from tertia.measure.commands import add_country, add_indicators
from tertia.measure.country.commands import add_packages
from tertia.measure.indicators.snapshot_commands import add_snapshots
from tertia.operation.commands import add_operation
from tertia.plan.councils.commands import add_rolls
from tertia.tell.mentions.feed_commands import add_feeds

__all__ = ["build_parser", "main"]


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 1 invalid, 2 unreadable or wrong use, others as in `core/actions/errors.py`."""
    arguments = build_parser().parse_args(argv)
    try:
        return int(arguments.run(arguments) or 0)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tertia", description="The third mission of higher education.")
    rows = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = _add(rows, "demo", _site("demo"), "load the demonstration, print the thread, write the report, serve the site")
    demo.add_argument("--no-serve", action="store_true", help="stop after the reports")
    demo.add_argument("--students", type=int, default=2000, help="how large the invented university is (default 2000)")
    demo.add_argument("--seed", type=int, default=2019, help="the number from which names and hours are made")
    demo.add_argument("--today", metavar="DATE", help="lay the demonstration on this day, for example 2026-11-24")
    _port(demo)
    serve = _add(rows, "serve", _site("serve"), "serve the site that is already set up")
    serve.add_argument("--workers", type=int, default=2, metavar="N", help="processes of the server (default 2)")
    serve.add_argument("--no-worker", action="store_true", help="the server alone; `tertia worker` runs elsewhere")
    _port(serve)
    worker = _add(rows, "worker", _site("worker"), "do the waiting jobs: messages, digests, sealing of the journal")
    worker.add_argument("--once", action="store_true", help="do what waits now and stop")
    setup = _add(rows, "setup", _site("setup"), "set up an own university: rules, regions, organisation, administrator")
    setup.add_argument("--slug", required=True, help="short name in addresses, such as `enu`")
    setup.add_argument("--name-kk", default="")
    setup.add_argument("--name-ru", default="")
    setup.add_argument("--name-en", default="")
    setup.add_argument("--admin", required=True, metavar="EMAIL", help="who becomes administrator")
    people = _add(rows, "people", _site("people"), "bring the people of a university in line with a list (CSV)")
    people.add_argument("file", type=Path, metavar="FILE")
    people.add_argument("--organisation", required=True, metavar="SLUG")
    lists = rows.add_parser("list", help="lists of registrars").add_subparsers(required=True, metavar="COMMAND")
    take = _add(
        lists,
        "take",
        _site("take_list"),
        "look a long list through and take in its right lines (XLSX, ODS, CSV); broken off, the same command goes on",
    )
    take.add_argument("kind", choices=("people", "hours", "activities", "posts", "assignments", "works"))
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--organisation", required=True, metavar="SLUG")
    take.add_argument("--check", action="store_true", help="only look it through")
    take.add_argument("--language", choices=("kk", "ru", "en"), default="kk", help="the language of its words")
    _conversation(rows)
    thread = _add(rows, "thread", _site("thread"), "print the golden thread of a record")
    thread.add_argument("record", metavar="RECORD", help="a number, or KIND/SLUG such as resolution/2019-third-mission")
    thread.add_argument("--language", choices=("en", "ru", "kk"), default="en")

    _resolution(rows)
    _facts(rows)
    add_indicators(rows, _add)
    add_country(rows, _add, _site("generate_country"))
    add_packages(rows, _add)
    add_snapshots(rows, _add)
    add_badges(rows, _add)
    add_opinion(rows, _add)
    add_network(rows, _add)
    add_priorities(rows, _add)
    add_ballots(rows, _add)
    add_proposals(rows, _add, _site("bring_proposals"))
    add_rolls(rows, _add, _site("bring_rolls"))
    add_references(rows, _add)
    add_calendar(rows, _add)
    add_feeds(rows, _add)
    _journal(rows)
    add_operation(rows, _add, _django)
    return parser


def _add(rows: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = rows.add_parser(name, help=words, description=words)
    made.set_defaults(run=run)
    return made


def _port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")


def _resolution(rows: Any) -> None:
    group = rows.add_parser("resolution", help="read a resolution").add_subparsers(required=True, metavar="COMMAND")
    read = _add(group, "read", read_resolution, "read a resolution from text, DOCX or PDF")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--json", action="store_true", help="print the reading as JSON")


def _conversation(rows: Any) -> None:
    group = rows.add_parser("conversation", help="conversations from and to elsewhere").add_subparsers(required=True, metavar="COMMAND")
    bring = _add(group, "bring", _site("bring_conversation"), "bring in a conversation that Polis has published (a folder of CSV)")
    bring.add_argument("folder", type=Path, metavar="FOLDER")
    bring.add_argument("--organisation", required=True, metavar="SLUG")
    bring.add_argument("--source", required=True, help="whose data it is, as it shall be named")
    bring.add_argument("--licence", default="CC BY 4.0")
    bring.add_argument("--title", default="")
    bring.add_argument("--language", choices=("kk", "ru", "en"), default="en", help="the language of its words")
    write = _add(group, "write", _site("write_conversation"), "write the open data of a public conversation as a folder of CSV")
    write.add_argument("conversation", metavar="CONVERSATION")
    write.add_argument("folder", type=Path, metavar="FOLDER")


def _facts(rows: Any) -> None:
    facts = rows.add_parser("facts", help="facts for measuring").add_subparsers(required=True, metavar="COMMAND")
    export = _add(facts, "export", _site("export_facts"), "write all fact tables as Parquet")
    export.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    export.add_argument("--all", action="store_true", help="read everything anew, whatever the journal says")


def _journal(rows: Any) -> None:
    group = rows.add_parser("journal", help="the journal of events").add_subparsers(required=True, metavar="COMMAND")
    verify = _add(group, "verify", _site("verify_journal"), "find any tampering with the journal")
    verify.add_argument("--json", action="store_true")
    _add(group, "seal", _site("seal_journal"), "seal the waiting events now")


def _django() -> None:
    from tertia.site_commands import start  # slow library

    start()


def _site(name: str) -> Any:
    """A command that needs the site: Django is started when the command runs, not when help is asked for."""

    def run(arguments: argparse.Namespace) -> int:
        from tertia import site_commands  # slow library

        return int(getattr(site_commands, name)(arguments) or 0)

    return run


def read_resolution(arguments: argparse.Namespace) -> int:
    """Pure: prints the reading, or why the file cannot be read."""
    from tertia.plan.conferences.resolution_text import Unreadable, read_file  # slow library

    try:
        reading = read_file(arguments.file)
    except (Unreadable, OSError) as error:
        sentence = str(error) if isinstance(error, Unreadable) else f"{arguments.file}: {error.strerror}. Check the name of the file."
        if arguments.json:
            code = error.code if isinstance(error, Unreadable) else "not-found"
            print(
                json.dumps(
                    {
                        "valid": False,
                        "state": "unreadable",
                        "problems": [{"code": code, "where": str(arguments.file), "sentence": sentence}],
                    },
                    ensure_ascii=False,
                )
            )
        print(sentence, file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(reading.as_json(), ensure_ascii=False))
        return 0
    print(reading.title or "(no title)", reading.date or "(no date)", sep="\n")
    for group in reading.groups:
        print(f"\n{group.lead_in or '(no lead-in)'}  → {group.addressee or '(addressee not named)'}")
        for item in group.items:
            for inner in item.walk():
                print(f"  {inner.marker or '·'} {inner.text}")
    print(f"\n{len(reading.items)} items, {len(reading.unread)} passages not read into items.")
    return 0
