"""Who may do an action, declared beside its name and read by tests and documentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tertia.core.actions.actor import Actor

__all__ = [
    "Anyone",
    "Holder",
    "Itself",
    "KEEPERS",
    "OFFICE",
    "OneOf",
    "Roles",
    "SignedIn",
    "Speaker",
    "System",
    "WORKERS",
    "WRITERS",
    "anyone",
    "holder",
    "one_of",
    "roles",
    "signed_in",
    "speaker",
    "system",
]

#: who writes records of the university; who runs its conferences and reports; who writes what is done day by day
WORKERS = ("editor", "office", "leader", "administrator")
OFFICE = ("office", "leader", "editor")
#: who keeps what the university shows and how it is reached
KEEPERS = ("office", "leader", "administrator")
WRITERS = ("member", "editor", "office", "leader")


@dataclass(frozen=True)
class Roles:
    """Somebody with one of the roles in the organisation that `of` finds in the action's arguments. The system always may."""

    needed: tuple[str, ...]
    of: Callable[[dict[str, Any]], int | None]

    @property
    def words(self) -> str:
        return " or ".join(self.needed)

    def __call__(self, by: Actor, arguments: dict[str, Any]) -> bool:
        return by.is_system or by.has(self.of(arguments), *self.needed)


@dataclass(frozen=True)
class Holder:
    """The holder of a pass with this purpose for the object that `of` finds in the arguments."""

    purpose: str
    of: Callable[[dict[str, Any]], Any]

    @property
    def words(self) -> str:
        return f"holder of a pass for {self.purpose}"

    def __call__(self, by: Actor, arguments: dict[str, Any]) -> bool:
        subject = self.of(arguments)
        return bool(by.holds and by.holds.purpose == self.purpose and by.holds.is_for(subject))


@dataclass(frozen=True)
class Itself:
    """The person whom the object is about."""

    of: Callable[[dict[str, Any]], int | None]
    words: str = "the person concerned"

    def __call__(self, by: Actor, arguments: dict[str, Any]) -> bool:
        return by.is_system or (by.person_id is not None and by.person_id == self.of(arguments))


@dataclass(frozen=True)
class SignedIn:
    words: str = "anybody who is signed in"

    def __call__(self, by: Actor, arguments: dict[str, Any]) -> bool:
        return by.is_system or by.person is not None


@dataclass(frozen=True)
class Anyone:
    words: str = "anybody"

    def __call__(self, by: Actor, arguments: dict[str, Any]) -> bool:
        return True


@dataclass(frozen=True)
class System:
    words: str = "Tertia itself"

    def __call__(self, by: Actor, arguments: dict[str, Any]) -> bool:
        return by.is_system


@dataclass(frozen=True)
class OneOf:
    """Any of several policies."""

    policies: tuple[Any, ...]

    @property
    def words(self) -> str:
        return "; or ".join(p.words for p in self.policies)

    def __call__(self, by: Actor, arguments: dict[str, Any]) -> bool:
        return any(policy(by, arguments) for policy in self.policies)


def roles(*needed: str, of: str) -> Roles:
    """`roles("office", of="resolution.owner_id")`: the path is followed through the arguments' attributes."""
    return Roles(needed, _path(of))


@dataclass(frozen=True)
class Speaker:
    """The holder of a lasting link by which a body without an account speaks for itself."""

    purpose: str
    of: Callable[[dict[str, Any]], int | None]

    @property
    def words(self) -> str:
        return f"the body itself by its link ({self.purpose})"

    def __call__(self, by: Actor, arguments: dict[str, Any]) -> bool:
        return bool(by.holds and by.holds.purpose == self.purpose and by.holds.organisation_id == self.of(arguments))


def speaker(purpose: str, of: str) -> Speaker:
    return Speaker(purpose, _path(of))


def holder(purpose: str, of: str) -> Holder:
    return Holder(purpose, _path(of))


def itself(of: str) -> Itself:
    return Itself(_path(of))


def one_of(*policies: Any) -> OneOf:
    return OneOf(policies)


def _path(path: str) -> Callable[[dict[str, Any]], Any]:
    first, *rest = path.split(".")

    def follow(arguments: dict[str, Any]) -> Any:
        value = arguments.get(first)
        for name in rest:
            value = getattr(value, name, None)
        return value

    return follow


signed_in, anyone, system = SignedIn(), Anyone(), System()
