"""Models that refuse to be written outside an open action, and the context that collects what an action changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, Fault
from tertia.core.languages.text import Text

__all__ = ["GuardedModel", "OfRecord", "OpenAction", "Personal", "WriteOutsideAction", "current_action"]


class WriteOutsideAction(RuntimeError):
    """A programming error: somebody writes without an action, so without permission, transaction and event."""


@dataclass(frozen=True)
class Personal:
    """Why a personal field is kept, and for how long: `term_days` after the reason has ended; None: as long as the account."""

    purpose: str
    term_days: int | None = None
    #: what stands in the field after erasure
    erased: Any = ""


@dataclass
class OpenAction:
    """What the running action has written so far."""

    name: str
    changes: list[dict[str, Any]] = field(default_factory=list)
    personal: list[dict[str, Any]] = field(default_factory=list)


_open: ContextVar[OpenAction | None] = ContextVar("tertia_open_action", default=None)


def current_action() -> OpenAction | None:
    return _open.get()


def _require(what: object) -> OpenAction:
    action = _open.get()
    if action is None:
        raise WriteOutsideAction(f"{what} is written outside an action; write a function in an actions.py")
    return action


def as_json(value: Any) -> Any:
    """A value as the journal keeps it."""
    if isinstance(value, Text):
        return value.stored()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, dict | list | str | int | float | bool) or value is None:
        return value
    return str(value)


_M = TypeVar("_M", bound=models.Model)
#: rows of one statement; SQLite takes 32,766 values at most
ROWS_AT_ONCE = 500


class GuardedQuerySet(models.QuerySet[_M]):
    """Bulk writes are allowed inside an action only; they leave a count in its event."""

    def _note(self, verb: str, count: int, values: dict[str, Any] | None = None) -> None:
        action = _require(self.model.__name__)
        note: dict[str, Any] = {"model": self.model._meta.label_lower, verb: count}
        if values:
            personal = getattr(self.model, "personal", {})
            note["values"] = {k: as_json(v) for k, v in values.items() if k not in personal and not hasattr(v, "resolve_expression")}
        action.changes.append(note)

    def update(self, **kwargs: Any) -> int:
        _require(self.model.__name__)
        count = super().update(**kwargs)
        self._note("updated", count, kwargs)
        return count

    def delete(self) -> tuple[int, dict[str, int]]:
        _require(self.model.__name__)
        result = super().delete()
        self._note("deleted", result[0])
        return result

    def bulk_create(self, objs: Iterable[_M], *args: Any, **kwargs: Any) -> list[_M]:
        _require(self.model.__name__)
        created = super().bulk_create(objs, *args, **kwargs)
        self._note("created", len(created))
        return created

    def insert_rows(self, columns: Sequence[str], rows: Sequence[Sequence[Any]], key: str) -> dict[Any, int]:
        """Insert rows of bare values, as the database takes them, in a tenth of the time that models take; gives `key` → primary key.

        For long lists alone: nothing is checked but by the database, and no field has a default but a column's own.
        """
        _require(self.model.__name__)
        found: dict[Any, int] = {}
        quote, table, own = connection.ops.quote_name, self.model._meta.db_table, self.model._meta.pk.column
        head = f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES "
        mark = f"({', '.join(['%s'] * len(columns))})"
        with connection.cursor() as cursor:
            for first in range(0, len(rows), ROWS_AT_ONCE):
                part = rows[first : first + ROWS_AT_ONCE]
                cursor.execute(
                    f"{head}{', '.join([mark] * len(part))} RETURNING {quote(key)}, {quote(own)}", [v for row in part for v in row]
                )  # fmt: skip
                found.update(cursor.fetchall())
        self._note("created", len(rows))
        return found

    def bulk_update(self, objs: Iterable[_M], fields: Any, batch_size: int | None = None) -> int:
        _require(self.model.__name__)
        count = super().bulk_update(objs, fields, batch_size)
        return count


class GuardedModel(models.Model):
    """Base of every model that people's work lives in."""

    #: personal fields with purpose and term; every model declares it, if only as empty
    personal: ClassVar[dict[str, Personal]] = {}
    #: the path by which the person is found to whom a row's personal fields belong; "" is the row itself
    person_path: ClassVar[str | None] = None
    #: fields that no event holds: secrets, sealed or not
    unjournaled: ClassVar[frozenset[str]] = frozenset()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        action = _require(type(self).__name__)
        _check(self)
        before = None
        if not self._state.adding and self.pk is not None:
            before = type(self)._base_manager.filter(pk=self.pk).values().first()
        super().save(*args, **kwargs)
        self._note_change(action, before)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        action = _require(type(self).__name__)
        pk = self.pk
        result = super().delete(*args, **kwargs)
        action.changes.append({"model": self._meta.label_lower, "id": as_json(pk), "deleted": 1})
        return result

    def _note_change(self, action: OpenAction, before: dict[str, Any] | None) -> None:
        old: dict[str, Any] = {}
        new: dict[str, Any] = {}
        person_old: dict[str, Any] = {}
        person_new: dict[str, Any] = {}
        for f in self._meta.concrete_fields:
            if f.name in self.unjournaled:
                continue
            value, was = getattr(self, f.attname), (before or {}).get(f.attname)
            if before is None and (value in (None, "") or value == f.get_default()):
                continue
            if value == was:
                continue
            is_personal = f.name in self.personal
            (person_new if is_personal else new)[f.attname] = as_json(value)
            if before is not None:
                (person_old if is_personal else old)[f.attname] = as_json(was)
        head = {"model": self._meta.label_lower, "id": as_json(self.pk)}
        if new or old or before is None:
            action.changes.append({**head, "before": old, "after": new} if before is not None else {**head, "after": new})
        if person_new:
            action.personal.append({**head, "before": person_old, "after": person_new})


@cache
def _bounded(model: type[models.Model]) -> list[tuple[str, str, int, frozenset[Any] | None, bool]]:
    """Of each field that has bounds: attribute, name, most signs (0: none), allowed values (None: all), whether below nought is refused."""
    found = []
    for f in model._meta.concrete_fields:
        most = f.max_length or 0 if isinstance(f, models.CharField) else 0
        allowed = frozenset(value for value, _words in f.flatchoices) if f.choices else None
        positive = isinstance(f, models.PositiveIntegerField | models.PositiveSmallIntegerField)
        if most or allowed is not None or positive:
            found.append((f.attname, f.name, most, allowed, positive))
    return found


def _check(row: models.Model) -> None:
    """What a field cannot hold is refused in words, on every database alike: SQLite would keep it, PostgreSQL would break. Raises BadInput."""
    faults = []
    for attribute, name, most, allowed, positive in _bounded(type(row)):
        value = getattr(row, attribute)
        if value is None or value == "":
            continue
        if most and isinstance(value, str) and len(value) > most:
            faults.append(
                Fault(name, _("At most %(most)d signs fit here; there are %(said)d.") % {"most": most, "said": len(value)}, "too-long")
            )
        if allowed is not None and value not in allowed:
            faults.append(Fault(name, _("“%(said)s” cannot be chosen here.") % {"said": str(value)[:60]}, "choice"))
        if positive and isinstance(value, int) and not 0 <= value < 2**31:
            faults.append(Fault(name, _("Write a number from 0 on that is not larger than two thousand million."), "number"))
    if faults:
        raise BadInput(*faults)


class OfRecord:
    """A part of a record: the journal keeps its events with the record and with the record's owner."""

    #: the field by which it hangs on the record
    part_of: ClassVar[str] = "record"

    @property
    def journal_record_id(self) -> int:
        number: int = getattr(self, f"{self.part_of}_id")
        return number

    @property
    def journal_organisation_id(self) -> int:
        owner: int = getattr(self, self.part_of).owner_id
        return owner
