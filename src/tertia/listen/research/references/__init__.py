"""References of works out of BibTeX, RIS, CSL-JSON, Crossref and OpenAlex, as one list in CSL-JSON. No Django.

A file is read in a stream: memory does not grow with it. Nothing is passed over in silence: each entry is a `Work`, and what could not be read is
a `Trouble` with its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tertia.listen.research.references.bibtex import read_bibtex
from tertia.listen.research.references.csl import csl_item
from tertia.listen.research.references.files import Source, open_source
from tertia.listen.research.references.json_text import objects
from tertia.listen.research.references.model import FORMS, SENTENCES, Item, Trouble, Unreadable, Work
from tertia.listen.research.references.ris import read_ris
from tertia.listen.research.references.services import crossref_item, is_crossref, is_openalex, openalex_item

__all__ = ["FORMS", "SENTENCES", "Item", "Source", "Trouble", "Unreadable", "Work", "open_source", "read_source"]


def read_source(source: Source, name: str = "") -> Iterator[Work | Trouble]:
    """Every work of a file in its order, with `custom.file`, `custom.line` and `custom.form`; every trouble with the name of the file."""
    used: dict[str, int] = {}
    for found in _read(source):
        if isinstance(found, Trouble):
            yield _named(found, name)
            continue
        item = found.item
        form = item.get("custom", {}).pop("form", source.form) if source.form == "json" else source.form
        item["custom"] = {**item.get("custom", {}), "file": name, "line": found.line, "form": form}
        item["id"] = _free(item["id"] or item.get("DOI") or f"line-{found.line}", used)
        yield Work(found.line, item, [_named(t, name) for t in found.troubles])


def _named(trouble: Trouble, name: str) -> Trouble:
    return Trouble(trouble.line, trouble.code, trouble.what, trouble.entry, name)


def _free(key: str, used: dict[str, int]) -> str:
    """Ids are unique within a list: the second `abc` is `abc:2`."""
    used[key] = used.get(key, 0) + 1
    return key if used[key] == 1 else f"{key}:{used[key]}"


def _read(source: Source) -> Iterator[Work | Trouble]:
    if source.form == "bibtex":
        yield from read_bibtex(source.lines)
    elif source.form == "ris":
        yield from read_ris(source.lines())
    else:
        with source.open() as stream:
            for found in objects(stream):
                yield found if isinstance(found, Trouble) else _of_json(*found)


def _of_json(line: int, value: Any) -> Work | Trouble:
    if not isinstance(value, dict):
        return Trouble(line, "not-a-work", str(value)[:60])
    form, read = (
        ("openalex", openalex_item) if is_openalex(value) else ("crossref", crossref_item) if is_crossref(value) else ("csl-json", csl_item)
    )
    item, troubles = read(value, line)
    if not set(item) - {"id", "type", "custom"}:
        known = form != "csl-json" or "type" in value
        return Trouble(line, "nothing-said" if known else "not-a-work", item["id"] if known else ", ".join(list(value)[:4]), item["id"])
    item.setdefault("custom", {})["form"] = form
    return Work(line, item, troubles)
