"""`tertia rolls bring`: published roll calls into the archive of a council."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["add_rolls"]


def add_rolls(rows: Any, add: Any, run: Any) -> None:
    group = rows.add_parser("rolls", help="published roll calls").add_subparsers(required=True, metavar="COMMAND")
    one = add(
        group, "bring", run, "bring published roll calls (CSV) into the archive of a council, each once; asks before it joins two spellings"
    )
    one.add_argument("calls", type=Path, metavar="CALLS")
    one.add_argument("voices", type=Path, metavar="VOICES")
    one.add_argument("--council", required=True, metavar="SLUG")
    one.add_argument("--names", type=Path, metavar="FILE", help="names of the voters (code, name)")
    one.add_argument("--same", action="append", default=[], metavar="A=B", help="voter A is another spelling of B")
    one.add_argument("--apart", action="append", default=[], metavar="A=B", help="A and B are two voters")
    one.add_argument("--json", action="store_true")
