"""The journal: sealed in batches, and any change after the fact is found."""

import pytest
from django.db import connection
from tests.cast import make_need

from tertia.core.actions.journal import seal, verify
from tertia.core.actions.models import Event, EventPersonal, Seal, SealedEvent


@pytest.fixture
def sealed(world):
    make_need(world)
    while seal():
        pass
    return world


def _tamper(sql):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE actions_event DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE actions_seal DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS actions_event_append_only")
            cursor.execute("DROP TRIGGER IF EXISTS actions_seal_append_only")
        cursor.execute(sql)


def codes():
    return sorted({p.code for p in verify()})


def test_an_untouched_journal_is_whole(sealed):
    assert codes() == []
    assert SealedEvent.objects.count() == Event.objects.count()


def test_sealing_again_changes_nothing(sealed):
    before = Seal.objects.count()
    assert seal() == 0
    assert Seal.objects.count() == before


def test_each_organisation_has_its_own_chain(sealed):
    assert set(Seal.objects.values_list("organisation_id", flat=True)) >= {None, sealed.university.pk}


def test_an_altered_event_is_found(sealed):
    _tamper("UPDATE actions_event SET action = 'needs.close' WHERE action = 'needs.raise'")
    assert codes() == ["event-altered"]


def test_an_event_altered_with_its_digest_is_found(sealed):
    _tamper("UPDATE actions_event SET digest = 'f' WHERE action = 'needs.raise'")
    assert "event-replaced" in codes()


def test_a_lost_event_is_found(sealed):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM actions_eventpersonal")
    _tamper("DELETE FROM actions_event WHERE action = 'needs.publish'")
    assert codes() == ["event-lost"]


def test_a_lost_seal_breaks_the_chain(sealed):
    make_need(sealed, "A second one")
    seal()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM actions_sealedevent WHERE seal_id IN (SELECT id FROM actions_seal WHERE number = 1)")
    _tamper("DELETE FROM actions_seal WHERE number = 1")
    assert "chain-broken" in codes()


def test_personal_payloads_can_be_erased_without_breaking_the_chain(sealed):
    assert EventPersonal.objects.exclude(payload=[]).exists()
    EventPersonal.objects.update(payload=[])
    assert codes() == []


def test_an_altered_personal_payload_is_found(sealed):
    payload = EventPersonal.objects.exclude(payload=[]).first()
    payload.payload = [{"model": "parties.person", "after": {"name": "Somebody Else"}}]
    payload.save()
    assert codes() == ["payload-altered"]
