"""The rule in force on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Q

from tertia.core.rules.models import Rule

__all__ = ["rule_on", "rules_in_force", "rules_on"]


def rules_in_force(day: dt.date) -> Any:
    return Rule.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def rule_on(name: str, day: dt.date, organisation: Any = None) -> Any:
    """The value of a rule on a day: the organisation's own, else the general one. Raises LookupError when none is in force."""
    found = (
        rules_in_force(day)
        .filter(Q(organisation=organisation) | Q(organisation=None), name=name)
        .order_by(F("organisation").desc(nulls_last=True), "-valid_from")
        .first()
    )
    if found is None:
        raise LookupError(f"no rule {name!r} is in force on {day}; run `tertia setup` or add the rule")
    return found.value


def rules_on(prefix: str, day: dt.date, organisation: Any = None) -> dict[str, Any]:
    """The values of all rules whose name begins so (`volunteer.`), by the rest of the name, in one query; an organisation's own go first."""
    found = (
        rules_in_force(day)
        .filter(Q(organisation=organisation) | Q(organisation=None), name__startswith=prefix)
        .order_by(F("organisation").asc(nulls_first=True), "valid_from")
    )
    return {row.name.removeprefix(prefix): row.value for row in found}
