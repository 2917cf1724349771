"""`@action`: the one way to change things."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import connection, models, transaction

from tertia.core.actions import guard, journal
from tertia.core.actions.errors import NotAllowed, WrongState
from tertia.core.actions.turns import turn

__all__ = ["ACTIONS", "Acting", "Declared", "Policy", "action", "lock", "require_state"]

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


class Acting(Protocol):
    """Who acts, as the journal needs to know it (see `tertia.core.actions.actor.Actor`)."""

    @property
    def person_id(self) -> int | None: ...
    @property
    def pass_id(self) -> int | None: ...
    @property
    def label(self) -> str: ...


class Policy(Protocol):
    """Who may: a question about the actor and the action's own arguments. `words` is read by tests and documentation."""

    words: str

    def __call__(self, by: Any, arguments: dict[str, Any]) -> bool: ...


@dataclass(frozen=True)
class Declared:
    """An action as it is declared: name, who may, what it is about, and the function."""

    name: str
    may: Policy
    function: Callable[..., Any]
    #: personal traces are left out of the event (refusals, withdrawals, ballots)
    traceless: bool = False


ACTIONS: dict[str, Declared] = {}


def action(
    name: str, *, may: Policy, about: str = "", traceless: bool = False, one_statement: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a function as an action. It takes keywords only, among them `by`.

    `about` names the argument that the event is about; empty, or an argument that is not given, means the result.
    The function runs in one transaction; its event is written in the same one. Raises NotAllowed before anything runs.
    `one_statement`: on PostgreSQL the function sends a single statement, which is its own transaction, and leaves no event.
    """

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        if name in ACTIONS:
            raise ValueError(f"two actions are called {name}")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{name} takes keywords only")
            by: Any = kwargs["by"]
            if not may(by, kwargs):
                raise NotAllowed(name)
            opened = guard.OpenAction(name)
            alone = one_statement and connection.vendor == "postgresql"
            with turn(), nullcontext() if alone else transaction.atomic():
                token = guard._open.set(opened)
                try:
                    result = function(**kwargs)  # type: ignore[call-arg]
                    subject = kwargs.get(about, result) if about else result
                    journal.write(opened, by=by, subject=subject, traceless=traceless)
                finally:
                    guard._open.reset(token)
            return result

        ACTIONS[name] = Declared(name, may, run, traceless)
        return run

    return declare


def lock(instance: M) -> M:
    """The row as it is now, held until the transaction ends. SQLite's immediate transactions hold it already.

    Of a kind of record both tables are locked: its state lies in the record's own one. The row is read in a second
    statement, which sees what the transaction before this one has committed.
    """
    manager = type(instance)._base_manager
    if connection.vendor == "postgresql":
        parents = [link.name for link in type(instance)._meta.parents.values() if link is not None]
        list(manager.select_for_update(of=("self", *parents)).filter(pk=instance.pk).values_list("pk"))
    return manager.get(pk=instance.pk)


def require_state(record: Any, *states: str) -> None:
    """Raise WrongState unless the record is in one of the states."""
    if record.state not in states:
        raise WrongState(record, record.state, states)
