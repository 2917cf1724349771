"""A column that holds a few codes, such as ` children digital `, so that both databases find one of them by `contains`."""

from __future__ import annotations

from typing import Any

from django.db import models

__all__ = ["CodesField"]


class CodesField(models.CharField):
    """A sorted list of codes. Compared with a word it is compared as text: `filter(skills__contains=" digital ")`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 400)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[str]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[str]:
        return value if isinstance(value, list) else (value or "").split()

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, list | tuple | set | frozenset):
            return f" {' '.join(sorted(set(value)))} " if value else ""
        return value or ""

    def value_to_string(self, obj: Any) -> str:
        return self.get_prep_value(self.value_from_object(obj))
