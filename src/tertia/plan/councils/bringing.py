"""`tertia rolls bring`: published roll calls into the archive of a council."""

from __future__ import annotations

import argparse
import json
import sys

from tertia.core.actions.actor import Actor
from tertia.plan.councils.actions.rolls import take_rolls
from tertia.plan.councils.models import Council, RollVoter
from tertia.plan.councils.roll_calls import CallsUnreadable, names_alike, read_calls, read_names, read_voices

__all__ = ["bring"]


def bring(arguments: argparse.Namespace) -> int:
    """0 taken in or already there; 1 somebody has to say first whether spellings are one; 2 unreadable."""

    council = Council.objects.filter(slug=arguments.council).first()
    if council is None:
        print(f"There is no council {arguments.council}.", file=sys.stderr)
        return 2
    try:
        calls, voices = read_calls(arguments.calls), read_voices(arguments.voices)
        names = read_names(arguments.names) if arguments.names else {}
        if unknown := sorted(set(voices.by_call) - set(calls)):
            raise CallsUnreadable(0, f"{len(unknown)} calls have voices and stand in no list of calls, the first {unknown[0]!r}")
    except (OSError, CallsUnreadable) as error:
        print(error, file=sys.stderr)
        return 2
    wrong = [pair for pair in (*arguments.same, *arguments.apart) if not all(part.strip() for part in pair.partition("=")[::2])]
    if wrong:
        print(f"{wrong[0]!r} is no pair; write A=B, such as --same Vietnam='Viet Nam'", file=sys.stderr)
        return 2
    same = dict(pair.split("=", 1) for pair in arguments.same)
    settled = {frozenset(pair.split("=", 1)) for pair in (*arguments.same, *arguments.apart)}
    coded = {voter: names.get(voter, "") for rows in voices.by_call.values() for voter, _choice in rows}
    known = dict(RollVoter.objects.filter(council=council).values_list("code", "name"))
    fresh = set(coded) - set(known)
    open_ones = [a for a in names_alike(known | coded) if {a.first, a.second} & fresh and frozenset((a.first, a.second)) not in settled]
    if open_ones:
        print("Are these two spellings of one voter? Nothing was taken in. Say --same A=B or --apart A=B for each:", file=sys.stderr)
        for one in open_ones:
            print(f"  {one.first}={one.second}   {one.names[0]} / {one.names[1]}   {one.likeness}", file=sys.stderr)
        return 1
    told = take_rolls(by=Actor.system("rolls"), council=council, calls=calls, voices=voices.by_call, names=names, same=same)
    if arguments.json:
        print(json.dumps(vars(told)))
    else:
        print(f"{told.new} calls new, {told.changed} corrected, {told.same} as before; {told.voices} voices, {told.voters} voters new")
    return 0
