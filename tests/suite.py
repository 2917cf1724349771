"""The whole suite on SQLite and on a PostgreSQL that this script starts and stops itself.

`--sqlite` or `--postgres` runs one of the two; `--long` adds thousands of generated cases; everything else goes to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(argv: list[str]) -> int:
    """Both databases at once where both are asked for: the machine has two cores, and each run is one process."""
    both = not {"--sqlite", "--postgres"} & set(argv)
    rest = [a for a in argv if a not in ("--sqlite", "--postgres")]
    with tempfile.TemporaryDirectory(prefix="tertia-test-") as folder:
        home = Path(folder)
        if not both:
            if "--sqlite" in argv:
                return run(rest, home / "sqlite", f"sqlite:///{folder}/sqlite.sqlite3")
            with postgres(home / "pg") as address:
                return run(rest, home / "postgres", address)
        with postgres(home / "pg") as address, open(home / "sqlite.log", "w+b") as log:
            beside = start(rest, home / "sqlite", f"sqlite:///{folder}/sqlite.sqlite3", stdout=log, stderr=subprocess.STDOUT)
            print("== PostgreSQL (SQLite runs beside it)", flush=True)
            codes = [run(rest, home / "postgres", address), beside.wait()]
            print("== SQLite", flush=True)
            log.seek(0)
            sys.stdout.buffer.write(log.read())
            sys.stdout.flush()
        return max(codes)


def run(arguments: list[str], home: Path, database: str) -> int:
    return start(arguments, home, database).wait()


def start(arguments: list[str], home: Path, database: str, **streams: object) -> subprocess.Popen:
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
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    return subprocess.Popen([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, **streams)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server of its own in a folder, reached by a socket in it; ended whatever happens."""
    binaries = _binaries()
    folder.mkdir()
    as_user: list[str] = []
    if os.geteuid() == 0:
        for path in (folder, folder.parent):
            path.chmod(0o755)
        shutil.chown(folder, "postgres")
        as_user = [shutil.which("runuser") or "/usr/sbin/runuser", "-u", "postgres", "--"]
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [*as_user, f"{binaries}/initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-U", "postgres"],
        check=True,
        **quiet,
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    subprocess.run([*as_user, f"{binaries}/pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], check=True, **quiet)
    try:
        yield f"postgresql://postgres@/tertia?host={folder}"
    finally:
        subprocess.run([*as_user, f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, **quiet)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    if there is None:
        sys.exit("PostgreSQL is missing; on Debian: apt-get install postgresql")
    return Path(there).resolve().parent


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
