"""Every action that a person may do, as an operation `POST /api/v1/actions/NAME`.

The operation is the action: the same permission, transaction and event as its page. Its summary and form are derived from the function,
so an action that is added is an operation the same day. What is closed to programs says why in `CLOSED`.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

import pydantic
from django.apps import apps
from django.db import DataError, IntegrityError, models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import create_model

import tertia
from tertia.core.access.api import PROBLEMS, TokenAuth, idempotent
from tertia.core.actions.action import ACTIONS, Declared
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import Anyone, Holder, OneOf, Speaker, System
from tertia.core.periods import clock
from tertia.core.records.api import RecordOut, record_out
from tertia.core.records.models import Record
from tertia.web.api.shapes import Shape, Unshaped, default_of, field_shape, root_path, shape_of

__all__ = ["CLOSED", "Closed", "Opened", "all_actions", "describe", "open_one", "router"]

router = Router(tags=["actions"], auth=TokenAuth())

#: closed by a decision, whole apps and single actions
CLOSED = {
    "access": "tokens and links are made by the person on its page, so that a stolen token cannot make others",
    "signin": "who may sign in is said by the person on its page",
    "keys": "a key is made where it lies",
    "demonstration": "the demonstration is loaded by its command",
    **dict.fromkeys(
        ("conferences.vote", "proposals.cast_ballot", "councils.vote_secretly"),
        "a secret ballot is cast on its page, with nothing in between that could see it",
    ),
    "parties.erase_person": "somebody is erased on the page that says what goes",
    "indicators.compute_figures": "figures are computed by the worker",
    "indicators.close_period": "a period is closed on its page, which shows what is closed",
    "indicators.define": "an indicator is tried on its page before it is kept",
    "parties.accept_invitation": "an invitation is taken up with its link in hand",
    "parties.give_role": "who administers is said on its page",
}
#: filled in by the server, whoever calls
_OURS = {"by", "today", "now", "demonstration"}
#: actions that take fields of a row as they are: which
_FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "conferences.announce": ("conferences.Conference", ("summary", "place", "venue", "registration_open", "visibility")),
    "parties.found_organisation": ("parties.Organisation", ("short_name", "email", "website", "letter_language", "place", "parent")),
    "parties.describe": ("parties.Organisation", ("short_name", "email", "website", "letter_language")),
    "parties.add_person": ("parties.Person", ("email", "language", "key")),
    "dialogue.change": ("dialogue.Conversation", ("title", "summary", "ends_on", "identity")),
    **dict.fromkeys(
        ("mentions.add_outlet", "mentions.change_outlet"),
        (
            "mentions.Outlet",
            ("name", "kind", "organisation", "place", "website", "language", "reach_source", "feed", "words", "everything"),
        ),
    ),
    "partnerships.change": (
        "partnerships.Agreement",
        ("title", "summary", "terms", "form", "starts_on", "ends_on", "renewal", "renewal_months", "notice_days", "unit"),
    ),
}
#: of these the page lets people choose the day; of all others it is today
# declare actions without the name of it
_OF_COMMANDS = ("tertia.listen.dialogue.exchange", "tertia.listen.proposals.bringing")
_DAY_IS_CHOSEN = {"accreditation.add_evidence", "councils.found", "money.write_down", "research.state_use"}
_ROOMS = {"listen": "listen:write", "plan": "plan:write", "act": "act:write", "measure": "measure:write", "tell": "tell:write"}


@dataclasses.dataclass(frozen=True)
class Opened:
    """An action as an operation: its declaration, the scope that a token needs, its form, and how each argument is read."""

    declared: Declared
    scope: str
    body: type[Schema]
    shapes: Mapping[str, Shape]
    takes: frozenset[str]
    #: arguments that are rows, by their models
    models: Mapping[str, type[models.Model]]


@dataclasses.dataclass(frozen=True)
class Closed:
    name: str
    reason: str


class Done(Schema):
    """What an action did: the number of what it is about or made, and the record where it is one."""

    action: str
    id: int | None
    kind: str
    record: RecordOut | None


def open_one(name: str) -> Opened | Closed | None:
    """One action as an operation, or why it is closed; None where there is no such action. Made when it is first asked for."""
    _load()
    return _sorted(name) if name in ACTIONS else None


@cache
def _load() -> None:
    """Import whatever declares actions: pages do most of it, some actions are needed by commands alone."""
    importlib.import_module("tertia.urls")
    for found in pkgutil.walk_packages(tertia.__path__, "tertia."):
        if any(part.endswith("actions") for part in found.name.split(".")) and ".web." not in found.name:
            importlib.import_module(found.name)
    for name in _OF_COMMANDS:
        importlib.import_module(name)


@cache
def _sorted(name: str) -> Opened | Closed:
    declared = ACTIONS[name]
    try:
        return _open(name, declared)
    except Unshaped as error:
        return Closed(name, str(error))


def all_actions() -> list[Opened | Closed]:
    """Every declared action, in the order of names."""
    _load()
    return [_sorted(name) for name in sorted(ACTIONS)]


def _open(name: str, declared: Declared) -> Opened:
    if not declared.function.__module__.startswith("tertia."):
        raise Unshaped("it is none of the house")  # declared by a test
    reason = CLOSED.get(name) or CLOSED.get(name.split(".")[0]) or _not_for_people(declared.may)
    if reason:
        raise Unshaped(reason)
    hints = typing.get_type_hints(declared.function)
    shapes, told, rows = {}, {}, {}
    parameters = inspect.signature(declared.function).parameters
    for parameter in parameters.values():
        if parameter.name in _OURS or (parameter.name == "on" and name not in _DAY_IS_CHOSEN):
            continue
        if parameter.kind is parameter.VAR_KEYWORD:
            if name not in _FIELDS:
                raise Unshaped(f"{parameter.name} are fields of any kind")
            model, names = _FIELDS[name]
            for field in names:
                shapes[field] = field_shape(apps.get_model(model), field)
                told[field] = (shapes[field].schema, None)
            continue
        hint = hints.get(parameter.name, Any)
        try:
            shape = shape_of(hint, parameter.name)
        except Unshaped:
            if parameter.default is parameter.empty:
                raise
            continue  # what may be left out, and has no form, is left out
        shapes[parameter.name] = shape
        told[parameter.name] = (shape.schema, default_of(parameter.default))
        if (model := _model_in(hint)) is not None:
            rows[parameter.name] = model
    words = "".join(part.title() for part in name.replace(".", "_").split("_"))
    body = create_model(f"{words}In", __base__=Schema, **told)
    room = declared.function.__module__.split(".")[1]
    return Opened(declared, _ROOMS.get(room, "organisation:write"), body, shapes, frozenset(parameters), rows)


def _model_in(hint: Any) -> type[models.Model] | None:
    """The model of an argument that is a row, a row or none, or a list of rows."""
    for kind in (hint, *typing.get_args(hint)):
        if inspect.isclass(kind) and issubclass(kind, models.Model):
            return kind
    return None


def _not_for_people(may: Any) -> str:
    """Why a policy is never met by the owner of a token; empty where it can be."""
    if isinstance(may, OneOf):
        reasons = [_not_for_people(part) for part in may.policies]
        return reasons[0] if all(reasons) else ""
    if isinstance(may, System):
        return "Tertia itself does this"
    if isinstance(may, Anyone):
        return "anybody does this on its page, bounded by the visitor’s network or by a link"
    if isinstance(may, Holder | Speaker):
        return "the holder of a link does this on its page"
    return ""


def _demonstration(given: Mapping[str, Any]) -> bool:
    owner = given.get("owner") or given.get("organisation") or given.get("keeper")
    return bool(getattr(owner, "demonstration", False))


def _arguments(one: Opened, body: Any, actor: Any) -> dict[str, Any]:
    """What came, read; rows that hang on a record of one kind hang on the same one, as on the page of that record."""
    given: dict[str, Any] = {}
    for name, shape in one.shapes.items():
        value = getattr(body, name)
        if name in body.model_fields_set or one.body.model_fields[name].is_required():
            given[name] = shape.read(value, actor)
    roots: dict[type[models.Model], int] = {}
    for name, model in one.models.items():
        path = root_path(model)
        for row in _rows(given.get(name)) if path is not None else ():
            where, kind = path
            at = row
            for part in where.split("__"):
                at = getattr(at, part)
            if roots.setdefault(kind, at.pk) != at.pk:
                raise BadInput(Fault(name, _("This belongs to another record than the rest."), "another"))
    for name, model in one.models.items():
        if issubclass(model, Record) and any(roots.get(model, row.pk) != row.pk for row in _rows(given.get(name))):
            raise BadInput(Fault(name, _("This belongs to another record than the rest."), "another"))
    today = clock.today()
    ours = {"by": actor, "on": today, "today": today, "now": clock.now(), "demonstration": _demonstration(given)}
    return {**{k: v for k, v in ours.items() if k in one.takes and k not in given}, **given}


def _rows(value: Any) -> list[Any]:
    return [] if value is None else [value] if isinstance(value, models.Model) else list(value)


def _result(name: str, made: Any) -> dict[str, Any]:
    parts = made if isinstance(made, tuple) else (made,)
    row = next((part for part in parts if isinstance(part, models.Model)), None)
    if row is None:
        return {"action": name, "id": None, "kind": "", "record": None}
    if isinstance(row, Record):
        row.refresh_from_db()
    return {
        "action": name, "id": row.pk if isinstance(row.pk, int) else None, "kind": row._meta.label_lower, "record": record_out(row) if isinstance(row, Record) else None,
    }  # fmt: skip


@router.post("/actions/{name}", response={200: Done, **PROBLEMS}, include_in_schema=False)
@idempotent
def do_action(request: HttpRequest, name: str) -> Any:
    """Do an action. In the contract each has an operation of its own (`describe`)."""
    one = open_one(name)
    if one is None:
        raise Http404
    if isinstance(one, Closed):
        raise HttpError(403, f"This action is closed to programs: {one.reason}.")
    if one.scope not in request.token.scopes:  # type: ignore[attr-defined]
        raise HttpError(403, f"This token lacks the scope {one.scope}.")
    try:
        body = one.body.model_validate_json(request.body or b"{}")
    except pydantic.ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        if any(fault["type"] == "json_invalid" for fault in found):
            raise HttpError(400, "The body is no JSON.") from error
        raise ValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in found]) from error
    try:
        return 200, _result(name, one.declared.function(**_arguments(one, body, request.actor)))  # type: ignore[attr-defined]
    except DataError as error:
        raise BadInput(Fault("", _("A value is too long or too large for its field."), "too-long")) from error
    except IntegrityError as error:
        raise HttpError(409, "This does not fit what is there already; nothing was changed.") from error


def describe() -> Router:
    """A router that no request reaches: each opened action as an operation of its own, for the contract."""
    told = Router(auth=TokenAuth())
    for one in all_actions():
        if isinstance(one, Opened):
            _describe(told, one)
    return told


def _describe(told: Router, one: Opened) -> None:
    def run(request: HttpRequest, body: Any) -> Any:
        """Never called: requests go to `do_action`."""

    name, may = one.declared.name, one.declared.may
    run.__annotations__ = {"request": HttpRequest, "body": one.body, "return": Any}
    run.__module__ = __name__
    lines = (inspect.getdoc(one.declared.function) or "").split("\n\n")[0].replace("\n", " ")
    told.post(
        f"/actions/{name}", response={200: Done, **PROBLEMS}, operation_id=name.replace(".", "_"), tags=[name.split(".")[0]],
        summary=(lines.split(". ")[0].rstrip(".") or name.replace(".", ": ").replace("_", " "))[:200],
        description=f"{lines}\n\nWho may: {may.words}. Scope: `{one.scope}`.",
    )(run)  # fmt: skip
