"""Opportunities, shifts, free choice, the queue, who was there, and the hours that come of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.test import Client
from icalendar import Calendar
from tests.cast import SYSTEM, TODAY, make_measure, make_opportunity, make_volunteer, text, write_directly

from tertia.act.activities.actions import attest_hours
from tertia.act.activities.models import HoursSheet
from tertia.act.volunteering.actions import (
    add_shifts,
    answer_choice,
    ask_consent,
    call_off_shift,
    change_opportunity,
    check_in,
    close_list,
    close_opportunity,
    copy_opportunity,
    enter,
    forget_search,
    give_consent,
    make_desk,
    move_shift,
    offer_help_wanted,
    open_opportunity,
    refuse_consent,
    remind,
    reopen_opportunity,
    save_search,
    sign_up,
    step_back,
    tell_finds,
    walk_in,
    withdraw_opportunity,
    write_profile,
)
from tertia.act.volunteering.actions.lists import Given, desk_secret
from tertia.act.volunteering.actions.plans import Plan, Times
from tertia.act.volunteering.codes import code_at
from tertia.act.volunteering.models import Consent, Entry, FreeChoice, Opportunity, Profile, SavedSearch, Shift, SignUp
from tertia.act.volunteering.paper import read_paper
from tertia.act.volunteering.queries import Filters, choices_of, find
from tertia.act.volunteering.rounds import close_lists, remind_of_shifts, search_again
from tertia.core.access.queries import pass_by_token
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, PassRefused, WrongState
from tertia.core.actions.models import Event, EventPersonal
from tertia.core.messages.models import Message
from tertia.core.periods import clock
from tertia.core.records.models import Link
from tertia.core.rules.actions import set_rule


def act(person):
    return Actor.of(person, TODAY)


def take(person, opportunity, **more):
    return sign_up(by=act(person), opportunity=opportunity, shifts=list(opportunity.shifts.all()), **more)


def sentences(error):
    return " ".join(f.sentence for f in error.value.faults)


@pytest.fixture
def three(world):
    return [make_volunteer(world, n) for n in (1, 2, 3)]


# --- what is needed


def test_a_worker_s_opportunity_is_open_at_once_and_a_partner_s_waits_for_the_office(world):
    assert make_opportunity(world).state == "open"
    theirs = make_opportunity(world, by=world.actor("partner"), words="Help in the club")
    assert theirs.state == "draft" and theirs.visibility == "office"
    with pytest.raises(NotAllowed):
        open_opportunity(by=world.actor("partner"), opportunity=theirs)
    open_opportunity(by=world.office, opportunity=theirs)
    assert theirs in find(Actor(), Filters())


def test_nobody_asks_for_help_in_another_s_name(world):
    times = [Times(clock.now() + dt.timedelta(days=1), clock.now() + dt.timedelta(days=1, hours=2), 3)]
    with pytest.raises(NotAllowed):
        offer_help_wanted(by=world.actor("partner"), owner=world.university, host=world.akimat, title=text("x"), shifts=times)


def test_what_is_missing_is_said_at_once(world):
    now = clock.now()
    with pytest.raises(BadInput) as error:
        offer_help_wanted(by=world.office, owner=world.university, host=world.partner, title=text("x"), shifts=[Times(now, now, 0)])
    assert {f.where for f in error.value.faults} == {"to_time", "places"}
    with pytest.raises(BadInput):
        offer_help_wanted(by=world.office, owner=world.university, host=world.partner, title=text("x"), shifts=[])


def test_the_finder_narrows_by_what_the_address_says(world):
    near = make_opportunity(world, words="Reading aloud", languages=("kk",), skills=("children",), latitude=51.13, longitude=71.43)
    far = make_opportunity(
        world,
        words="River clean-up",
        languages=("ru",),
        access=("step-free",),
        min_age=16,
        latitude=43.24,
        longitude=76.9,
        on=dt.date(2026, 12, 20),
    )

    def found(**query):
        return [o.pk for o in find(Actor(), Filters.of(query))]

    assert found() == [near.pk, far.pk]
    assert found(language="kk") == found(skill="children") == found(days="7") == found(age="15") == [near.pk]
    assert found(access="step-free") == found(q="river") == [far.pk]
    assert found(near="43.2,76.9") == [far.pk, near.pk]
    assert found(near="nowhere", age="many") == [near.pk, far.pk]


def test_a_closed_or_withdrawn_one_is_not_found_and_tells_who_signed_up(world, three):
    opportunity = make_opportunity(world)
    take(three[0], opportunity)
    close_opportunity(by=world.actor("partner"), opportunity=opportunity)
    opportunity.refresh_from_db()
    assert not find(Actor(), Filters())
    with pytest.raises(WrongState):
        take(three[1], opportunity)
    reopen_opportunity(by=world.actor("partner"), opportunity=opportunity)
    opportunity.refresh_from_db()
    withdraw_opportunity(by=world.office, opportunity=opportunity)
    assert Message.objects.filter(to="volunteer1@example.org", subject__startswith="Called off").count() == 1
    assert Shift.objects.get().called_off


def test_the_text_may_change_and_places_are_kept(world, three):
    opportunity = make_opportunity(world)
    take(three[0], opportunity)
    changed = change_opportunity(
        by=world.office,
        opportunity=opportunity,
        title=text("Better words"),
        summary=text("More"),
        plan=Plan(where="Hall", risks=("water",)),
    )
    assert (changed.where, changed.risks) == ("Hall", ["water"])
    assert SignUp.objects.count() == 1


# --- signing up


def test_several_shifts_are_taken_in_one_step_all_or_none(world, three):
    opportunity = make_opportunity(world, shifts=3)
    assert len(take(three[0], opportunity)) == 3
    assert len(take(three[0], opportunity)) == 0  # again: nothing twice
    late = opportunity.shifts.last()
    call_off_shift(by=world.office, shift=late)
    with pytest.raises(BadInput) as error:
        take(three[1], opportunity)
    assert "over or called off" in sentences(error)
    assert not SignUp.objects.filter(person=three[1]).exists()


def test_the_queue_moves_up_in_its_order_and_who_moves_up_is_told(world, three):
    opportunity = make_opportunity(world, places=1)
    rows = [take(person, opportunity)[0] for person in three]
    assert [r.waiting for r in rows] == [False, True, True]
    step_back(by=act(three[0]), sign_up=rows[0])
    assert list(SignUp.objects.values_list("person", "waiting")) == [(three[1].pk, False), (three[2].pk, True)]
    assert Message.objects.filter(subject__startswith="You have a place", to="volunteer2@example.org").count() == 1
    step_back(by=act(three[2]), sign_up=rows[2])  # one who waits leaves: nobody moves
    assert Shift.objects.get().taken == 1


def test_the_database_itself_refuses_one_too_many(world):
    shift = make_opportunity(world, places=1).shifts.get()
    shift.taken = 2
    with pytest.raises(IntegrityError):
        write_directly(shift)


def test_who_does_not_want_to_wait_is_told_that_the_place_is_gone(world, three):
    opportunity = make_opportunity(world, places=1)
    take(three[0], opportunity)
    with pytest.raises(BadInput) as error:
        take(three[1], opportunity, wait=False)
    assert "last place has just been taken" in sentences(error)


def test_more_places_let_the_queue_in_and_fewer_than_taken_are_refused(world, three):
    opportunity = make_opportunity(world, places=1)
    for person in three:
        take(person, opportunity)
    shift = opportunity.shifts.get()
    move_shift(by=world.actor("partner"), shift=shift, starts_at=shift.starts_at, ends_at=shift.ends_at, places=2)
    assert SignUp.objects.filter(waiting=False).count() == 2
    assert Shift.objects.get().version == 0
    with pytest.raises(BadInput):
        move_shift(by=world.actor("partner"), shift=shift, starts_at=shift.starts_at, ends_at=shift.ends_at, places=1)


def test_the_page_of_a_task_opens_for_whoever_has_every_shift_of_it(world, three):
    opportunity = make_opportunity(world, shifts=2)
    take(three[0], opportunity)
    client = Client()
    client.force_login(three[0].account)
    page = client.get(f"/en/volunteering/{opportunity.slug}/").content.decode()
    assert page.count("you have a place") == 2 and page.count("step back") == 2
    refused = client.post(f"/en/volunteering/{opportunity.slug}/", {"do": "sign-up"})
    assert refused.status_code == 400 and b"Choose at least one shift." in refused.content


# --- free choice


def test_only_the_person_signs_up_and_steps_back(world, three):
    opportunity = make_opportunity(world)
    row = take(three[0], opportunity)[0]
    for by in (world.office, world.actor("partner"), act(three[1])):
        with pytest.raises(NotAllowed):
            step_back(by=by, sign_up=row)
    with pytest.raises(NotAllowed):
        sign_up(by=Actor(), opportunity=opportunity, shifts=list(opportunity.shifts.all()))
    assert "person" not in sign_up.__wrapped__.__kwdefaults__ if hasattr(sign_up, "__wrapped__") else True


def test_stepping_back_leaves_no_trace_of_the_person(world, three):
    opportunity = make_opportunity(world)
    row = take(three[0], opportunity)[0]
    step_back(by=act(three[0]), sign_up=row)
    assert not SignUp.objects.exists()
    about = Event.objects.filter(action__in=["volunteering.sign_up", "volunteering.step_back"])
    assert about.count() == 2
    assert {(e.person_id, e.actor, str(e.changes)) for e in about} == {(None, "", "[]")}
    assert not EventPersonal.objects.filter(event__in=about).exists()


def test_after_the_beginning_nobody_steps_back(world, three):
    opportunity = make_opportunity(world)
    row = take(three[0], opportunity)[0]
    with clock.at(dt.date(2026, 11, 28), 11), pytest.raises(WrongState):
        step_back(by=act(three[0]), sign_up=row)


def test_the_answer_about_free_choice_is_a_sum_and_shown_only_when_enough_have_answered(world):
    opportunity = make_opportunity(world, places=20)
    people = [make_volunteer(world, n) for n in range(1, 13)]
    rows = [take(p, opportunity)[0] for p in people]
    for row in rows:
        row.came = True
        write_directly(row)
    with pytest.raises(NotAllowed):
        answer_choice(by=world.office, sign_up=rows[0], freely=True)
    for n, (person, row) in enumerate(zip(people, rows)):
        answer_choice(by=act(person), sign_up=row, freely=n % 2 == 0)
        answered = n + 1
        shown = choices_of([opportunity], 5)
        assert (shown is None) == (answered < 10), answered
    assert choices_of([opportunity], 5) == (6, 12)
    with pytest.raises(WrongState):
        answer_choice(by=act(people[0]), sign_up=rows[0], freely=False)
    assert FreeChoice.objects.get().year == "2026-27"
    events = Event.objects.filter(action="volunteering.answer_choice")
    assert {(e.person_id, str(e.changes)) for e in events} == {(None, "[]")}


# --- protection


def test_a_date_of_birth_is_asked_once(world):
    person = make_volunteer(world, 1, born=None)
    opportunity = make_opportunity(world)
    with pytest.raises(BadInput) as error:
        take(person, opportunity)
    assert [f.where for f in error.value.faults] == ["birth_date"]
    take(person, opportunity, birth_date=dt.date(2005, 1, 1))
    person.refresh_from_db()
    assert person.birth_date == dt.date(2005, 1, 1)
    with pytest.raises(BadInput):
        take(make_volunteer(world, 2, born=None), opportunity, birth_date=dt.date(2030, 1, 1))


def test_a_fourteen_year_old_helps_by_day_but_not_with_heavy_work(world):
    person = make_volunteer(world, 1, born=dt.date(2012, 11, 1))
    assert take(person, make_opportunity(world))
    with pytest.raises(BadInput) as error:
        take(person, make_opportunity(world, on=dt.date(2026, 12, 5), risks=("heavy",)))
    assert "under 18 years the law on volunteering forbids this work (heavy work); on that day you are 14" in sentences(error)


def test_the_university_may_set_the_age_of_consent_higher_from_a_day_on(world):
    person = make_volunteer(world, 1, born=dt.date(2010, 11, 1))
    set_rule(
        by=SYSTEM,
        name="volunteer.consent_below",
        value=18,
        valid_from=dt.date(2026, 12, 1),
        source="Academic council",
        organisation=world.university,
    )
    assert take(person, make_opportunity(world))
    with pytest.raises(BadInput) as error:
        take(person, make_opportunity(world, on=dt.date(2026, 12, 5)))
    assert "under 18 years the law asks for the written consent of a parent" in sentences(error)


def test_a_parent_consents_by_a_link_once_and_a_refusal_leaves_nothing(world):
    child = make_volunteer(world, 1, born=dt.date(2014, 1, 1))
    opportunity = make_opportunity(world)
    with pytest.raises(BadInput):
        ask_consent(by=act(child), opportunity=opportunity, email="volunteer1@example.org")
    asked = ask_consent(by=act(child), opportunity=opportunity, email="parent@example.org", parent="A Parent")
    page = Client().get(f"/en/p/{asked.link.token}/").content.decode()
    assert "Volunteer Number1" in page and "A refusal is not recorded" in page
    with pytest.raises(BadInput):
        give_consent(by=Actor.holding(asked.link), consent=asked, parent=" ")
    give_consent(by=Actor.holding(asked.link), consent=asked, parent="A Parent")
    assert take(child, opportunity)
    with pytest.raises(PassRefused):
        give_consent(by=Actor.holding(asked.link), consent=asked, parent="A Parent")

    second = make_opportunity(world, words="Another", on=dt.date(2026, 12, 5))
    asked = ask_consent(by=act(child), opportunity=second, email="parent@example.org")
    refuse_consent(by=Actor.holding(asked.link), consent=asked)
    assert not Consent.objects.filter(opportunity=second).exists()
    assert Event.objects.filter(action="volunteering.refuse_consent").get().changes == []
    assert b"Nothing is kept" in Client().get(f"/en/p/{asked.link.token}/").content


def test_a_foreign_pass_opens_no_consent(world):
    child = make_volunteer(world, 1, born=dt.date(2014, 1, 1))
    one = ask_consent(by=act(child), opportunity=make_opportunity(world), email="p@example.org")
    two = ask_consent(by=act(child), opportunity=make_opportunity(world, words="Other"), email="p@example.org")
    with pytest.raises(NotAllowed):
        give_consent(by=Actor.holding(one.link), consent=two, parent="P")
    with pytest.raises(PassRefused):
        pass_by_token(one.link.token[:-1] + ("a" if one.link.token[-1] != "a" else "b"))


def test_too_little_rest_is_said_with_the_hours(world, three):
    take(three[0], make_opportunity(world, hour=8, hours=8))
    with pytest.raises(BadInput) as error:
        take(three[0], make_opportunity(world, hour=17, hours=4))
    assert "12 h with less than 8 h of rest between them; the most is 10 h" in sentences(error)
    with pytest.raises(BadInput) as error:
        take(three[0], make_opportunity(world, hour=15, hours=2))
    assert "promised to be elsewhere (28" in sentences(error)


# --- calendar, letters, copies


def test_a_moved_shift_keeps_its_uid_rises_in_sequence_and_a_called_off_one_is_struck_out(world, three):
    opportunity = make_opportunity(world, shifts=2)
    take(three[0], opportunity)
    first, second = opportunity.shifts.all()
    client = Client()
    client.force_login(three[0].account)
    client.post("/en/volunteering/mine/", {"do": "calendar"})
    address = client.get("/en/volunteering/mine/").content.decode().split('id="calendar" value="')[1].split('"')[0]
    before = {str(e["uid"]): e for e in Calendar.from_ical(Client().get(address).content).walk("VEVENT")}
    move_shift(
        by=world.office,
        shift=first,
        starts_at=first.starts_at + dt.timedelta(hours=2),
        ends_at=first.ends_at + dt.timedelta(hours=2),
        places=2,
    )
    call_off_shift(by=world.office, shift=second)
    calendar = Calendar.from_ical(Client().get(address).content)
    after = {str(e["uid"]): e for e in calendar.walk("VEVENT")}
    assert set(before) == set(after) and len(after) == 2
    moved, struck = after[f"shift-{first.pk}@127.0.0.1"], after[f"shift-{second.pk}@127.0.0.1"]
    assert (moved["sequence"], moved["status"], struck["status"]) == (1, "CONFIRMED", "CANCELLED")
    assert moved["dtstart"].dt == first.starts_at + dt.timedelta(hours=2)
    assert moved["dtstart"].params["tzid"] == "Asia/Almaty" and calendar.walk("VTIMEZONE")
    assert Message.objects.filter(subject__startswith="Moved").count() == 1
    assert Client().get(address.replace("/p/", "/p/9")).status_code == 403


def test_one_reminder_for_each_time_of_a_shift(world, three):
    opportunity = make_opportunity(world)
    take(three[0], opportunity)
    with clock.at(dt.date(2026, 11, 27), 12):
        assert remind_of_shifts() == 1
        assert remind(by=SYSTEM, shift=opportunity.shifts.get()) == 1  # again: the same letter
    assert Message.objects.filter(subject__startswith="Soon").count() == 1


def test_a_saved_search_tells_what_is_new_once(world, three):
    client = Client()
    client.force_login(three[0].account)
    client.post("/en/volunteering/?language=kk", {"do": "save"})
    assert SavedSearch.objects.get().query == "language=kk"
    make_opportunity(world, words="In Kazakh", languages=("kk",))
    make_opportunity(world, words="In Russian", languages=("ru",))
    assert search_again() == 1 and search_again() == 0
    with pytest.raises(NotAllowed):
        tell_finds(by=world.office, search=SavedSearch.objects.get(), found=[], until=clock.now())
    assert [m.subject for m in Message.objects.filter(urgency="digest")] == ["Help is wanted: In Kazakh"]
    search = save_search(by=act(three[0]), query="language=kk")
    with pytest.raises(NotAllowed):
        forget_search(by=act(three[1]), search=search)
    forget_search(by=act(three[0]), search=search)
    assert not SavedSearch.objects.exists()


def test_last_year_s_plan_is_copied_to_the_same_hours_and_nobody_is_signed_up_by_it(world, three):
    opportunity = make_opportunity(world, make_measure(world), shifts=2)
    row = take(three[0], opportunity)[0]
    row.came = True
    write_directly(row)
    made = copy_opportunity(by=world.office, opportunity=opportunity, first_day=dt.date(2027, 11, 27), invite=True)
    assert [s.local()[0].strftime("%Y-%m-%d %H:%M") for s in made.shifts.all()] == ["2027-11-27 10:00", "2027-11-28 10:00"]
    assert not SignUp.objects.filter(shift__opportunity=made).exists()
    assert Message.objects.filter(subject__startswith="Again", to="volunteer1@example.org").count() == 1
    assert Link.objects.filter(lower=made, relation="helps-with").count() == 1


def test_hours_stay_the_same_on_the_wall_when_the_zone_changed_between_the_years(world):
    opportunity = make_opportunity(world, on=dt.date(2023, 11, 25))
    made = copy_opportunity(by=world.office, opportunity=opportunity, first_day=dt.date(2027, 11, 27))
    old, new = opportunity.shifts.get(), made.shifts.get()
    assert old.starts_at.hour == 4 and new.starts_at.hour == 5  # Almaty left UTC+6 for UTC+5 on 1 March 2024
    assert old.local()[0].hour == new.local()[0].hour == 10


def test_only_words_of_the_vocabulary_are_kept_of_a_profile(world, three):
    write_profile(by=act(three[0]), person=three[0], skills=["digital", "flying"], languages=["kk"])
    assert Profile.objects.get().skills == ["digital"]


# --- at the door


@pytest.fixture
def begun(world, three):
    """Three people, one in the queue, on the day itself at the beginning of the shift."""
    opportunity = make_opportunity(world, make_measure(world))
    for person in three:
        take(person, opportunity)
    with clock.at(dt.date(2026, 11, 28), 10):
        yield opportunity, opportunity.shifts.get(), three


def test_the_list_becomes_hours_that_the_host_signs_and_that_stand_in_the_thread(world, begun):
    opportunity, shift, (one, two, _three) = begun
    held = make_desk(by=world.actor("partner"), shift=shift)
    door = Actor.holding(held)
    start = clock.now()
    enter(by=door, shift=shift, entries=[Given("a", one.pk, "in", start), Given("b", two.pk, "in", start + dt.timedelta(minutes=5))])
    with clock.at(dt.date(2026, 11, 28), 12):
        enter(by=door, shift=shift, entries=[Given("c", two.pk, "out", clock.now())])
    with clock.at(dt.date(2026, 11, 28), 15):
        sheet = close_list(by=door, shift=shift, on=dt.date(2026, 11, 28))
        assert close_list(by=door, shift=shift, on=dt.date(2026, 11, 28)).pk == sheet.pk  # again: nothing twice
    assert sheet.state == "asked"
    hours = {p.person_id: p.hours_claimed for p in sheet.participations.all()}
    assert hours == {one.pk: Decimal("4.00"), two.pk: Decimal("2.00")}
    assert all(p.unit == world.unit and p.role == "student" for p in sheet.participations.all())
    assert list(SignUp.objects.order_by("number").values_list("came", flat=True)) == [True, True, None]
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    told = Client().get(f"/en/measures/{Link.objects.get(lower=opportunity).upper.slug}/").content.decode()
    assert "6.0 h signed by the host, 2 people" in told


def test_a_no_show_is_noted_and_one_who_waited_is_not(world, begun):
    _opportunity, shift, (one, _two, _three) = begun
    enter(by=world.office, shift=shift, entries=[Given("a", one.pk, "in", clock.now())])
    with clock.at(dt.date(2026, 11, 29), 20):
        assert close_lists() == 1 and close_lists() == 0
    assert list(SignUp.objects.order_by("number").values_list("came", flat=True)) == [True, False, None]


def test_two_devices_with_two_hundred_entries_merge_without_loss(world):
    people = [make_volunteer(world, n) for n in range(1, 101)]
    opportunity = make_opportunity(world, places=100)
    for person in people:
        take(person, opportunity)
    shift = opportunity.shifts.get()
    with clock.at(dt.date(2026, 11, 28), 10):
        start = clock.now()
        ins = [{"key": f"in-{p.pk}", "person": p.pk, "kind": "in", "at": start.isoformat()} for p in people]
    with clock.at(dt.date(2026, 11, 28), 14):
        outs = [{"key": f"out-{p.pk}", "person": p.pk, "kind": "out", "at": clock.now().isoformat()} for p in people]
        one, two = [*ins[:60], *outs[40:]], [*ins[50:], *outs[:45]]  # they overlap: the same entries by two devices, with keys of their own
        two = [{**e, "key": "second-" + e["key"]} for e in two]
        held = make_desk(by=world.actor("partner"), shift=shift)
        for entries in (two, one, one, two):  # in any order, and again
            answer = Client().post(f"/en/p/{held.token}/", {"entries": entries}, content_type="application/json")
            assert answer.status_code == 200
        assert Entry.objects.count() == len(one) + len(two)
        sheet = close_list(by=world.actor("partner"), shift=shift, on=dt.date(2026, 11, 28))
    assert sheet.participations.count() == 100
    assert {p.hours_claimed for p in sheet.participations.all()} == {Decimal("4.00")}


def test_an_entry_that_cannot_be_is_refused_by_its_number_and_nothing_is_half_written(world, begun):
    _opportunity, shift, (one, two, _three) = begun
    stranger = make_volunteer(world, 9)
    wrong = [
        Given("a", one.pk, "in", clock.now()),
        Given("b", stranger.pk, "in", clock.now()),
        Given("c", two.pk, "in", clock.now() + dt.timedelta(days=1)),
    ]
    with pytest.raises(BadInput) as error:
        enter(by=world.office, shift=shift, entries=wrong)
    assert [f.where for f in error.value.faults] == ["entry-2", "entry-3"]
    assert not Entry.objects.exists()
    held = make_desk(by=world.office, shift=shift)
    answer = Client().post(f"/en/p/{held.token}/", {"entries": [{"key": "x"}]}, content_type="application/json")
    assert answer.status_code == 400


def test_late_entries_reach_a_sheet_that_is_not_signed_yet(world, begun):
    _opportunity, shift, (one, two, _three) = begun
    enter(by=world.office, shift=shift, entries=[Given("a", one.pk, "in", clock.now())])
    at = clock.now()
    with clock.at(dt.date(2026, 11, 28), 15):
        sheet = close_list(by=world.office, shift=shift, on=TODAY)
        enter(by=world.office, shift=shift, entries=[Given("b", two.pk, "in", at)])
    assert sheet.participations.count() == 2
    assert HoursSheet.objects.count() == 1


def test_arriving_by_the_code_works_later_and_only_with_a_place(world, begun):
    _opportunity, shift, (one, _two, waits) = begun
    read_at = clock.now() + dt.timedelta(minutes=1)
    code = code_at(desk_secret(), shift.pk, read_at)
    with clock.at(dt.date(2026, 11, 28), 13):  # the phone had no network for three hours
        check_in(by=act(one), shift=shift, code=code, key="k1", at=read_at)
        check_in(by=act(one), shift=shift, code=code, key="k1", at=read_at)
        with pytest.raises(BadInput) as error:
            check_in(by=act(one), shift=shift, code=code, key="k2", at=clock.now())
        assert "not the code" in sentences(error)
        with pytest.raises(BadInput) as error:
            check_in(by=act(waits), shift=shift, code=code, key="k3", at=read_at)
        assert "no place" in sentences(error)
    assert Entry.objects.get().at == read_at


def test_somebody_without_an_account_is_written_down_at_the_door(world, begun):
    _opportunity, shift, (one, _two, _three) = begun
    held = make_desk(by=world.actor("partner"), shift=shift)
    person = walk_in(by=Actor.holding(held), shift=shift, name="Somebody New", key="w1", at=clock.now())
    assert walk_in(by=Actor.holding(held), shift=shift, name="Somebody New", key="w1", at=clock.now()) == person
    known = make_volunteer(world, 8)
    assert walk_in(by=Actor.holding(held), shift=shift, name="", number=known.key, key="w2", at=clock.now()) == known
    with pytest.raises(BadInput):
        walk_in(by=Actor.holding(held), shift=shift, name="", number="", key="w3", at=clock.now())
    with pytest.raises(BadInput):
        walk_in(by=Actor.holding(held), shift=shift, name="", number="S999", key="w4", at=clock.now())
    # whoever has the link sees names in short: a number is easily guessed
    page = Client().get(f"/en/p/{held.token}/").content.decode()
    assert known.name not in page and known.discreet_name in page
    client = Client()
    client.force_login(world.people["office"].account)
    assert known.name in client.get(f"/en/volunteering/shifts/{shift.pk}/").content.decode()
    with clock.at(dt.date(2026, 11, 28), 15):
        sheet = close_list(by=world.actor("partner"), shift=shift, on=TODAY)
    assert {p.role for p in sheet.participations.all()} == {"outside", "student"}


def test_a_door_s_link_opens_no_other_shift_and_no_strangers_door(world, begun):
    _opportunity, shift, _people = begun
    other = make_opportunity(world, words="Other").shifts.get()
    held = make_desk(by=world.actor("partner"), shift=shift)
    with pytest.raises(NotAllowed):
        enter(by=Actor.holding(held), shift=other, entries=[])
    for key in ("member", "other-office", "citizen", "akimat"):
        client = Client()
        client.force_login(world.people[key].account)
        assert client.get(f"/en/volunteering/shifts/{shift.pk}/").status_code == 404, key


def test_a_sheet_of_paper_is_typed_in_line_by_line(world, begun):
    _opportunity, shift, (one, two, _three) = begun
    with pytest.raises(BadInput) as error:
        read_paper("1 10:00 14:00\nsomebody\n77\n2 25:00 26:00", shift)
    assert [f.sentence[:7] for f in error.value.faults] == ["Line 2:", "Line 3:", "Line 4:"]
    with clock.at(dt.date(2026, 11, 28), 18):
        for _again in range(2):
            enter(by=world.office, shift=shift, entries=read_paper("1\n2 10:30 12:00", shift), source="paper")
        sheet = close_list(by=world.office, shift=shift, on=TODAY)
    assert {p.person_id: p.hours_claimed for p in sheet.participations.all()} == {one.pk: Decimal("4.00"), two.pk: Decimal("1.50")}


def test_a_shift_over_midnight_counts_its_hours(world, three):
    opportunity = make_opportunity(world, hour=20, hours=8)
    take(three[0], opportunity)
    shift = opportunity.shifts.get()
    with clock.at(dt.date(2026, 11, 29), 5):
        enter(by=world.office, shift=shift, entries=read_paper("1 20:00 03:30", shift), source="paper")
        sheet = close_list(by=world.office, shift=shift, on=TODAY)
    assert sheet.participations.get().hours_claimed == Decimal("7.50")
    assert sheet.activity.starts_on != sheet.activity.ends_on


def test_a_list_is_not_closed_before_its_shift(world):
    shift = make_opportunity(world).shifts.get()
    with pytest.raises(WrongState):
        close_list(by=world.office, shift=shift, on=TODAY)
    add_shifts(by=world.office, opportunity=Opportunity.objects.get(), shifts=[Times(clock.now(), clock.now() + dt.timedelta(hours=1), 5)])
    assert Shift.objects.count() == 2


def test_what_fits_is_suggested_with_its_reason_and_only_to_whoever_said_what_he_can(world, three):
    make_opportunity(world, words="Garden", skills=("ecology",), latitude=51.13, longitude=71.43)
    fitting = make_opportunity(world, words="Telephones", skills=("digital",), languages=("kk",), on=dt.date(2026, 11, 30))
    make_opportunity(world, words="In English", languages=("en",), on=dt.date(2026, 12, 1))
    client = Client()
    client.force_login(three[0].account)
    assert "Fits you" not in client.get("/en/volunteering/").content.decode()
    write_profile(by=act(three[0]), person=three[0], skills=["digital"], languages=["kk"], near=(51.10, 71.40))
    page = client.get("/en/volunteering/").content.decode()
    fits = page.split("Fits you")[1].split("</section>")[0]
    assert fits.index("Telephones") < fits.index("Garden") and "In English" not in fits
    assert "you know: computers and telephones; you have helped little this year" in fits and "3.9 km from you" in fits
    take(three[0], fitting)
    assert "Telephones" not in client.get("/en/volunteering/").content.decode().split("Fits you")[1].split("</section>")[0]


def test_a_long_plan_is_shown_by_pages_and_its_history_tells_no_sign_ups(world):
    opportunity = make_opportunity(world, places=2, shifts=1)
    first = opportunity.shifts.get()
    from django.db.models import QuerySet

    day = dt.timedelta(minutes=5)
    QuerySet(Shift).bulk_create(
        Shift(opportunity=opportunity, task=first.task, starts_at=first.starts_at + day * n, ends_at=first.ends_at + day * n, places=2) for n in range(1, 130)
    )  # fmt: skip
    person = make_volunteer(world, 7)
    sign_up(by=Actor.of(person, TODAY), opportunity=opportunity, shifts=[first])
    client = Client()
    client.force_login(world.people["office"].account)
    page = f"/en/volunteering/{opportunity.slug}/"
    one, two = (client.get(page, {"page": n, "day": f"{first.local()[0]:%Y-%m-%d}"}).content.decode() for n in (1, 2))
    assert one.count('name="shift"') == 60 and 0 < two.count('name="shift"') <= 60 and "page=2" in one
    assert "Somebody signed up" not in one
    plan = client.get(f"{page}plan/", {"page": 2}).content.decode()
    assert plan.count('<li id="shift-') == 30
