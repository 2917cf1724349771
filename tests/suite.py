"""The whole suite on SQLite and on a PostgreSQL that this script starts and stops itself.

`--sqlite` or `--postgres` runs one of the two; `--long` adds thousands of generated cases; everything else goes to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tertia.measure.indicators.engine.sources.postgres_server import NoServer, postgres_server

ROOT = Path(__file__).resolve().parents[1]


def main(argv: list[str]) -> int:
    """Both databases at once where both are asked for: the machine has two cores, and each run is one process.

    Tests of the indicator engine touch no database of the site, some others bring their own, some look at what no database changes, and
    many ask none at all; each of these runs once, beside the database that leaves it the time.
    """
    both = not {"--sqlite", "--postgres"} & set(argv)
    rest = [a for a in argv if a not in ("--sqlite", "--postgres")]
    with tempfile.TemporaryDirectory(prefix="tertia-test-") as folder:
        home = Path(folder)
        if not both:
            if "--sqlite" in argv:
                return run(rest, home / "sqlite", f"sqlite:///{folder}/sqlite.sqlite3")
            with postgres_server(home / "pg") as address:
                return run(rest, home / "postgres", address)
        with postgres_server(home / "pg") as address, open(home / "sqlite.log", "w+b") as log:
            beside = start(
                [*rest, "-m", "not engine and not production"],
                home / "sqlite",
                f"sqlite:///{folder}/sqlite.sqlite3",
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            print("== PostgreSQL (SQLite runs beside it)", flush=True)
            codes = [run([*rest, "-m", "not once"], home / "postgres", address, TERTIA_TESTS_WITHOUT_DATABASE="elsewhere"), beside.wait()]
            print("== SQLite", flush=True)
            log.seek(0)
            sys.stdout.buffer.write(log.read())
            sys.stdout.flush()
        return max(codes)


def run(arguments: list[str], home: Path, database: str, **more: str) -> int:
    return start(arguments, home, database, more).wait()


def start(arguments: list[str], home: Path, database: str, more: dict[str, str] | None = None, **streams: object) -> subprocess.Popen:
    home.mkdir()
    environment = {
        **os.environ,
        "TERTIA_HOME": str(home),
        "TERTIA_DATABASE": database,
        "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "TERTIA_TODAY": "2026-11-24",
        "TERTIA_DEMONSTRATION": "yes",
        "TERTIA_LOG_LEVEL": "CRITICAL",
        "TERTIA_PAGE_CACHE": "no",
        "TERTIA_API_LIMITS": "1000000,1000000",  # fuzzing asks often; the limit has tests of its own
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        **(more or {}),
    }
    return subprocess.Popen([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, **streams)


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except NoServer as error:
        sys.exit(str(error))
