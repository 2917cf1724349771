"""A PostgreSQL server of its own in a folder, reached by a socket in it and ended whatever happens."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["NoServer", "postgres_server"]


class NoServer(RuntimeError):
    """PostgreSQL is not installed, or did not start; the sentence says what to do."""


@contextmanager
def postgres_server(folder: Path, *, durable: bool = False) -> Iterator[str]:
    """Start a server in `folder` (made here) and give the address of its database `postgres`.

    `durable`: what was committed outlives a loss of power, as in production; else it is quick and for once.
    """
    binaries = _binaries()
    folder.mkdir()
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        for path in (folder, folder.parent):
            path.chmod(0o755)
        shutil.chown(folder, "postgres")
        as_user = [shutil.which("runuser") or "/usr/sbin/runuser", "-u", "postgres", "--"]
    data = folder / "data"

    def run(program: str, *arguments: object, check: bool = True) -> None:
        subprocess.run(
            [*as_user, f"{binaries}/{program}", *map(str, arguments)], check=check, cwd=folder, stdout=subprocess.DEVNULL
        )  # fmt: skip

    try:
        run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-U", "postgres")
        quick = "" if durable else " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options = f"-k {folder} -c listen_addresses=''{quick}"
        run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    except subprocess.CalledProcessError as error:
        raise NoServer(f"PostgreSQL did not start in {folder}; see what it said above") from error
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    if there is None:
        raise NoServer("PostgreSQL is missing; on Debian: apt-get install postgresql")
    return Path(there).resolve().parent
