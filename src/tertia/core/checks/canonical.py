"""One form of JSON for whatever is hashed or signed."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["canonical"]


def canonical(body: Any) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8, so that equal contents give equal bytes."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
