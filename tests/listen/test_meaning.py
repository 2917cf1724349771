"""Needs of like meaning are found across languages where the optional package is there, and every page works without it."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from tests.cast import make_need

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.languages.text import Text
from tertia.core.search import meaning
from tertia.listen.needs import alike as matching
from tertia.listen.needs.models import Need, NeedMeaning

pytestmark = pytest.mark.django_db


def said(world, words):
    need = make_need(world)
    from tertia.core.records.actions import write_version

    return Need.objects.get(pk=write_version(by=world.office, record=need, field="title", language="en", text=words).pk)


def test_the_language_of_a_sentence_is_told_by_its_letters():
    assert [meaning.language_of(t) for t in ("Өзен лас", "Грязная вода", "Dirty water", "")] == ["kk", "ru", "en", "en"]
    assert {lang: mean.shape for lang, mean in meaning.means_of().items()} == dict.fromkeys(("kk", "ru", "en"), (384,))


def test_the_same_need_in_another_language_is_found(world):
    assert meaning.available(), "the suite runs with the package; `./run meaning` installs it"
    wanted = said(world, "В сельских колодцах грязная вода")
    others = [
        said(world, w) for w in ("The sports hall is closed after school", "Студентам не хватает мест в общежитии", "Жол шұңқырға толы")
    ]
    assert matching.understand() == 4 and matching.understand() == 0
    found = matching.alike(ANONYMOUS, "The water in the village wells is dirty")
    assert found[0] == wanted and not set(found) & set(others)
    page = Client().post("/en/needs/new/", {"title_en": "We cannot drink the dirty water of the village well"}).content.decode()
    assert "Is it one of these?" in page and wanted.get_absolute_url() in page
    said_anew = said(world, "Қала шетіне автобус жүрмейді")
    assert matching.understand() == 1 and NeedMeaning.objects.count() == 5 and NeedMeaning.objects.get(need=said_anew).language == "kk"


def test_without_the_package_like_words_are_found_and_nothing_breaks(world, monkeypatch):
    monkeypatch.setattr(meaning, "_model", lambda: None)
    need = make_need(world, "The last bus leaves before the library closes")
    assert matching.understand() == 0
    assert matching.alike(ANONYMOUS, "Last bus leaves before library is closed") == [need]
    assert matching.alike(ANONYMOUS, Text({})) == []
    with pytest.raises(RuntimeError, match="run meaning"):
        meaning.vectors_of(["x"])


def test_nobody_is_near_where_nobody_is():
    assert meaning.near("A sentence", np.zeros((0, 384), dtype=np.float32), []) == []
