"""What is personal is forgotten when its declared term has passed after somebody left; figures stay."""

import datetime as dt

import pytest
from tests.cast import TODAY, make_sheet

from tertia.core.actions.errors import NotAllowed
from tertia.core.actions.journal import verify
from tertia.core.parties.actions import end_membership, forget
from tertia.core.parties.models import Person
from tertia.core.parties.rounds import forget_who_left
from tertia.core.periods import clock


def forgotten_after(days):
    with clock.at(TODAY + dt.timedelta(days=days)):
        return forget_who_left()


def test_fields_are_forgotten_one_by_one_as_their_terms_pass(world):
    sheet = make_sheet(world, people=1)
    line = sheet.participations.get()
    person = line.person
    assert forgotten_after(4000) == 0
    end_membership(by=world.administrator, membership=person.memberships.get(), on=TODAY)
    assert forgotten_after(700) == 0
    assert forgotten_after(731) > 0
    person.refresh_from_db()
    assert (person.key, person.email, person.name.startswith("Student")) == (None, "", True)
    line.refresh_from_db()
    assert line.hours_claimed == 4
    assert forgotten_after(731) == 0
    assert list(verify()) == []


def test_who_has_an_account_or_a_running_membership_is_not_forgotten(world):
    before = list(Person.objects.order_by("pk").values("name", "email", "key"))
    forgotten_after(5000)
    assert list(Person.objects.order_by("pk").values("name", "email", "key")) == before


def test_only_tertia_itself_forgets(world):
    with pytest.raises(NotAllowed):
        forget(by=world.administrator, person=world.people["member"], left=TODAY, today=TODAY)
