"""Everything about the code itself: format, lint, types, import boundaries, templates, translations, migrations, links in documents.

`./run check` runs all and says at the end what is wrong; `./run check --fix` formats and mends what a tool can mend.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ["src", "tests", "benchmarks"]


def main(argv: list[str]) -> int:
    fix = "--fix" in argv
    steps = {
        "format": [BIN / "ruff", "format", *([] if fix else ["--check"]), "-q", *CODE],
        "lint": [BIN / "ruff", "check", *(["--fix"] if fix else []), "-q", *CODE],
        "types": [BIN / "mypy", "src/tertia"],
        "import boundaries": [BIN / "lint-imports", "--no-cache"],
        "templates": [BIN / "djlint", "src/tertia", "--lint", "--quiet"],
        "migrations": [sys.executable, "-m", "tertia.manage", "makemigrations", "--check", "--dry-run"],
        "translations, documents, house": [sys.executable, "-m", "pytest", "tests/house", "-q"],
    }
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "MYPYPATH": "src"}
    wrong = []
    for name, command in steps.items():
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        print(f"{'ok   ' if done.returncode == 0 else 'WRONG'}  {name}", flush=True)
        if done.returncode:
            wrong.append(name)
            print((done.stdout + done.stderr)[-4000:])
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
