"""`tertia backup`, `tertia restore`, `tertia doctor`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from tertia import __version__
from tertia.core.checks.report import Problem, report
from tertia.operation.archive import NotABackup, check
from tertia.operation.backup import NotEmpty, back_up, prune, restore, restored_home, unpack_into
from tertia.operation.parts import bill

__all__ = ["add_operation"]

REQUIREMENTS = Path(__file__).resolve().parents[3] / "requirements" / "demo.txt"


def add_operation(rows: Any, add: Any, start: Any) -> None:
    """`start` starts Django; a backup is verified without it."""
    backup = add(
        rows,
        "backup",
        lambda a: _backup(a, start),
        "back up the running site into one file: database, files, keys, settings, each with its checksum",
    )
    backup.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    backup.add_argument("--keep", type=int, default=0, metavar="N", help="remove all but the newest N backups of the folder afterwards")
    verify = add(rows, "verify-backup", _verify, "read a backup through and compare every checksum; needs no site")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument("--json", action="store_true")
    back = add(
        rows,
        "restore",
        lambda a: _restore(a, start),
        "restore a backup into an empty folder and an empty database; what is there is never overwritten",
    )
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--home", type=Path, required=True, metavar="FOLDER", help="becomes TERTIA_HOME")
    back.add_argument("--database", default="", metavar="URL", help="an empty database, for a backup of PostgreSQL")
    export = add(
        rows, "export", lambda a: _export(a, start), "write everything of an organisation into one file, to take it to another Tertia"
    )
    export.add_argument("organisation", metavar="SLUG")
    export.add_argument("file", type=Path, metavar="FILE")
    taken = add(
        rows,
        "import",
        lambda a: _import(a, start),
        "put an exported organisation into an empty installation (TERTIA_HOME, TERTIA_DATABASE)",
    )
    taken.add_argument("file", type=Path, metavar="FILE")
    parts = add(
        rows, "parts", _parts, "print what the program is made of: a software bill of materials (CycloneDX 1.6, JSON); needs no site"
    )
    parts.add_argument("--requirements", type=Path, default=REQUIREMENTS, metavar="FILE", help="another list pinned with hashes")
    doctor = add(rows, "doctor", lambda a: _doctor(a, start), "say what is wrong with this installation and what to do")
    doctor.add_argument("--json", action="store_true")


def _parts(arguments: argparse.Namespace) -> int:
    try:
        listed = arguments.requirements.read_text(encoding="utf-8")
    except OSError as error:
        print(f"{arguments.requirements}: {error.strerror}", file=sys.stderr)
        return 2
    print(json.dumps(bill(listed, __version__), ensure_ascii=False, indent=1))
    return 0


def _tell(words: str) -> None:
    print(f"  {words} …", file=sys.stderr, flush=True)


def _backup(arguments: argparse.Namespace, start: Any) -> int:
    start()
    from django.db import DatabaseError  # app start

    from tertia.operation.databases import DatabaseTrouble  # app start

    try:
        made = back_up(arguments.out, _tell)
    except (OSError, DatabaseError, DatabaseTrouble, NotABackup) as error:
        print(f"No backup was made: {error}", file=sys.stderr)
        return 2
    print(
        f"{made}: {made.stat().st_size / 1024**2:.1f} MiB, every checksum compared. It holds keys: keep it where only administrators read."
    )
    for gone in prune(arguments.out, arguments.keep):
        print(f"{gone}: removed, {arguments.keep} newer ones are there")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    try:
        manifest = check(arguments.file)
    except OSError as error:
        return report(
            "unreadable", [Problem("unreadable", str(arguments.file), error.strerror or str(error))], as_json=arguments.json, whole=""
        )
    except NotABackup as error:
        return report(
            "invalid", error.problems or [Problem("no-backup", str(arguments.file), str(error))], as_json=arguments.json, whole=""
        )
    about = manifest.about
    whole = f"{arguments.file} is whole: {len(manifest.files)} files, version {about.get('tertia')}, {about.get('engine')}, made at {about.get('made_at')}."
    return report("valid", [], as_json=arguments.json, whole=whole)


def _restore(arguments: argparse.Namespace, start: Any) -> int:
    unpacked = False
    try:
        _tell("checksums, then files and keys")
        manifest = unpack_into(arguments.file, arguments.home)
        unpacked = True
        restored_home(arguments.home, arguments.database)
        start()
        from tertia.operation.databases import DatabaseTrouble  # app start

        try:
            differs = restore(arguments.home, manifest, _tell)
        except DatabaseTrouble as error:
            raise NotEmpty(str(error)) from error
        _tell("the journal")
        from tertia.core.actions.journal import verify  # app start

        differs += [f"journal, {p.where}: {p.sentence}" for p in verify()]
    except (OSError, NotABackup, NotEmpty) as error:
        if unpacked:  # the folder was empty before: what lies there is of this attempt
            shutil.rmtree(arguments.home, ignore_errors=True)
        print(f"Not restored: {error}", file=sys.stderr)
        for problem in getattr(error, "problems", ())[:20]:
            print(f"  {problem.where}: {problem.sentence}", file=sys.stderr)
        return 2
    for line in differs:
        print(line, file=sys.stderr)
    rows = sum(manifest.about.get("rows", {}).values())
    print(
        f"{'Restored, but see above' if differs else 'Restored'}: {rows} rows, {len(manifest.files) - 1} files in {arguments.home}. Serve it: TERTIA_HOME={arguments.home} tertia serve"
    )
    return 1 if differs else 0


def _export(arguments: argparse.Namespace, start: Any) -> int:
    start()
    from tertia.core.parties.models import Organisation  # app start
    from tertia.operation.moving import export  # app start

    organisation = Organisation.objects.filter(slug=arguments.organisation).first()
    if organisation is None:
        known = ", ".join(Organisation.objects.filter(hosts=True).values_list("slug", flat=True)[:10])
        print(
            f"There is no organisation {arguments.organisation!r}. Those that keep their records here: {known or 'none'}.", file=sys.stderr
        )
        return 2
    try:
        counts = export(organisation, arguments.file, _tell)
    except (OSError, NotABackup) as error:
        print(f"Not exported: {error}", file=sys.stderr)
        return 2
    print(
        f"Exported: {sum(counts.values())} rows of {sum(1 for n in counts.values() if n)} tables in {arguments.file}. Take it in elsewhere: tertia import"
    )
    return 0


def _import(arguments: argparse.Namespace, start: Any) -> int:
    start()
    from django.core.management import call_command  # app start

    from tertia.operation.moving import NotMoved, take_in  # app start

    call_command("migrate", verbosity=0)
    try:
        counts = take_in(arguments.file, _tell)
    except (OSError, NotABackup, NotMoved) as error:
        print(f"Not taken in: {error}", file=sys.stderr)
        for problem in getattr(error, "problems", ())[:20]:
            print(f"  {problem.where}: {problem.sentence}", file=sys.stderr)
        return 2
    from tertia.core.actions.journal import verify  # app start

    wrong = [f"journal, {p.where}: {p.sentence}" for p in verify()]
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"Taken in: {sum(counts.values())} rows. Accounts have no password here; people ask for one under “Forgot your password?”.")
    return 1 if wrong else 0


def _doctor(arguments: argparse.Namespace, start: Any) -> int:
    start()
    from tertia.operation.doctor import examine  # app start

    findings = list(examine())
    bad = [f for f in findings if f.state == "bad"]
    if arguments.json:
        problems = [{"code": f.code, "where": f.state, "sentence": f.sentence} for f in findings if f.state != "good"]
        print(json.dumps({"valid": not bad, "state": "invalid" if bad else "valid", "problems": problems}, ensure_ascii=False))
        return 1 if bad else 0
    for f in findings:
        print(f"{ {'good': 'good', 'weak': 'WEAK', 'bad': 'BAD '}[f.state] }  {f.code:<12} {f.sentence}")
    weak = sum(f.state == "weak" for f in findings)
    print(f"{len(bad)} bad, {weak} weak, {len(findings) - len(bad) - weak} good.")
    return 1 if bad else 0
