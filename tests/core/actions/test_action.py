"""Every write is an action: permission, transaction, event; records refuse to be written anywhere else."""

import pytest
from django.db import IntegrityError, connection, transaction
from tests.cast import SYSTEM, make_need, text

from tertia.core.actions.action import ACTIONS, action
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.errors import NotAllowed
from tertia.core.actions.guard import GuardedModel, WriteOutsideAction
from tertia.core.actions.models import Event
from tertia.core.actions.policies import anyone
from tertia.core.parties.actions import found_organisation
from tertia.core.parties.models import Organisation
from tertia.core.records.models import Record
from tertia.listen.needs.models import Need


def test_a_write_outside_an_action_is_refused_in_every_way(world):
    need = make_need(world)
    for write in (
        need.save,
        need.delete,
        lambda: Need.objects.filter(pk=need.pk).update(state="closed"),
        lambda: Record.objects.filter(pk=need.pk).delete(),
        lambda: Need.objects.bulk_create([need]),
        lambda: Record.objects.bulk_update([need], ["state"]),
        lambda: Organisation.objects.create(slug="x", kind="school"),
        lambda: Organisation.objects.get_or_create(slug="y"),
    ):
        with pytest.raises(WriteOutsideAction):
            write()
    assert Need.objects.get(pk=need.pk).state == "raised"


def test_every_model_of_people_s_work_is_guarded():
    from django.apps import apps

    unguarded = {m._meta.label for m in apps.get_models() if m.__module__.startswith("tertia.") and not issubclass(m, GuardedModel)}
    assert unguarded == {
        "parties.Account", "actions.Event", "actions.EventPersonal", "actions.Seal", "actions.SealedEvent", "records.DeclaredPair",
        "search.SearchEntry", "jobs.Job", "outbox.Message", "access.IdempotencyKey", "dialogue.Picture", "needs.NeedMeaning", "network.Measurement", "partnerships.Doubles", "capacities.OfferMeaning",  # made again from the rest
        "channels.Telling", "channels.Delivery", "channels.InboxItem", "channels.SeenActivity", "mentions.ClaimsSeen",  # the worker's own notes, as jobs and messages are
    }  # fmt: skip


def test_an_action_leaves_one_event_with_before_and_after(world):
    before = Event.objects.count()
    need = make_need(world)
    raised, published = Event.objects.order_by("pk")[before:]
    assert (raised.action, raised.record_id, raised.organisation_id) == ("needs.raise", need.pk, world.university.pk)
    assert raised.person_id == world.people["citizen"].pk
    assert published.changes == [
        {"model": "needs.need", "id": need.pk, "before": {"visibility": "office", "changed_at": published.changes[0]["before"]["changed_at"]},
         "after": {"visibility": "public", "changed_at": published.changes[0]["after"]["changed_at"]}}
    ]  # fmt: skip


def test_nothing_is_written_when_the_action_fails(world):
    @action("test.half_written", may=anyone)
    def half_written(*, by):
        Organisation(slug="half", kind="school").save()
        raise IntegrityError("broken")

    events = Event.objects.count()
    try:
        with pytest.raises(IntegrityError), transaction.atomic():
            half_written(by=SYSTEM)
    finally:
        del ACTIONS["test.half_written"]
    assert not Organisation.objects.filter(slug="half").exists()
    assert Event.objects.count() == events


def test_permission_is_asked_before_anything_runs(world):
    with pytest.raises(NotAllowed):
        found_organisation(by=world.member, within=world.university, slug="z", kind="school", name=text("Z"))
    with pytest.raises(NotAllowed):
        found_organisation(by=ANONYMOUS, within=world.university, slug="z", kind="school", name=text("Z"))
    assert not Organisation.objects.filter(slug="z").exists()


def test_positional_arguments_are_a_programming_error(world):
    with pytest.raises(TypeError):
        found_organisation(world.office, "z")


def test_the_database_itself_refuses_to_change_an_event(world):
    make_need(world)
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE actions_event SET actor = 'somebody else'")


def test_every_action_declares_words_for_who_may():
    assert ACTIONS
    assert [name for name, declared in ACTIONS.items() if not declared.may.words] == []
