"""The annual report: gathered, frozen with its hash, printed in three languages."""

import io
from decimal import Decimal

import pypdfium2
import pytest
from django.test import Client
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.cast import TODAY, make_activity, make_measure, make_need, make_resolution, make_sheet, text
from tests.tell.test_stories import make_story, out
from tests.web.test_matrix import signed_in

from tertia.act.activities.actions import attest_hours
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.periods.years import period
from tertia.measure.indicators.actions import choose_indicator
from tertia.measure.indicators.nightly import recompute
from tertia.measure.targets.actions import Proposal, decide_target, propose_target
from tertia.tell.reports.actions import content_hash, write_chapter, write_edition
from tertia.tell.reports.audit import draw
from tertia.tell.reports.models import Edition
from tertia.tell.reports.print import edition_docx, edition_pdf, sample_pdf
from tertia.tell.stories.actions import quote_partner


@pytest.fixture
def edition(world):
    resolution = make_resolution(world)
    make_measure(world, resolution.recommendations.first())
    choose_indicator(by=world.office, owner=world.university, catalogue_id="activities-told-share")
    return write_edition(by=world.office, owner=world.university, period=period("2025-26"), on=TODAY)


def pages(data):
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    return "\n".join(document[i].get_textpage().get_text_bounded() for i in range(len(document)))


def test_what_is_not_recorded_is_said_and_is_not_zero(edition):
    words = " ".join(pages(edition_pdf(edition, "en")).split())
    assert "not recorded yet" in words
    assert "Not recorded yet, which is not zero: Activities the public can read about." in words


@pytest.mark.parametrize(("language", "said"), [("en", "What we did not do"), ("ru", "Чего мы не сделали"), ("kk", "Не істемедік")])
def test_the_pdf_speaks_three_languages_and_is_tagged(edition, language, said):
    data = edition_pdf(edition, language)
    assert said in pages(data)
    assert b"/StructTreeRoot" in data and f"/Lang({language}".encode() in data
    assert b"pdfuaid" in data


def test_the_hash_is_of_the_content(edition):
    assert edition.sha256 == content_hash(edition.content)


def test_an_unchanged_year_is_no_new_edition_and_a_changed_one_replaces_it(world, edition):
    assert write_edition(by=world.office, owner=world.university, period=period("2025-26"), on=TODAY) == edition
    make_need(world, raised_on=period("2025-26").start)
    second = write_edition(by=world.office, owner=world.university, period=period("2025-26"), on=TODAY)
    assert (second.edition, Edition.objects.get(pk=edition.pk).state) == (2, "replaced")


def test_a_measure_of_another_university_is_not_in_it(world, edition):
    from tertia.plan.strategy.actions import plan_measure

    plan_measure(by=world.other_office, owner=world.other, title=text("Foreign"), answers=None, starts_on=TODAY, ends_on=TODAY)
    assert "Foreign" not in str(edition.content)


def test_the_same_content_prints_the_same_bytes(edition):
    assert edition_pdf(edition, "kk")[:2000] == edition_pdf(edition, "kk")[:2000]


YEAR = period("2026-27")


def test_words_of_people_survive_new_figures_and_an_edition_keeps_those_it_was_written_with(world):
    def write(words):
        return write_chapter(by=world.leader, owner=world.university, period=YEAR, chapter="foreword", words=words, on=TODAY)

    write(Text.of("ru", ru="Год был трудным. <b>Очень</b>", kk="Жыл қиын болды."))
    first = write_edition(by=world.office, owner=world.university, period=YEAR, on=TODAY)
    make_need(world)
    second = write_edition(by=world.office, owner=world.university, period=YEAR, on=TODAY)
    assert second.edition == 2 and second.content["texts"] == first.content["texts"]
    row = write(Text.of("ru", ru="Год был хорошим.", kk="Жыл қиын болды."))
    assert (row.words.state("ru"), row.words.state("kk")) == ("written", "stale")
    page = Client().get(second.get_absolute_url().replace("/en/", "/ru/")).content.decode()
    assert "Год был трудным. &lt;b&gt;Очень&lt;/b&gt;" in page and "Год был хорошим" not in page
    with pytest.raises(BadInput):
        write_chapter(by=world.leader, owner=world.university, period=YEAR, chapter="poem", words=text("x"), on=TODAY)
    for by in (world.other_leader, world.citizen):
        with pytest.raises(NotAllowed):
            write_chapter(by=by, owner=world.university, period=YEAR, chapter="foreword", words=text("x"), on=TODAY)


@pytest.fixture
def full(world):
    """A year with a signed activity, a target, a need that waits, a story with a partner's voice."""
    activity = make_activity(world)
    sheet = make_sheet(world, activity, 6)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    indicator = choose_indicator(by=world.office, owner=world.university, catalogue_id="volunteer-hours-total")
    target = propose_target(by=world.office, owner=world.university, proposal=Proposal(indicator, "2026-27", Decimal(500)))
    decide_target(by=world.leader, target=target, approve=True, on=TODAY)
    recompute(world.university, TODAY, ["2026-27"])
    make_need(world, "A lamp for the yard")
    story = make_story(world, activity)
    quote_partner(
        by=world.office,
        story=story,
        organisation=world.partner,
        name="Invented Name",
        words=text("The river is clean now."),
        agreed_on=TODAY,
        agreed_how="by letter",
    )
    out(world, story)
    return write_edition(by=world.office, owner=world.university, period=YEAR, on=TODAY)


def test_the_report_has_plan_beside_fact_needs_stories_and_voices_on_page_and_paper(world, full):
    page = Client().get(full.get_absolute_url()).content.decode()
    docx = "\n".join(_words(edition_docx(full, "en")))
    for words in ("A lamp for the yard", "A clean river", "The river is clean now.", "P1"):
        assert words in page and words in " ".join(pages(edition_pdf(full, "en")).split()) and words in docx, words
    assert "Invented Name" not in str(full.content) + page
    assert full.content["plan"][0]["fact"]["value"] == full.content["figures"][0]["value"] != None  # noqa: E711
    assert full.content["needs"]["unmet"] == 1


def _words(data):
    document = Document(io.BytesIO(data))
    return [p.text for p in document.paragraphs] + [c.text for t in document.tables for row in t.rows for c in row.cells]


def test_the_auditor_draws_figures_down_to_signatures_and_anybody_draws_the_same_again(world, full):
    first, again, other = (draw(full, figures=5, rows=2, seed=seed) for seed in ("blue", "blue", "red"))
    assert first == again and [d.mark for d in first] == ["R1"]
    assert len(first[0].rows) == 2 and "of 6 records" in first[0].out_of and not first[0].differs
    for row in first[0].rows:
        assert "signed" in row.signed.lower() and row.digest and row.sealed == "not sealed yet" and row.url
        assert not any(str(p) in row.says for p in ("Student", "@"))
    assert {r.says for d in other for r in d.rows}
    office = signed_in(world, "office")
    address = f"{full.get_absolute_url()}sample/?figures=3&rows=2&seed=blue"
    assert first[0].rows[0].digest in office.get(address).content.decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(office.get(address + "&form=xlsx").content))
    assert first[0].rows[0].name in [row[0] for row in book.get_sheet_by_name("R1").to_python()]
    assert office.get(address + "&form=pdf").content[:4] == b"%PDF" and "R1" in pages(sample_pdf(full, first, "blue", "ru"))
    assert "error" in office.get(f"{full.get_absolute_url()}sample/?figures=0&rows=2&seed=x").content.decode()


def test_the_desk_writes_chapters_shows_the_year_as_it_would_be_and_keeps_nothing(world):
    office = signed_in(world, "office")
    assert office.post("/en/reports/new/", {"period": "2026-27", "do": "begin"}).headers["Location"] == "/en/reports/write/2026-27/"
    office.post("/en/reports/write/2026-27/outlook/", {"words_en": "We plant trees.\n\n- oaks\n- limes", "words_kk": "", "words_ru": ""})
    assert "We plant trees." in office.get("/en/reports/write/2026-27/").content.decode()
    preview = office.get("/en/reports/write/2026-27/preview/").content.decode()
    assert "<li>oaks</li>" in preview and not Edition.objects.exists()
    assert "We plant trees." in "\n".join(_words(office.get("/en/reports/write/2026-27/preview/?form=docx").content))
    assert office.get("/en/reports/write/nonsense/").status_code == 404 and office.get("/en/reports/write/2026-27/poem/").status_code == 404
    assert signed_in(world, "other-office").get("/en/reports/write/2026-27/outlook/").status_code == 200
    assert "We plant" not in signed_in(world, "other-office").get("/en/reports/write/2026-27/").content.decode()


def test_an_edition_from_before_chapters_is_still_shown(world, edition):
    for key in ("texts", "plan", "needs", "stories", "voices"):
        edition.content.pop(key)
    assert "What we did not do" in pages(edition_pdf(edition, "en"))


@given(
    st.dictionaries(st.sampled_from(LANGUAGES), st.text("ab", max_size=2)),
    st.dictionaries(st.sampled_from(LANGUAGES), st.text("ab", max_size=2)),
)
def test_a_revised_text_says_what_is_stale(before, after):
    old, new = Text.of(**before), Text.of(**after)
    found = old.revise(new)
    assert {k: v[0] for k, v in found.versions.items()} == {k: v[0] for k, v in new.versions.items()}
    assert found.original in found.versions or not found.versions
    changed = old.original in new.versions and old.versions.get(old.original, ("",))[0] not in ("", new.versions[old.original][0])
    for lang, (words, state) in found.versions.items():
        untouched = old.versions.get(lang, ("",))[0] == words
        assert (state == "stale") == (changed and untouched and lang != old.original)
