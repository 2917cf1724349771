"""An upload read into what one statistic takes: the file is looked at outside of any transaction."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, Fault
from tertia.listen.region.actions import Taken
from tertia.listen.region.series_file import Reading, StatisticsUnreadable, read_statistics
from tertia.listen.region.words import unreadable_words

__all__ = ["taken_from"]


def taken_from(upload: Any, *, part: str = "", sheet: int | None = None, year: int | None = None) -> Taken:
    """Raises BadInput, which says what is wrong with the file or which of its indicators has to be named."""
    with tempfile.TemporaryDirectory(prefix="tertia-statistics-") as folder:
        path = Path(folder) / "upload"
        digest = hashlib.sha256()
        with path.open("wb") as out:
            for piece in upload.chunks():
                digest.update(piece)
                out.write(piece)
        try:
            reading = read_statistics(path, year=year, sheet=(sheet or 1) - 1)
        except StatisticsUnreadable as error:
            raise BadInput(Fault("file", unreadable_words(error.code))) from None
    name = _chosen(reading, part)
    figures = [f for f in reading.figures if f.name == name]
    return Taken(upload.name, digest.hexdigest(), name or (f"sheet {sheet}" if sheet and sheet > 1 else ""), figures, reading.unread)


def _chosen(reading: Reading, part: str) -> str:
    names = list(reading.names)
    if len(names) == 1 and not part:
        return names[0]
    found = next((n for n in names if n.strip().lower() == part.strip().lower()), None)
    if found is None:
        listed = ", ".join(f"“{n}”" for n in names[:12] if n) + (" …" if len(names) > 12 else "")
        raise BadInput(Fault("part", _("The file has these: %(listed)s. Name the one that is meant.") % {"listed": listed}))
    return found
