"""`./run bench NAME`: a benchmark beside a peer. Without NAME: the list. Results belong into docs/performance.md with machine and date."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def main(argv: list[str]) -> int:
    names = sorted(p.stem.removeprefix("bench_") for p in Path(__file__).parent.glob("bench_*.py"))
    if not argv or argv[0] not in names:
        for name in names:
            print(f"{name:<10} {importlib.import_module(f'benchmarks.bench_{name}').__doc__.splitlines()[0]}")
        return 0 if not argv else 2
    importlib.import_module(f"benchmarks.bench_{argv[0]}").main(argv[1:])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
