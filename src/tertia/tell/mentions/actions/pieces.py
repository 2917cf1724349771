"""What people say of a mention: that it is about us, in what tone, from where it comes, of which other one it is a reprint."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, roles
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility
from tertia.tell.mentions.models import Mention, Outlet
from tertia.tell.mentions.pieces import Known, New, write_mention

__all__ = ["add_mention", "drop_mention", "join_reprint", "judge_mention", "keep_mention", "part_reprint"]

MAY = roles(*OFFICE, of="mention.owner_id")


@action("mentions.add", may=roles(*OFFICE, of="outlet.owner_id"))
def add_mention(*, by: Any, outlet: Outlet, piece: New, today: dt.date, demonstration: bool = False) -> Mention:
    """By hand: whoever writes it down says with it that it is about us."""
    faults = [] if piece.title.strip() else [Fault("title", _("Write the headline as it stands there."))]
    if piece.on > today:
        faults.append(Fault("on", _("The day is still to come.")))
    if piece.reach is not None and not piece.reach_source.strip():
        faults.append(Fault("reach_source", _("Say who counted the reach and when, or leave both empty.")))
    if faults:
        raise BadInput(*faults)
    known = Known(outlet.owner, [piece.on])
    made = write_mention(outlet, piece, "hand", known, state="kept", by=by.person, on=today, demonstration=demonstration)
    if made is None:
        raise BadInput(Fault("address", _("This piece is on record already; find it in the list.")))
    return made


@action("mentions.keep", may=MAY, about="mention")
def keep_mention(*, by: Any, mention: Mention) -> Mention:
    mention = lock(mention)
    mention.visibility = Visibility.PUBLIC
    move(mention, "kept")
    return mention


@action("mentions.drop", may=MAY, about="mention")
def drop_mention(*, by: Any, mention: Mention) -> Mention:
    """Not about us. It stays on record, so that the feed does not bring it again; reprints of it stand for themselves."""
    mention = lock(mention)
    mention.visibility = Visibility.OFFICE
    for other in mention.reprints.all():
        other.reprint_of, other.shared = None, None
        other.save()
    move(mention, "dropped")
    return mention


@action("mentions.judge", may=MAY, about="mention")
def judge_mention(*, by: Any, mention: Mention, tone: str, origin: str, on: dt.date) -> Mention:
    """A person says it, by name; no machine does. Empty takes it back."""
    mention = lock(mention)
    require_state(mention, "found", "kept")
    if tone not in ("", *Mention.Tone.values) or origin not in ("", *Mention.Origin.values):
        raise BadInput(Fault("tone", _("Choose from the list.")))
    mention.tone, mention.origin = tone, origin
    mention.judged_by, mention.judged_on = (by.person, on) if tone or origin else (None, None)
    mention.save()
    return mention


@action("mentions.join_reprint", may=MAY, about="mention")
def join_reprint(*, by: Any, mention: Mention, of: Mention) -> Mention:
    """It is counted with another one from now on, and so are its own reprints."""
    mention, of = lock(mention), lock(of)
    root = of.reprint_of or of
    if root.pk == mention.pk or root.owner_id != mention.owner_id or root.state == "dropped":
        raise BadInput(Fault("of", _("A piece is the reprint of another one that is kept here.")))
    for other in mention.reprints.all():
        other.reprint_of = root
        other.save()
    mention.reprint_of, mention.shared = root, None
    mention.save()
    return mention


@action("mentions.part_reprint", may=MAY, about="mention")
def part_reprint(*, by: Any, mention: Mention) -> Mention:
    mention = lock(mention)
    mention.reprint_of, mention.shared = None, None
    mention.save()
    return mention
