"""A roster of 600,000 lines: lines a second as a ratio to django-import-export, and memory at a tenth of the length."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEER = "django-import-export"


def main(argv: list[str]) -> None:
    """`[LINES [LINES OF THE PEER]]`. The peer's own rate does not hang on the length, and its whole file takes it a quarter of an hour."""
    lines = int(argv[0]) if argv else 600_000
    peers = int(argv[1]) if len(argv) > 1 else 30_000
    with tempfile.TemporaryDirectory(prefix="tertia-roster-") as folder:
        ours = {n: _run("ours", n, Path(folder) / f"ours-{n}") for n in (lines // 10, lines)}
        for n, (rate, seconds, peak) in ours.items():
            print(f"Tertia: {n:,} lines looked through and taken in within {seconds:.1f} s, {rate:,.0f} lines a second, peak {peak:.0f} MB")
        rate, seconds, peak = _run("peer", peers, Path(folder) / "peer")
        print(f"{PEER}, trial and taking in: {peers:,} lines in {seconds:.1f} s, {rate:,.0f} lines a second, peak {peak:.0f} MB")
        print(f"ratio {ours[lines][0] / rate:.1f}")
        rate, seconds, peak = _run("bulk", peers, Path(folder) / "bulk")
        print(f"{PEER} in its bulk mode: {rate:,.0f} lines a second; ratio {ours[lines][0] / rate:.1f}")


def _run(what: str, lines: int, home: Path) -> tuple[float, float, float]:
    home.mkdir()
    environment = {
        **os.environ,
        "TERTIA_HOME": str(home),
        "TERTIA_DATABASE": f"sqlite:///{home}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tertia.settings",
    }
    out = subprocess.run(
        [sys.executable, __file__, what, str(lines), str(home)], env=environment, capture_output=True, text=True, check=False
    )
    if out.returncode:
        raise SystemExit(out.stderr[-2000:])
    rate, seconds, peak = map(float, out.stdout.split()[-3:])
    return rate, seconds, peak


def _roster(file: Path, lines: int) -> None:
    with file.open("w", encoding="cp1251", newline="") as out:
        out.write("Номер студента;ФИО;Факультет;Дата рождения;Почта\r\n")
        for n in range(lines):
            out.write(
                f"S{n:07};Фамилия{n % 9973} Имя{n % 997};unit-{n % 12};{1 + n % 28:02}.{1 + n % 12:02}.{2000 + n % 8};s{n}@students.example\r\n"
            )


def child(what: str, lines: int, home: Path) -> None:
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tertia.core.actions.actor import Actor
    from tertia.core.languages.text import Text
    from tertia.core.parties.actions import found_organisation

    by = Actor.system("benchmark")
    university = found_organisation(by=by, slug="u", kind="university", name=Text.of("en", en="U"), hosts=True)
    for n in range(12):
        found_organisation(by=by, slug=f"unit-{n}", kind="unit", name=Text.of("en", en=f"Unit {n}"), parent=university)
    file = home / "roster.csv"
    _roster(file, lines)
    seconds, peak = (_ours if what == "ours" else _peer)(file, university, what)
    print(lines / seconds, seconds, peak)


def _ours(file: Path, university: object, _what: str) -> tuple[float, float]:
    from tertia.core.actions.actor import Actor
    from tertia.core.intake.actions import begin_taking, keep_file, send_list
    from tertia.core.intake.work import check_list, taking
    from tertia.core.parties.models import Membership

    by = Actor.system("benchmark")
    began = time.perf_counter()
    with file.open("rb") as opened:
        draft, digest, size = keep_file(iter(lambda: opened.read(1 << 20), b""))
    run = send_list(by=by, organisation=university, kind="people", name=file.name, draft=draft, digest=digest, size=size, language="ru")
    check_list(run.pk)
    run.refresh_from_db()
    assert run.faulty == 0, run.faults[:3]
    *_steps, run = taking(begin_taking(by=by, run=run), by)
    seconds = time.perf_counter() - began
    assert run.state == "taken" and Membership.objects.count() == run.rows == run.new
    return seconds, _peak()


def _peer(file: Path, university: object, what: str) -> tuple[float, float]:
    """The same people, without their memberships, into the same table past our actions: less work than ours."""
    try:
        import tablib
        from import_export import fields, resources
    except ImportError as error:
        raise SystemExit(f"{PEER} is not installed; for this benchmark alone: .venv/bin/uv pip install {PEER}") from error
    import datetime as dt

    from django.db import models

    class Plain(models.Model):
        home_id = models.BigIntegerField()
        key = models.CharField(max_length=60)
        name = models.CharField(max_length=200)
        email = models.EmailField()
        birth_date = models.DateField()
        language = models.CharField(max_length=2, default="kk")
        demonstration = models.BooleanField(default=False)

        class Meta:
            app_label, managed, db_table = "parties", False, "parties_person"

    class Roster(resources.ModelResource):
        # found by both columns, as the table's own index has them
        home_id = fields.Field("home_id", "home")
        key = fields.Field("key", "Номер студента")
        name = fields.Field("name", "ФИО")
        email = fields.Field("email", "Почта")
        birth_date = fields.Field("birth_date", "Дата рождения")

        def before_import_row(self, row: dict, **_: object) -> None:
            row["Дата рождения"] = dt.datetime.strptime(row["Дата рождения"], "%d.%m.%Y").date()

        class Meta:
            model, import_id_fields, fields = Plain, ("home_id", "key"), ("home_id", "key", "name", "email", "birth_date")
            use_bulk, batch_size, skip_unchanged = what == "bulk", 1000, True

    began = time.perf_counter()
    data = tablib.Dataset().load(file.read_text(encoding="cp1251"), format="csv", delimiter=";")
    data.append_col([university.pk] * len(data), header="home")
    tried = Roster().import_data(data, dry_run=True)
    assert not tried.has_errors(), (tried.base_errors[:1] and tried.base_errors[0].error, tried.row_errors()[:1])
    done = Roster().import_data(data, dry_run=False, raise_errors=True)
    seconds = time.perf_counter() - began
    assert done.totals["new"] == len(data)
    return seconds, _peak()


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    child(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
