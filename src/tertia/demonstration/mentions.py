"""Invented coverage: a piece and its reprint, one out of the university's own text, two that wait for somebody's word."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tertia.act.activities.models import Activity
from tertia.core.actions.actor import Actor
from tertia.core.periods import clock
from tertia.demonstration.cast import Cast
from tertia.demonstration.content import load
from tertia.tell.mentions.actions import add_mention, add_outlet, take_in, tie_mention
from tertia.tell.mentions.models import Mention
from tertia.tell.mentions.pieces import New
from tertia.tell.mentions.rounds import hold_beside_records, look_at_claims_of_stories

__all__ = ["tell_mentions"]


def tell_mentions(cast: Cast, day: dt.date, tell: Any) -> None:
    content = load("mentions")
    with clock.at(day - dt.timedelta(days=40), 9):
        outlets = {
            row["key"]: add_outlet(
                by=cast.actor("office", day), owner=cast.university, demonstration=True, **{k: v for k, v in row.items() if k != "key"}
            )
            for row in content["outlet"]
        }
    for row in content["mention"]:
        on = day - dt.timedelta(days=row["days"])
        piece = New(row["title"], row["words"], row["address"], on, row["language"], row.get("tone", ""), row.get("origin", ""))
        with clock.at(on, 12):
            if row.get("waits"):
                take_in(by=Actor.system("mentions"), outlet=outlets[row["outlet"]], pieces=[piece])
                continue
            made = add_mention(by=cast.actor("office", on), outlet=outlets[row["outlet"]], piece=piece, today=on, demonstration=True)
            if "tells" in row:
                held = Activity.objects.filter(owner=cast.university, host=cast.bodies[row["tells"]], state="held", starts_on__lt=on)
                if (found := held.order_by("-starts_on", "-pk").first()) is not None:
                    tie_mention(by=cast.actor("office", on), mention=made, record=found, on=on)
    with clock.at(day, 7):
        hold_beside_records()
        look_at_claims_of_stories()
    tell("mentions in the media", Mention.objects.filter(owner=cast.university).count())
