"""The whole suite on SQLite and on a PostgreSQL that this script starts and stops itself.

`--sqlite` or `--postgres` runs one of the two; `--long` adds thousands of generated cases; everything else goes to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tertia.measure.indicators.engine.sources.postgres_server import NoServer, postgres_server

ROOT = Path(__file__).resolve().parents[1]


def main(argv: list[str]) -> int:
    """Both databases at once where both are asked for, and beside them, in a process of its own, what asks neither of them.

    The machine has two cores; the third process uses what the others leave while they wait for a browser, a lock or a server.
    """
    both = not {"--sqlite", "--postgres"} & set(argv)
    rest = [a for a in argv if a not in ("--sqlite", "--postgres")]
    with tempfile.TemporaryDirectory(prefix="tertia-test-") as folder:
        home = Path(folder)
        if not both:
            if "--sqlite" in argv:
                return start(rest, home / "sqlite", _sqlite(home)).wait()
            with postgres_server(home / "pg") as address:
                return start(rest, home / "postgres", address).wait()
        with postgres_server(home / "pg") as address:
            beside = {side: Beside(side, rest, home) for side in ("sqlite", "apart")}
            print("== PostgreSQL (SQLite, and what asks neither of the two, run beside it)", flush=True)
            codes = [start(rest, home / "postgres", address, TERTIA_TESTS_SIDE="postgres").wait()]
            for side, words in (("sqlite", "SQLite"), ("apart", "What asks neither of the two")):
                print(f"== {words}", flush=True)
                codes.append(beside[side].told())
        # 5: nothing was asked for on this side, as when one test is named
        return 5 if set(codes) == {5} else max(code for code in codes if code != 5)


class Beside:
    """A part of the suite that runs while another prints; what it says is told at its end."""

    def __init__(self, side: str, arguments: list[str], home: Path) -> None:
        self.log = open(home / f"{side}.log", "w+b")  # noqa: SIM115  # closed when it is told
        self.process = start(
            arguments, home / side, _sqlite(home, side), {"stdout": self.log, "stderr": subprocess.STDOUT}, TERTIA_TESTS_SIDE=side
        )

    def told(self) -> int:
        code = self.process.wait()
        with self.log:
            self.log.seek(0)
            sys.stdout.buffer.write(self.log.read())
        sys.stdout.flush()
        return code


def _sqlite(home: Path, name: str = "sqlite") -> str:
    return f"sqlite:///{home}/{name}.sqlite3"


def start(arguments: list[str], home: Path, database: str, streams: dict[str, Any] | None = None, **more: str) -> subprocess.Popen[bytes]:
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
        **more,
    }
    return subprocess.Popen([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, **(streams or {}))


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except NoServer as error:
        sys.exit(str(error))
