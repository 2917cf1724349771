"""Tertia for programs: read records, do every action, wait when asked to. Needs Python 3.11 and nothing else.

tertia = Tertia("https://third.example.kz", token)
for need in tertia.records(kind="need"):
    print(need["number"], need["title"]["kk"])
tertia.actions.needs_publish(need=12)
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any

from tertia_actions import Actions, Done

__all__ = ["Refused", "Tertia"]


class Refused(Exception):
    """Tertia said no: problem details (RFC 9457). `faults` names each place with a sentence."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status}: {problem.get('title', '')} {problem.get('detail', '')}".strip())
        self.status, self.detail, self.faults = status, problem.get("detail", ""), problem.get("faults", [])


class Tertia:
    """One installation. Without a token it reads what everybody may read. `language` is that of sentences in refusals."""

    def __init__(self, address: str, token: str = "", *, language: str = "en", patience: int = 5, seconds: float = 30) -> None:
        self.address, self.token, self.language, self.patience, self.seconds = address.rstrip("/"), token, language, patience, seconds
        self.actions = Actions(self.do)
        self._known: dict[str, tuple[str, Any]] = {}

    def get(self, path: str, **asked: Any) -> Any:
        """What stands at a path under /api/v1; what was not changed since the last time is not sent again. Raises Refused."""
        query = urllib.parse.urlencode({k: v for k, v in asked.items() if v is not None})
        return self._ask("GET", f"/api/v1/{path.lstrip('/')}" + (f"?{query}" if query else ""))

    def pages(self, path: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list that comes in pages."""
        cursor = None
        while True:
            page = self.get(path, cursor=cursor, **asked)
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def records(self, kind: str | None = None) -> Iterator[dict[str, Any]]:
        return self.pages("records", kind=kind)

    def rows(self, record: int, kind: str) -> Iterator[dict[str, Any]]:
        """What hangs on a record: `kind` as the contract names it, for example `conferences.session`."""
        return self.pages(f"records/{record}/rows", kind=kind)

    def thread(self, record: int) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"records/{record}/thread")
        return found

    def do(self, action: str, given: dict[str, Any], idempotency_key: str = "") -> Done:
        """Do an action; what is None is not sent. The key makes it happen once, though the answer was lost and it is sent again."""
        body = {k: v for k, v in given.items() if v is not None}
        done: Done = self._ask("POST", f"/api/v1/actions/{action}", body, idempotency_key or uuid.uuid4().hex)
        return done

    def _ask(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        for turn in range(self.patience + 1):
            try:
                return self._once(method, path, body, key)
            except _Wait as wait:
                if turn == self.patience:
                    raise wait.refused from None
                time.sleep(wait.seconds)
        raise AssertionError("unreachable")

    def _once(self, method: str, path: str, body: Any, key: str) -> Any:
        head = {"Accept": "application/json", "Accept-Language": self.language, "User-Agent": "tertia-client"}
        if self.token:
            head["Authorization"] = f"Bearer {self.token}"
        if key:
            head["Idempotency-Key"] = key
        if method == "GET" and path in self._known:
            head["If-None-Match"] = self._known[path][0]
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            head["Content-Type"] = "application/json"
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.address + path, data, head, method=method), timeout=self.seconds
            ) as answer:
                found = json.loads(answer.read())
                if method == "GET" and answer.headers.get("ETag"):
                    self._known[path] = (answer.headers["ETag"], found)
                return found
        except urllib.error.HTTPError as error:
            return self._refused(error, path)

    def _refused(self, error: urllib.error.HTTPError, path: str) -> Any:
        with error:
            if error.code == 304:
                return self._known[path][1]
            raw = error.read()
        try:
            problem = json.loads(raw)
        except ValueError:
            problem = {"title": error.reason}
        refused = Refused(error.code, problem if isinstance(problem, dict) else {})
        if error.code in (429, 503):  # too often, or the database is gone for a moment
            raise _Wait(refused, min(float(error.headers.get("Retry-After") or 2), 120))
        raise refused


class _Wait(Exception):
    def __init__(self, refused: Refused, seconds: float) -> None:
        super().__init__()
        self.refused, self.seconds = refused, seconds
