"""`tertia references read`: lists of works in one form. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["add_references"]


def add_references(rows: Any, add: Any) -> None:
    group = rows.add_parser("references", help="lists of works").add_subparsers(required=True, metavar="COMMAND")
    read = add(group, "read", _read, "read BibTeX, RIS, CSL-JSON, Crossref's or OpenAlex' JSON (plain or gzipped) as one list in CSL-JSON")
    read.add_argument("files", type=Path, nargs="+", metavar="FILE")
    read.add_argument(
        "--json", action="store_true", help="print the list as JSON, each work with its file and line, and what could not be read"
    )


def _read(arguments: argparse.Namespace) -> int:
    """Exit 0: all was read; 1: something was not; 2: a file could not be read at all."""
    from tertia.listen.research.references import Trouble  # slow library

    unread: list[dict[str, Any]] = []
    whole = True
    count = 0
    put = sys.stdout.write
    if arguments.json:
        put('{"references": [')
    for found in _works(arguments.files):
        if isinstance(found, Trouble):
            unread.append(found.as_json())
            whole = whole and found.line > 0
            continue
        unread += [t.as_json() for t in found.troubles]
        if arguments.json:
            put((",\n" if count else "\n") + json.dumps(found.item, ensure_ascii=False))
        else:
            put(_line(found.item) + "\n")
        count += 1
    state = "unreadable" if not whole else "incomplete" if unread else "read"
    if arguments.json:
        put('\n], "unread": ' + json.dumps(unread, ensure_ascii=False))
        put(f', "read": {count}, "valid": {json.dumps(state == "read")}, "state": "{state}"}}\n')
    else:
        put(f"\n{count} works read.\n")
        for trouble in unread:
            print(f"{trouble['where']}: {trouble['sentence']}", file=sys.stderr)
    return {"read": 0, "incomplete": 1, "unreadable": 2}[state]


def _works(files: list[Path]) -> Iterator[Any]:
    from tertia.listen.research.references import Trouble, Unreadable, open_source, read_source  # slow library

    for path in files:
        try:
            yield from read_source(open_source(path), str(path))
        except Unreadable as error:
            yield Trouble(0, error.code, error.what, file=str(path))
        except FileNotFoundError:
            yield Trouble(0, "not-found", file=str(path))
        except (OSError, EOFError) as error:
            yield Trouble(0, "damaged", getattr(error, "strerror", "") or str(error), file=str(path))


def _line(item: dict[str, Any]) -> str:
    people = [n.get("family") or n.get("literal", "") for n in item.get("author") or item.get("editor") or []]
    who = ", ".join(people[:2]) + (" …" if len(people) > 2 else "")
    parts = item.get("issued", {}).get("date-parts", [[""]])
    where = f"{item['custom']['file']}:{item['custom']['line']}"
    return f"{where}  {who} ({parts[0][0] or '?'}): {item.get('title') or item.get('container-title', '')}" + (
        f"  {item['DOI']}" if "DOI" in item else ""
    )
