"""Settings that a command keeps for the next one, in a file beside the data. The environment goes before it."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["HOME", "keep", "kept", "move_to"]

HOME = Path(os.environ.get("TERTIA_HOME", Path(__file__).resolve().parents[2] / "var"))
FILE = HOME / "settings.env"


def kept() -> dict[str, str]:
    """What is kept: lines NAME=VALUE; others are passed over."""
    if not FILE.exists():
        return {}
    rows = (line.partition("=") for line in FILE.read_text(encoding="utf-8").splitlines() if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in rows}


def keep(values: dict[str, str]) -> None:
    HOME.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}={value}" for name, value in sorted({**kept(), **values}.items())]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def move_to(home: Path) -> None:
    """Take another data folder for the rest of this process; before Django starts, which reads its settings from here."""
    global HOME, FILE
    os.environ["TERTIA_HOME"] = str(home)
    HOME, FILE = home, home / "settings.env"
