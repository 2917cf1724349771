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
    both = not {"--sqlite", "--postgres"} & set(argv)
    rest = [a for a in argv if a not in ("--sqlite", "--postgres")]
    codes = []
    with tempfile.TemporaryDirectory(prefix="tertia-test-") as folder:
        if both or "--sqlite" in argv:
            print("== SQLite", flush=True)
            codes.append(run(rest, Path(folder) / "sqlite", f"sqlite:///{folder}/sqlite.sqlite3"))
        if both or "--postgres" in argv:
            with postgres(Path(folder) / "pg") as address:
                print("== PostgreSQL", flush=True)
                codes.append(run(rest, Path(folder) / "postgres", address))
    return max(codes)


def run(arguments: list[str], home: Path, database: str) -> int:
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
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False).returncode


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
        as_user = ["runuser", "-u", "postgres", "--"]
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
