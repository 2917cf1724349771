"""What a refused action says, put beside the fields of the form that called it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tertia.core.actions.errors import BadInput, TertiaError

__all__ = ["add_refusal"]


def add_refusal(form: Any, error: TertiaError, fields: Mapping[str, str] = MappingProxyType({})) -> None:
    """Each fault goes to its field; what has no field stands above the form. `fields`: argument of the action → field that holds it."""
    if isinstance(error, BadInput):
        for fault in error.faults:
            where = fields.get(fault.where, fault.where)
            form.add_error(where if where in form.fields else None, fault.sentence)
    else:
        form.add_error(None, error.sentence())
