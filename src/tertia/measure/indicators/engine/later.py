"""ibis, brought in when the first figure is computed: every command and every worker would else wait a quarter of a second for it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["ibis"]


class _Later:
    """A module that is imported when something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


ibis: Any = _Later("ibis")
