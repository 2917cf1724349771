"""Adding a dated row; the row before it ends on the day on which the new one begins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tertia.core.actions.action import action
from tertia.core.actions.policies import one_of, roles, system
from tertia.core.languages.text import Text
from tertia.core.rules.models import Rule

__all__ = ["set_rule"]


@action("rules.set", may=one_of(roles("administrator", of="organisation.pk"), system))
def set_rule(
    *, by: Any, name: str, value: Any, valid_from: dt.date, source: str, words: Text | None = None, organisation: Any = None
) -> Rule:
    """Put a rule in force from a day on. The same rule for the same day again replaces its value."""
    rows = Rule.objects.filter(name=name, organisation=organisation)
    row = rows.filter(valid_from=valid_from).first() or Rule(name=name, organisation=organisation, valid_from=valid_from)
    row.value, row.source, row.words = value, source, words or row.words
    following = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    row.valid_to = following.valid_from if following else None
    row.save()
    for earlier in rows.filter(valid_from__lt=valid_from).order_by("-valid_from")[:1]:
        if earlier.valid_to != valid_from:
            earlier.valid_to = valid_from
            earlier.save()
    return row
