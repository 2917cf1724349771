"""The contract of the API: OpenAPI 3.1 with every action as an operation, and what a change of it would break.

A program that was written against the kept contract (`docs/api/openapi.json`) goes on working with the new one if nothing that it
may send is refused, and nothing that it may read is missing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import NinjaAPI

__all__ = ["broken_by", "contract_of", "contract_view"]

_one_at_a_time = threading.Lock()


def contract_of(api: NinjaAPI) -> str:
    """The contract as JSON, in a fixed order, in English whoever asks first, so that two of them can be compared line by line."""
    with translation.override("en"):
        schema = api.get_openapi_schema(path_prefix="/api/v1/")
        return json.dumps(schema, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def contract_view(contract: Callable[[], str]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        with _one_at_a_time:
            return HttpResponse(contract(), content_type="application/json")

    return view


def broken_by(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What programs written for the old contract would trip over in the new one, each as a line; empty where they go on working."""
    return list(_broken(old, new))


def _broken(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for path, operations in old["paths"].items():
        for method, operation in operations.items():
            there = new["paths"].get(path, {}).get(method)
            name = f"{method.upper()} {path}"
            if there is None:
                yield f"{name} is gone"
                continue
            before = {(p["in"], p["name"]): p for p in operation.get("parameters", [])}
            after = {(p["in"], p["name"]): p for p in there.get("parameters", [])}
            yield from (f"{name}: the parameter {key[1]} is gone" for key in before if key not in after)
            yield from (
                f"{name}: the parameter {key[1]} is asked for now"
                for key, p in after.items()
                if p.get("required") and not before.get(key, {}).get("required")
            )
            yield from _sent(_body(operation), _body(there), old, new, name)
            for status, answer in operation.get("responses", {}).items():
                if status.startswith("2"):
                    yield from _read(_body(answer), _body(there["responses"].get(status, {})), old, new, f"{name} {status}")


def _body(part: Mapping[str, Any]) -> Any:
    return part.get("requestBody", part).get("content", {}).get("application/json", {}).get("schema", {})


def _followed(schema: Any, whole: Mapping[str, Any]) -> Any:
    while isinstance(schema, dict) and "$ref" in schema:
        found: Any = whole
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def _kinds(schema: Any, whole: Mapping[str, Any]) -> set[str]:
    schema = _followed(schema, whole)
    if "anyOf" in schema:
        return set().union(*(_kinds(s, whole) for s in schema["anyOf"]))
    return {str(schema.get("type", "any"))}


def _sent(old: Any, new: Any, before: Mapping[str, Any], after: Mapping[str, Any], name: str, deep: int = 0) -> Iterator[str]:
    """What may be sent must still be taken: every old kind, no new required field, no smaller room."""
    a, b = _followed(old, before), _followed(new, after)
    if not a or not b or deep > 6:
        return
    if (gone := _kinds(a, before) - _kinds(b, after) - {"any"}) and "any" not in _kinds(b, after):
        yield f"{name}: {', '.join(sorted(gone))} is not taken any more"
    yield from (f"{name}: {field} is asked for now" for field in b.get("required", []) if field not in a.get("required", []))
    for bound, tighter in (("maxLength", -1), ("maximum", -1), ("maxItems", -1), ("minLength", 1), ("minimum", 1), ("minItems", 1)):
        if bound in b and (bound not in a or (b[bound] - a[bound]) * tighter > 0):
            yield f"{name}: {bound} is {b[bound]} now"
    if "enum" in b and (gone := set(map(str, a.get("enum", []))) - set(map(str, b["enum"]))):
        yield f"{name}: {', '.join(sorted(gone))} is not taken any more"
    for field, schema in a.get("properties", {}).items():
        if field not in b.get("properties", {}):
            yield f"{name}: {field} is gone"
        else:
            yield from _sent(schema, b["properties"][field], before, after, f"{name}: {field}", deep + 1)
    if "items" in a and "items" in b:
        yield from _sent(a["items"], b["items"], before, after, f"{name}[]", deep + 1)


def _read(old: Any, new: Any, before: Mapping[str, Any], after: Mapping[str, Any], name: str, deep: int = 0) -> Iterator[str]:
    """What may be read must still be there: every old field, and no kind that was not told of."""
    a, b = _followed(old, before), _followed(new, after)
    if not a or deep > 6:
        return
    if (fresh := _kinds(b, after) - _kinds(a, before)) and "any" not in _kinds(a, before):
        yield f"{name} may be {', '.join(sorted(fresh))} now"
    for field, schema in a.get("properties", {}).items():
        if field not in b.get("properties", {}):
            yield f"{name}: {field} is gone"
        elif field in a.get("required", []) and field not in b.get("required", []):
            yield f"{name}: {field} may be missing now"
        else:
            yield from _read(schema, b["properties"][field], before, after, f"{name}: {field}", deep + 1)
    if "items" in a:
        yield from _read(a["items"], b.get("items", {}), before, after, f"{name}[]", deep + 1)
