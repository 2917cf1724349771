"""A country: all computable indicators by the engine, by SQL written by hand, by pandas and by Spark; growth; opening one cell.

`./run bench country [PARTICIPATIONS] [--spark] [--growth]`: 20 million by default. Each contender runs in a process of its own, so that
its peak memory is its own. The file cache is warm: the first contender's files are read once before.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main(argv: list[str]) -> None:
    if argv[:1] == ["--contender"]:
        print(json.dumps(CONTENDERS[argv[1]](Path(argv[2]))))
        return
    sizes = [int(a) for a in argv if a.isdigit()] or ([2_000_000, 10_000_000, 20_000_000] if "--growth" in argv else [20_000_000])
    names = ["engine", "sql", "pandas", *(["spark"] if "--spark" in argv else [])]
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="tertia-bench-") as home:
            folder = Path(home) / "facts"
            began = time.perf_counter()
            made = subprocess.run(
                [sys.executable, "-m", "tertia", "country", "generate", "--out", str(folder), "--participations", str(size)],
                env=_environment(), check=True, capture_output=True, text=True,
            )  # fmt: skip
            print(f"{made.stdout.strip().splitlines()[-1].split(' lie ')[0]}: generated in {time.perf_counter() - began:.1f} s")
            found = {name: _contender(name, folder) for name in names}
            for name, row in found.items():
                ratio = row["seconds"] / found["sql"]["seconds"]
                print(f"  {name:<8}{row['seconds']:>8.2f} s{row['peak_mb']:>8} MB   {ratio:>6.2f} × SQL by hand   {row['note']}")
            _compare(found)
            print(f"  opening one cell: {_contender('cell', folder)['note']}")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"src{os.pathsep}."}


def _contender(name: str, folder: Path) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-c", f"from benchmarks.bench_country import main; main(['--contender', {name!r}, {str(folder)!r}])"],
        env=_environment(), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return dict(json.loads(run.stdout.splitlines()[-1]))


def _measured(work: Any) -> dict[str, Any]:
    began = time.perf_counter()
    note, check = work()
    return {
        "seconds": time.perf_counter() - began, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "note": note, "check": check,
    }  # fmt: skip


def _figures(folder: Path, engine: str) -> dict[str, Any]:
    from tertia.measure.indicators.engine.compute import Facts, compute_all
    from tertia.measure.indicators.engine.definition import definitions

    def work() -> Any:
        with Facts(folder, engine) as facts:
            figures = list(compute_all(definitions().values(), facts))
        hours = sum(f.numerator for f in figures if f.indicator == "volunteer-hours-total" and not f.breakdown)
        people = sum(f.numerator for f in figures if f.indicator == "student-volunteers-share" and f.breakdown)
        return f"{len(figures)} figures", [str(hours.normalize()), str(int(people))]

    return _measured(work)


def _sql(folder: Path) -> dict[str, Any]:
    from benchmarks.country_by_hand import by_sql

    def work() -> Any:
        found = by_sql(folder)
        hours = sum(row[3] for row in found["participation/"])
        return f"{sum(map(len, found.values()))} rows", [str(hours.normalize()), str(sum(row[11] for row in found["participation/unit"]))]

    return _measured(work)


def _pandas(folder: Path) -> dict[str, Any]:
    from benchmarks.country_by_hand import by_pandas

    def work() -> Any:
        found = by_pandas(folder)
        hours = sum(found["participation/"]["signed"].dropna())
        return "participations and members only", [str(hours.normalize()), str(int(found["participation/unit"]["volunteer"].sum()))]

    return _measured(work)


def _cell(folder: Path) -> dict[str, Any]:
    """One cell of the largest university: its rows, from nothing open to the last of them, five times."""
    from tertia.measure.indicators.engine.compute import Facts, rows_behind
    from tertia.measure.indicators.engine.definition import definitions

    sizes = {p.name: sum(f.stat().st_size for f in p.rglob("*.parquet")) for p in (folder / "participation").iterdir()}
    slug = max(sizes, key=lambda k: sizes[k]).removeprefix("organisation=")
    definition, took, rows = definitions()["volunteer-hours-total"], [], []
    for _ in range(5):
        began = time.perf_counter()
        with Facts(folder, organisations=[slug]) as facts:
            rows = rows_behind(definition, facts, slug, "2024-25", breakdown=f"unit={slug}-unit-02", limit=500)
        took.append(time.perf_counter() - began)
    return {
        "note": f"{min(took[1:]) * 1000:.0f} to {max(took[1:]) * 1000:.0f} ms for {len(rows)} rows of {slug} (first time in the process {took[0] * 1000:.0f} ms)"
    }


def _compare(found: dict[str, dict[str, Any]]) -> None:
    checks = {name: row["check"] for name, row in found.items()}
    if len({tuple(c) for c in checks.values()}) > 1:
        sys.exit(f"the contenders disagree: {checks}")
    print(f"  all agree: {checks['sql'][0]} hours, {checks['sql'][1]} volunteers by unit")


CONTENDERS = {
    "engine": lambda f: _figures(f, "duckdb"),
    "spark": lambda f: _figures(f, "spark"),
    "sql": _sql,
    "pandas": _pandas,
    "cell": _cell,
}
