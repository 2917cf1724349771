"""A room or a person at two places at once is found in a programme."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY, text
from tests.web.test_matrix import signed_in

from tertia.plan.conferences.actions import add_session, add_talk, announce_conference
from tertia.plan.conferences.clashes import Clash, Slot, clashes, people_in

DAY = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def slot(number, first, last, room="", *people):
    return Slot(number, f"S{number}", room, DAY + dt.timedelta(hours=first), DAY + dt.timedelta(hours=last), people)


def test_one_room_and_one_person_at_two_places_are_told():
    found = clashes(
        [
            slot(1, 9, 11, "Зал № 1", "А. Ахметов"),
            slot(2, 10, 12, "зал №1", "B. Brown"),
            slot(3, 10, 11, "2", "Ахметов А."),
            slot(4, 11, 12, "2", "А. Ахметов"),
        ]
    )
    assert found == [Clash("room", 1, 2, "Зал № 1"), Clash("person", 1, 3, "А. Ахметов")], "sessions that touch do not clash"
    assert clashes([slot(1, 9, 10), slot(2, 9, 10)]) == [], "no room is no clash"


def test_names_are_read_out_of_a_line_of_speakers():
    assert people_in("А. Ахметов, Б. Беков и В. Васильев; G. Green") == ("А. Ахметов", "Б. Беков", "В. Васильев", "G. Green")
    assert people_in("") == ()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5), st.sampled_from(["", "1", "2"])), max_size=12))
def test_every_pair_that_overlaps_in_a_room_is_found_and_no_other(rows):
    slots = [slot(n, first, first + length, room) for n, (first, length, room) in enumerate(rows)]
    wanted = {
        frozenset((a.number, b.number))
        for a in slots
        for b in slots
        if a.number < b.number and a.room and a.room == b.room and a.starts < b.ends and b.starts < a.ends
    }
    assert {frozenset((c.first, c.second)) for c in clashes(slots)} == wanted


@pytest.mark.django_db
def test_the_office_sees_clashes_on_the_page_of_the_conference(world):
    made = announce_conference(
        by=world.office, owner=world.university, title=text("The city"), starts_on=TODAY, ends_on=TODAY, visibility="public"
    )
    for room in ("1", "2"):
        session = add_session(
            by=world.office,
            conference=made,
            kind="section",
            title=text(f"Section {room}"),
            starts_at=DAY,
            ends_at=DAY + dt.timedelta(hours=1),
            room=room,
        )
        add_talk(by=world.office, session=session, title=text("Talk"), speaker="A. Akhmetov")
    page = signed_in(world, "office").get(f"/en/conferences/{made.slug}/").content.decode()
    assert "A. Akhmetov</strong> is to speak twice at once: Section 1, and Section 2" in page
    assert "twice at once" not in signed_in(world, "citizen").get(f"/en/conferences/{made.slug}/").content.decode()
