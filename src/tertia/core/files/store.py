"""Taking a file in: its kind is read from its bytes, its size is bounded, a picture is drawn anew without hidden data."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tertia.core.actions.errors import BadInput, Fault
from tertia.core.files.models import StoredFile
from tertia.core.periods import clock

__all__ = ["LIMIT", "MAX_PIXELS", "media_type_of", "open_stored", "store"]

LIMIT = 25 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2400
_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


@dataclass(frozen=True)
class Taken:
    data: bytes
    media_type: str


def media_type_of(data: bytes) -> str:
    """The kind of a file by its first bytes; empty when it is none that Tertia keeps."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return _office_type(data)
    if b"\x00" not in data[:4096]:
        return "text/plain"
    return ""


def _office_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return ""
    if "word/document.xml" in names:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if "xl/workbook.xml" in names:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return ""


def take(upload: Any, limit: int = LIMIT) -> Taken:
    """The bytes of an upload, checked. Raises BadInput that says what to do."""
    if upload.size > limit:
        raise BadInput(too_large(upload.size, limit))
    data = b"".join(upload.chunks())
    if not data:
        raise BadInput(Fault("file", _("The file is empty. Choose another one."), "empty"))
    media_type = media_type_of(data)
    if not media_type:
        raise BadInput(Fault("file", _("This kind of file is not taken. Send a PDF, DOCX, XLSX, text or a picture."), "type"))
    if media_type in _PICTURES:
        data, media_type = _redraw(data)
    return Taken(data, media_type)


def too_large(size: int, limit: int = LIMIT) -> Fault:
    return Fault(
        "file",
        _("The file has %(size)d MB; at most %(limit)d MB are taken. Nothing was stored. Send a smaller file or a part of it.")
        % {"size": size // 2**20, "limit": limit // 2**20},
        "too-large",
    )


def _redraw(data: bytes) -> tuple[bytes, str]:
    """A picture drawn anew: turned upright, at most 2,400 points wide, without place, camera or hidden data."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadInput(
                    Fault("file", _("The picture has more than 40 million points. Make it smaller and send it again."), "too-large")
                )
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            out = io.BytesIO()
            if upright.mode in ("RGBA", "LA", "P"):
                upright.convert("RGBA").save(out, "PNG", optimize=True)
                return out.getvalue(), "image/png"
            upright.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
            return out.getvalue(), "image/jpeg"
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise BadInput(Fault("file", _("The picture cannot be read; it may be damaged. Choose another one."), "broken")) from error


def store(taken: Taken, *, name: str, owner: Any, record: Any = None) -> StoredFile:
    """Inside an action: keep the bytes under their hash (written whole or not at all) and note the file."""
    sha = hashlib.sha256(taken.data).hexdigest()
    row = StoredFile(
        record=record, owner=owner, name=Path(name).name[:200] or "file", media_type=taken.media_type,
        size=len(taken.data), sha256=sha, stored_at=clock.now(),
    )  # fmt: skip
    target = Path(settings.MEDIA_ROOT) / row.path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(taken.data)
        os.replace(temporary, target)
    row.save()
    return row


def open_stored(row: StoredFile) -> Iterable[bytes]:
    return (Path(settings.MEDIA_ROOT) / row.path).open("rb")
