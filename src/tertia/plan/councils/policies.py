"""Who may: the office and the secretary for a council and all that hangs on it; whoever sits by account or by link for the own seat."""

from __future__ import annotations

from tertia.core.actions.policies import OFFICE, OneOf, holder, itself, one_of, roles

__all__ = ["SITS", "keepers"]


def keepers(council: str) -> OneOf:
    """The office of the owner, and the council's secretary; `council`: the path to the council in the action's arguments."""
    return one_of(roles(*OFFICE, of=f"{council}.owner_id"), itself(f"{council}.responsible_id"))


#: whoever stands for a seat at a meeting
SITS = one_of(holder("councils.seat", of="invitation"), itself("invitation.person_id"))
