"""The developer's guide followed word by word in a copy of the house: what it says is written, migrated, tried and fits in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "handbook" / "developer.md"


@pytest.mark.once
def test_the_step_by_step_gives_an_app_that_works(tmp_path):
    house = tmp_path / "house"
    for name in ("src", "tests", "docs/api"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__", "upgrades"))
    shutil.copy(ROOT / "pyproject.toml", house)
    written = [
        _write(house, *block)
        for block in re.findall(r"```(?:python|html) ([^\n]+)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert len(written) == 14
    environment = {
        **os.environ, "TERTIA_HOME": str(tmp_path / "home"), "TERTIA_DATABASE": f"sqlite:///{tmp_path}/guide.sqlite3",
        "PYTHONPATH": f"{house / 'src'}{os.pathsep}{house}", "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }  # fmt: skip
    environment.pop("TERTIA_TESTS_SIDE", None)  # the tests of the guide run whatever part of the suite this is
    programs = Path(sys.executable).parent

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stdout[-3000:], done.stderr[-3000:])
        return done.stdout

    run(sys.executable, "-m", "tertia.manage", "makemigrations", "loans")
    assert "5 passed" in run(
        sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/act/test_loans.py", "-v", "-o", "addopts=--import-mode=importlib"
    )
    assert "0 broken" in run(str(programs / "lint-imports"), "--no-cache")
    run(str(programs / "ruff"), "check", "--no-cache", "src/tertia/act/loans")


def _write(house: Path, where: str, block: str) -> Path:
    """A file as it stands, or lines put behind one that is there."""
    name, _behind, line = where.partition(" after ")
    file = house / name
    if not line:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block, encoding="utf-8")
        return file
    text = file.read_text(encoding="utf-8")
    assert text.count(f"    {line}\n") == 1, line
    file.write_text(text.replace(f"    {line}\n", f"    {line}\n{block}"), encoding="utf-8")
    return file
