"""What commands that read files of others have in common: each file by itself, what could not be read by its place, one state for all."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["read_files"]


def read_files(
    files: Iterable[Path], name: str, as_json: bool, read: Callable[[Path], tuple[list[dict[str, Any]], list[tuple[str, str]]]], line: Callable[[dict[str, Any]], str],
    sentences: Mapping[str, str],
) -> int:  # fmt: skip
    """Print what the files hold, as JSON under `name` or a line each. `read(path)` gives things and (place, code) of what it could not read.

    A file that is refused as a whole raises an error with a `code`, or OSError. Exit 0: all was read; 1: something was not; 2: a file was refused.
    """
    found: list[dict[str, Any]] = []
    unread: list[dict[str, Any]] = []
    whole = True

    def tell(where: str, code: str) -> None:
        unread.append({"where": where, "code": code, "sentence": sentences[code]})

    for path in files:
        try:
            things, missed = read(path)
        except Exception as error:
            code = getattr(error, "code", "unreadable" if isinstance(error, OSError) else "")
            if not code:
                raise
            tell(path.name, code)
            whole = False
            continue
        found += [{**thing, "file": path.name} for thing in things]
        for place, code in missed:
            tell(f"{path.name}, {place}", code)
    state = "unreadable" if not whole else "incomplete" if unread else "read"
    if as_json:
        print(json.dumps({name: found, "unread": unread, "read": len(found), "valid": state == "read", "state": state}, ensure_ascii=False))
    else:
        for thing in found:
            print(line(thing))
        for trouble in unread:
            print(f"{trouble['where']}: {trouble['sentence']}", file=sys.stderr)
    return {"read": 0, "incomplete": 1, "unreadable": 2}[state]
