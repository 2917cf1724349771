"""Search over every record: three languages, two alphabets, beginnings of words, typing errors, and nobody's secrets."""

import pytest
from tests.cast import TODAY, make_need

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.languages.fold import fold
from tertia.core.languages.text import Text
from tertia.core.search.queries import search
from tertia.listen.needs.actions import raise_need
from tertia.listen.needs.desk_actions import publish_need


@pytest.fixture
def found(world):
    def add(public=True, **texts):
        need = raise_need(
            by=world.citizen, owner=world.university, title=Text.of(next(iter(texts)), **texts), summary=Text({}), raised_on=TODAY
        )
        return publish_need(by=world.office, need=need) if public else need

    add(kk="Қоғамдық көлік кешке жүрмейді", ru="Общественный транспорт не ходит вечером", en="Public transport stops in the evening")
    add(kk="Өзен жағалауын тазалау керек", ru="Нужно убрать берег реки", en="The river bank needs cleaning")
    add(public=False, en="A secret need about the river")
    return lambda words, actor=ANONYMOUS: [str(r.title) for r in search(actor, words)]


@pytest.mark.parametrize(
    "words",
    [
        "қоғамдық",
        "ҚОҒАМ",
        "qogam",
        "qoğam",
        "qogham",
        "kogam kolik",
        "общественн",
        "transport",
        "trnsport",
        "Public tran",
        "обществиный",
        "транспорт",
    ],
)
def test_one_word_is_found_in_every_spelling(found, words):
    assert found(words)[:1] == ["Қоғамдық көлік кешке жүрмейді"]


def test_what_is_not_there_is_not_found(found):
    assert found("dinosaur") == []
    assert found("") == []
    assert found("%_' OR 1=1 --") == []


def test_a_hidden_record_is_found_by_its_office_only(found, world):
    assert len(found("river")) == 1
    assert len(found("river", world.office)) == 2
    assert len(found("river", world.other_office)) == 1


def test_a_changed_title_is_found_and_the_old_one_is_not(found, world):
    from tertia.core.records.actions import write_version
    from tertia.listen.needs.models import Need

    need = Need.objects.filter(visibility="public").order_by("pk").last()
    write_version(by=world.office, record=need, field="title", language="en", text="The embankment is dirty")
    assert found("embankment") == ["Өзен жағалауын тазалау керек"]
    assert found("cleaning") == []


def test_folding_is_stable():
    for words in ("Қоғам", "Ұлытау", "Шымкент", "Zhetisu", "Щучинск"):
        assert fold(fold(words)) == fold(words)


@pytest.mark.production
def test_among_many_records_words_beginnings_and_typing_errors_are_found_and_nobodys_secrets(world, monkeypatch):
    """What a large table on PostgreSQL does, on a small one."""
    from django.db import connection

    from tertia.core.search import postgres

    if connection.vendor != "postgresql":
        pytest.skip("a large table is PostgreSQL's")
    monkeypatch.setattr(postgres, "MANY", -2)
    need, hidden = make_need(world, "The last bus leaves too early"), make_need(world, "The last bus of the office", public=False)
    assert postgres.gather_words() > 0 and postgres.gather_words() == 0 and postgres.gather_words(hours=1) == 0
    for words in ("last bus", "leav earl", "leavse too early"):
        assert [r.pk for r in search(ANONYMOUS, words)] == [need.pk], words
    assert {r.pk for r in search(world.office, "last bus")} == {need.pk, hidden.pk}
    assert (
        search(ANONYMOUS, "xylophone") == []
        and search(ANONYMOUS, "last bus", kind="story") == []
        and search(ANONYMOUS, "a & b | c:* ! '") == []
    )
