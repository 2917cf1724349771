"""How an argument of an action is written in JSON: its schema, and how the value is read back.

Derived from the action's own annotations. A row is named by its number and is found among what the caller may see only; a text is an
object of languages; a file is its bytes in base64.
"""

from __future__ import annotations

import base64
import binascii
import collections.abc
import dataclasses
import datetime as dt
import inspect
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AwareDatetime, Field, create_model

from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.ways import way_to
from tertia.core.files.store import Taken, take
from tertia.core.languages.fields import TextField
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods.years import Period, period
from tertia.core.places.models import Place
from tertia.core.records.models import Record

__all__ = ["FileIn", "Shape", "TextIn", "Unshaped", "default_of", "field_shape", "root_path", "rows_for", "shape_of"]

MOST_SIGNS, MOST_ROWS, MOST_FILE = 20_000, 2_000, 20 * 1024 * 1024
_INT = 2**31 - 1

Read = Callable[[Any, Actor], Any]


class Unshaped(TypeError):
    """The argument has no form in JSON: the sentence says why."""


class TextIn(Schema):
    """A text in up to three languages; the first that is there is the original, unless `original` says otherwise."""

    kk: str = Field("", max_length=MOST_SIGNS)
    ru: str = Field("", max_length=MOST_SIGNS)
    en: str = Field("", max_length=MOST_SIGNS)
    original: typing.Literal["", "kk", "ru", "en"] = ""


class FileIn(Schema):
    """A file: its bytes in base64, 20 MB at most."""

    content: str = Field(max_length=MOST_FILE * 4 // 3 + 4)


@dataclasses.dataclass(frozen=True)
class Shape:
    """`schema` is a type that pydantic knows; `read` turns what came into what the action takes, or raises BadInput."""

    schema: Any
    read: Read


def _same(value: Any, _actor: Actor) -> Any:
    return value


def _clean(value: str, _actor: Actor) -> str:
    return value.replace("\x00", "").strip()


def _text(value: TextIn, _actor: Actor) -> Text:
    said = {lang: words for lang in LANGUAGES if (words := getattr(value, lang).replace("\x00", "").strip())}
    first = value.original if value.original in said else next(iter(said), "")
    return Text.of(first, **said) if said else Text({})


def _bytes(value: FileIn) -> bytes:
    try:
        return base64.b64decode(value.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput(Fault("content", _("This is no base64."), "base64")) from error


def _file(value: FileIn, _actor: Actor) -> Taken:
    return take(ContentFile(_bytes(value)), MOST_FILE)


def _period(value: str, _actor: Actor) -> Period:
    try:
        return period(value)
    except ValueError as error:
        raise BadInput(Fault("period", str(error), "period")) from error


#: arguments that the actions take as anything, by their names in the house; a name means one thing everywhere
NAMED: dict[str, Any] = {
    **dict.fromkeys(("owner", "organisation", "host", "body", "party", "keeper", "kept_by"), Organisation),
    **dict.fromkeys(("person", "responsible", "secretary", "reviewer", "supervisor", "from_person", "to_person", "entered_for"), Person),
    "place": Place, "record": Record, "starts_on": dt.date, "bodie": Organisation, "taken": Taken,
}  # fmt: skip
#: parts of rows that the actions take as anything: hours are (person, unit, hours, role), a route is (body or office, person)
_PARTS = {("row", 0): "person", ("row", 1): "unit", ("route", 1): "person"}
#: units of the caller's own organisations
UNITS = ("unit", "chair")

_PLAIN: dict[Any, Shape] = {
    str: Shape(Annotated[str, Field(max_length=MOST_SIGNS)], _clean),
    bool: Shape(bool, _same),
    int: Shape(Annotated[int, Field(ge=-_INT, le=_INT)], _same),
    float: Shape(Annotated[float, Field(allow_inf_nan=False)], _same),
    Decimal: Shape(Annotated[Decimal, Field(max_digits=14, decimal_places=4, allow_inf_nan=False)], _same),
    dt.date: Shape(Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2200, 1, 1))], _same),
    dt.datetime: Shape(
        Annotated[AwareDatetime, Field(ge=dt.datetime(1900, 1, 1, tzinfo=dt.UTC), le=dt.datetime(2200, 1, 1, tzinfo=dt.UTC))], _same
    ),
    Text: Shape(TextIn, _text),
    Taken: Shape(FileIn, _file),
    bytes: Shape(FileIn, lambda value, actor: _bytes(value)),
    Period: Shape(Annotated[str, Field(max_length=10)], _period),
}


def shape_of(annotation: Any, name: str) -> Shape:
    """The form of one argument. Raises Unshaped where there is none."""
    if annotation is Any:
        if name in UNITS:
            return _row(Organisation, name, _units)
        if name not in NAMED:
            raise Unshaped(f"{name} may be of any kind")
        annotation = NAMED[name]
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        rest = [a for a in inner if a is not type(None)]
        if len(rest) != 1:
            raise Unshaped(f"{name} may be of several kinds")
        return _maybe(shape_of(rest[0], name))
    if origin in (list, set, frozenset, collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection):
        return _many(shape_of(inner[0], name.removesuffix("s")), set if origin in (set, frozenset) else list)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return _many(shape_of(inner[0], name.removesuffix("s")), tuple)
        return _row_of_values([shape_of(a, _PARTS.get((name, i), name)) for i, a in enumerate(inner)])
    if origin in (dict, collections.abc.Mapping):
        return _map(inner[0], shape_of(inner[1], name), name)
    if inspect.isclass(annotation) and issubclass(annotation, models.Model):
        return _row(annotation, name, _units if name in UNITS else rows_for(annotation))
    if dataclasses.is_dataclass(annotation) and inspect.isclass(annotation):
        return _parts(annotation)
    raise Unshaped(f"{name} is a {getattr(annotation, '__name__', annotation)}")


def _maybe(shape: Shape) -> Shape:
    return Shape(shape.schema | None, lambda value, actor: None if value is None else shape.read(value, actor))


def _many(shape: Shape, kind: type) -> Shape:
    return Shape(
        Annotated[list[shape.schema], Field(max_length=MOST_ROWS)],  # type: ignore[name-defined]
        lambda value, actor: kind(shape.read(v, actor) for v in value),
    )


def _row_of_values(shapes: list[Shape]) -> Shape:
    schema = tuple[tuple(s.schema for s in shapes)]  # type: ignore[misc,valid-type]
    return Shape(schema, lambda value, actor: tuple(s.read(v, actor) for s, v in zip(shapes, value, strict=True)))


def _map(key: Any, shape: Shape, name: str) -> Shape:
    if key not in (str, int):
        raise Unshaped(f"{name} has keys that are no text and no number")
    return Shape(
        Annotated[dict[key, shape.schema], Field(max_length=MOST_ROWS)],  # type: ignore[name-defined]
        lambda value, actor: {k: shape.read(v, actor) for k, v in value.items()},
    )


def field_shape(model: type[models.Model], name: str) -> Shape:
    """The form of a field of a model, for actions that take its fields as they are."""
    field = model._meta.get_field(name)
    kinds: list[tuple[Any, Any]] = [
        (TextField, Text),
        (models.DateField, dt.date),
        (models.BooleanField, bool),
        (models.IntegerField, int),
        (models.CharField, str),
        (models.TextField, str),
    ]
    if isinstance(field, models.ForeignKey):
        return _maybe(shape_of(field.related_model, name))
    for kind, plain in kinds:
        if isinstance(field, kind):
            return _maybe(_PLAIN[plain]) if field.null else _PLAIN[plain]
    raise Unshaped(f"{name} is a field of another kind")


#: dataclasses that are being read just now: one that holds itself has no end
_open: list[Any] = []


def _parts(kind: Any) -> Shape:
    """A dataclass of the action, part by part."""
    if kind in _open:
        raise Unshaped(f"{kind.__name__} holds itself")
    _open.append(kind)
    try:
        hints = typing.get_type_hints(kind)
        shapes = {f.name: shape_of(hints[f.name], f.name) for f in dataclasses.fields(kind) if f.init}
    finally:
        _open.pop()
    told: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        if field.init:
            told[field.name] = (shapes[field.name].schema, default_of(field.default, field.default_factory))
    schema = create_model(f"{kind.__module__.split('.')[-2].title().replace('_', '')}{kind.__name__}", __base__=Schema, **told)
    given = {name: told[name][1] is ... for name in told}

    def read(value: Any, actor: Actor) -> Any:
        said = {
            name: shape.read(getattr(value, name), actor) for name, shape in shapes.items() if given[name] or name in value.model_fields_set
        }
        return kind(**said)

    return Shape(schema, read)


def default_of(default: Any, factory: Any = dataclasses.MISSING) -> Any:
    """What stands in the schema where nothing is sent: `...` where something must be; else None, and the action's own default counts."""
    missing = default in (dataclasses.MISSING, inspect.Parameter.empty) if not isinstance(default, models.Model | Text) else False
    if missing and factory is dataclasses.MISSING:
        return ...
    plain = isinstance(default, str | int | bool | float) or default is None
    return default if not missing and plain else None


def _row(model: type[models.Model], name: str, rows: Callable[[Actor], Any]) -> Shape:
    def read(value: int, actor: Actor) -> Any:
        found = rows(actor).filter(pk=value).first()
        if found is None:
            raise BadInput(Fault(name, _("There is no such row for you."), "not-found"))
        return found

    return Shape(Annotated[int, Field(ge=1, le=2**62, description=f"number of a row: {model._meta.label_lower}")], read)


def _units(actor: Actor) -> Any:
    own = actor.organisations()
    return Organisation.objects.filter(Q(parent__in=own) | Q(parent__parent__in=own))


def rows_for(model: type[models.Model]) -> Callable[[Actor], Any]:
    """Which rows of a model a caller may name: records that he sees and what hangs on them; what his organisations keep; what is his own.
    Raises Unshaped for a model that hangs on none of these."""
    if model is Organisation:
        return lambda actor: Organisation.objects.filter(merged_into=None)
    if model is Person:
        return lambda actor: Person.objects.filter(Q(home__in=actor.organisations()) | Q(pk=actor.person_id), erased_at=None)
    if model is Place:
        return lambda actor: Place.objects.all()
    if issubclass(model, Record):
        return lambda actor: model.objects.visible_to(actor)  # type: ignore[attr-defined]
    manager = model._base_manager
    if (path := way_to(model, lambda m: issubclass(m, Record))) is not None:
        where, root = path
        return lambda actor: manager.filter(**{f"{where}__in": root.objects.visible_to(actor)})  # type: ignore[attr-defined]
    if (path := way_to(model, lambda m: m is Organisation)) is not None:
        where = path[0]
        return lambda actor: manager.filter(**{f"{where}__in": actor.organisations()})
    if (path := way_to(model, lambda m: m is Person)) is not None:
        where = path[0]
        return lambda actor: manager.filter(**{where: actor.person_id or 0})
    raise Unshaped(f"{model.__name__} hangs on no record, organisation or person")


def root_path(model: type[models.Model]) -> tuple[str, type[models.Model]] | None:
    """How a row that is no record hangs on one: the path, and the kind of record."""
    return None if issubclass(model, Record) else way_to(model, lambda m: issubclass(m, Record))
