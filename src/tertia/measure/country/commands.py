"""`tertia key` and `tertia package`: they read and write files and need no site."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["add_packages"]


def add_packages(rows: Any, add: Any) -> None:
    keys = rows.add_parser("key", help="signing keys").add_subparsers(required=True, metavar="COMMAND")
    made = add(keys, "make", make_key, "make a signing key; its file never leaves the organisation")
    made.add_argument("--organisation", required=True, metavar="SLUG")
    made.add_argument("--out", type=Path, required=True, metavar="FILE")
    package = rows.add_parser("package", help="packages of aggregates").add_subparsers(required=True, metavar="COMMAND")
    made = add(package, "make", make_package, "make a university's signed package from its facts; few persons are suppressed")
    made.add_argument("--facts", type=Path, required=True, metavar="FOLDER")
    made.add_argument("--organisation", required=True, metavar="SLUG")
    made.add_argument("--out", type=Path, required=True, metavar="FILE")
    made.add_argument("--key", type=Path, metavar="FILE", help="without it the package is not signed")
    made.add_argument("--title", default="Third mission: figures")
    made.add_argument("--replaces", default="", metavar="SHA256", help="the version that this one corrects")
    made.add_argument("--before", type=Path, metavar="FILE", help="the version before: what it hides stays hidden")
    check = add(package, "check", check_file, "check a package: a zip, a folder with datapackage.json, or a CSV of figures")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--keys", type=Path, metavar="FILE", help="register of the organisations' public keys")
    check.add_argument("--before", type=Path, metavar="FILE", help="the version before: whether the two together give somebody away")
    check.add_argument("--json", action="store_true")


def make_key(arguments: argparse.Namespace) -> int:
    from tertia.core.keys.signing import new_key, write_key  # slow library

    key = new_key(arguments.organisation)
    try:
        write_key(key, arguments.out)
    except OSError as error:
        print(f"{arguments.out}: {error.strerror}; a key is never written over, choose another name", file=sys.stderr)
        return 2
    row = {"organisation": key.organisation, "public": key.public, "from": dt.datetime.now(dt.UTC).date().isoformat()}
    print(json.dumps({"keys": [row]}))
    return 0


def make_package(arguments: argparse.Namespace) -> int:
    from tertia.core.keys.signing import BadKey, read_key  # slow library
    from tertia.measure.country.package import write_package  # slow library
    from tertia.measure.indicators.engine.compute import Facts, compute_all  # slow library
    from tertia.measure.indicators.engine.definition import definitions  # slow library
    from tertia.measure.indicators.engine.folder import FactsError  # slow library

    try:
        key = read_key(arguments.key) if arguments.key else None
        if key and key.organisation != arguments.organisation:
            raise BadKey(f"{arguments.key}: this is the key of {key.organisation}, not of {arguments.organisation}")
        with Facts(arguments.facts, organisations=[arguments.organisation]) as facts:
            if not facts.organisations:
                raise FactsError(f"{arguments.facts}: {arguments.organisation} is not among the organisations of schema.json")
            chosen = [d for d in definitions().values() if facts.hold(d)]
            figures = list(compute_all(chosen, facts))
    except (BadKey, FactsError) as error:
        print(error, file=sys.stderr)
        return 2
    name = write_package(
        arguments.out, figures, organisation=arguments.organisation, title=arguments.title, key=key, made_at=dt.datetime.now(dt.UTC),
        replaces=arguments.replaces, before=_before(arguments),
    )  # fmt: skip
    print(f"{arguments.out}: {len(figures)} figures, {name}")
    return 0


def check_file(arguments: argparse.Namespace) -> int:
    """0 valid, 1 invalid, 2 unreadable."""
    from tertia.core.checks.report import report  # slow library
    from tertia.core.keys.signing import BadKey, Register  # slow library
    from tertia.measure.country.checking import check_package  # slow library

    try:
        register = Register.read(arguments.keys) if arguments.keys else None
    except BadKey as error:
        print(error, file=sys.stderr)
        return 2
    done = check_package(arguments.file, register, before=_before(arguments))
    return report(done.state, done.problems, as_json=arguments.json, whole="The package is whole and gives nobody away.")


def _before(arguments: argparse.Namespace) -> list[Any]:
    """The figures of the version before, as far as they can be read."""
    from tertia.measure.country.checking import check_package  # slow library

    return check_package(arguments.before).figures if arguments.before else []
