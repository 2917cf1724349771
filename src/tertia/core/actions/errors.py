"""Everything that can be refused, as one tree. Facts are attributes; the sentence is made in the reader's language.

TertiaError
├── NotAllowed         the actor has none of the roles that the action declares
├── WrongState         the record is not in a state from which this may happen
├── NoQuorum           too few are present
├── NotCarried         the votes do not suffice
├── PassRefused        a link is revoked, expired, used or not meant for this
├── NotDeclared        two kinds that no relation joins
└── BadInput           one or more faults of an input, each with its place
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

__all__ = [
    "BadInput",
    "Fault",
    "NoQuorum",
    "NotAllowed",
    "NotCarried",
    "NotDeclared",
    "PassRefused",
    "TertiaError",
    "WrongState",
]


class TertiaError(Exception):
    """Something was refused and nothing was written. `exit_code` is the command line's, `status` is HTTP's."""

    exit_code = 1
    status = 409

    def sentence(self) -> str:
        return str(self)


class NotAllowed(TertiaError):
    """The actor may not do this."""

    exit_code = 3
    status = 403

    def __init__(self, action: str = "") -> None:
        super().__init__(action)
        self.action = action

    def sentence(self) -> str:
        return _("You do not have the role for this. Nothing was changed. Ask the office of your university.")


class WrongState(TertiaError):
    """The record's state does not allow this step."""

    exit_code = 4

    def __init__(self, record: object, present: str, needed: tuple[str, ...]) -> None:
        super().__init__(f"{record}: is {present}, needs {' or '.join(needed)}")
        self.record, self.present, self.needed = record, present, needed

    def sentence(self) -> str:
        return _("This was done already, or it is not time for it yet. Nothing was changed.")


class NoQuorum(TertiaError):
    """Fewer are present than the rule needs."""

    exit_code = 5

    def __init__(self, needed: int, present: int) -> None:
        super().__init__(f"quorum needs {needed}, present {present}")
        self.needed, self.present = needed, present

    def sentence(self) -> str:
        return _("No quorum: %(present)d voted, %(needed)d are needed. Nothing was adopted.") % {
            "present": self.present,
            "needed": self.needed,
        }


class NotCarried(TertiaError):
    """The votes for do not outweigh the votes against by the rule."""

    exit_code = 6

    def __init__(self, for_: int, against: int, abstained: int) -> None:
        super().__init__(f"not carried: {for_} for, {against} against, {abstained} abstained")
        self.for_, self.against, self.abstained = for_, against, abstained

    def sentence(self) -> str:
        return _("Not adopted: %(for)d for, %(against)d against, %(abstained)d abstained.") % {
            "for": self.for_,
            "against": self.against,
            "abstained": self.abstained,
        }


class PassRefused(TertiaError):
    """A link that opens nothing (any more). `reason` is revoked, expired, used, unknown or foreign."""

    exit_code = 7
    status = 403

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def sentence(self) -> str:
        return {
            "revoked": _("This link was taken back by the university. Ask the sender for a new one; nothing was changed."),
            "expired": _("The term of this link has passed. Ask the sender for a new one; nothing was changed."),
            "used": _("This link has been used already; what you sent then is kept. Nothing was changed now."),
            "foreign": _("This link is meant for something else. Open the link of the letter once more."),
        }.get(self.reason, _("We do not know this link. Copy it whole from the letter and try again."))


class NotDeclared(TertiaError):
    """No relation joins these two kinds."""

    exit_code = 8

    def __init__(self, relation: str, from_kind: str, to_kind: str) -> None:
        super().__init__(f"{relation}: {from_kind} to {to_kind} is not declared")
        self.relation, self.from_kind, self.to_kind = relation, from_kind, to_kind

    def sentence(self) -> str:
        return _("These two records cannot be joined in this way. Nothing was changed.")


@dataclass(frozen=True)
class Fault:
    """One fault of an input: where (field, line, page), and a sentence that says what to do."""

    where: str
    sentence: str
    code: str = "invalid"


class BadInput(TertiaError):
    """One or more faults, all told at once."""

    exit_code = 2
    status = 400

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{f.where}: {f.sentence}" if f.where else f.sentence for f in faults))
        self.faults = faults

    def sentence(self) -> str:
        return " ".join(fault.sentence for fault in self.faults)
