"""Published roll calls: totals are those of the file, a second import adds nothing, `NA` is a voter, spellings are asked for."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.councils.making import make_council

from tertia.cli import build_parser
from tertia.plan.councils.bringing import bring
from tertia.plan.councils.models import Roll, RollVoice, RollVoter
from tertia.plan.councils.roll_calls import CallsUnreadable, digest_of, names_alike, read_calls, read_names, read_voices

CALLS = (
    'rcid,session,date,unres,short,descr\n3,1.0,1946-01-01,R/1/66,"AMENDMENTS, RULES","TO ADOPT"\n4,1.0,1946-01-02,R/1/79,,\n5,1.0,,,,\n'
)
VOICES = "rcid,country_code,vote\n3,US,yes\n3,NA,no\n3,,abstain\n3,,yes\n4,NA,yes\n4,US,abstain\n"
NAMES = "country_code,country\nUS,United States\nNA,Namibia\n"


@pytest.fixture
def files(tmp_path):
    for name, words in (("calls", CALLS), ("voices", VOICES), ("names", NAMES)):
        (tmp_path / f"{name}.csv").write_text(words, encoding="utf-8")
    with gzip.open(tmp_path / "voices.csv.gz", "wt", encoding="utf-8") as out:
        out.write(VOICES)
    return tmp_path


def run(files, council, *more, voices="voices.csv.gz"):
    return bring(
        build_parser().parse_args(
            ["rolls", "bring", str(files / "calls.csv"), str(files / voices), "--council", council.slug, "--json", *more]
        )
    )


def test_cells_are_words_and_absence_is_no_vote(files):
    calls, voices = read_calls(files / "calls.csv"), read_voices(files / "voices.csv.gz")
    assert calls["3"].title == "AMENDMENTS, RULES" and calls["3"].day == dt.date(1946, 1, 1) and calls["5"].day is None
    assert voices.lines == 6 and voices.by_call["3"] == [("US", "for"), ("NA", "against"), ("", "abstain"), ("", "for")]
    assert read_names(files / "names.csv") == {"US": "United States", "NA": "Namibia"}


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("voices", "rcid,country_code\n3,US\n", "no column choice/vote"), ("voices", "rcid,country_code,vote\n3,US,perhaps\n", "line 2: 'perhaps' is no vote"),
        ("voices", "rcid,country_code,vote\n9,US,yes\n", "stand in no list of calls"), ("calls", "rcid,date\n3,1946-13-01\n", "line 2: '1946-13-01' is no day"),
        ("calls", "rcid\n3\n3\n", "line 3: the code '3' stands twice"), ("voices", "rcid,country_code,vote\n3,US\n", "line 2: voices.csv: too few cells"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_what_cannot_be_understood_is_told_with_its_line_and_nothing_is_taken_in(files, world, capsys, name, words, told):
    (files / f"{name}.csv").write_text(words, encoding="utf-8")
    assert run(files, make_council(world), voices="voices.csv") == 2
    assert told in capsys.readouterr().err and not Roll.objects.exists()


@pytest.mark.django_db
def test_totals_are_those_of_the_file_and_a_second_import_adds_nothing(files, world, capsys):
    council = make_council(world)
    assert run(files, council, "--names", str(files / "names.csv")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"new": 3, "changed": 0, "same": 0, "voices": 6, "voters": 3}
    assert list(Roll.objects.order_by("code").values_list("code", "yes", "no", "abstained")) == [
        ("3", 2, 1, 1),
        ("4", 1, 0, 1),
        ("5", 0, 0, 0),
    ]
    assert RollVoter.objects.get(code="NA").name == "Namibia" and RollVoice.objects.filter(voter__code="").count() == 2
    assert run(files, council, voices="voices.csv") == 0
    assert json.loads(capsys.readouterr().out) == {"new": 0, "changed": 0, "same": 3, "voices": 0, "voters": 0}
    (files / "voices.csv").write_text(VOICES.replace("4,US,abstain", "4,US,no"), encoding="utf-8")
    assert run(files, council, voices="voices.csv") == 0
    assert json.loads(capsys.readouterr().out) == {"new": 0, "changed": 1, "same": 2, "voices": 2, "voters": 0}
    page = Client().get(f"/en/councils/{council.slug}/rolls/?a=US&b=NA").content.decode()
    assert "both voted in 2 roll calls, and alike in 0" in page and "AMENDMENTS, RULES" in page
    assert "Namibia" in Client().get(f"/en/councils/{council.slug}/rolls/3/").content.decode()


@pytest.mark.django_db
def test_two_spellings_are_asked_for_before_anything_is_taken_in(files, world, capsys):
    (files / "voices.csv").write_text(
        "rcid,voter,vote\n3,Viet Nam,yes\n3,Vietnam,no\n4,Кот-д'Ивуар,yes\n4,Кот д’Ивуар,yes\n", encoding="utf-8"
    )
    council = make_council(world)
    assert run(files, council, voices="voices.csv") == 1
    asked = capsys.readouterr().err
    assert "Viet Nam=Vietnam" in asked and "Ивуар" in asked and not Roll.objects.exists()
    for wrong in ("Vietnam", "=Viet Nam", "Vietnam="):
        assert run(files, council, "--same", wrong, voices="voices.csv") == 2, "half a pair is told, not passed over"
    assert run(files, council, "--same", "Vietnam=Viet Nam", "--apart", "Кот-д'Ивуар=Кот д’Ивуар", voices="voices.csv") == 0
    assert sorted(RollVoter.objects.values_list("code", flat=True)) == ["Viet Nam", "Кот д’Ивуар", "Кот-д'Ивуар"]
    assert list(Roll.objects.filter(code="3").values_list("yes", "no")) == [(1, 1)], (
        "who is said to be one keeps both voices as they were published"
    )


def test_names_that_are_near_are_found_and_others_not():
    found = {
        (a.first, a.second)
        for a in names_alike(
            {"A": "Congo - Brazzaville", "B": "Congo Brazzaville", "C": "Niger", "D": "Kazakhstan", "E": "Қазақстан", "": ""}
        )
    }
    assert ("A", "B") in found and not any("C" in pair for pair in found)
    assert names_alike({}) == []


@given(st.lists(st.tuples(st.text("ABC", max_size=2), st.sampled_from(["for", "against", "abstain"]))), st.randoms())
def test_the_digest_of_voices_does_not_depend_on_their_order(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert digest_of(rows) == digest_of(mixed)
    assert not rows or digest_of(rows) != digest_of(rows[1:])


def test_a_broken_archive_is_told(tmp_path):
    (tmp_path / "x.csv.gz").write_bytes(b"no gzip at all")
    with pytest.raises(CallsUnreadable):
        read_voices(tmp_path / "x.csv.gz")
