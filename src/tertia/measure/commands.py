"""The commands of measuring that need no site: they read files and print tables."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

__all__ = ["add_country", "add_indicators", "compute_indicators"]


def add_indicators(rows: Any, add: Any) -> None:
    """`tertia indicators compute`."""
    group = rows.add_parser("indicators", help="compute indicators").add_subparsers(required=True, metavar="COMMAND")
    compute = add(group, "compute", compute_indicators, "compute all defined indicators over a folder of facts")
    compute.add_argument("--facts", type=Path, required=True, metavar="FOLDER", help="as `tertia facts export` writes it")
    compute.add_argument("--engine", choices=("duckdb", "sqlite", "postgres", "spark"), default="duckdb")
    compute.add_argument("--format", choices=("csv",), default="csv")
    compute.add_argument("--definitions", type=Path, metavar="FILE", help="own definitions (TOML) in place of the catalogue's")
    compute.add_argument("--indicator", action="append", metavar="ID", help="only this one; may be given more than once")
    compute.add_argument("--by", action="append", metavar="DIMENSION[,DIMENSION]", help="these breakdowns in place of the declared ones")
    compute.add_argument("--publish", action="store_true", help="hide counts of persons from 1 to 4, and what would give them away")


def add_country(rows: Any, add: Any, generate: Any) -> None:
    """`tertia country generate`."""
    group = rows.add_parser("country", help="the country").add_subparsers(required=True, metavar="COMMAND")
    made = add(
        group, "generate", generate,
        "Invent the facts of a country straight into Parquet: OUT/TABLE/organisation=uni-001/year=2021-22/part.parquet with schema.json, as "
        "`tertia facts export` writes them. The same numbers and seed give the same files. Nothing in it stands for a real university or person.",
    )  # fmt: skip
    made.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    made.add_argument("--universities", type=int, default=130, help="how many (default 130); their sizes differ widely")
    made.add_argument("--years", type=int, default=5, help="academic years (default 5)")
    made.add_argument("--students", type=int, default=600_000, help="students of all universities in each year (default 600000)")
    made.add_argument("--participations", type=int, default=20_000_000, help="participations over all years (default 20000000)")
    made.add_argument("--first-year", type=int, default=2021, help="2021 begins with 2021-22 (default)")
    made.add_argument("--seed", type=int, default=2019, help="the number from which everything is made (default 2019)")
    read = add(
        group, "read", read_country,
        "Read another country's figures: a folder of MEASURE.LEVEL.csv, each described by MEASURE.LEVEL.yaml (the form of the UK's HE-BCI by "
        "region). Prints the country's totals; what cannot be understood, or must not be added, is said and left out.",
    )  # fmt: skip
    read.add_argument("folder", type=Path, metavar="FOLDER")
    read.add_argument("--level", default="", help="only tables of this level of areas, such as nuts2")
    read.add_argument("--json", action="store_true")


def compute_indicators(arguments: argparse.Namespace) -> int:
    """Pure: one CSV row for each indicator, organisation, period and breakdown. 1: a definition is wrong, 2: no facts."""
    from tertia.measure.country.disclosure import counted_of, suppress  # slow library
    from tertia.measure.indicators.engine.compute import Facts, compute_all, unit_of  # slow library
    from tertia.measure.indicators.engine.definition import DEFINITIONS, BadDefinition, definitions  # slow library
    from tertia.measure.indicators.engine.figures import figure_rows  # slow library
    from tertia.measure.indicators.engine.folder import FactsError  # slow library

    try:
        known = definitions(arguments.definitions or DEFINITIONS)
        for asked in arguments.indicator or ():
            if asked not in known:
                print(f"There is no indicator {asked!r} with a definition; there are {', '.join(sorted(known))}.", file=sys.stderr)
                return 1
        chosen = [known[k] for k in sorted(known) if not arguments.indicator or k in arguments.indicator]
        by = None if arguments.by is None else [tuple(b.split(",")) for b in arguments.by if b]
        with Facts(arguments.facts, arguments.engine) as facts:
            if arguments.definitions is None:
                chosen = [d for d in chosen if facts.hold(d)]
            figures = list(compute_all(chosen, facts, by=by))
            people = counted_of({d.id: d for d in chosen}, lambda side: unit_of(facts.folder, side) == "people")
    except BadDefinition as error:
        print(error, file=sys.stderr)
        return 1
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2
    if arguments.publish:
        figures = suppress(figures, people)
    csv.writer(sys.stdout, lineterminator="\n").writerows(figure_rows(figures))
    return 0


def read_country(arguments: argparse.Namespace) -> int:
    """0 when every table was taken whole, 1 when something was left out, 2 when there is no such folder or no table in it."""
    from tertia.measure.country.foreign import read_foreign, total  # slow library
    from tertia.measure.indicators.engine.figures import CannotAdd, plain  # slow library

    found = read_foreign(arguments.folder)
    if not found.measures and not found.problems:
        print(f"{arguments.folder}: there is no MEASURE.LEVEL.csv in it; give the folder of the tables", file=sys.stderr)
        return 2
    rows = []
    for (name, level), measure in sorted(found.measures.items()):
        if arguments.level and level != arguments.level:
            continue
        totals: dict[str, str | None] = {}
        for period in measure.periods:
            try:
                totals[period] = plain(total(measure, period).numerator)
            except CannotAdd:
                totals[period] = None
        rows.append(
            {
                "measure": name,
                "level": level,
                "unit": measure.unit,
                "aggregation": measure.aggregation,
                "areas": len(measure.areas),
                "totals": totals,
            }
        )
    left_out = [p for p in found.problems if p.code not in ("noted", "rounded", "edition")]
    if arguments.json:
        state = "invalid" if left_out else "valid"
        print(
            json.dumps(
                {"valid": not left_out, "state": state, "problems": [asdict(p) for p in found.problems], "measures": rows},
                ensure_ascii=False,
            )
        )
        return int(bool(left_out))
    for row in rows:
        print(
            f"{row['measure']} ({row['level']}, {row['unit']}, {row['areas']} areas): "
            + ", ".join(f"{p} {v or 'not added'}" for p, v in row["totals"].items())
        )
    for problem in found.problems:
        print(f"{problem.code}: {problem.sentence}")
    return int(bool(left_out))
