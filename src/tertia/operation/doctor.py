"""What is wrong with an installation and what to do about it. Every check says one thing; none changes anything."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import smtplib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import OperationalError, connection
from django.utils import timezone

__all__ = ["CHECKS", "Finding", "examine"]

#: a disk with less than this soon stops everything; a backup older than this is none
LEAST_DISK, OLD_BACKUP, SLOW_WORKER = 2 * 1024**3, dt.timedelta(hours=36), dt.timedelta(minutes=10)
MOST_FILES = 20_000


@dataclass(frozen=True)
class Finding:
    """`state` is good, weak (works, and will not for long or not for everybody) or bad. `sentence` says what is and what to do."""

    code: str
    state: str
    sentence: str


def examine() -> Iterator[Finding]:
    """Every finding in order. A check that fails by itself is a finding too; without a database the checks that need it are left out."""
    for check in CHECKS:
        try:
            yield check()
        except OperationalError as error:
            yield Finding(
                "database",
                "bad",
                f"The database does not answer: {_line(error)}. Start it, or mend TERTIA_DATABASE; no page works until then.",
            )
            return
        except Exception as error:  # a doctor who falls over helps nobody
            yield Finding(
                check.__name__.strip("_").replace("_", "-"), "bad", f"This could not be looked at: {type(error).__name__}: {_line(error)}"
            )


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _python() -> Finding:
    words = f"Python {sys.version.split()[0]}, {os.cpu_count()} cores."
    return (
        Finding("python", "good", words)
        if sys.version_info >= (3, 11)
        else Finding("python", "bad", f"{words} Tertia needs 3.11 or newer.")
    )


def _home() -> Finding:
    home = Path(settings.HOME)
    if not os.access(home, os.W_OK):
        return Finding("home", "bad", f"{home} cannot be written by this user. Give it to the user of the service: chown -R tertia {home}")
    free = shutil.disk_usage(home).free
    words = f"{free / 1024**3:.1f} GiB are free under {home}."
    return (
        Finding("home", "good", words)
        if free >= LEAST_DISK
        else Finding("home", "bad", f"{words} Make room: uploads and letters fail on a full disk.")
    )


def _secret() -> Finding:
    file = Path(settings.HOME) / "secret-key"
    if file.exists() and file.stat().st_mode & 0o077:
        return Finding("secret-key", "bad", f"{file} can be read by others. chmod 600 {file}")
    return Finding("secret-key", "good", "The secret key can be read by nobody else.")


def _address() -> Finding:
    address = settings.BASE_URL
    if settings.TERTIA_DEMONSTRATION:
        return Finding(
            "address", "weak", "This is a demonstration: anybody signs in as anybody. Set TERTIA_DEMONSTRATION=no where real people work."
        )
    if not address.startswith("https://"):
        return Finding(
            "address",
            "weak",
            f"TERTIA_BASE_URL is {address}: without https passwords and links travel openly. Put a server with TLS in front.",
        )
    return Finding("address", "good", f"The site is {address}.")


def _debug() -> Finding:
    if settings.DEBUG:
        return Finding("debug", "bad", "TERTIA_DEBUG is on: error pages show the inside of the program to everybody. Set it to no.")
    return Finding("debug", "good", "Error pages show nothing of the inside.")


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    if connection.vendor == "sqlite":
        return Finding(
            "database", "good", f"SQLite {version}: right for one university on one machine; PostgreSQL for several or for many writers."
        )
    return Finding("database", "good", f"PostgreSQL {version} answers.")


def _migrations() -> Finding:
    from django.db.migrations.executor import MigrationExecutor  # slow library

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding("migrations", "bad", f"{len(waiting)} changes of the database wait. Make a backup, then run: ./run manage migrate")
    return Finding("migrations", "good", "The database fits this version.")


def _trigrams() -> Finding:
    if connection.vendor != "postgresql":
        return Finding("search", "good", "Search goes by SQLite's own index.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        there = cursor.fetchone()[0]
    return (
        Finding("search", "good", "pg_trgm is there.")
        if there
        else Finding("search", "bad", "The extension pg_trgm is missing: CREATE EXTENSION pg_trgm")
    )


def _worker() -> Finding:
    from tertia.core.jobs.models import Job  # app start
    from tertia.operation.state import overdue_since, waiting_jobs  # app start

    now = timezone.now()
    waiting, oldest = waiting_jobs(now), overdue_since(now)
    newest = Job.objects.order_by("-pk").values_list("run_after", flat=True).first()
    if oldest is not None and now - oldest > SLOW_WORKER or newest is None or now - newest > SLOW_WORKER:
        return Finding(
            "worker",
            "bad",
            f"No worker is at work: {waiting.count()} jobs wait. Letters, reminders and figures stand still. Start: tertia worker",
        )
    return Finding("worker", "good", f"The worker is at work; {waiting.count()} jobs wait.")


def _failed() -> Finding:
    from tertia.core.jobs.models import Job  # app start

    since = timezone.now() - dt.timedelta(days=7)
    names = sorted(set(Job.objects.filter(state=Job.State.FAILED, run_after__gte=since).values_list("name", flat=True)))
    if names:
        return Finding(
            "jobs", "weak", f"Jobs failed in the last seven days: {', '.join(names[:8])}. What they said stands in the log of the worker."
        )
    return Finding("jobs", "good", "No job failed in the last seven days.")


def _letters() -> Finding:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Finding(
            "letters",
            "weak",
            f"Letters go nowhere ({settings.EMAIL_BACKEND.rsplit('.', 2)[-2]}). Set TERTIA_EMAIL_BACKEND to Django's smtp backend and TERTIA_SMTP_HOST.",
        )
    try:
        with get_connection(timeout=5) as server:  # says who writes, as letters do
            server.connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        return Finding(
            "letters",
            "bad",
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take letters ({_line(error)}). They wait for four days. See TERTIA_SMTP_HOST, _PORT, _USER, _SAFETY.",
        )
    return Finding("letters", "good", f"The mail server {settings.EMAIL_HOST} answers.")


def _journal() -> Finding:
    from tertia.operation.state import unsealed_events  # app start

    oldest = unsealed_events().order_by("pk").values_list("at", flat=True).first()
    if oldest is not None and timezone.now() - oldest > dt.timedelta(days=2):
        return Finding("journal", "weak", "Events of the last days are not sealed yet. The worker does it; or run: tertia journal seal")
    return Finding("journal", "good", "The journal is sealed up to now. Whether it is whole says: tertia journal verify")


def _files() -> Finding:
    from tertia.core.files.models import StoredFile  # app start

    rows = list(StoredFile.objects.order_by("-pk")[:MOST_FILES])
    lost = [row.pk for row in rows if not (Path(settings.MEDIA_ROOT) / row.path).exists()]
    if lost:
        return Finding(
            "files",
            "bad",
            f"{len(lost)} of the last {len(rows)} kept files are not on the disk (numbers {', '.join(map(str, lost[:5]))}). Restore the folder files/ from a backup.",
        )
    return Finding("files", "good", f"All of the last {len(rows)} kept files are there.")


def _static() -> Finding:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding(
            "static",
            "bad",
            "Styles and scripts were not gathered: run ./run manage collectstatic --noinput (tertia serve does it by itself).",
        )
    return Finding("static", "good", "Styles and scripts are gathered.")


def _clock() -> Finding:
    if connection.vendor != "postgresql":
        return Finding("clock", "good", f"The clock says {timezone.localtime():%Y-%m-%d %H:%M %Z}.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
    if apart > 5:
        return Finding("clock", "bad", f"The clocks of this machine and of the database are {apart:.0f} s apart. Set both by NTP.")
    return Finding("clock", "good", "The clocks of this machine and of the database agree.")


def _backup() -> Finding:
    from tertia.operation.state import last_backup  # app start

    found = last_backup()
    if found is None:
        return Finding("backup", "weak", "No backup has been made here. Run: tertia backup --out FOLDER, and let it run every night.")
    moment, where = found
    age = timezone.now() - moment
    words = f"The last backup is {age.total_seconds() / 3600:.0f} hours old ({where})."
    if not where.exists():
        return Finding("backup", "weak", f"{words} It is not there any more.")
    return Finding("backup", "good", words) if age <= OLD_BACKUP else Finding("backup", "weak", f"{words} Let it run every night.")


def _print() -> Finding:
    from tertia.core.files.pdf import Para, render_pdf  # slow library

    made = render_pdf([Para("Ә ғ қ ң ө ұ ү һ і")], title="Tertia", language="kk")
    return (
        Finding("print", "good", "PDF is made.")
        if made.startswith(b"%PDF")
        else Finding("print", "bad", "PDF is not made; install the packages anew.")
    )


CHECKS: tuple[Callable[[], Any], ...] = (
    _python, _home, _secret, _address, _debug, _database, _migrations, _trigrams, _clock, _worker, _failed, _letters, _journal, _files, _static, _backup, _print,
)  # fmt: skip
