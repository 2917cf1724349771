"""Which personal data there is about somebody, derived from what every model declares; and how it is erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from tertia.core.actions.guard import Personal, as_json
from tertia.core.actions.models import EventPersonal
from tertia.core.periods import clock

__all__ = ["Held", "empty_value", "erase", "held_about", "rows_about"]


@dataclass(frozen=True)
class Held:
    """One row that holds personal data of a person."""

    model: str
    pk: Any
    values: dict[str, Any]
    purposes: dict[str, Personal]


def rows_about(person: Any) -> Iterator[tuple[Any, Any]]:
    for model in apps.get_models():
        path = getattr(model, "person_path", None)
        if path is None:
            continue
        where = {"pk": person.pk} if path == "" else {path: person.pk}
        for row in model._base_manager.filter(**where).order_by("pk"):
            yield model, row


def held_about(person: Any) -> list[Held]:
    """Everything that is stored of a person, with the purpose and the term of each field."""
    found = [
        Held(model._meta.label_lower, row.pk, {f: as_json(getattr(row, f)) for f in model.personal} or {"id": row.pk}, dict(model.personal))
        for model, row in rows_about(person)
    ]
    if person.account:
        account = person.account
        found.append(
            Held("parties.account", account.pk, {"email": account.email, "last_login": as_json(account.last_login)}, dict(account.personal))
        )
    return found


def erase(person: Any) -> None:
    """Inside an action: put the declared erased value into every personal field, and drop the account and the payloads."""
    account = person.account
    for model, row in rows_about(person):
        for name, declared in model.personal.items():
            setattr(row, name, declared.erased if declared.erased != "" else empty_value(model, name))
        if row.pk == person.pk and model is type(person):
            row.erased_at, row.account = clock.now(), None
        row.save()
    EventPersonal.objects.filter(event__person_id=person.pk).update(payload=[])
    if account:
        account.delete()


def empty_value(model: Any, name: str) -> Any:
    field = model._meta.get_field(name)
    return None if field.null else field.get_default()
