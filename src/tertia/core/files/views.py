"""Giving a file back to whoever may see its record."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponseBase

from tertia.core.access.queries import scoped_or_404
from tertia.core.files.download import stored
from tertia.core.files.models import StoredFile
from tertia.core.records.models import visible

__all__ = ["download"]


def download(request: Any, pk: int) -> HttpResponseBase:
    """Letters to addressees belong to the office and the addressee, not to the public, so a file needs a working role.

    Pictures, and what is attached to a need, are as public as their record.
    """
    inside = request.actor.organisations("editor", "office", "leader", "administrator")
    rows = StoredFile.objects.filter(
        Q(owner__in=inside) | (Q(media_type__startswith="image/") | Q(record__kind="need")) & visible(request.actor, "record")
    )
    return stored(scoped_or_404(rows, pk=pk))
