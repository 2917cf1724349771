"""Counting ballots and reading a city's proposals: pure, and the same from outside."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.cli import main
from tertia.listen.proposals.city import CityUnreadable, read_city, text_of_html
from tertia.listen.proposals.counting import BallotsUnreadable, count, read_ballots, write_ballots

OPTIONS = ("a", "b", "c", "d")
RANKINGS = st.lists(st.permutations(OPTIONS).flatmap(lambda p: st.integers(0, 4).map(lambda n: list(p)[:n])), max_size=25)

pytestmark = pytest.mark.once


def test_of_three_options_the_ballots_of_the_weakest_pass_on():
    ballots = [["a", "b"]] * 4 + [["b", "a"]] * 3 + [["c", "b"]] * 2 + [[]]
    told = count("ranked", ("a", "b", "c"), ballots)
    assert told.rounds == ({"a": 4, "b": 3, "c": 2}, {"a": 4, "b": 5}) and told.winners == ("b",)
    assert (told.ballots, told.abstained) == (10, 1)


def test_a_tie_is_told_and_nobody_wins_without_votes():
    assert count("choice", OPTIONS, [["a"], ["b"]]).winners == ("a", "b")
    assert count("ranked", OPTIONS, [["a"], ["b"]]).winners == ("a", "b")
    for method in ("choice", "approval", "ranked"):
        assert count(method, OPTIONS, []).winners == () and count(method, OPTIONS, [[], []]).winners == ()


@pytest.mark.parametrize("bad", [["x"], ["a", "a"], ["a", "b"]])
def test_what_is_no_ballot_of_a_choice_is_refused(bad):
    with pytest.raises(ValueError, match="no ballot"):
        count("choice", OPTIONS, [bad])


@given(RANKINGS)
def test_a_ranking_loses_no_ballot_and_its_order_does_not_matter(ballots):
    told = count("ranked", OPTIONS, ballots)
    assert told.ballots == len(ballots) and told.abstained == sum(not b for b in ballots)
    assert all(sum(r.values()) <= len(ballots) for r in told.rounds)
    assert count("ranked", OPTIONS, ballots[::-1]) == told
    firsts = {o: sum(b[:1] == [o] for b in ballots) for o in OPTIONS}
    above = [o for o in OPTIONS if firsts[o] * 2 > len(ballots) - told.abstained]
    assert not above or told.winners == (above[0],)


@given(RANKINGS, st.permutations(OPTIONS))
def test_names_of_options_do_not_matter(ballots, other):
    names = dict(zip(OPTIONS, other, strict=True))
    told, renamed = count("ranked", OPTIONS, ballots), count("ranked", other, [[names[o] for o in b] for b in ballots])
    assert {names[o] for o in told.winners} == set(renamed.winners)


@given(st.dictionaries(st.text("0123456789abcdef", min_size=4, max_size=16), st.lists(st.sampled_from(OPTIONS), unique=True), max_size=20))
def test_published_ballots_are_read_as_they_were_written(rows):
    assert dict(read_ballots(write_ballots(rows.items()))) == rows


@pytest.mark.parametrize("text", ["", "a,b\n", "receipt,options\nx\n", "receipt,options\nx,a\nx,b\n"])
def test_what_is_no_list_of_ballots_is_told(text):
    with pytest.raises(BallotsUnreadable):
        read_ballots(text)


def test_the_command_counts_again(tmp_path, capsys):
    file = tmp_path / "ballots.csv"
    file.write_text(write_ballots([("r1", ["a", "b"]), ("r2", ["b"]), ("r3", ["b", "a"])]))
    assert main(["ballots", "count", str(file), "--method", "ranked", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["winners"] == ["b"]
    assert main(["ballots", "count", str(file), "--method", "choice"]) == 2
    assert main(["ballots", "count", str(tmp_path / "none.csv"), "--method", "choice"]) == 2
    file.write_text(write_ballots([("r1", ["a"]), ("r2", ["b"])]))
    assert main(["ballots", "count", str(file), "--method", "choice"]) == 0
    assert "a tie" in capsys.readouterr().out


DECIDIM = (
    "id;title/en;title/ru;body/en;body/ru;published_at;supports;state;url\n"
    '7;Light the path;Осветить тропу;"<p>It is <b>dark</b>.</p><script>x()</script><ul><li>one</li></ul>";;03/11/2025 10:00;12;accepted;https://city.example/7\n'
    "8;Bench;;;;2025-11-04;;;\n"
)


def test_decidim_s_semicolons_html_empty_texts_and_day_first_dates(tmp_path, capsys):
    file = tmp_path / "decidim.csv"
    file.write_text(DECIDIM, encoding="utf-8")
    one, two = read_city(file)
    assert one.title == {"en": "Light the path", "ru": "Осветить тропу"} and one.text == {"en": "It is dark.\none"}
    assert (one.on, one.supports, one.url, one.line) == ("2025-11-03", 12, "https://city.example/7", 2)
    assert (two.text, two.supports, two.on, two.id) == ({}, None, "2025-11-04", "8")
    assert main(["proposals", "read", str(file), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["proposals"]) == 2
    assert main(["proposals", "read", str(file)]) == 0


def test_consul_s_commas_and_windows_letters(tmp_path):
    file = tmp_path / "consul.csv"
    file.write_bytes(
        "id,title,description,cached_votes_up,created_at\n1,Парк,<p>Деревья &amp; скамьи</p>,1 024,24.12.2025\n".encode("cp1251")
    )
    (one,) = read_city(file)
    assert (one.title, one.text, one.supports, one.on) == ({"": "Парк"}, {"": "Деревья & скамьи"}, 1024, "2025-12-24")


@pytest.mark.parametrize(
    ("words", "more", "said"),
    [
        ("id,name\n1,x\n", {}, "no column for title"), ("id,title\n1,x\n", {"wanted": ("supports",)}, "no column for supports"),
        ("id,title\n1,x\n", {"columns": {"supports": "likes"}}, "likes"), ("id,title\n1,x\n", {"columns": {"mood": "m"}}, "no field"),
        ("id,title\n1\n", {}, "line 2: 1 cells"), ("id,title,supports\n1,x,many\n", {}, "'many'"), ("id,title,date\n1,x,31.02.2025\n", {}, "no date"),
        ("id,title\n1,\n", {}, "title is empty"), ("id,title\n", {}, "no proposal"), ("", {}, "nothing in it"),
    ],
)  # fmt: skip
def test_what_is_missing_is_an_error_and_never_a_zero(tmp_path, words, more, said):
    file = tmp_path / "city.csv"
    file.write_text(words)
    with pytest.raises(CityUnreadable, match=said):
        read_city(file, **more)
    assert main(["proposals", "read", str(file), "--wanted", "supports"]) == 2


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_tag_of_ours_left(words):
    told = text_of_html(f"<p>{words}</p><style>p {{}}</style>")
    assert "<style" not in told.lower() or "<style" in words.lower()


def test_unusual_columns_are_named(tmp_path, capsys):
    file = tmp_path / "city.csv"
    file.write_text("nr;Betreff;likes\n1;Bank;3\n")
    assert main(["proposals", "read", str(file), "--columns", "title=Betreff", "supports=likes", "id=nr"]) == 0
    assert "Bank (3)" in capsys.readouterr().out
    assert main(["proposals", "read", str(file), "--columns", "Betreff"]) == 2
