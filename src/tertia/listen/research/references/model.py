"""What reading references gives: works in CSL-JSON, each with its place in the file, and what could not be read.

An item follows the schema of the Citation Style Language 1.0.2 (csl-data.json). What that schema has no room for lies in its `custom`:
`file`, `line` (of the entry's first letter, from 1), `form`, and where the source says so `orcids` and `affiliations` (one for each author, null where
nothing is said), `funding`, `retracted`, `updates`, `openalex`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["FORMS", "SENTENCES", "Item", "Trouble", "Unreadable", "Work", "without_place"]

Item = dict[str, Any]
#: of `custom`, what belongs to the file that was read and not to the work
_PLACE = ("file", "line", "form")
FORMS = ("bibtex", "ris", "csl-json", "crossref", "openalex")

#: what may be wrong; `%(what)s` is the piece of the source
SENTENCES = {
    "not-found": "There is no such file.",
    "unknown-form": "This is none of BibTeX, RIS, CSL-JSON, Crossref's or OpenAlex' JSON. Export the list in one of these forms.",
    "empty": "The file is empty.",
    "not-text": "This is no text: %(what)s. Export the list as text.",
    "damaged": "The file is damaged: %(what)s. Fetch it once more.",
    "too-long": "The file unpacks to more than %(what)s. Divide it.",
    "too-large": "An entry is longer than %(what)s letters, so a bracket or a mark of its end is missing.",
    "not-closed": "The entry %(what)s has no end; the next one begins inside it. Add the missing bracket.",
    "no-field": "Behind %(what)s a field was expected, such as title = {…}; what follows in this entry was left out.",
    "no-value": "The field %(what)s has no value that can be read; what follows in this entry was left out.",
    "unknown-abbreviation": "The abbreviation %(what)s is defined nowhere in the file; its name stands for it.",
    "unknown-parent": "The entry %(what)s, from which this one should take its missing fields, is not in the file.",
    "unknown-type": "The type %(what)s is not known; the work is kept as a document.",
    "nothing-said": "The entry %(what)s says nothing of a work; it was left out.",
    "stray-line": "The line stands outside of any entry: %(what)s.",
    "not-json": "What stands here is not JSON: %(what)s.",
    "not-a-work": "What stands here is no description of a work: %(what)s.",
    "bad-date": "The date %(what)s is not one; it is kept in words.",
    "bad-doi": "The DOI %(what)s is not one; it was left out.",
}


def without_place(item: Item) -> Item:
    """The work as it leaves the file in which it was read."""
    custom = {k: v for k, v in item.get("custom", {}).items() if k not in _PLACE}
    return {k: v for k, v in item.items() if k != "custom"} | ({"custom": custom} if custom else {})


@dataclass(frozen=True)
class Trouble:
    """Something that could not be read, and where. `entry` is the key of the entry that it concerns, when there is one."""

    line: int
    code: str
    what: str = ""
    entry: str = ""
    file: str = ""

    @property
    def shown(self) -> str:
        """The piece of the source, in eighty letters at most."""
        return (self.what if len(self.what) <= 80 else self.what[:79] + "…") or "…"

    def as_json(self) -> dict[str, Any]:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return {
            "file": self.file, "line": self.line, "code": self.code, "where": where, "entry": self.entry,
            "sentence": SENTENCES[self.code] % {"what": self.shown},
        }  # fmt: skip


@dataclass(frozen=True)
class Work:
    """One work that was read. `troubles`: what of it was not."""

    line: int
    item: Item
    troubles: list[Trouble] = field(default_factory=list)


class Unreadable(Exception):
    """A whole file cannot be read."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(SENTENCES[code] % {"what": what})
        self.code = code
        self.what = what
