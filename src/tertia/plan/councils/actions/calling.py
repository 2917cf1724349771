"""Preparing a meeting: the day and place, the agenda, papers, guests; the call with its calendar entries; moving, calling off, asking again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.access.actions import issue_pass
from tertia.core.access.links import pass_url
from tertia.core.access.models import Pass
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.files.store import Taken, store
from tertia.core.languages.formatting import moment_words
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import Addressee, write_letter
from tertia.core.periods import clock
from tertia.core.records.actions import move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.councils.invitations import invitation_file
from tertia.plan.councils.models import AgendaItem, Council, Decision, Invitation, Meeting, Paper, Review, Suggestion
from tertia.plan.councils.policies import keepers
from tertia.plan.councils.queries import holders_on, room_taken
from tertia.plan.councils.vocabulary import ITEM_KINDS, SECTORS

__all__ = [
    "add_item", "add_paper", "call_meeting", "call_off", "change_item", "drop_item", "invite_guest", "move_item", "move_meeting", "plan_meeting", "remind_invited", "issue_seat_pass", "write_to", "fill_due",
]  # fmt: skip

KEEPS_COUNCIL = keepers("council")
KEEPS = keepers("meeting.council")
_KEEPS_ITEM = keepers("item.meeting.council")
#: days after a meeting for which a link to it still opens
_LINK_DAYS = 60


@action("councils.plan_meeting", may=KEEPS_COUNCIL)
def plan_meeting(
    *, by: Any, council: Council, starts_at: dt.datetime, ends_at: dt.datetime, where: str = "", online: str = "", title: Text | None = None, anyway: bool = False,
) -> Meeting:  # fmt: skip
    """Prepare a meeting. Minutes that wait for approval and decisions that are not done stand on its agenda by themselves.

    `anyway`: although another meeting has the room. Raises BadInput.
    """
    council = lock(council)
    _check_time(council, starts_at, ends_at, where, online, anyway)
    if council.state != "standing":
        raise BadInput(Fault("", _("This council is dissolved.")))
    number = council.meetings.exclude(state="withdrawn").count() + 1
    named = title or _titled(council, number)
    made = Meeting(
        owner=council.owner, council=council, number=str(number), title=named, starts_at=starts_at, ends_at=ends_at, where=where.strip()[:200], online=online,
        starts_on=timezone.localdate(starts_at), ends_on=timezone.localdate(ends_at), author=by.person, responsible=council.responsible, unit=council.unit,
        slug=free_slug(council.owner, "meeting", title or council.title, prefix=str(number)), visibility=Visibility.ORGANISATION, demonstration=council.demonstration,
    )  # fmt: skip
    made.save()
    waiting = council.meetings.filter(state="closed").exclude(pk=made.pk).order_by("starts_at", "pk")
    for position, before in enumerate(waiting, 1):
        AgendaItem(
            meeting=made,
            position=position,
            kind="minutes",
            title=_every(gettext_noop("Minutes of meeting No. %(n)s"), n=before.number),
            of_meeting=before,
            minutes=5,
        ).save()
    fill_due(made)
    return made


def _titled(council: Council, number: int) -> Text:
    """“Meeting No. 3. Name of the council” in each language in which the council has a name."""
    said = _every(gettext_noop("Meeting No. %(n)s"), n=number)
    return Text.of(
        council.title.original, **{lang: f"{said.read(lang).text}. {words}" for lang, (words, _state) in council.title.versions.items()}
    )


def _every(sentence: str, **values: Any) -> Text:
    """One sentence of the interface in all three languages."""
    said = {}
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            said[language] = _(sentence) % values
    return Text.of("kk", **said)


def fill_due(meeting: Meeting) -> None:
    """Inside an action: every decision that is not done stands under the item of due decisions, once."""
    open_ones = list(Decision.objects.filter(council=meeting.council_id, state="to-do").exclude(meeting=meeting).order_by("due_on", "pk"))
    if not open_ones:
        return
    item = meeting.items.filter(kind="due").first()
    if item is None:
        item = AgendaItem(
            meeting=meeting,
            position=meeting.items.count() + 1,
            kind="due",
            title=_every(gettext_noop("Decisions that are due")),
            minutes=10,
        )
        item.save()
    there = set(item.reviews.values_list("decision_id", flat=True))
    for decision in open_ones:
        if decision.pk not in there:
            Review(decision=decision, item=item, due_before=decision.due_on).save()


def _check_time(
    council: Council, starts_at: dt.datetime, ends_at: dt.datetime, where: str, online: str, anyway: bool, but: int | None = None
) -> None:
    faults = []
    if ends_at <= starts_at:
        faults.append(Fault("ends_at", _("It ends before it begins. Correct one of the two.")))
    if not where.strip() and not online:
        faults.append(Fault("where", _("Say where it is: a room, an address for taking part from afar, or both.")))
    if where.strip() and not anyway and not faults and (other := room_taken(council.owner, where, starts_at, ends_at, but)):
        words = _("In this room another meeting sits at that time: %(title)s. Choose another room or time, or say that it is meant so.")
        faults.append(Fault("where", words % {"title": other}, "taken"))
    if faults:
        raise BadInput(*faults)


@action("councils.move_meeting", may=KEEPS)
def move_meeting(
    *, by: Any, meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime, where: str = "", online: str = "", anyway: bool = False
) -> Meeting:
    """Another time or place. Whoever was invited is told, and calendar programs follow; an answer given before stands until it is changed."""
    meeting = lock(meeting)
    require_state(meeting, "planned", "called")
    _check_time(meeting.council, starts_at, ends_at, where, online, anyway, meeting.pk)
    meeting.starts_at, meeting.ends_at, meeting.where, meeting.online = starts_at, ends_at, where.strip()[:200], online
    meeting.starts_on, meeting.ends_on = timezone.localdate(starts_at), timezone.localdate(ends_at)
    meeting.version, meeting.reminded_on = meeting.version + 1, None
    meeting.save()
    if meeting.state == "called":
        _tell_all(
            meeting, gettext_noop("Moved: %(title)s, %(when)s"),
            gettext_noop("The meeting has another time or place:\n%(when)s\n%(where)s\n\nYour page with agenda and papers:\n%(url)s"), "moved",
        )  # fmt: skip
    return meeting


@action("councils.call_off", may=KEEPS)
def call_off(*, by: Any, meeting: Meeting, reason: str) -> Meeting:
    """The meeting is not held. Whoever was invited is told; calendar programs take it out; suggestions wait for the next one."""
    meeting = lock(meeting)
    require_state(meeting, "planned", "called")
    if not reason.strip():
        raise BadInput(Fault("reason", _("Say why it is called off; everybody invited reads this.")))
    meeting.version += 1
    was_called = meeting.state == "called"
    meeting.summary = meeting.summary.write(meeting.summary.original if meeting.summary else "ru", reason.strip())
    move(meeting, "withdrawn")
    for item in meeting.items.exclude(suggestion=None).select_related("suggestion"):
        item.suggestion.state = Suggestion.State.WAITING
        item.suggestion.save()
        item.suggestion = None
        item.save()
    if was_called:
        _tell_all(
            meeting, gettext_noop("Called off: %(title)s, %(when)s"), gettext_noop("The meeting is not held: %(reason)s"), "off", reason=reason.strip(), cancelled=True
        )  # fmt: skip
    return meeting


@action("councils.add_item", may=KEEPS)
def add_item(
    *, by: Any, meeting: Meeting, title: Text, kind: str = "report", words: Text | None = None, speaker: str = "", minutes: int = 15,
    suggestion: Suggestion | None = None, source: Record | None = None,
) -> AgendaItem:  # fmt: skip
    """Put something on the agenda. A suggestion is on one agenda only; its proposer sees that it is placed."""
    meeting = lock(meeting)
    require_state(meeting, "planned", "called", "open")
    if suggestion is not None:
        suggestion = lock(suggestion)
        if suggestion.council_id != meeting.council_id or suggestion.state != "waiting":
            raise BadInput(Fault("suggestion", _("This suggestion is on an agenda already, or was answered.")))
        title, words, source = title or suggestion.title, words or suggestion.words, source or suggestion.source
        speaker = speaker or suggestion.name
        suggestion.state = Suggestion.State.PLACED
        suggestion.save()
    if not title or kind not in ITEM_KINDS:
        raise BadInput(Fault("title", _("Say what the item is about.")))
    made = AgendaItem(
        meeting=meeting, position=meeting.items.count() + 1, kind=kind, title=title, words=words or Text({}), speaker=speaker.strip()[:200], minutes=minutes,
        suggestion=suggestion, source=source,
    )  # fmt: skip
    made.save()
    return made


@action("councils.change_item", may=_KEEPS_ITEM)
def change_item(*, by: Any, item: AgendaItem, title: Text, words: Text, speaker: str, minutes: int) -> AgendaItem:
    item = lock(item)
    require_state(item.meeting, "planned", "called", "open")
    if not title:
        raise BadInput(Fault("title", _("Say what the item is about.")))
    item.title, item.words, item.speaker, item.minutes = title, words, speaker.strip()[:200], minutes
    item.save()
    return item


@action("councils.move_item", may=_KEEPS_ITEM)
def move_item(*, by: Any, item: AgendaItem, up: bool) -> AgendaItem:
    """One place up or down; the first does not go up."""
    require_state(lock(item.meeting), "planned", "called", "open")
    rows = list(item.meeting.items.order_by("position", "pk"))
    at = next(n for n, row in enumerate(rows) if row.pk == item.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save()
    return next(row for row in rows if row.pk == item.pk)


@action("councils.drop_item", may=_KEEPS_ITEM)
def drop_item(*, by: Any, item: AgendaItem) -> Meeting:
    """Off the agenda, before the meeting; its suggestion waits again. What a meeting has dealt with stays."""
    item = lock(item)
    require_state(lock(item.meeting), "planned", "called")
    meeting = item.meeting
    if item.suggestion is not None:
        item.suggestion.state = Suggestion.State.WAITING
        item.suggestion.save()
    after = item.position
    item.delete()
    meeting.items.filter(position__gt=after).update(position=F("position") - 1)
    return meeting


@action("councils.add_paper", may=_KEEPS_ITEM)
def add_paper(*, by: Any, item: AgendaItem, taken: Taken, file_name: str, title: str = "") -> Paper:
    """A paper to an item; whoever is invited reads it on the own page."""
    require_state(item.meeting, "planned", "called", "open")
    row = store(taken, name=file_name, owner=item.meeting.owner, record=item.meeting)
    made = Paper(item=item, file=row, title=(title.strip() or row.name)[:200])
    made.save()
    return made


@action("councils.invite_guest", may=KEEPS)
def invite_guest(
    *, by: Any, meeting: Meeting, name: str, sector: str, email: str = "", organisation: Any = None, language: str = "ru"
) -> Invitation:
    """Somebody without a seat: heard, without a vote. After the call the letter goes at once."""
    faults = [] if name.strip() else [Fault("name", _("Write who is invited."))]
    faults += [] if sector in SECTORS else [Fault("sector", _("Choose on whose side the guest stands."))]
    if faults:
        raise BadInput(*faults)
    meeting = lock(meeting)
    require_state(meeting, "planned", "called", "open")
    made = Invitation(meeting=meeting, name=name.strip()[:200], email=email, organisation=organisation, sector=sector, language=language)
    made.save()
    if meeting.state != "planned":
        _send(made, meeting)
    return made


@action("councils.call_meeting", may=KEEPS)
def call_meeting(*, by: Any, meeting: Meeting) -> Meeting:
    """Invite everybody who holds a seat on the day, and the guests: a letter each with the agenda, the own link and a calendar entry.

    Raises BadInput where the agenda is empty or nobody holds a seat.
    """
    meeting = lock(meeting)
    require_state(meeting, "planned")
    faults = [] if meeting.items.exists() else [Fault("items", _("The agenda is empty. Put something on it first."))]
    holders = list(holders_on(meeting.council, meeting.starts_on))
    if not holders:
        faults.append(Fault("seats", _("Nobody holds a seat on that day. Fill the seats first.")))
    if faults:
        raise BadInput(*faults)
    there = set(meeting.invitations.exclude(tenure=None).values_list("tenure_id", flat=True))
    for tenure in holders:
        if tenure.pk not in there:
            Invitation(
                meeting=meeting, tenure=tenure, person=tenure.person, organisation=tenure.organisation, name=tenure.name,
                email=tenure.email or (tenure.person.email if tenure.person else ""), language=tenure.person.language if tenure.person else tenure.language,
                sector=tenure.seat.sector, duty=tenure.seat.duty, votes=tenure.seat.votes,
            ).save()  # fmt: skip
    meeting.called_at = clock.now()
    move(meeting, "called")
    for invitation in meeting.invitations.filter(sent_at=None):
        _send(invitation, meeting)
    return meeting


def _send(invitation: Invitation, meeting: Meeting) -> None:
    held = issue_seat_pass(invitation, meeting)
    invitation.sent_at = clock.now()
    invitation.save()
    write_to(
        invitation, meeting, gettext_noop("Invitation: %(title)s, %(when)s"),
        gettext_noop("%(council)s meets on %(when)s, %(where)s.\n\nAgenda:\n%(agenda)s\n\nSay whether you come, read the papers, and take part here; no account is needed:\n%(url)s"), "call", held=held,
    )  # fmt: skip


def issue_seat_pass(invitation: Invitation, meeting: Meeting, *, email: str = "", name: str = "") -> Pass:
    """Inside an action: the link by which somebody takes part for a seat."""
    return issue_pass(
        by=Actor.system("councils"), purpose="councils.seat", issued_by=meeting.owner, subject_id=invitation.pk, record=meeting, organisation=invitation.organisation,
        sent_to=email or invitation.email, holder_name=name or invitation.name, language=invitation.language, single_use=False,
        expires_at=max(meeting.ends_at, clock.now()) + dt.timedelta(days=_LINK_DAYS),
    )  # fmt: skip


def _tell_all(meeting: Meeting, subject: str, body: str, why: str, **more: Any) -> None:
    """Everybody invited, and the deputies."""
    for invitation in meeting.invitations.exclude(sent_at=None):
        write_to(invitation, meeting, subject, body, why, **more)
        if invitation.deputy_email:
            held = Pass.objects.filter(
                purpose="councils.seat", subject_id=invitation.pk, sent_to=invitation.deputy_email, revoked_at=None
            ).last()
            write_to(invitation, meeting, subject, body, f"{why}-deputy", held=held, to_deputy=True, **more)


def write_to(
    invitation: Invitation, meeting: Meeting, subject: str, body: str, why: str, *, held: Pass | None = None, reason: str = "", cancelled: bool = False,
    to_deputy: bool = False,
) -> None:  # fmt: skip
    """Inside an action: a letter to whoever was invited, or to the deputy, with the calendar entry of this version of the meeting."""
    held = held or Pass.objects.filter(purpose="councils.seat", subject_id=invitation.pk, revoked_at=None).order_by("pk").first()
    items = list(meeting.items.order_by("position", "pk"))
    url = pass_url(held) if held else ""
    write_letter(
        key=f"meeting:{meeting.pk}:{invitation.pk}:{why}:{meeting.version}", to=Addressee(invitation.deputy_email, invitation.language, invitation.demonstration) if to_deputy else invitation, organisation=meeting.owner,
        record=meeting, subject=subject, body=body, calendar=invitation_file(invitation, meeting, url, cancelled=cancelled, to_deputy=to_deputy),
        values=lambda language: {
            "title": meeting.title.read(language).text, "council": meeting.council.title.read(language).text, "when": moment_words(meeting.starts_at, language),
            "where": ", ".join(p for p in (meeting.where, meeting.online) if p), "agenda": "\n".join(f"{i.position}. {i.title.read(language).text}" for i in items),
            "url": url, "reason": reason, "name": invitation.name,
        },
    )  # fmt: skip


@action("councils.remind", may=KEEPS)
def remind_invited(*, by: Any, meeting: Meeting, on: dt.date) -> int:
    """Ask again those who have not answered, once a day. Returns how many."""
    meeting = lock(meeting)
    require_state(meeting, "called")
    if meeting.reminded_on == on:
        return 0
    rows = list(meeting.invitations.filter(answer="waiting").exclude(Q(sent_at=None) | Q(email="")))
    for invitation in rows:
        write_to(
            invitation, meeting, gettext_noop("Will you come? %(title)s, %(when)s"),
            gettext_noop("You have not said yet whether you come on %(when)s, %(where)s. One press is enough:\n%(url)s"), f"ask-{on}",
        )  # fmt: skip
    meeting.reminded_on = on
    meeting.save()
    return len(rows)
