"""Makes the small dumps of this version: `.venv/bin/python tests/upgrades/make.py`. Run once when a version is closed."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tertia import __version__  # noqa: E402
from tertia.measure.indicators.engine.sources.postgres_server import _binaries, postgres_server  # noqa: E402


def main() -> None:
    out = Path(__file__).parent / __version__
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tertia-dump-") as folder:
        load(folder, f"sqlite:///{folder}/dump.sqlite3")
        subprocess.run(
            [
                sys.executable,
                "-c",
                f"import sqlite3; sqlite3.connect('{folder}/dump.sqlite3').execute(\"VACUUM INTO '{folder}/small.sqlite3'\")",
            ],
            check=True,
        )
        (out / "sqlite.gz").write_bytes(gzip.compress(Path(folder, "small.sqlite3").read_bytes(), mtime=0))
        with postgres_server(Path(folder) / "pg") as address:
            load(folder, address)
            dump = subprocess.run(
                [_binaries() / "pg_dump", "-h", f"{folder}/pg", "-U", "postgres", "--no-owner", "postgres"], check=True, capture_output=True
            )
            (out / "postgres.sql.gz").write_bytes(gzip.compress(dump.stdout, mtime=0))
    for file in sorted(out.iterdir()):
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")


def load(folder: str, address: str) -> None:
    home = Path(folder) / ("home-" + address[:6].strip(":/"))
    environment = {**os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": address, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "tertia", "demo", "--no-serve", "--students", "40", "--today", "2026-11-24"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
