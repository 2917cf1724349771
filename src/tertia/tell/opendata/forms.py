"""A dataset as CSV, JSON-LD and Parquet, and what describes it: Frictionless' datapackage.json and a catalogue in DCAT 3 (W3C)."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.utils import translation

from tertia.core.files.cells import harmless
from tertia.core.languages.text import LANGUAGES
from tertia.core.records.schema import address_of
from tertia.measure.country.package import LICENCE
from tertia.tell.opendata.datasets import BATCH, Dataset

__all__ = ["FORMS", "LICENCE", "as_jsonld", "as_parquet", "catalogue", "csv_rows", "package"]

FORMS = {"csv": "text/csv", "jsonld": "application/ld+json", "parquet": "application/vnd.apache.parquet"}


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else value


def csv_rows(dataset: Dataset) -> Iterator[list[Any]]:
    """The names of the columns, then the rows, with cells that no spreadsheet runs."""
    rows = dataset.rows()
    return chain([[c.name for c in dataset.columns]], ([_cell(v) for v in row] for row in rows))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else float(value) if isinstance(value, Decimal) else value


def as_jsonld(dataset: Dataset) -> Iterator[str]:
    """One document with a graph; texts by language, empty values left out."""
    return _graph(dataset, dataset.rows())


def _graph(dataset: Dataset, rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    context = {
        "@vocab": address_of("/open-data/terms#"), "schema": "https://schema.org/", "url": "@id", "title": {"@id": "schema:name", "@container": "@language"},
        "summary": {"@id": "schema:description", "@container": "@language"},
    }  # fmt: skip
    head = {"@context": context, "license": LICENCE["path"]}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "@graph": [\n'
    names = [c.name for c in dataset.columns]
    for n, row in enumerate(rows):
        yield ("" if n == 0 else ",\n") + json.dumps(_node(names, row), ensure_ascii=False)
    yield "\n]}\n"


def _node(names: list[str], row: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in zip(names, row, strict=True):
        if value in (None, ""):
            continue
        stem, _, language = name.rpartition("_")
        if stem and language in LANGUAGES:
            found.setdefault(stem, {})[language] = value
        else:
            found[name] = _plain(value)
    return found


def as_parquet(dataset: Dataset) -> Any:
    """A temporary file, at its beginning, written in batches; it is gone when it is closed."""
    import pyarrow as pa  # slow library
    import pyarrow.parquet as pq  # slow library

    kinds = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "string": pa.string(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us", tz="UTC"),
        "boolean": pa.bool_(),
    }
    schema = pa.schema([pa.field(c.name, kinds[c.type], metadata={"description": c.words}) for c in dataset.columns])
    out = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    rows = dataset.rows()
    with pq.ParquetWriter(out, schema.with_metadata({"license": LICENCE["name"]})) as writer:
        while batch := list(islice(rows, BATCH)):
            columns = [[float(v) if isinstance(v, Decimal) else v for v in column] for column in zip(*batch, strict=True)]
            writer.write_table(pa.table(columns, schema=schema))
    out.seek(0)
    return out


def _address(dataset: Dataset, form: str) -> str:
    return address_of(f"/open-data/{dataset.key}.{form}")


def package(dataset: Dataset) -> dict[str, Any]:
    """The descriptor of Frictionless Data Package 1, for the CSV."""
    fields = [{"name": c.name, "type": c.type, "description": c.words} for c in dataset.columns]
    return {
        "name": dataset.key, "title": _title(dataset, "en"), "licenses": [LICENCE],
        "resources": [
            {
                "name": dataset.key, "path": _address(dataset, "csv"), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "profile": "tabular-data-resource",
                "schema": {"fields": fields, "primaryKey": list(dataset.primary), "missingValues": [""]},
            }
        ],
    }  # fmt: skip


def _title(dataset: Dataset, language: str) -> str:
    with translation.override(language):
        return str(dataset.title)


def catalogue(every: Iterable[Dataset], publisher: Any, modified: dt.datetime | None) -> dict[str, Any]:
    """DCAT 3 as JSON-LD: the catalogue, its datasets, of each the distributions. https://www.w3.org/TR/vocab-dcat-3/"""
    owner = (
        {"@type": "foaf:Agent", "foaf:name": [{"@value": t, "@language": lang} for lang, (t, _s) in publisher.name.versions.items()]}
        if publisher
        else {}
    )
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#"},
        "@id": address_of("/open-data/catalog.jsonld"), "@type": "dcat:Catalog",
        "dct:title": [{"@value": words, "@language": lang} for lang, words in (("en", "Third mission: open data"), ("ru", "Третья миссия: открытые данные"), ("kk", "Үшінші миссия: ашық деректер"))],
        "dct:publisher": owner, "dct:license": {"@id": LICENCE["path"]}, "foaf:homepage": {"@id": settings.BASE_URL},
        "dcat:dataset": [_dataset(d, owner, modified) for d in every],
    }  # fmt: skip


def _dataset(dataset: Dataset, owner: dict[str, Any], modified: dt.datetime | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@id": address_of(f"/open-data/{dataset.key}"), "@type": "dcat:Dataset", "dct:identifier": dataset.key, "dct:publisher": owner, "dct:license": {"@id": LICENCE["path"]},
        "dct:title": [{"@value": _title(dataset, lang), "@language": lang} for lang in LANGUAGES],
        "dct:conformsTo": {"@id": address_of(f"/open-data/{dataset.key}/datapackage.json")},
        "dcat:distribution": [
            {"@type": "dcat:Distribution", "dcat:downloadURL": {"@id": _address(dataset, form)}, "dcat:mediaType": media, "dct:license": {"@id": LICENCE["path"]}} for form, media in FORMS.items()
        ],
    }  # fmt: skip
    return {**made, "dct:modified": {"@value": modified.isoformat(), "@type": "xsd:dateTime"}} if modified else made
