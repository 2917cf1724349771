"""People: the nightly list, deputies, erasure, and what is kept about somebody."""

import datetime as dt

import pytest
from tests.cast import TODAY, make_sheet, text

from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.actions.journal import verify
from tertia.core.parties.actions import accept_invitation, add_deputy, end_membership, erase_person, import_people, invite
from tertia.core.parties.erasure import held_about
from tertia.core.parties.models import Membership, Person
from tertia.core.parties.people_file import read_people

LIST = "key;name;email;standing;unit;role;language\nS1;Adil B;a@example.org;student;uni-law;member;kk\nT1;Dana K;;staff;;office;ru\n"


def run(world, text=LIST, today=TODAY):
    return import_people(by=world.administrator, organisation=world.university, rows=read_people(text.encode()), today=today)


def test_the_same_list_twice_changes_nothing(world):
    first, second = run(world), run(world)
    assert (first.added, first.ended) == (2, 0)
    assert (second.added, second.changed, second.same, second.ended) == (0, 0, 2, 0)


def test_who_is_no_longer_on_the_list_has_left(world):
    run(world)
    done = run(world, LIST.replace("S1;Adil B;a@example.org;student;uni-law;member;kk\n", ""), TODAY + dt.timedelta(days=1))
    assert done.ended == 1
    membership = Membership.objects.get(person__key="S1")
    assert membership.valid_to == TODAY + dt.timedelta(days=1)


def test_all_faults_of_a_list_are_told_with_their_lines():
    with pytest.raises(BadInput) as refused:
        read_people(b"key,name,standing,email\n,Adil,student,\nS2,,wizard,nobody\nS2,Dana,,\n")
    assert [f.where for f in refused.value.faults] == ["2:key", "3:name", "3:standing", "3:email", "4:key"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_list_is_read_in_usual_encodings(encoding):
    (row,) = read_people("key;name\n1;Айгерим\n".encode(encoding))
    assert row.name == "Айгерим"


def test_a_missing_column_is_named():
    with pytest.raises(BadInput) as refused:
        read_people(b"name,mail\nAdil,a@example.org\n")
    assert "key" in refused.value.sentence()


def test_an_unknown_unit_stops_the_whole_list(world):
    with pytest.raises(BadInput):
        run(world, LIST.replace("uni-law", "nowhere"))
    assert not Person.objects.filter(key="T1").exists()


def test_a_deputy_has_the_role_between_his_days_only(world):
    leader, member = world.people["leader"], world.people["member"]
    add_deputy(
        by=world.administrator,
        organisation=world.university,
        person=leader,
        deputy=member,
        valid_from=TODAY,
        valid_to=TODAY + dt.timedelta(days=7),
    )

    def leads(day):
        return Actor.of(member, day).has(world.university.pk, "leader")

    assert [leads(TODAY + dt.timedelta(days=n)) for n in (-1, 0, 7, 8)] == [False, True, True, False]


def test_a_role_ends_with_its_day(world):
    membership = Membership.objects.get(person=world.people["office"], role="office")
    end_membership(by=world.administrator, membership=membership, on=TODAY)
    assert Actor.of(world.people["office"], TODAY).roles
    assert not Actor.of(world.people["office"], TODAY + dt.timedelta(days=1)).roles


def test_an_invitation_is_taken_up_once_by_whoever_holds_its_link(world):
    made = invite(by=world.administrator, organisation=world.university, email="new@example.org", role="editor")
    accept_invitation(by=world.citizen, invitation=made, held=made.link_pass, today=TODAY)
    assert world.citizen.has(world.university.pk, "editor")
    from tertia.core.actions.errors import PassRefused

    with pytest.raises(PassRefused):
        accept_invitation(by=world.actor("partner"), invitation=made, held=made.link_pass, today=TODAY)


def test_erasure_takes_the_person_and_leaves_the_figures(world):
    sheet = make_sheet(world)
    person = sheet.participations.first().person
    hours = [p.hours_claimed for p in sheet.participations.order_by("pk")]
    erase_person(by=world.administrator, person=person)
    person.refresh_from_db()
    assert (person.name, person.email, person.key, person.account) == ("erased person", "", None, None)
    assert [p.hours_claimed for p in sheet.participations.order_by("pk")] == hours
    assert list(verify()) == []


def test_a_person_erases_himself_and_nobody_else(world):
    with pytest.raises(NotAllowed):
        erase_person(by=world.member, person=world.people["office"])
    erase_person(by=world.member, person=world.people["member"])
    assert Person.objects.get(pk=world.people["member"].pk).erased_at


def test_every_model_declares_its_personal_fields_with_purpose_and_term():
    from django.apps import apps

    from tertia.core.actions.guard import Personal

    missing = [
        m._meta.label
        for m in apps.get_models()
        if m.__module__.startswith("tertia.") and not isinstance(getattr(m, "personal", None), dict)
    ]
    assert missing == []
    for model in apps.get_models():
        for name, declared in getattr(model, "personal", {}).items():
            assert isinstance(declared, Personal) and declared.purpose, (model, name)
            assert model._meta.get_field(name)


def test_whoever_has_an_email_field_declares_it_as_personal():
    from django.apps import apps
    from django.db import models as m

    found = {
        f"{model._meta.label}.{f.name}"
        for model in apps.get_models()
        if model.__module__.startswith("tertia.")
        for f in model._meta.get_fields()
        if isinstance(f, m.EmailField) and f.name not in model.personal
    }
    assert found == {"parties.Organisation.email"}


def test_what_is_kept_about_somebody_names_every_row(world):
    sheet = make_sheet(world)
    person = sheet.participations.first().person
    assert {h.model for h in held_about(person)} == {"parties.person", "parties.membership", "activities.participation"}


def test_a_new_name_is_dated_and_texts_of_earlier_days_keep_the_old_one(world):
    from tertia.core.parties.actions import rename_organisation

    renamed = rename_organisation(by=world.administrator, organisation=world.university, name=text("The New Name"), on=TODAY)
    assert [str(renamed.name_on(TODAY - dt.timedelta(days=n))) for n in (1, 0)] == ["The University", "The New Name"]
