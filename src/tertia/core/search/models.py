"""What is found: one row for each record, with its words folded to one spelling."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import Personal


class SearchEntry(models.Model):
    """A record's title and summary in all languages, folded. SQLite keeps a trigram FTS5 table beside it, PostgreSQL a trigram index."""

    personal: dict[str, Personal] = {}

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.CASCADE, related_name="search_entry")
    title = models.TextField()
    body = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
