"""The register, for whoever verifies a signature without this server."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse

from tertia.core.keys.queries import register

__all__ = ["keys"]


def keys(request: Any) -> JsonResponse:
    return JsonResponse({"keys": list(register().rows)}, json_dumps_params={"ensure_ascii": False, "indent": 1})
