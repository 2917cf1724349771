"""How a row hangs on another: the way by foreign keys that are always there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models

__all__ = ["way_to"]

STEPS = 5


def way_to(model: type[models.Model], wanted: Callable[[type[models.Model]], bool]) -> tuple[str, type[models.Model]] | None:
    """The shortest way (as a lookup) to a model that is wanted, and that model; of equally short ones the key that is declared first."""
    ways: list[tuple[str, type[models.Model]]] = [("", model)]
    for _step in range(STEPS):
        further = []
        for where, at in ways:
            for field in at._meta.concrete_fields:
                if not isinstance(field, models.ForeignKey) or field.null or field.remote_field.parent_link:
                    continue
                to: Any = field.related_model
                name = f"{where}__{field.name}" if where else field.name
                if wanted(to):
                    return name, to
                further.append((name, to))
        ways = further
    return None
