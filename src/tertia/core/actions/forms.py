"""What a refused action says, put beside the fields of the form that called it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, TertiaError

__all__ = ["add_refusal", "carried_out"]


def add_refusal(form: Any, error: TertiaError, fields: Mapping[str, str] = MappingProxyType({})) -> None:
    """Each fault goes to its field; what has no field stands above the form. `fields`: argument of the action → field that holds it."""
    if isinstance(error, BadInput):
        for fault in error.faults:
            where = fields.get(fault.where, fault.where)
            form.add_error(where if where in form.fields else None, fault.sentence)
    else:
        form.add_error(None, error.sentence())


def carried_out(request: Any, form: Any, act: Callable[[], None]) -> bool:
    """Do what a button says, and say so. False where its form has to be shown again; what is refused without a form is said above the page."""
    if form is not None and not form.is_valid():
        return False
    try:
        act()
    except TertiaError as error:
        if form is None:
            messages.error(request, error.sentence())
            return True
        add_refusal(form, error)
        return False
    messages.success(request, _("Saved."))
    return True
