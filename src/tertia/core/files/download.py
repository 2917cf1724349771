"""Files that a page gives to take along."""

from __future__ import annotations

from django.http import HttpResponse

__all__ = ["DOCX", "XLSX", "attachment"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(body: bytes | str, media_type: str, name: str) -> HttpResponse:
    """A file that the browser keeps under a plain name (ASCII, without quotes)."""
    answer = HttpResponse(body, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
