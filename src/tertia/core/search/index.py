"""Keeping the index in step: a record's entry is written in the transaction that writes the record."""

from __future__ import annotations

from typing import Any

from tertia.core.languages.fold import fold
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.search.models import SearchEntry

__all__ = ["entry_of", "index_record", "index_records"]


def entry_of(record: Any) -> SearchEntry:
    return SearchEntry(record_id=record.pk, title=_folded(record.title), body=_folded(record.summary))


def _folded(text: Text) -> str:
    seen = dict.fromkeys(fold(text.versions[lang][0]) for lang in LANGUAGES if lang in text.versions)
    return " ".join(seen)


def index_record(record: Any) -> None:
    entry = entry_of(record)
    SearchEntry.objects.update_or_create(record_id=record.pk, defaults={"title": entry.title, "body": entry.body})


def index_records(records: Any) -> None:
    """Index many records that are not in the index yet."""
    SearchEntry.objects.bulk_create([entry_of(r) for r in records], batch_size=1000, ignore_conflicts=True)
