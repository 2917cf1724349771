"""Files that a page gives to take along."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from tertia.core.files.store import open_stored

__all__ = ["DOCX", "XLSX", "attachment", "csv_stream", "stored"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(body: bytes | str, media_type: str, name: str) -> HttpResponse:
    """A file that the browser keeps under a plain name (ASCII, without quotes)."""
    answer = HttpResponse(body, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def stored(row: Any) -> FileResponse:
    """A kept file under its own name. Whether the reader may have it is asked before."""
    answer = FileResponse(open_stored(row), content_type=row.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    answer["Content-Length"] = str(row.size)
    return answer


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_stream(rows: Iterable[Sequence[Any]], name: str, *, delimiter: str = ",", mark: bool = False) -> StreamingHttpResponse:
    """Rows as CSV in a stream, kept under `name`. `mark`: a byte order mark before them, by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo(), delimiter=delimiter)

    def lines() -> Iterator[str]:
        if mark:
            yield "\ufeff"
        for row in rows:
            yield writer.writerow(row)

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
