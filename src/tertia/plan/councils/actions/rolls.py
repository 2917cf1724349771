"""Taking published roll calls in, once each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tertia.core.actions.action import action
from tertia.core.actions.policies import OFFICE, roles
from tertia.plan.councils.models import Council, Roll, RollVoice, RollVoter
from tertia.plan.councils.roll_calls import Call, digest_of

__all__ = ["Taken", "take_rolls"]


@dataclass(frozen=True)
class Taken:
    """How many calls were new, changed (the source has corrected them), the same as before; voices written, voters new."""

    new: int
    changed: int
    same: int
    voices: int
    voters: int


@action("councils.take_rolls", may=roles(*OFFICE, of="council.owner_id"), about="council")
def take_rolls(
    *,
    by: Any,
    council: Council,
    calls: Mapping[str, Call],
    voices: Mapping[str, list[tuple[str, str]]],
    names: Mapping[str, str],
    same: Mapping[str, str],
) -> Taken:
    """Calls with their voices, wholly or not at all. One whose voices are the same as before is left as it is; one that was corrected is written anew.

    `names`: code of a voter → name; `same`: code → code of the voter that it is another spelling of.
    """
    joined = {code: [(same.get(voter, voter), choice) for voter, choice in rows] for code, rows in voices.items()}
    codes = sorted({voter for rows in joined.values() for voter, _choice in rows})
    voters = dict(RollVoter.objects.filter(council=council).values_list("code", "pk"))
    missing = [code for code in codes if code not in voters]
    RollVoter.objects.bulk_create(
        [RollVoter(council=council, code=code, name=names.get(code, "")[:200]) for code in missing], batch_size=500
    )
    voters = dict(RollVoter.objects.filter(council=council).values_list("code", "pk"))
    there = {code: (pk, digest) for code, pk, digest in Roll.objects.filter(council=council).values_list("code", "pk", "digest")}
    digests = {code: digest_of(joined.get(code, ())) for code in calls}
    changed = {code for code in calls if code in there and there[code][1] != digests[code]}
    Roll.objects.filter(pk__in=[there[code][0] for code in changed]).delete()
    fresh = [code for code in calls if code not in there or code in changed]
    rolls = []
    for code in fresh:
        call, counts = calls[code], Counter(choice for _voter, choice in joined.get(code, ()))
        rolls.append(
            Roll(
                council=council, code=code, number=call.number[:60], held_on=call.day, title=call.title[:300], words=call.words, yes=counts["for"], no=counts["against"],
                abstained=counts["abstain"], digest=digests[code],
            )
        )  # fmt: skip
    Roll.objects.bulk_create(rolls, batch_size=500)
    ids = dict(Roll.objects.filter(council=council).values_list("code", "pk"))
    rows = [(ids[code], voters[voter], choice) for code in fresh for voter, choice in joined.get(code, ())]
    RollVoice.objects.insert_rows(("roll_id", "voter_id", "choice"), rows, "id")
    return Taken(len(fresh) - len(changed), len(changed), len(calls) - len(fresh), len(rows), len(missing))
