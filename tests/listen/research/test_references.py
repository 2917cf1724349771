"""References are read from every form with their lines, and nothing is passed over in silence."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tertia.listen.research.references import SENTENCES, Trouble, Unreadable, Work, open_source, read_source
from tertia.listen.research.references.cleaning import date_of, doi_of, orcid_of, plain, ror_of
from tertia.listen.research.references.duplicates import Register, traits
from tertia.listen.research.references.names import names_of
from tertia.listen.research.references.writing import WRITERS, schema_org

pytestmark = pytest.mark.once


def read(path: Path) -> tuple[list[dict[str, Any]], list[Trouble]]:
    works, troubles = [], []
    for found in read_source(open_source(path), path.name):
        if isinstance(found, Work):
            works.append(found.item)
            troubles += found.troubles
        else:
            troubles.append(found)
    return works, troubles


def written(folder: Path, text: str | bytes, name: str = "list.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


BIB = r"""
Words between entries, such as somebody@example.org {not one}.
@string{ vestnik = "Вестник " # {КазНУ} }
@preamble{ "\newcommand{\noopsort}[1]{}" # "\newcommand{\swap}[2]{#2#1}" }
@article{one,
  author = {van der Walt, St\'efan and {World Health Organization} and Ахметов А. С. and others},
  title = {Растворы при 50% влажности: {\O}l},
  journal = vestnik,
  year = 2019, month = "10~" # may,
  pages = {44--59}, doi = {https://doi.org/10.1000/ABC.1},
}
@Comment{ @article{never, title = {Never}} }
@inproceedings(two, title = "A {"}quoted{"} word", crossref = {whole}, pages = 7)
@misc{three, title = {Not closed, author = {X}
@book{four, title = undefined # { text}, year = {soon}
}
@proceedings{WHOLE, title = {The Whole}, editor = {Doe, Jr., Jane}, year = {\swap{--90}{1968}}, publisher = "P"}
"""


def test_bibtex_with_strings_parents_commands_and_a_missing_bracket(tmp_path: Path) -> None:
    works, troubles = read(written(tmp_path, BIB))
    by = {w["id"]: w for w in works}
    assert list(by) == ["one", "two", "four", "WHOLE"]
    assert [w["custom"]["line"] for w in works] == [5, 13, 15, 17]
    one = by["one"]
    assert one["container-title"] == "Вестник КазНУ" and one["title"] == "Растворы при 50% влажности: Øl"
    assert one["author"] == [
        {"family": "Walt", "given": "Stéfan", "non-dropping-particle": "van der"},
        {"literal": "World Health Organization"},
        {"family": "Ахметов", "given": "А. С."},
    ]
    assert one["issued"] == {"date-parts": [[2019, 5, 10]]} and one["page"] == "44-59" and one["DOI"] == "10.1000/abc.1"
    two = by["two"]
    assert two["title"] == 'A "quoted" word' and two["container-title"] == "The Whole" and two["publisher"] == "P"
    assert two["editor"] == [{"family": "Doe", "given": "Jane", "suffix": "Jr."}]
    assert two["issued"] == by["WHOLE"]["issued"] == {"date-parts": [[1968], [1990]]}
    assert by["four"]["issued"] == {"literal": "soon"}
    assert {(t.code, t.line, t.entry) for t in troubles} == {
        ("not-closed", 14, "three"), ("unknown-abbreviation", 15, "four"), ("bad-date", 15, "four"),
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_letters_of_every_encoding_of_the_region(tmp_path: Path, encoding: str) -> None:
    text = "@book{к, author = {Викторов, Михаил}, title = {Методы вычисления физико-химических величин}, year = 1977}\n"
    works, troubles = read(written(tmp_path, text.encode(encoding)))
    assert (
        not troubles
        and works[0]["title"] == "Методы вычисления физико-химических величин"
        and works[0]["author"][0]["family"] == "Викторов"
    )


def test_what_people_write_against_the_rules_is_read_all_the_same(tmp_path: Path) -> None:
    works, troubles = read(
        written(
            tmp_path,
            """@article{my key 1, author = {Doe, Jane; Roe, Richard}, title = {One}, year = {2019}, month = {05}}
@misc{author = {Doe, Jane}, title = {No key}, howpublished = {\\url{https://example.org/a_b%20c}}}
@book {k, title = "Two" year = 2001, author = {Ivanov I.I. and Петров, П. П.}}
""",
        )
    )
    assert not troubles and [w["id"] for w in works] == ["my key 1", "line-2", "k"]
    assert [a["family"] for a in works[0]["author"]] == ["Doe", "Roe"] and works[0]["issued"] == {"date-parts": [[2019, 5]]}
    assert works[1]["URL"] == "https://example.org/a_b%20c"
    assert works[2]["issued"] == {"date-parts": [[2001]]} and works[2]["author"][0] == {"family": "Ivanov", "given": "I.I."}


def test_western_letters_of_one_byte(tmp_path: Path) -> None:
    works, _troubles = read(written(tmp_path, "@book{k, title = {Müller à Zürich}, year = 1977}".encode("cp1252")))
    assert works[0]["title"] == "Müller à Zürich"


RIS = """Provider: somebody

TY  - JOUR
AU  - Doe, Jane, Jr.
AU  - Министерство,
TI  - A title that
      goes on
T2  - The Journal
PY  - 2014/05/01/spring
SP  - 44
EP  - 59
SN  - 1234-5679
DO  - https://doi.org/10.1000/x
KW  - a
KW  - b
ER  -

TY  - WHAT
TI  - No end
TY  - CHAP
T1  - A chapter
A2  - Ed, Itor
BT  - The book
Y1  - no date
ER  -
XX  - stray
"""


def test_ris_as_exporters_write_it(tmp_path: Path) -> None:
    works, troubles = read(written(tmp_path, RIS.replace("\n", "\r\n")))
    assert [w["custom"]["line"] for w in works] == [3, 18, 20]
    first, _second, third = works
    assert first["author"] == [{"family": "Doe", "given": "Jane", "suffix": "Jr."}, {"literal": "Министерство"}]
    assert first["title"] == "A title that goes on" and first["page"] == "44-59" and first["ISSN"] == "1234-5679"
    assert first["issued"] == {"date-parts": [[2014, 5, 1]]} and first["keyword"] == "a; b" and first["DOI"] == "10.1000/x"
    assert third["container-title"] == "The book" and third["editor"] == [{"family": "Ed", "given": "Itor"}]
    assert {(t.code, t.line) for t in troubles} == {("unknown-type", 18), ("bad-date", 20), ("stray-line", 26)}


def test_json_of_three_kinds_with_lines_and_a_broken_object(tmp_path: Path) -> None:
    text = """[
 {"type": "book", "title": "CSL", "id": 5, "issued": {"date-parts": [["2014", "5"]]}},
 {"DOI": "10.1000/A", "title": ["Crossref <i>x</i>"], "issued": {"date-parts": [[null]]}, "author": [{"name": "A body"}]},
 {"type": "book", "title": broken},
 {"id": "https://openalex.org/W1", "display_name": "OpenAlex", "authorships": [{"author": {"display_name": "Jan van Ort"}}],
  "abstract_inverted_index": {"b": [1], "a": [0, 2]}, "publication_date": "2020-01-02"},
 7,
 {"nothing": 1}
]"""
    works, troubles = read(written(tmp_path, text))
    assert [(w["custom"]["form"], w["custom"]["line"], w["title"]) for w in works] == [
        ("csl-json", 2, "CSL"), ("crossref", 3, "Crossref x"), ("openalex", 5, "OpenAlex"),
    ]  # fmt: skip
    assert works[0]["issued"] == {"date-parts": [[2014, 5]]} and "issued" not in works[1] and works[1]["author"] == [{"literal": "A body"}]
    assert works[2]["author"] == [{"family": "Ort", "given": "Jan", "non-dropping-particle": "van"}] and works[2]["abstract"] == "a b a"
    assert {(t.code, t.line) for t in troubles} == {("not-json", 4), ("not-a-work", 7), ("not-a-work", 8)}


@pytest.mark.parametrize(
    "text",
    [
        '{"status": "ok", "message": {"items": [{"DOI": "10.1000/a", "title": ["T"]}], "total-results": 1}}',
        '{"status": "ok", "message": {"DOI": "10.1000/a", "title": ["T"]}}',
        '{"meta": {"count": 1}, "results": [{"id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/a", "title": "T"}]}',
        '{"DOI": "10.1000/a", "title": ["T"]}\n{"type":"book","title":"U","id":"u"}\n',
        '{"references": [{"type": "article", "title": "T", "DOI": "10.1000/a", "id": "a"}], "unread": []}',
    ],
)
def test_answers_of_services_and_lines(tmp_path: Path, text: str) -> None:
    works, troubles = read(written(tmp_path, text))
    assert not troubles and works[0]["DOI"] == "10.1000/a" and works[0]["title"] == "T"


def test_a_json_that_breaks_off_gives_what_was_whole(tmp_path: Path) -> None:
    whole = json.dumps([{"type": "book", "title": f"Book {n}", "id": str(n)} for n in range(3000)], indent=1)
    works, troubles = read(written(tmp_path, whole[: len(whole) // 2]))
    assert 1400 < len(works) < 1600 and [t.code for t in troubles][0] == "not-json"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b" \n", "empty"), (b"\x00\x01\x02", "not-text"), (b"Dear all, see you on Monday.", "unknown-form"), (b"<html></html>", "unknown-form"),
     (gzip.compress(b"@book{a, title={b}}" * 100)[:-20], "damaged")],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_reason(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        open_source(written(tmp_path, content))
    assert refused.value.code == code


def test_a_packed_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: Any) -> None:
    from tertia.listen.research.references import files

    monkeypatch.setattr(files, "MOST_BYTES", 1 << 20)
    with pytest.raises(Unreadable) as refused:
        open_source(written(tmp_path, gzip.compress(b"@book{a, title = {" + b"x" * (8 << 20))))
    assert refused.value.code == "too-long"


def test_sentences_of_the_page_are_those_of_the_command() -> None:
    from tertia.listen.research.unread import MARKED

    assert set(MARKED) == set(SENTENCES.values())


def test_pieces() -> None:
    assert (
        doi_of("doi:10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2.")
        == "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2"
    )
    assert doi_of("(see 10.1000/x)") == "10.1000/x" and doi_of("11.5/x") == ""
    assert orcid_of("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097" and orcid_of("0000-0002-1825-0098") == ""
    assert ror_of("https://ror.org/05a28rw58") and not ror_of("https://ror.org/05a28rw59")
    assert plain("<jats:p>A <jats:italic>b</jats:italic> &amp; 3 < 4</jats:p>") == "A b & 3 < 4"
    assert plain("<script>alert(1)</script>") == "alert(1)"
    assert date_of("12 мая 2019 г.")[0] == {"date-parts": [[2019, 5, 12]]} and date_of("2019-02-30") == ({"literal": "2019-02-30"}, False)
    assert names_of("{Барнс and Noble} and Ludwig van Beethoven") == [
        {"literal": "Барнс and Noble"},
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
    ]


_words = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
    .map(lambda t: plain(t))
    .filter(lambda t: t and t == plain(plain(t)))
)
_letters = st.text("абвгдеёжзийклмнопрстуәіңғүұқөһabcdefgüéß", min_size=2, max_size=12).map(str.title)
_name = st.fixed_dictionaries({"family": _letters, "given": _letters})
_item = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z][a-z0-9:.]{0,12}", fullmatch=True), "type": st.sampled_from(["article-journal", "book", "chapter", "report", "thesis"]),
     "title": _words, "author": st.lists(_name, min_size=1, max_size=4)},
    optional={"issued": st.builds(lambda y, m: {"date-parts": [[y, m] if m else [y]]}, st.integers(1900, 2030), st.integers(0, 12)), "volume": st.from_regex(r"[1-9][0-9]{0,3}", fullmatch=True),
              "DOI": st.from_regex(r"10\.[1-9][0-9]{3}/[a-z0-9._-]{1,12}[a-z0-9]", fullmatch=True)},
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(_item, min_size=1, max_size=5, unique_by=lambda i: i["id"]), st.sampled_from(sorted(WRITERS)))
def test_what_is_written_is_read_again(tmp_path: Path, items: list[dict[str, Any]], form: str) -> None:
    works, troubles = read(written(tmp_path, "".join(WRITERS[form](items))))
    assert not troubles and len(works) == len(items)
    for before, after in zip(items, works, strict=True):
        for name in ("author", "issued", "volume", "DOI"):
            assert after.get(name) == before.get(name), name
        if form != "bibtex":  # LaTeX has signs that it joins: -- is a dash there, and ?` a letter
            assert after["title"] == before["title"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["@article{", "@string{", "a = ", "{", "}", '"', "#", ",", "x", "\n", "\\", "@", "(", ")", "é", "TY  - JOUR\n", "ER  - \n", "TI  - x\n", '{"', '":', "[", "]", "1", "null"]), max_size=60))  # fmt: skip
def test_no_text_crashes_the_reader(tmp_path: Path, pieces: list[str]) -> None:
    try:
        works, troubles = read(written(tmp_path, "".join(pieces)))
    except Unreadable:
        return
    assert all(w["id"] and w["type"] for w in works) and all(t.as_json()["sentence"] for t in troubles)


def test_command_prints_every_work_with_its_line(tmp_path: Path) -> None:
    bib = written(tmp_path, BIB, "a.bib")
    made = subprocess.run(
        [sys.executable, "-m", "tertia", "references", "read", str(bib), str(tmp_path / "none.ris"), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(made.stdout)
    assert made.returncode == 2 and told["state"] == "unreadable" and len(told["references"]) == told["read"] == 4
    assert told["references"][0]["custom"] == {"file": str(bib), "line": 5, "form": "bibtex"}
    assert [u["code"] for u in told["unread"]][-1] == "not-found" and told["unread"][0]["where"] == f"{bib}:14"
    assert (
        subprocess.run([sys.executable, "-m", "tertia", "references", "read", str(bib)], capture_output=True, check=False).returncode == 1
    )


def test_duplicates_are_joined_with_a_reason_and_what_is_near_is_asked() -> None:
    def work(key: str, **more: Any) -> Any:
        return traits(key, {"id": key, "type": "article-journal", "title": "Clean water for the villages of Kostanay", "author": [{"family": "Ахметов"}], "issued": {"date-parts": [[2020]]}, **more})  # fmt: skip

    known = Register([work("a", DOI="10.1000/a"), work("b", title="Air over the city, part 1", DOI="")])
    assert known.match(work("x", DOI="10.1000/a", title="Else")).reason == "doi"
    same = known.match(work("x", title="Clean Water for the Villages of Kostanay."))
    assert same is not None and (same.key, same.reason, same.sure) == ("a", "title", True)
    near = known.match(work("x", issued={"date-parts": [[2021]]}))
    assert near is not None and not near.sure
    assert known.match(work("x", DOI="10.1000/other")) is None
    assert known.match(work("x", title="Air over the city, part 2")) is None
    assert known.match(work("x", author=[{"family": "Оспанова"}])) is None


def test_schema_org_says_who_and_where() -> None:
    made = schema_org(
        {"id": "a", "type": "article-journal", "title": "T", "author": [{"family": "Doe", "given": "Jane"}], "DOI": "10.1000/a", "container-title": "J", "volume": "3",
         "issued": {"date-parts": [[2020, 5]]}, "custom": {"orcids": ["0000-0002-1825-0097"], "funding": [{"name": "F", "ror": "https://ror.org/05a28rw58"}]}}
    )  # fmt: skip
    assert made["@type"] == "ScholarlyArticle" and made["author"][0]["@id"].endswith("0097") and made["datePublished"] == "2020-05"
    assert made["isPartOf"]["isPartOf"]["name"] == "J" and made["funder"][0]["@id"].startswith("https://ror.org/")
