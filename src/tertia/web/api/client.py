"""The typed part of the Python client, written from the contract: one method for each action. No Django."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["client_module"]

HEAD = '''"""Every action of Tertia {version} as a typed method. Written by `./run contract` from docs/api/openapi.json; not by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NotRequired, TypedDict

__all__ = ["Actions", "Done"]


class Done(TypedDict):
    """What an action did: the number of what it is about or made, and the record where it is one."""

    action: str
    id: int | None
    kind: str
    record: dict[str, Any] | None
'''


def client_module(contract: Mapping[str, Any]) -> str:
    """The module's text. Rows are numbers, texts are `{"kk": …, "ru": …, "en": …}`, days and times ISO 8601, amounts numbers or texts."""
    schemas = contract["components"]["schemas"]
    parts = sorted(_parts(contract, schemas))
    lines = [HEAD.format(version=contract["info"]["version"])]
    for name in parts:
        lines.append(f"\n\nclass {name}(TypedDict):")
        if words := schemas[name].get("description"):
            lines.append(f'    """{_said(words)}"""\n')
        required = schemas[name].get("required", [])
        for field, schema in schemas[name].get("properties", {}).items():
            kind = _type(schema)
            lines.append(f"    {_safe(field)}: {kind if field in required else f'NotRequired[{kind}]'}")
    lines.append('\n\nclass Actions:\n    """`done` sends an action and gives what came of it; see `tertia_client.Tertia.do`."""\n')
    lines.append("    def __init__(self, done: Callable[..., Done]) -> None:\n        self._done = done")
    for path, operations in sorted(contract["paths"].items()):
        if path.startswith("/api/v1/actions/"):
            lines += _method(path.rsplit("/", 1)[1], operations["post"], schemas)
    return "\n".join(lines) + "\n"


def _method(name: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[str]:
    body = schemas[operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]]
    required = body.get("required", [])
    fields = sorted(body.get("properties", {}).items(), key=lambda row: row[0] not in required)
    takes = "".join(f", {_safe(n)}: {_type(s)}" for n, s in fields if n in required)
    left = "".join(f", {_safe(n)}: {_optional(_type(s))} = None" for n, s in fields if n not in required)
    sent = ", ".join(f'"{n}": {_safe(n)}' for n, _s in fields)
    yield f'\n    def {name.replace(".", "_")}(self, *{takes}{left}, idempotency_key: str = "") -> Done:'
    yield f'        """{_said(operation["description"])}"""'
    yield f'        return self._done("{name}", {{{sent}}}, idempotency_key)'


def _parts(contract: Mapping[str, Any], schemas: Mapping[str, Any]) -> set[str]:
    """Names of the schemas that bodies of actions hold, however deep."""
    found: set[str] = set()

    def walk(schema: Any) -> None:
        if isinstance(schema, dict):
            if "$ref" in schema:
                name = schema["$ref"].rsplit("/", 1)[1]
                if name not in found:
                    found.add(name)
                    walk(schemas[name])
            for value in schema.values():
                walk(value)
        elif isinstance(schema, list):
            for value in schema:
                walk(value)

    for path, operations in contract["paths"].items():
        if path.startswith("/api/v1/actions/"):
            name = operations["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
            walk(schemas[name])
    return found


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[1])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(s) for s in schema["anyOf"]))
    kind = schema.get("type")
    if kind == "array":
        if "prefixItems" in schema:
            return f"tuple[{', '.join(map(_type, schema['prefixItems']))}]"
        return f"list[{_type(schema.get('items', {}))}]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {_type(inner)}]" if isinstance(inner, dict) else "dict[str, Any]"
    return {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}.get(str(kind), "Any")


def _optional(kind: str) -> str:
    return kind if "None" in kind.split(" | ") or kind == "Any" else f"{kind} | None"


def _safe(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _said(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"""', "'''").replace("\n\n", " ").replace("\n", " ").strip()
