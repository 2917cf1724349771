"""Ten minutes at half of the measured limit through the production server and its worker: memory, errors, times. `./run bench soak [MINUTES]`.

Visitors read eight pages that are made anew, a program raises a need a second (so that kept pages are made anew, letters are written, the
journal is sealed). The limit is measured first: eight readers as fast as they can. Then as many requests a second as half of it, spread
evenly. Memory is the resident size of every process of the site, looked at every ten seconds; flat means that the last third of the time
holds no more than a twentieth more than the third before it. There is no peer: it is a question to ourselves.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import threading
import time
from pathlib import Path

import requests
from tests.faults.running import LOOK, Site, Writers, pids, sqlite_site

from benchmarks.counting import p95

PAGES = (
    "/en/",
    "/ru/needs/",
    "/kk/measures/",
    "/en/activities/?past",
    "/ru/answers/",
    "/kk/figures/",
    "/en/calendar/",
    "/ru/search/?q=library",
)


def main(argv: list[str]) -> None:
    minutes = float(argv[0]) if argv else 10
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, sqlite_site(Path(folder)) as site:
        limit = _read(site, seconds=15, rate=0)[0] / 15
        print(f"limit: {limit:.0f} requests a second, every page made anew", flush=True)
        stop, sizes = threading.Event(), list[tuple[float, dict[str, float]]]()
        looking = threading.Thread(target=_look, args=(site, stop, sizes))
        looking.start()
        with Writers(site, number=1, pause=1.0) as writers:
            count, times, wrong = _read(site, seconds=minutes * 60, rate=limit / 2)
        stop.set()
        looking.join()
        times.sort()
        print(f"{count:,} requests in {minutes:g} minutes ({count / minutes / 60:.0f} a second), p50 {statistics.median(times) * 1000:.0f} ms, p95 {p95(times) * 1000:.0f} ms; wrong: {wrong}; needs raised {len(writers.heard)}, refused {writers.refused}")  # fmt: skip
        for name in sizes[-1][1]:
            row = [found.get(name, 0) for _at, found in sizes]
            third = len(row) // 3
            early, late = statistics.mean(row[third : 2 * third]), statistics.mean(row[2 * third :])
            print(
                f"  {name:<12} first {row[0]:.0f} MiB, middle third {early:.0f}, last third {late:.0f} MiB, ratio {late / early:.3f}, peak {max(row):.0f}"
            )
        left = json.loads(site.do("-c", LOOK))
        print({name: left[name] for name in ("rows", "events", "failed", "whole")})


def _read(site: Site, *, seconds: float, rate: float) -> tuple[int, list[float], int]:
    """Eight readers for so long, together `rate` requests a second; 0: as fast as they can. Returns count, times, answers that were not 200."""
    times, wrong, readers = list[float](), list[int](), 8
    until = time.monotonic() + seconds

    def read(number: int) -> None:
        session, turn = requests.Session(), number
        due = time.monotonic()
        while time.monotonic() < until:
            begun = time.monotonic()
            answer = session.get(f"{site.address}{PAGES[turn % len(PAGES)]}", timeout=30)
            times.append(time.monotonic() - begun)
            if answer.status_code != 200:
                wrong.append(answer.status_code)
            turn += 1
            due += readers / rate if rate else 0
            time.sleep(max(0.0, due - time.monotonic()) if rate else 0)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times), times, len(wrong)


def _look(site: Site, stop: threading.Event, sizes: list[tuple[float, dict[str, float]]]) -> None:
    begun = time.monotonic()
    while not stop.wait(10):
        found: dict[str, float] = {}
        for number, pid in enumerate(pids(lambda stat, _line: int(stat[3]) == site.session)):
            status = Path(f"/proc/{pid}/status").read_text()
            line = Path(f"/proc/{pid}/cmdline").read_text()
            kind = "worker" if "tertia\0worker" in line else f"server {number}" if "granian" in line else "head"
            found[kind] = int(next(row.split()[1] for row in status.splitlines() if row.startswith("VmRSS"))) / 1024
        sizes.append((time.monotonic() - begun, found))
