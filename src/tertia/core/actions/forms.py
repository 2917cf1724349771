"""What a refused action says, put beside the fields of the form that called it."""

from __future__ import annotations

from typing import Any

from tertia.core.actions.errors import BadInput, TertiaError

__all__ = ["add_refusal"]


def add_refusal(form: Any, error: TertiaError) -> None:
    """Each fault goes to its field; what has no field stands above the form."""
    if isinstance(error, BadInput):
        for fault in error.faults:
            form.add_error(fault.where if fault.where in form.fields else None, fault.sentence)
    else:
        form.add_error(None, error.sentence())
