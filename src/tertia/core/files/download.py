"""Files that a page gives to take along."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse

from tertia.core.files.store import open_stored

__all__ = ["DOCX", "XLSX", "attachment", "stored"]

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
