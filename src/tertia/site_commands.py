"""The commands that need the database or the site. Importing this module starts Django."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tertia.settings")

#: threads of each of the two workers; each holds a connection to the database, of which PostgreSQL gives a hundred
THREADS = "4"


def start(**environment: str) -> None:
    """Start Django with these settings; those of the demonstration are kept for `serve` and `worker` later."""
    os.environ.update(environment)
    import django  # app start

    django.setup()


def demo(arguments: argparse.Namespace) -> int:
    began = time.monotonic()
    if arguments.today:
        try:
            dt.date.fromisoformat(arguments.today)
        except ValueError:
            print(f"--today {arguments.today!r} is not a day; write it as 2026-11-24.", file=sys.stderr)
            return 2
    if arguments.students < 40:
        print("--students: the demonstration needs at least 40 students.", file=sys.stderr)
        return 2
    from tertia.settings_store import keep  # app start

    kept = {"TERTIA_DEMONSTRATION": "yes", **({"TERTIA_TODAY": arguments.today} if arguments.today else {})}
    keep(kept)
    start(**kept, TERTIA_BASE_URL=_address(arguments))
    _migrate()
    from tertia.core.actions.actor import ANONYMOUS  # app start
    from tertia.core.periods import clock  # app start
    from tertia.core.records.story import story_text  # app start
    from tertia.demonstration.load import load_demonstration, print_reports, resolution_2019  # app start

    def tell(what: str, *more: Any) -> None:
        print(f"  {time.monotonic() - began:5.1f} s  {what}" + (f" ({more[0]})" if more else ""), file=sys.stderr, flush=True)

    load = load_demonstration(students=arguments.students, seed=arguments.seed, day=clock.today(), tell=tell)
    if (load.students, load.seed) != (arguments.students, arguments.seed):
        print(
            f"A demonstration with {load.students} students and seed {load.seed} is loaded; it was left as it is. "
            "For another one, remove the folder var/ first.", file=sys.stderr,
        )  # fmt: skip
    _do_waiting()
    resolution = resolution_2019()
    assert resolution is not None
    print(story_text(resolution, ANONYMOUS, today=clock.today()))
    print("\nReports:")
    for file in print_reports(load.university):
        print(f"  {_short(file)}")
    print("  HTML, as served: " + ", ".join(f"/{lang}/reports/" for lang in ("en", "ru", "kk")))
    if arguments.no_serve:
        return 0
    return _serve(arguments)


def _short(file: Path) -> str:
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return str(file)


def _migrate() -> None:
    from django.core.management import call_command  # app start

    call_command("migrate", verbosity=0)


def _do_waiting() -> None:
    from tertia.core.actions.journal import seal  # app start
    from tertia.core.jobs.queue import run_waiting  # app start

    run_waiting(most=100_000)
    while seal(batch=5000):
        pass


def _address(arguments: argparse.Namespace) -> str:
    """The address that links in letters carry: the one that is set, else where the site is served."""
    from tertia.settings_store import kept  # app start

    return os.environ.get("TERTIA_BASE_URL") or kept().get("TERTIA_BASE_URL") or f"http://{arguments.host}:{arguments.port}"


def serve(arguments: argparse.Namespace) -> int:
    start(TERTIA_BASE_URL=_address(arguments))
    _migrate()
    return _serve(arguments)


def _serve(arguments: argparse.Namespace) -> int:
    """The production server, and a worker beside it that is started again when it ends. Ctrl-C ends both."""
    from django.conf import settings  # app start
    from django.core.management import call_command  # app start

    call_command("collectstatic", interactive=False, verbosity=0)
    counted = Path(settings.HOME) / "metrics"
    shutil.rmtree(counted, ignore_errors=True)
    counted.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counted)  # where the workers of the server add up what they count
    alone = getattr(arguments, "no_worker", False)
    beside = None if alone else subprocess.Popen([sys.executable, "-m", "tertia", "worker"])
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", arguments.host, "--port", str(arguments.port),
         "--workers", str(getattr(arguments, "workers", 2)), "--blocking-threads", THREADS, "--respawn-failed-workers", "--respawn-interval", "0.5", "--no-access-log", "--log-level", "warning", "tertia.wsgi:application"],
    )  # fmt: skip
    print(f"\nTertia is served at {settings.BASE_URL}/en/ (Ctrl-C ends it)")
    if settings.TERTIA_DEMONSTRATION:
        print(f"Sign in as anybody of the demonstration: {settings.BASE_URL}/en/demonstration/")
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    try:
        while (ended := server.poll()) is None:
            if beside is not None and beside.poll() is not None:
                print("The worker ended; another is started.", file=sys.stderr, flush=True)
                beside = subprocess.Popen([sys.executable, "-m", "tertia", "worker"])
            time.sleep(1)
        return ended
    except KeyboardInterrupt:
        return 0
    finally:
        there = [p for p in (server, beside) if p is not None]
        for process in there:
            process.terminate()
        for process in there:
            process.wait(timeout=20)


def worker(arguments: argparse.Namespace) -> int:
    """Run jobs until stopped: what waits, then the journal's seal, then the day's digests and reminders."""
    start()
    from tertia.core.jobs.work import work  # app start

    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopping.append(number))
    work(once=arguments.once, stopping=lambda: bool(stopping))
    return 0


def setup(arguments: argparse.Namespace) -> int:
    start()
    _migrate()
    from tertia.core.actions.actor import Actor  # app start
    from tertia.core.languages.text import Text  # app start
    from tertia.core.parties.setup import load_basics, set_up_university  # app start

    by = Actor.system("setup")
    load_basics(by)
    names = {lang: getattr(arguments, f"name_{lang}") for lang in ("kk", "ru", "en") if getattr(arguments, f"name_{lang}")}
    if not names:
        print("Give the name in at least one language, for example --name-kk '…'.", file=sys.stderr)
        return 2
    made = set_up_university(by, slug=arguments.slug, name=Text.of(next(iter(names)), **names), admin=arguments.admin)
    print(f"{made.name} is set up. {arguments.admin} becomes administrator on signing up with this address: /en/accounts/signup/")
    return 0


def people(arguments: argparse.Namespace) -> int:
    start()
    from tertia.core.actions.actor import Actor  # app start
    from tertia.core.actions.errors import BadInput  # app start
    from tertia.core.parties.actions import import_people  # app start
    from tertia.core.parties.models import Organisation  # app start
    from tertia.core.parties.people_file import read_people  # app start
    from tertia.core.periods import clock  # app start

    organisation = Organisation.objects.filter(slug=arguments.organisation).first()
    if organisation is None:
        print(f"There is no organisation {arguments.organisation!r}.", file=sys.stderr)
        return 2
    try:
        rows = read_people(arguments.file.read_bytes())
        done = import_people(by=Actor.system("people list"), organisation=organisation, rows=rows, today=clock.today())
    except BadInput as error:
        for fault in error.faults:
            print(fault.sentence, file=sys.stderr)
        print("Nothing was changed.", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"{arguments.file}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{done.added} added, {done.changed} changed, {done.same} the same, {done.ended} ended.")
    return 0


def take_list(arguments: argparse.Namespace) -> int:
    start()
    from tertia.core.intake.commands import take  # app start

    return take(arguments)


def bring_conversation(arguments: argparse.Namespace) -> int:
    start()
    from tertia.listen.dialogue.commands import bring  # app start

    return bring(arguments)


def bring_proposals(arguments: argparse.Namespace) -> int:
    start()
    from tertia.listen.proposals.bringing import bring  # app start

    return bring(arguments)


def write_conversation(arguments: argparse.Namespace) -> int:
    start()
    from tertia.listen.dialogue.commands import write  # app start

    return write(arguments)


def thread(arguments: argparse.Namespace) -> int:
    start()
    from django.utils import translation  # app start

    from tertia.core.actions.actor import Actor  # app start
    from tertia.core.periods import clock  # app start
    from tertia.core.records.models import Record  # app start
    from tertia.core.records.story import story_text  # app start

    kind, _, slug = arguments.record.rpartition("/")
    where = {"kind": kind, "slug": slug} if kind else {"pk": slug} if slug.isdecimal() else {"slug": slug}
    record = Record.objects.filter(**where).first()
    if record is None:
        print(
            f"There is no record {arguments.record!r}. Write a number, or KIND/SLUG such as resolution/2019-third-mission.", file=sys.stderr
        )
        return 2
    with translation.override(arguments.language):
        print(story_text(record, Actor.system("command line"), today=clock.today()))
    return 0


def export_facts(arguments: argparse.Namespace) -> int:
    start()
    from tertia.measure.facts.export import export_facts as export  # app start

    done = export(
        arguments.out, everything=arguments.all, tell=lambda table, who, rows: print(f"  {table:<16} {who:<32} {rows:>9}", file=sys.stderr)
    )
    print(f"{sum(done.rows.values())} rows of {len(done.rows)} tables in {arguments.out}")
    print(
        f"partitions: {done.written} written, {done.unchanged} as they were, {done.removed} removed; {done.skipped} organisations unchanged"
    )
    return 0


def generate_country(arguments: argparse.Namespace) -> int:
    """Invent a country; needs no database, only the declared tables."""
    start()
    from tertia.measure.country.generate import Country, generate  # slow library
    from tertia.measure.facts.export import schema_body  # app start

    if min(arguments.universities, arguments.years, arguments.students, arguments.participations) < 1:
        print("Universities, years, students and participations are at least 1.", file=sys.stderr)
        return 2
    country = Country(
        arguments.universities, arguments.years, arguments.students, arguments.participations, arguments.first_year, arguments.seed
    )
    rows = generate(
        arguments.out,
        country,
        schema_body(),
        lambda n, of, rows: print(f"\r  {n}/{of} universities, {rows} participations", end="", file=sys.stderr),
    )
    print(f"\n{rows} participations of {country.universities} universities in {country.years} years lie in {arguments.out}")
    return 0


def bring_rolls(arguments: argparse.Namespace) -> int:
    start()
    from tertia.plan.councils.bringing import bring  # app start

    return bring(arguments)


def verify_journal(arguments: argparse.Namespace) -> int:
    start()
    from tertia.core.actions.journal import verify  # app start
    from tertia.core.checks.report import report  # app start

    problems = list(verify())
    return report("invalid" if problems else "valid", problems, as_json=arguments.json, whole="The journal is whole.")


def seal_journal(arguments: argparse.Namespace) -> int:
    start()
    from tertia.core.actions.journal import seal  # app start

    total = 0
    while sealed := seal():
        total += sealed
    print(f"{total} events sealed.")
    return 0
