"""Requests that nobody means well: bodies for every operation of the contract, out of its schema and out of grammars of what breaks programs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps

NASTY = [
    "", " ", "\x00", "a\x00b", "\ud800", "'; DROP TABLE records_record; --", "{{ 7*7 }}{% debug %}", "<script>alert(1)</script>", "${jndi:ldap://x}", "../../etc/passwd",
    "=HYPERLINK(\"http://x\")", "\u202eabc", "Ә" * 300, "x" * 25_000, "0", "-1", "NaN", "null", "true", "1e400", "2026-13-45", "%s%n%d", "\\", "🜁" * 60, "kk", "ru",
    "http://169.254.169.254/latest/meta-data/", "javascript:alert(1)", "a@b", "2025-26", "2025", "yes", "published", "accepted", "\r\nX-Header: 1",
]  # fmt: skip
NUMBERS = [0, 1, -1, 2**31 - 1, -(2**31), 2**31, 2**63, 2**64, 1e308, -0.0, 0.1, 10**30]
DAYS = ["2026-11-24", "1900-01-01", "2199-12-31", "2026-02-30", "0001-01-01", "9999-12-31", "24.11.2026", 0]
TIMES = ["2026-11-24T10:00:00+05:00", "2026-11-24T12:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-24T10:00:00", "now"]
ODD: list[Any] = [None, True, [], {}, [[[[]]]], {"a": {"b": {}}}, "x", 0]


class Hostile:
    """Bodies by chance from a seed. Rows are real ones half of the time, so that what comes gets past the first door."""

    def __init__(self, contract: Mapping[str, Any], seed: int) -> None:
        self.contract, self.chance = contract, random.Random(seed)
        self.rows: dict[str, list[int]] = {}

    def operations(self) -> list[tuple[str, Any]]:
        return [
            (path, self.follow(operations["post"]["requestBody"]["content"]["application/json"]["schema"]))
            for path, operations in sorted(self.contract["paths"].items())
            if "post" in operations and "requestBody" in operations["post"]
        ]

    def follow(self, schema: Any) -> Any:
        while "$ref" in schema:
            schema = self.contract["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def row(self, label: str) -> int:
        if label not in self.rows:
            model = apps.get_model(label)
            self.rows[label] = [pk for pk in model._base_manager.values_list("pk", flat=True)[:40] if isinstance(pk, int)]
        there = self.rows[label]
        return self.chance.choice(there) if there and self.chance.random() < 0.85 else self.chance.choice([0, 1, -1, 999_999, 2**62, 2**63])

    def first(self, label: str) -> int:
        self.row(label)
        return min(self.rows[label], default=1)

    def body(self, schema: Any) -> Any:
        """A whole body: mostly of the right form, with one part in eight that is not."""
        schema = self.follow(schema)
        said = {}
        for name, part in schema.get("properties", {}).items():
            if name in schema.get("required", []) or self.chance.random() < 0.5:
                said[name] = self.value(part)
        if self.chance.random() < 0.05 and said:
            said.pop(self.chance.choice(sorted(said)))
        return said

    def value(self, schema: Any, deep: int = 0) -> Any:
        schema, pick = self.follow(schema), self.chance.choice
        if self.chance.random() < 0.06:
            return pick(ODD)
        if "anyOf" in schema:
            return self.value(pick(schema["anyOf"]), deep)
        if "number of a row: " in (words := schema.get("description", "")):
            return self.row(words.split(": ")[1])
        if "enum" in schema:
            return pick(schema["enum"])
        kind = schema.get("type")
        if kind == "string" and schema.get("format") == "date":
            return DAYS[0] if self.chance.random() < 0.6 else pick(DAYS)
        if kind == "string" and schema.get("format") == "date-time":
            return pick(TIMES[:2]) if self.chance.random() < 0.6 else pick(TIMES)
        if kind == "string":
            return (
                pick(NASTY)
                if self.chance.random() < 0.6
                else pick(["office", "editor", "declined", "answered", "service", "member", "open", "in_person", "ten words"])
            )
        if kind in ("integer", "number"):
            return self.chance.randint(0, 9) if self.chance.random() < 0.6 else pick(NUMBERS)
        if kind == "boolean":
            return pick([True, False])
        if kind == "array":
            if "prefixItems" in schema:
                return [self.value(s, deep + 1) for s in schema["prefixItems"]]
            return [self.value(schema.get("items", {}), deep + 1) for _ in range(self.chance.choice([0, 1, 1, 2, 3]))]
        if kind == "object" and "properties" in schema:
            return self.body(schema)
        if kind == "object":
            inner = schema.get("additionalProperties", {})
            return {
                pick(["1", "a", "experience", "kk", ""]): self.value(inner if isinstance(inner, dict) else {}, deep + 1)
                for _ in range(self.chance.choice([0, 1, 2]))
            }
        return pick([*ODD, "x", 1])

    def requests(self, count: int) -> Iterator[tuple[str, Any]]:
        operations = self.operations()
        for turn in range(count):
            path, schema = operations[turn % len(operations)]
            yield path, self.body(schema)
