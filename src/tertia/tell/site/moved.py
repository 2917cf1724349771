"""Where old addresses lead."""

from __future__ import annotations

from tertia.core.records.moved import declare_moved
from tertia.tell.site.models import OldAddress

__all__ = ["where"]


def where(path: str) -> str:
    """With and without the stroke at its end; one query, asked only where a page was not found."""
    bare = path.rstrip("/") or "/"
    found = OldAddress.objects.filter(old__in=(bare, bare + "/")).values_list("new", flat=True).first()
    return str(found or "")


declare_moved(where)
