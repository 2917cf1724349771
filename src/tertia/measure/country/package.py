"""The package of aggregates that a university hands in: a signed Frictionless Data Package in one zip file. No Django.

`datapackage.json` (Frictionless Data Package 1) describes `figures.csv`, with its SHA-256; `signature.json` signs
`datapackage.json`, so every byte of the figures is signed. Counts of persons below the threshold are not in it.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tertia.core.keys.signing import Key, sign
from tertia.measure.country.disclosure import THRESHOLD, counted_of, suppress
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.figures import COLUMNS, STATES, Figure, figure_rows

__all__ = ["LICENCE", "Unreadable", "decimal_or_none", "read_rows", "unpack", "write_package"]

FORMAT = 1
LICENCE = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
#: a package of a large university is a few hundred kilobytes
MOST_BYTES = 50_000_000


class Unreadable(ValueError):
    """A file that is no package at all: `code` and a sentence with what to do."""

    def __init__(self, code: str, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.where = code, where


def write_package(
    out: Path, figures: Iterable[Figure], *, organisation: str, title: str, key: Key | None, made_at: dt.datetime, replaces: str = "",
    before: Iterable[Figure] = (),
) -> str:  # fmt: skip
    """Write the zip; figures are suppressed here, whoever calls. Returns the SHA-256 of `datapackage.json`, the package's name among versions."""
    safe = suppress((f for f in figures if f.organisation == organisation), counted_of(definitions()), before=before)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(figure_rows(safe))
    body = text.getvalue().encode()
    described = {
        "profile": "tabular-data-package", "name": f"{organisation}-{made_at:%Y%m%d}", "title": title,
        "created": made_at.astimezone(dt.UTC).isoformat(timespec="seconds"), "licenses": [LICENCE],
        "tertia": {
            "format": FORMAT, "organisation": organisation, "periods": sorted({f.period for f in safe}), "threshold": THRESHOLD, "replaces": replaces,
        },
        "resources": [{
            "name": "figures", "path": "figures.csv", "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "bytes": len(body), "hash": f"sha256:{hashlib.sha256(body).hexdigest()}", "schema": _schema(),
        }],
    }  # fmt: skip
    description = json.dumps(described, ensure_ascii=False, indent=1).encode()
    temporary = out.with_name(out.name + ".new")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = [("datapackage.json", description), ("figures.csv", body)]
        if key is not None:
            parts.append(("signature.json", json.dumps(sign(key, description, made_at), indent=1).encode()))
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, made_at.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    temporary.replace(out)
    return hashlib.sha256(description).hexdigest()


def _schema() -> dict[str, Any]:
    numbers = ("numerator", "denominator", "value")
    fields: list[dict[str, Any]] = [{"name": c, "type": "number" if c in numbers else "string"} for c in COLUMNS]
    fields[-1]["constraints"] = {"required": True, "enum": list(STATES)}
    return {"fields": fields, "missingValues": [""], "primaryKey": ["indicator", "organisation", "period", "breakdown"]}


def unpack(file: Path) -> dict[str, bytes]:
    """The parts of a package by name: of a zip, a folder, or a bare CSV of figures (then `figures.csv` alone). Raises Unreadable."""
    if file.is_dir() or file.name == "datapackage.json":
        folder = file if file.is_dir() else file.parent
        found = {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file() and p.stat().st_size <= MOST_BYTES}
    elif not file.exists():
        raise Unreadable("not-found", str(file), f"{file}: there is no such file; check its name")
    elif file.suffix.lower() == ".csv":
        return {"figures.csv": file.read_bytes()}
    else:
        try:
            with zipfile.ZipFile(file) as archive:
                if sum(i.file_size for i in archive.infolist()) > MOST_BYTES:
                    raise Unreadable(
                        "too-large", str(file), f"{file}: more than {MOST_BYTES // 1_000_000} MB; a package of aggregates is far smaller"
                    )
                found = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise Unreadable(
                "not-a-package", str(file), f"{file}: this is no zip of a data package, nor a CSV of figures ({error})"
            ) from error
    if "datapackage.json" not in found:
        raise Unreadable(
            "no-description", str(file), f"{file}: datapackage.json is missing; hand in the file that `tertia package make` writes"
        )
    return found


def read_rows(body: bytes) -> list[tuple[int, dict[str, str]]]:
    """Rows of a CSV of figures with their line. Raises Unreadable where the head is another or it is no text."""
    try:
        text = body.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable("not-csv", "figures.csv", f"figures.csv: this is no UTF-8 CSV ({error}); save it as CSV in UTF-8") from error
    if not lines or [c.strip() for c in lines[0]] != list(COLUMNS):
        raise Unreadable("columns", "figures.csv, line 1", f"figures.csv, line 1: the columns must be {','.join(COLUMNS)}")
    return [
        (n, dict(zip(COLUMNS, row))) if len(row) == len(COLUMNS) else (n, {"": f"{len(row)} cells"})
        for n, row in enumerate(lines[1:], 2)
        if row
    ]


def decimal_or_none(text: str) -> Decimal | None:
    """A number, or None for an empty cell. Raises ValueError for anything else."""
    if text == "":
        return None
    try:
        made = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number") from error
    if not made.is_finite():
        raise ValueError(f"{text!r} is no number")
    return made
