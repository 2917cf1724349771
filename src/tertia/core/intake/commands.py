"""`tertia list take`: a list that is too long for a browser."""

from __future__ import annotations

import argparse
import sys

from django.utils import translation

from tertia.core.actions.actor import Actor
from tertia.core.intake.actions import begin_taking, keep_file, send_list
from tertia.core.intake.models import IntakeRun
from tertia.core.intake.work import check_list, taking
from tertia.core.parties.models import Organisation

__all__ = ["take"]

BY = Actor.system("lists")


def take(arguments: argparse.Namespace) -> int:
    """0 all lines are right, 1 some were left out, 2 the file or the organisation is none."""
    organisation = Organisation.objects.filter(slug=arguments.organisation, hosts=True).first()
    if organisation is None:
        print(f"There is no university {arguments.organisation!r} here.", file=sys.stderr)
        return 2
    try:
        with arguments.file.open("rb") as opened:
            draft, digest, size = keep_file(iter(lambda: opened.read(1 << 20), b""))
    except OSError as error:
        print(f"{arguments.file}: {error.strerror}", file=sys.stderr)
        return 2
    run = send_list(
        by=BY, organisation=organisation, kind=arguments.kind, name=arguments.file.name, draft=draft, digest=digest, size=size, language=arguments.language
    )  # fmt: skip
    with translation.override("en"):
        if run.state == "checking":
            check_list(run.pk)
            run.refresh_from_db()
        for line, _where, sentence in run.faults:
            print(f"line {line}: {sentence}" if line else sentence, file=sys.stderr)
        if run.state == "unreadable":
            return 2
        if run.state == "checked":
            print(
                f"{run.rows} lines: {run.new} new, {run.changed} changed, {run.same} the same, {run.repeated} repeated, {run.faulty} wrong."
            )
        if not arguments.check:
            run = _take(run)
            print(f"Taken in: {run.new} new, {run.changed} changed, {run.same} the same; {run.faulty} left out.")
    return 1 if run.faulty else 0


def _take(run: IntakeRun) -> IntakeRun:
    if run.state == "checked":
        run = begin_taking(by=BY, run=run)
    if run.state == "taking":
        for now in taking(run, BY):
            run = now
            print(f"\r{now.done_lines} of {now.rows}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    return run
