"""Logs without persons: one line of JSON for each entry, and no address of a page that could be a link of somebody's own."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

__all__ = ["JsonLines", "NoAddresses"]

_FIELDS = ("page", "method", "status", "ms")


class NoAddresses(logging.Filter):
    """An address may hold a pass or what somebody searched for. In entries about requests it becomes the pattern of the page."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            pattern = f"/{match.route}" if match else "/…"
            record.args = tuple(pattern if isinstance(a, str) and a.startswith("/") else a for a in record.args)
        return True


class JsonLines(logging.Formatter):
    """`{"at", "level", "logger", "message"}` and, of requests, `page`, `method`, `status`, `ms`; times in UTC (RFC 3339)."""

    def format(self, record: logging.LogRecord) -> str:
        body: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"), "level": record.levelname.lower(),
            "logger": record.name, "message": record.getMessage(), **{f: getattr(record, f) for f in _FIELDS if hasattr(record, f)},
        }  # fmt: skip
        if record.exc_info:
            body["trace"] = self.formatException(record.exc_info)
        return json.dumps(body, ensure_ascii=False)
