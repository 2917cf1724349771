"""Files that a page gives to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from tertia.core.files.store import open_stored

__all__ = ["DOCX", "XLSX", "attachment", "csv_stream", "stored"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: letters of a piece of a stream
_PIECE = 1 << 16


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


def csv_stream(rows: Iterable[Sequence[Any]], name: str, *, delimiter: str = ",", mark: bool = False) -> StreamingHttpResponse:
    """Rows as CSV in a stream, kept under `name`. `mark`: a byte order mark before them, by which spreadsheets know UTF-8."""
    out = io.StringIO("\ufeff" if mark else "", newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, delimiter=delimiter)

    def lines() -> Iterator[str]:
        """Some thousand lines at once: each piece is a call of the server."""
        for row in rows:
            writer.writerow(row)
            if out.tell() > _PIECE:
                yield out.getvalue()
                out.seek(0)
                out.truncate()
        yield out.getvalue()

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
