"""Under which name this site was asked for: a university may have one of its own beside the installation's."""

from __future__ import annotations

from contextvars import ContextVar

__all__ = ["asked_host"]

#: empty for the installation's own name; set for each request by the shell
asked_host: ContextVar[str] = ContextVar("tertia_asked_host", default="")
