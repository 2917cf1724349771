"""What a person decides alone: to sign up, to step back, to say whether it was free. Nobody is signed up by somebody else.

Signing up and stepping back leave events without a person, so that who changes his mind leaves no trace.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from tertia.act.volunteering.actions.queue import fill_from_queue
from tertia.act.volunteering.letters import write_to
from tertia.act.volunteering.links import mine_url, opportunity_url
from tertia.act.volunteering.models import Consent, FreeChoice, Opportunity, Profile, SavedSearch, Shift, SignUp
from tertia.act.volunteering.protection import Obstacle, Work, obstacles_of_age, obstacles_of_rest
from tertia.act.volunteering.queries import protection_rules, shifts_taken, suspended
from tertia.act.volunteering.sentences import moment, sentence
from tertia.act.volunteering.words import LANGUAGES_WANTED, SKILLS
from tertia.core.access.actions import issue_pass, use_pass
from tertia.core.access.links import pass_url
from tertia.core.actions.action import action, lock
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import holder, itself, signed_in, system
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message
from tertia.core.parties.models import Person
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.core.records.actions import once

__all__ = [
    "answer_choice", "ask_consent", "find_key", "forget_search", "give_consent", "obstacles", "refuse_consent", "remind", "save_search", "sign_up", "step_back",
    "tell_finds", "write_profile",
]  # fmt: skip


def obstacles(person: Any, shifts: list[Shift], opportunity: Opportunity, *, together: bool) -> dict[int, list[Obstacle]]:
    """For each shift why the person may not take it, alone or `together` with the others. The rules of the shift's own day decide."""
    consent = Consent.objects.filter(opportunity=opportunity, person=person, given_at__isnull=False).exists()
    taken = shifts_taken(person, shifts)
    rules: dict[dt.date, Any] = {}
    found = {}
    for shift in shifts:
        starts, ends = shift.local()
        if starts.date() not in rules:
            rules[starts.date()] = protection_rules(starts.date(), opportunity.owner)
        in_force = rules[starts.date()]
        work = Work(starts, ends, opportunity.min_age, frozenset(opportunity.risks))
        found[shift.pk] = [
            *obstacles_of_age(person.birth_date, work, in_force, consent=consent),
            *obstacles_of_rest((shift.starts_at, shift.ends_at), taken, in_force),
        ]
        if together:
            taken.append((shift.starts_at, shift.ends_at))
    return found


@action("volunteering.sign_up", may=signed_in, about="opportunity", traceless=True)
def sign_up(
    *, by: Any, opportunity: Opportunity, shifts: list[Shift], phone: str = "", birth_date: dt.date | None = None, wait: bool = True
) -> list[SignUp]:
    """The actor takes these shifts, all or none. A full one gives a place in its queue, or is refused where `wait` is False.

    Rows of shifts are locked in one order, so that two who take the same two never wait for each other.
    """
    person = by.person
    if not shifts:
        raise BadInput(Fault("shift", _("Choose at least one shift.")))
    if opportunity.state != "open":
        raise WrongState(opportunity, opportunity.state, ("open",))
    if suspended(opportunity.owner_id, opportunity.host_id):
        raise BadInput(Fault("shift", _("This host is suspended; no volunteers are sent there for the time being. Choose another task.")))
    if birth_date is not None and person.birth_date is None:
        person = _say_birth_date(person, birth_date)
    held = [lock(shift) for shift in sorted(shifts, key=lambda s: s.pk)]
    there = set(SignUp.objects.filter(shift__in=held, person=person).values_list("shift", flat=True))
    wanted = [shift for shift in held if shift.pk not in there]
    for shift in wanted:
        shift.opportunity = opportunity
    _refuse(wanted, obstacles(person, wanted, opportunity, together=True) if wanted else {}, wait)
    return [_take(shift, person, phone) for shift in wanted]


def _say_birth_date(person: Any, birth_date: dt.date) -> Any:
    today = clock.today()
    if not dt.date(today.year - 120, 1, 1) < birth_date < today:
        raise BadInput(Fault("birth_date", _("This date of birth cannot be right. Write day, month and year.")))
    person = lock(person)
    person.birth_date = birth_date
    person.save()
    return person


def _refuse(shifts: list[Shift], found: dict[int, list[Obstacle]], wait: bool) -> None:
    faults = []
    for shift in shifts:
        if shift.called_off or shift.starts_at <= clock.now():
            faults.append(Fault("shift", _("%(shift)s: this shift is over or called off. Choose another.") % {"shift": moment(shift)}))
        elif shift.taken >= shift.places and not wait:
            faults.append(
                Fault(
                    "shift",
                    _("%(shift)s: the last place has just been taken. Choose another shift or wait in the queue.")
                    % {"shift": moment(shift)},
                )
            )
        faults += [Fault("birth_date" if o.code == "birth-date" else "shift", sentence(o, shift), o.code) for o in found[shift.pk]]
    if faults:
        raise BadInput(*dict.fromkeys(faults))


def _take(shift: Shift, person: Any, phone: str) -> SignUp:
    last = SignUp.objects.filter(shift=shift).aggregate(last=Max("number"))["last"] or 0
    row = SignUp(
        shift=shift, person=person, number=last + 1, waiting=shift.taken >= shift.places, signed_up_at=clock.now(), phone=phone.strip()[:30],
    )  # fmt: skip
    row.save()
    if not row.waiting:
        shift.taken += 1
        shift.save()
    return row


@action("volunteering.step_back", may=itself("sign_up.person_id"), traceless=True)
def step_back(*, by: Any, sign_up: SignUp) -> Opportunity:
    """Withdraw, without a reason and without a trace; the first in the queue gets the place. Not once the shift has begun."""
    shift = lock(sign_up.shift)
    row = SignUp.objects.filter(pk=sign_up.pk).first()
    if row is None:
        return shift.opportunity
    if shift.starts_at <= clock.now() and not shift.called_off:
        raise WrongState(shift, "begun", ("to come",))
    row.delete()
    if not row.waiting:
        shift.taken -= 1
        shift.save()
        fill_from_queue(shift)
    return shift.opportunity


@action("volunteering.ask_consent", may=signed_in)
def ask_consent(*, by: Any, opportunity: Opportunity, email: str, parent: str = "") -> Consent:
    """A minor asks a parent, by a link that needs no account. Asking again sends a new link."""
    if "@" not in email:
        raise BadInput(Fault("parent_email", _("Write the e-mail address of a parent.")))
    if email.strip().lower() == (by.person.email or "").lower():
        raise BadInput(Fault("parent_email", _("This is your own address. A parent has to consent, by his or her own.")))
    asked = Consent.objects.filter(opportunity=opportunity, person=by.person).first()
    asked = asked or Consent(opportunity=opportunity, person=by.person, asked_at=clock.now())
    asked.parent = asked.parent or parent.strip()[:200]
    asked.save()
    held = issue_pass(
        by=Actor.system("consent"), purpose="volunteering.consent", issued_by=opportunity.owner, subject_id=asked.pk, record=opportunity,
        sent_to=email.strip(), holder_name=parent.strip()[:200], language=by.person.language,
    )  # fmt: skip
    with translation.override(held.language):
        title = opportunity.title.read(held.language).text
        write_message(
            key=f"consent:{asked.pk}:{held.pk}", to=email.strip(), language=held.language, organisation=opportunity.owner, record=opportunity,
            demonstration=opportunity.demonstration, subject=_("May your child help? %(title)s") % {"title": title},
            body=_("%(name)s would like to help as a volunteer. The law asks for your consent. Read what it is about and decide; no account is needed, and a refusal is not recorded:\n%(url)s")
            % {"name": by.person.name, "url": pass_url(held)},
        )  # fmt: skip
    asked.link = held  # type: ignore[attr-defined]
    return asked


@action("volunteering.give_consent", may=holder("volunteering.consent", of="consent"), about="consent")
def give_consent(*, by: Any, consent: Consent, parent: str) -> Consent:
    """The parent consents in writing, with the name."""
    use_pass(by)
    consent = lock(consent)
    if not parent.strip():
        raise BadInput(Fault("parent", _("Write your name: the law asks for a written consent.")))
    consent.parent, consent.given_at = parent.strip()[:200], clock.now()
    consent.save()
    return consent


@action("volunteering.refuse_consent", may=holder("volunteering.consent", of="consent"), traceless=True)
def refuse_consent(*, by: Any, consent: Consent) -> Opportunity:
    """The parent does not consent: nothing of it is kept."""
    use_pass(by)
    opportunity = consent.opportunity
    consent.delete()
    return opportunity


@action("volunteering.answer_choice", may=itself("sign_up.person_id"), traceless=True)
def answer_choice(*, by: Any, sign_up: SignUp, freely: bool) -> FreeChoice:
    """One's own answer to "did you choose freely, and could you have left?": added to a sum; kept is only that one has answered."""
    row = lock(sign_up)
    shift = row.shift
    if row.choice_asked or not row.came:
        raise WrongState(row, "answered", ("asked",))
    row.choice_asked = True
    row.save()
    year = academic_year(shift.local()[0].date())
    found = once(FreeChoice, opportunity_id=shift.opportunity_id, year=year.label, since=year.start)
    found = lock(found)
    found.freely += freely
    found.pressed += not freely
    found.save()
    return found


@action("volunteering.write_profile", may=itself("person.pk"), about="person")
def write_profile(*, by: Any, person: Person, skills: list[str], languages: list[str], near: tuple[float, float] | None = None) -> Profile:
    """What one can do; only words of the vocabulary are kept."""
    found = Profile.objects.filter(person=person).first() or Profile(person=person)
    found.skills = [s for s in skills if s in SKILLS]
    found.languages = [s for s in languages if s in LANGUAGES_WANTED]
    found.latitude, found.longitude = near or (None, None)
    found.save()
    return found


@action("volunteering.save_search", may=signed_in)
def save_search(*, by: Any, query: str) -> SavedSearch:
    """Keep the filters of an address; what is new is told once a day at most."""
    found = SavedSearch.objects.filter(person=by.person, query=query[:400]).first()
    if found is None:
        found = SavedSearch(person=by.person, query=query[:400], told_until=clock.now())
        found.save()
    return found


@action("volunteering.forget_search", may=itself("search.person_id"))
def forget_search(*, by: Any, search: SavedSearch) -> Person:
    person = search.person
    search.delete()
    return person


def find_key(search: SavedSearch, opportunity: Opportunity) -> str:
    """The letter about one find of one search is written once."""
    return f"find:{search.pk}:{opportunity.pk}"


@action("volunteering.tell_finds", may=system)
def tell_finds(*, by: Any, search: SavedSearch, found: list[Opportunity], until: dt.datetime) -> SavedSearch:
    """News for the daily letter: what a saved search finds that it had not found before."""
    for opportunity in found:
        write_to(
            search.person, opportunity, find_key(search, opportunity), urgency=Message.Urgency.DIGEST,
            words=lambda title, language, o=opportunity: (_("Help is wanted: %(title)s") % {"title": title}, opportunity_url(o, language)),
        )  # fmt: skip
    search.told_until = until
    search.save()
    return search


@action("volunteering.remind", may=system, about="shift", traceless=True)
def remind(*, by: Any, shift: Shift) -> int:
    """Remind everybody who has a place, once for each time of the shift. Returns how many letters."""

    def words(title: str, language: str) -> tuple[str, str]:
        body = _("On %(shift)s: %(title)s, %(where)s. If you cannot come, step back with one click, so that somebody else can:")
        told = body % {"shift": moment(shift), "title": title, "where": shift.opportunity.where}
        return _("Soon: %(title)s") % {"title": title}, f"{told}\n{mine_url(language)}"

    rows = SignUp.objects.filter(shift=shift, waiting=False).select_related("person")
    return sum(write_to(row.person, shift.opportunity, f"remind:{row.pk}:{shift.version}", words) for row in rows)
