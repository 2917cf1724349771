"""Setting up a council: its order, seats, who holds them, interests; what is suggested to it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, holder, itself, one_of, roles, signed_in
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import Addressee, write_letter
from tertia.core.records.actions import move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.councils.models import AgendaItem, Council, Interest, Invitation, Order, Seat, Suggestion, Tenure
from tertia.plan.councils.policies import SITS, keepers
from tertia.plan.councils.vocabulary import DUTIES, OUTSIDE, SECTORS, council_types

__all__ = [
    "add_seat", "answer_suggestion", "close_seat", "declare_interest", "declare_interest_here", "dissolve", "end_tenure", "fill_seat", "found_council", "name_deputy",
    "set_order", "suggest",
]  # fmt: skip

KEEPS = keepers("council")
_KEEPS_SEAT = keepers("seat.council")
_KEEPS_TENURE = one_of(keepers("tenure.seat.council"), itself("tenure.person_id"))


@action("councils.found", may=roles(*OFFICE, of="owner.pk"))
def found_council(
    *, by: Any, owner: Any, title: Text, form: str, on: dt.date, summary: Text | None = None, above: Council | None = None, group: str = "", unit: Any = None,
    secretary: Any = None, public: bool = True, demonstration: bool = False,
) -> Council:  # fmt: skip
    """Set up a council of a declared kind; it begins with the order of its kind. `secretary` keeps it beside the office."""
    faults = [Fault("title", _("Say how the council is called."))] if not title else []
    if form not in council_types():
        faults.append(Fault("form", _("Choose what kind of council it is.")))
    if faults:
        raise BadInput(*faults)
    made = Council(
        owner=owner, title=title, summary=summary or Text({}), form=form, above=above, group=group.strip()[:200], unit=unit, starts_on=on, author=by.person,
        responsible=secretary, slug=free_slug(owner, "council", title), visibility=Visibility.PUBLIC if public else Visibility.ORGANISATION,
        demonstration=demonstration or owner.demonstration,
    )  # fmt: skip
    made.save()
    kind = council_types()[form]
    Order(
        council=made, valid_from=on, source="", quorum=kind["quorum"], quorum_strict=kind["quorum_strict"],
        majority=kind["majority"], composition={k: list(v) for k, v in kind["composition"].items()},
    ).save()  # fmt: skip
    return made


@action("councils.set_order", may=KEEPS)
def set_order(
    *, by: Any, council: Council, valid_from: dt.date, source: str, quorum: str, quorum_strict: bool, majority: str, majority_of: str = "cast",
    casting_vote: bool = False, composition: dict[str, list[int]] | None = None,
) -> Order:  # fmt: skip
    """What the council works by from a day on; what was in force before stays for the meetings of that time."""
    faults = []
    for name, value in (("quorum", quorum), ("majority", majority)):
        if (value or name == "majority") and not _is_share(value):
            faults.append(Fault(name, _("Write a fraction such as 1/2 or 2/3, at most 1.")))
    if not source.strip():
        faults.append(Fault("source", _("Say where this order stands: the charter, a decision with its day.")))
    for sector, bounds in (composition or {}).items():
        if sector not in SECTORS or len(bounds) != 2 or bounds[0] < 0 or (bounds[1] and bounds[1] < bounds[0]):
            faults.append(Fault("composition", _("Of a side at least as many as it needs: the most may not be below the fewest.")))
    if faults:
        raise BadInput(*faults)
    made = Order(
        council=council, valid_from=valid_from, source=source.strip()[:300], quorum=quorum, quorum_strict=quorum_strict, majority=majority,
        majority_of=majority_of, casting_vote=casting_vote, composition=composition or {},
    )  # fmt: skip
    made.save()
    return made


def _is_share(value: str) -> bool:
    try:
        return 0 < Fraction(value) <= 1
    except (ValueError, ZeroDivisionError):
        return False


@action("councils.add_seat", may=KEEPS)
def add_seat(*, by: Any, council: Council, sector: str, title: Text, duty: str = "member", votes: bool = True) -> Seat:
    faults = [] if sector in SECTORS else [Fault("sector", _("Choose on whose side the seat stands."))]
    faults += [] if duty in DUTIES else [Fault("duty", _("Choose the duty of the seat."))]
    if faults:
        raise BadInput(*faults)
    made = Seat(council=council, sector=sector, title=title, duty=duty, votes=votes, position=council.seats.count() + 1)
    made.save()
    return made


@action("councils.close_seat", may=_KEEPS_SEAT)
def close_seat(*, by: Any, seat: Seat, on: dt.date) -> Seat:
    """The seat is no more; whoever holds it leaves on the same day. What it did stays."""
    seat = lock(seat)
    for tenure in seat.tenures.filter(Q(ends_on=None) | Q(ends_on__gt=on)):
        tenure.ends_on, tenure.ended_why = max(on, tenure.starts_on), _("the seat was closed")
        tenure.save()
    seat.closed_on = on
    seat.save()
    return seat


@action("councils.fill_seat", may=_KEEPS_SEAT)
def fill_seat(
    *, by: Any, seat: Seat, name: str, starts_on: dt.date, ends_on: dt.date | None = None, email: str = "", language: str = "ru", organisation: Any = None,
    person: Any = None, deputy_name: str = "", deputy_email: str = "",
) -> Tenure:  # fmt: skip
    """Somebody takes a seat. Two never hold it on the same day. Raises BadInput."""
    seat = lock(seat)
    faults = [] if name.strip() else [Fault("name", _("Write who takes the seat."))]
    if ends_on is not None and ends_on < starts_on:
        faults.append(Fault("ends_on", _("The last day is before the first one. Correct one of the two.")))
    if seat.closed_on is not None and starts_on >= seat.closed_on:
        faults.append(Fault("", _("This seat is closed.")))
    if seat.sector in OUTSIDE and organisation is None:
        faults.append(Fault("organisation", _("Say for which organisation the person sits here; a seat from outside belongs to one.")))
    overlapping = seat.tenures.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if taken := overlapping.first():
        faults.append(
            Fault(
                "starts_on",
                _("%(name)s holds this seat in that time. End that first, or choose another day.") % {"name": taken.name},
                "taken",
            )
        )
    if faults:
        raise BadInput(*faults)
    made = Tenure(
        seat=seat, name=name.strip()[:200], email=email, language=language, organisation=organisation, person=person, starts_on=starts_on, ends_on=ends_on,
        deputy_name=deputy_name.strip()[:200], deputy_email=deputy_email,
    )  # fmt: skip
    made.save()
    return made


@action("councils.end_tenure", may=_KEEPS_TENURE)
def end_tenure(*, by: Any, tenure: Tenure, on: dt.date, why: str = "") -> Tenure:
    """Somebody leaves a seat; the day is the last one. Raises BadInput for a day before the first."""
    tenure = lock(tenure)
    if on < tenure.starts_on:
        raise BadInput(Fault("on", _("The last day is before the first one. Correct one of the two.")))
    tenure.ends_on, tenure.ended_why = on, why.strip()[:300]
    tenure.save()
    return tenure


@action("councils.name_deputy", may=_KEEPS_TENURE)
def name_deputy(*, by: Any, tenure: Tenure, name: str, email: str) -> Tenure:
    """Who comes instead where the member cannot."""
    tenure = lock(tenure)
    tenure.deputy_name, tenure.deputy_email = name.strip()[:200], email
    tenure.save()
    return tenure


def _interest(tenure: Tenure, item: AgendaItem | None, words: str, on: dt.date) -> Interest:
    if not words.strip():
        raise BadInput(Fault("words", _("Say in a sentence in what the interest lies.")))
    made = Interest(tenure=tenure, item=item, words=words.strip()[:500], declared_on=on)
    made.save()
    return made


@action("councils.declare_interest", may=_KEEPS_TENURE)
def declare_interest(*, by: Any, tenure: Tenure, words: str, on: dt.date, item: AgendaItem | None = None) -> Interest:
    """A member has an interest in an item, or for good: then the secretary says at each item whether it touches it."""
    return _interest(tenure, item, words, on)


@action("councils.declare_interest_here", may=SITS)
def declare_interest_here(*, by: Any, invitation: Invitation, item: AgendaItem, words: str, on: dt.date) -> Interest:
    """The same by the member's own link, at a meeting."""
    if invitation.tenure is None or item.meeting_id != invitation.meeting_id:
        raise BadInput(Fault("item", _("This item is none of your meeting.")))
    return _interest(invitation.tenure, item, words, on)


@action("councils.suggest", may=one_of(signed_in, holder("councils.seat", of="invitation")))
def suggest(
    *, by: Any, council: Council, title: Text, words: Text, on: dt.date, sector: str = "", organisation: Any = None, name: str = "", email: str = "",
    source: Record | None = None, invitation: Invitation | None = None,
) -> Suggestion:  # fmt: skip
    """Suggest something for the agenda; the secretary is told, and owes an answer with reasons. `invitation`: by a member's own link."""
    faults = [Fault("title", _("Say in one sentence what shall be dealt with."))] if not title else []
    faults += [Fault("words", _("Say why, and what should be decided."))] if not words else []
    if council.state != "standing":
        faults.append(Fault("", _("This council is dissolved.")))
    if faults:
        raise BadInput(*faults)
    if invitation is not None:
        sector, organisation, name, email = invitation.sector, invitation.organisation, invitation.who, invitation.email
    made = Suggestion(
        council=council, title=title, words=words, sector=sector if sector in SECTORS else "other", organisation=organisation, person=by.person,
        name=(name or (by.person.name if by.person else ""))[:200], email=email or (by.person.email if by.person else ""), source=source, made_on=on,
    )  # fmt: skip
    made.save()
    write_letter(
        key=f"suggested:{made.pk}", to=council.responsible or council.owner, organisation=council.owner, record=council,
        subject=gettext_noop("Suggested for the agenda: %(title)s"),
        body=gettext_noop("%(name)s suggests it to %(council)s. Put it on an agenda, or answer with a reason."),
        values=lambda language: {"title": title.read(language).text, "name": made.name, "council": council.title.read(language).text},
    )  # fmt: skip
    return made


@action("councils.answer_suggestion", may=keepers("suggestion.council"))
def answer_suggestion(*, by: Any, suggestion: Suggestion, state: str, answer: Text, on: dt.date) -> Suggestion:
    """Decline it before a meeting, or say what the meeting made of it: adopted, partly, refused. Each with a reason. The proposer is told."""
    suggestion = lock(suggestion)
    if state == "declined" and suggestion.state != "waiting":
        raise WrongState(suggestion, suggestion.state, ("waiting",))
    if state not in ("declined", "adopted", "partly", "refused"):
        raise BadInput(Fault("state", _("Choose what became of it.")))
    if state != "declined" and suggestion.state == "waiting":
        raise BadInput(Fault("state", _("It was on no agenda yet. Put it on one, or decline it.")))
    if not answer:
        raise BadInput(Fault("answer", _("Say why; whoever suggested it reads this.")))
    suggestion.state, suggestion.answer, suggestion.answered_on = state, answer, on
    suggestion.save()
    if suggestion.email:
        _tell(suggestion)
    return suggestion


def _tell(suggestion: Suggestion) -> None:
    language = suggestion.person.language if suggestion.person else suggestion.council.title.original
    write_letter(
        key=f"suggestion-answered:{suggestion.pk}:{suggestion.state}", to=Addressee(suggestion.email, language, suggestion.council.demonstration), organisation=suggestion.council.owner, record=suggestion.council,
        subject=gettext_noop("What became of your suggestion: %(title)s"), body=gettext_noop("%(council)s answers:\n\n%(answer)s"),
        values=lambda language: {
            "title": suggestion.title.read(language).text, "council": suggestion.council.title.read(language).text, "answer": suggestion.answer.read(language).text,
        },
    )  # fmt: skip


@action("councils.dissolve", may=roles("office", "leader", of="council.owner_id"), about="council")
def dissolve(*, by: Any, council: Council, on: dt.date) -> Council:
    """The council is no more: its tenures end. Its meetings and decisions stay."""
    council = lock(council)
    for tenure in Tenure.objects.filter(seat__council=council).filter(Q(ends_on=None) | Q(ends_on__gt=on)):
        tenure.ends_on, tenure.ended_why = max(on, tenure.starts_on), _("the council was dissolved")
        tenure.save()
    council.ends_on = on
    move(council, "dissolved")
    return council
