"""Reading resolutions: the real seed word for word, and every form of list in three languages."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.core.files.pdf import Heading, Para, render_pdf
from tertia.plan.conferences.resolution_text import Unreadable, read_bytes, read_file, read_text
from tertia.plan.conferences.resolution_text.head import find_addressee

SEED = Path(__file__).parents[3] / "src/tertia/demonstration/data/enu-conference-2019.txt"


def texts(reading):
    return [item.text for item in reading.items]


def test_the_seed_has_nine_items_word_for_word():
    reading = read_file(SEED)
    source = SEED.read_text(encoding="utf-8")
    assert (reading.language, reading.date, len(reading.groups), len(reading.items)) == ("en", "2019-10-30", 1, 9)
    assert reading.title == "New social dimension in the mission of higher education"
    assert [source[i.start : i.end] for i in reading.items] == texts(reading)
    assert {i.marker for i in reading.items} == {"–"}
    assert [w in a for w, a in zip(("ministries", "Atameken", "Erasmus", "universities"), reading.addressees, strict=True)] == [True] * 4
    assert texts(reading)[8] == "to conduct research on the development of the city, region."


def test_every_letter_of_the_seed_is_either_read_or_named_unread():
    reading = read_file(SEED)
    covered = [False] * len(reading.source_text)
    spans = [(p.start, p.end) for p in reading.unread] + [(i.start, i.end) for i in reading.items]
    lead = reading.groups[0].lead_in
    at = reading.source_text.index(lead)
    for start, end in [*spans, (at, at + len(lead))]:
        covered[start:end] = [True] * (end - start)
    left = "".join(c for c, done in zip(reading.source_text, covered, strict=True) if not done)
    assert left.replace("–", "").strip() == ""


RU = """РЕЗОЛЮЦИЯ
Международной научно-практической конференции «Университет и общество»

г. Алматы, 12 апреля 2024 года

Участники конференции, обсудив доклады, отмечают:
- рост числа волонтёров;
- интерес бизнеса.

Участники конференции рекомендуют:
1. Министерству науки и высшего образования:
1.1. разработать методические рекомен-
дации по третьей миссии;
1.2. включить показатели в отчётность.
2. Вузам:
а) создать центры волонтёрства;
б) публиковать отчёты ежегодно.

Резолюция принята единогласно.
"""
KK = """ҚАРАР
«Университет және қоғам» халықаралық конференциясы

Астана, 2023 жылғы 5 мамыр

Конференция қатысушылары жоғары оқу орындарына ұсынады:
1) еріктілер қозғалысын дамытсын;
2) өңірлік бизнеспен ынтымақтассын;
3) есептерін жыл сайын жарияласын.
"""


def walk(reading):
    return [i for item in reading.items for i in item.walk()]


def test_a_russian_resolution_with_nested_lists_and_a_broken_word():
    reading = read_text(RU)
    assert (reading.language, reading.date) == ("ru", "2024-04-12")
    found = [i.text for i in walk(reading)]
    assert "разработать методические рекомендации по третьей миссии;" in found
    assert [
        w for w in ("включить показатели в отчётность.", "создать центры волонтёрства;", "публиковать отчёты ежегодно.") if w not in found
    ] == []
    assert not any("рост числа" in f or "интерес бизнеса" in f for f in found)


def test_a_kazakh_resolution():
    reading = read_text(KK)
    assert (reading.language, reading.date) == ("kk", "2023-05-05")
    assert texts(reading) == ["еріктілер қозғалысын дамытсын;", "өңірлік бизнеспен ынтымақтассын;", "есептерін жыл сайын жарияласын."]
    assert [i.marker for i in reading.items] == ["1)", "2)", "3)"]


@pytest.mark.parametrize(
    "markers",
    [
        ("1.", "2.", "3."),
        ("1)", "2)", "3)"),
        ("a)", "b)", "c)"),
        ("I.", "II.", "III."),
        ("–", "–", "–"),
        ("•", "•", "•"),
        ("(i)", "(ii)", "(iii)"),
        ("-", "-", "-"),
    ],
)
def test_every_usual_marker_is_read_as_printed(markers):
    asked = ["to open libraries in the evening", "to publish an annual report", "to invite employers"]
    reading = read_text(
        "The conference recommends to universities:\n" + "\n".join(f"{m} {a};" for m, a in zip(markers, asked, strict=True))
    )
    assert [i.marker for i in reading.items] == list(markers)
    assert [t.rstrip(";") for t in texts(reading)] == asked


def test_a_list_over_a_page_break_with_running_heads():
    page = "Conference on the third mission\n{body}\n{n}\n"
    one = "It is recommended to universities:\n1. to open libraries in the evening;\n2. to publish a report that"
    two = "says what was not done;\n3. to invite employers."
    reading = read_text(page.format(body=one, n=1) + "\f" + page.format(body=two, n=2) + "\f" + page.format(body="", n=3))
    assert texts(reading) == [
        "to open libraries in the evening;",
        "to publish a report that says what was not done;",
        "to invite employers.",
    ]
    assert {p.reason for p in reading.unread} >= {"page-furniture"}


def test_a_text_without_a_list_gives_no_item_and_says_what_was_left():
    reading = read_text("The weather was fine. Many people came and talked about the university.")
    assert reading.items == []
    assert reading.unread


def test_what_the_text_does_not_say_is_null():
    reading = read_text("It is recommended:\n1. to open libraries in the evening;\n2. to publish a report.")
    assert (reading.date, reading.title, reading.adopting_body) == (None, None, None)


@given(
    st.lists(
        st.text(alphabet="abcdefghij klmno", min_size=12, max_size=60).map(str.strip).filter(lambda t: len(t) > 10), min_size=2, max_size=8
    )
)
def test_offsets_lead_back_to_the_source(asked):
    source = "The conference recommends to universities:\n" + "\n".join(f"{n}. to {a};" for n, a in enumerate(asked, 1))
    reading = read_text(source)
    assert len(reading.items) == len(asked)
    for item in walk(reading):
        assert " ".join(source[item.start : item.end].split()) == item.text


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash_and_inside_its_bounds(text):
    reading = read_text(text)
    for item in walk(reading):
        assert 0 <= item.start <= item.end <= len(text)
    for passage in reading.unread:
        assert 0 <= passage.start < passage.end <= len(text)


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused(data):
    try:
        read_bytes(data)
    except Unreadable as error:
        assert str(error)


def docx(paragraphs, numbered=()):
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(
        f"<w:p><w:pPr>{number if i in numbered else ''}</w:pPr><w:r><w:t>{p}</w:t></w:r></w:p>" for i, p in enumerate(paragraphs)
    )
    numbering = f'<w:numbering {w}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", numbering)
    return out.getvalue()


def test_a_docx_with_computed_numbers():
    reading = read_bytes(
        docx(["The conference recommends to universities:", "to open libraries in the evening;", "to publish a report."], numbered=(1, 2))
    )
    assert [(i.marker, i.text) for i in reading.items] == [("1.", "to open libraries in the evening;"), ("2.", "to publish a report.")]


def test_a_pdf_with_text():
    data = render_pdf(
        [
            Heading("Resolution"),
            Para("The conference recommends to universities:"),
            Para("1. to open libraries in the evening;"),
            Para("2. to publish an annual report."),
        ],
        title="R",
        language="en",
    )
    assert texts(read_bytes(data)) == ["to open libraries in the evening;", "to publish an annual report."]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b"   \n", "empty"), (b"PK\x03\x04 broken", "broken"), (b"%PDF-1.7 broken", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown-kind"), (b"\x00\x01\x02", "not-text"), (b"a" * (25 * 2**20 + 1), "too-large"),
        (render_pdf([], title="Empty", language="en"), "no-text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(Unreadable) as refused:
        read_bytes(data)
    assert refused.value.code == code


def test_the_command_prints_the_contract(tmp_path):
    run = subprocess.run([sys.executable, "-m", "tertia", "resolution", "read", SEED, "--json"], capture_output=True, text=True, check=True)
    body = json.loads(run.stdout)
    assert list(body) == ["language", "title", "date", "adopting_body", "source_text", "addressees", "groups", "unread"]
    assert list(body["groups"][0]) == ["lead_in", "addressee", "items"]
    assert list(body["groups"][0]["items"][0]) == ["marker", "text", "start", "end", "items"]
    bad = tmp_path / "scan.pdf"
    bad.write_bytes(render_pdf([], title="Empty", language="en"))
    run = subprocess.run([sys.executable, "-m", "tertia", "resolution", "read", bad, "--json"], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert json.loads(run.stdout)["state"] == "unreadable"


LISTED = """РЕЗОЛЮЦИЯ
конференции «Университет и город»

Участники конференции РЕШИЛИ:

1. Признать работу конференции успешной.
2. Рекомендовать Министерству науки и высшего образования:
2.1. Разработать нормативную базу.
2.2. Включить показатели в рейтинги вузов.
3. Рекомендовать вузам:
– создать центры третьей миссии;
– развивать волонтёрское движение.
4. Опубликовать материалы конференции.
"""


def test_a_numbered_lead_in_gives_way_to_the_next_number_of_its_own_list():
    groups = read_text(LISTED).groups
    assert [g.addressee for g in groups] == [None, "Министерству науки и высшего образования", "вузам"]
    assert [[i.marker for i in g.items] for g in groups] == [["1.", "4."], ["2.1.", "2.2."], ["–", "–"]]
    assert not [i for g in groups for i in g.items if i.items]


def test_roman_numbered_addressees_under_one_verb_and_a_closing_request():
    text = (
        'RESOLUTION OF THE FORUM\n"Universities for Communities"\nAlmaty, May 14, 2021\n\n'
        "The participants of the forum, having discussed the reports, recommend:\n\n"
        "I. To the Ministry of Education:\n   a) to establish a national fund;\n   b) to introduce awards.\n"
        "II. To universities:\n   a) to appoint a vice-rector;\n   b) to include service learning.\n\n"
        "The forum also calls upon the National Chamber of Entrepreneurs to support internships.\n"
    )
    resolution = read_text(text)
    assert resolution.title == 'RESOLUTION OF THE FORUM "Universities for Communities"'
    assert [g.addressee for g in resolution.groups] == ["Ministry of Education", "universities", "National Chamber of Entrepreneurs"]
    assert [len(g.items) for g in resolution.groups] == [2, 2, 1]


def test_a_kazakh_title_names_the_kind_of_text_last():
    text = "«Жоғары білім» атты конференцияның\nҰСЫНЫМДАРЫ\n\nҚатысушылар мынадай ұсыныстар қабылдады:\n\nЖоғары оқу орындарына:\n1. орталықтар ашу;\n2. диалог алаңдарын құру.\n"
    assert read_text(text).title == "«Жоғары білім» атты конференцияның ҰСЫНЫМДАРЫ"


def test_a_decision_of_a_council_keeps_its_date_and_number_in_the_title():
    text = (
        "РЕШЕНИЕ\nУчёного совета от 25 июня 2023 года № 11\n\nУчёный совет ПОСТАНОВЛЯЕТ:\n1) утвердить план;\n2) назначить ответственных.\n"
    )
    resolution = read_text(text)
    assert resolution.title == "РЕШЕНИЕ Учёного совета от 25 июня 2023 года № 11"
    assert (resolution.date, resolution.adopting_body) == ("2023-06-25", "Учёный совет")


def test_a_footnote_and_a_running_head_do_not_end_a_numbered_list():
    text = (
        "                 74/5.  Community engagement\n\n       The General Assembly,\n       Recalling its resolution 70/1,\n"
        "       1.   Takes note of the report;\n       2.   Encourages Member States:\n            (a)  To promote service learning;\n"
        "            (b)  To collect data;\n       3.   Encourages universities to open their libraries;\n\n1 A/74/210.\n\n"
        "A/RES/74/5                                Community engagement\n\n       4.   Requests the Secretary-General to report.\n"
    )
    resolution = read_text(text)
    assert [i.marker for i in resolution.items] == ["1.", "2.", "3.", "4."]
    assert [i.marker for i in resolution.items[1].items] == ["(a)", "(b)"]
    assert resolution.adopting_body == "General Assembly"


def test_headings_for_whom_over_plain_sentences():
    text = (
        'Round table "University in the region"\nPavlodar, 12.03.2023\n\nRecommendations\n\nFor the Ministry\n\n'
        "The Ministry should simplify accreditation.\n\nThe Ministry should fund laboratories.\n\n"
        "For universities\n\nUniversities should publish an annual account.\n"
    )
    resolution = read_text(text)
    assert [(g.addressee, len(g.items)) for g in resolution.groups] == [("Ministry", 2), ("universities", 1)]
    assert resolution.title == "University in the region"


def test_a_deadline_inside_an_item_is_not_the_day_of_adoption():
    text = "РЕЗОЛЮЦИЯ\nIII форума ректоров\nг. Астана                    5 апреля 2024 г.\n\nФорум ректоров рекомендует:\n\nВузам:\n- принять стратегии до 1 сентября 2024 года;\n- публиковать отчёт.\n"
    resolution = read_text(text)
    assert (resolution.title, resolution.date) == ("РЕЗОЛЮЦИЯ III форума ректоров", "2024-04-05")
    assert [(p.reason, text[p.start : p.end]) for p in resolution.unread][-1] == ("heading", "Форум ректоров рекомендует:")


def test_whom_a_sentence_asks_ends_before_what_it_asks():
    assert find_addressee("Конференция поручает оргкомитету опубликовать материалы.") == "оргкомитету"
    assert find_addressee("Маслихатам и акиматам:") == "Маслихатам и акиматам"
    assert find_addressee("Based on the discussions the following recommendations were formulated:") is None
