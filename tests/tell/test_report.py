"""The annual report: gathered, frozen with its hash, printed in three languages."""

import io

import pypdfium2
import pytest
from tests.cast import TODAY, make_measure, make_need, make_resolution, text

from tertia.core.periods.years import period
from tertia.measure.indicators.actions import choose_indicator
from tertia.tell.reports.actions import content_hash, write_edition
from tertia.tell.reports.models import Edition
from tertia.tell.reports.print import edition_pdf


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
