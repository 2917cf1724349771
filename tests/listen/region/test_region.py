"""A statistic on the site: taken in with its source, revised, said aloud what has to be known, shown beside needs and studies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import TODAY, make_need, text
from tests.listen.region.test_series_file import POPULATION
from tests.web.test_matrix import signed_in

from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.languages.text import Text
from tertia.listen.region.actions import Taken, keep_series, note_break, revise_series, withdraw_series
from tertia.listen.region.models import Observation, Series
from tertia.listen.region.queries import like_regions, table_of
from tertia.listen.region.series_file import Figure, Unread, read_statistics


def taken(figures: list[tuple[str, int, int]], digest: str = "a", unread: list[Unread] | None = None) -> Taken:
    return Taken("a.csv", digest, "", [Figure(p, y, "", Decimal(v), "measured", 1) for p, y, v in figures], unread or [])


SOME = [("KZ", 2020, 30), ("KZ-71", 2020, 10), ("KZ-75", 2020, 20), ("KZ-71", 2021, 11), ("KZ-75", 2021, 22), ("KZ", 2021, 34)]


def make_series(world: Any, what: Taken | None = None, **more: Any) -> Series:
    given = {"source": "Bureau", "licence": "PDDL", "adds": True, **more}
    return keep_series(
        by=world.office, owner=world.university, title=text("Population"), summary=Text({}), unit_words=text("people"), taken=what or taken(SOME), on=TODAY, **given
    )  # fmt: skip


def test_a_statistic_without_source_unit_or_licence_is_hearsay(world):
    for missing in ({"source": " "}, {"licence": ""}):
        with pytest.raises(BadInput):
            make_series(world, **missing)
    with pytest.raises(BadInput):
        make_series(world, taken([("KZ-00", 2020, 1)]))
    with pytest.raises(NotAllowed):
        keep_series(
            by=world.citizen,
            owner=world.university,
            title=text("P"),
            summary=Text({}),
            unit_words=text("p"),
            adds=True,
            source="s",
            licence="l",
            taken=taken(SOME),
            on=TODAY,
        )
    assert not Series.objects.exists()


def test_a_revision_is_kept_beside_the_one_before(world):
    series = make_series(world)
    assert revise_series(by=world.office, series=series, taken=taken(SOME), on=TODAY).number == 1  # the same file
    second = revise_series(
        by=world.office,
        series=series,
        taken=taken([("KZ-71", 2020, 12)], "b", [Unread(3, "unknown-place", "Foo")]),
        on=TODAY,
        note="Census",
    )
    assert second.number == 2 and second.unread == [[3, "unknown-place", "Foo"]]
    now, before = table_of(series), table_of(series, 1)
    assert now is not None and before is not None
    assert (now.values["KZ-71"][2020], before.values["KZ-71"][2020]) == (12, 10) and Observation.objects.count() == 7
    page = Client().get(series.get_absolute_url()).content.decode()
    assert "Census" in page and "“Foo” is no region" in page and "?revision=1" in page


def test_no_growth_is_told_across_a_break(world):
    series = make_series(world, taken([*SOME, ("KZ-71", 2022, 22)]))
    table = table_of(series)
    assert table is not None and table.grown("KZ-71").percent == Decimal("120.0")
    note_break(by=world.office, series=series, year=2022, words=text("Counted by registers"))
    note_break(by=world.office, series=series, year=2022, words=text("Counted by registers since then"))
    table = table_of(series)
    assert table is not None and table.grown("KZ-71") is None and series.breaks.count() == 1
    assert b"Counted by registers since then" in Client().get(series.get_absolute_url()).content
    with pytest.raises(BadInput):
        note_break(by=world.office, series=series, year=2022, words=Text({}))


def test_real_population_on_its_page_in_three_languages(world):
    read = read_statistics(POPULATION)
    series = make_series(world, Taken("p.csv", "p", "", read.figures, read.unread))
    table = table_of(series)
    assert table is not None and like_regions(table, "KZ-71", 2) == ["KZ-19", "KZ-31"]
    address = series.get_absolute_url().split("/", 2)[2]
    for language, words in (("en", "Abai Region is there from 2022 on"), ("ru", "2022"), ("kk", "2022")):
        page = Client().get(f"/{language}/{address}").content.decode()
        assert words in page
    page = Client().get(f"/en/{address}?year=2021").content.decode()
    assert "not founded yet" in page and "no figure" in page
    lines = b"".join(Client().get(f"/en/{address}data.csv").streaming_content).decode().splitlines()
    assert len(lines) == 422 and "REF_AREA" in lines[0] and any(",KZ-10,2022,611888" in line for line in lines)


def test_a_region_stands_beside_like_ones_with_its_needs(world):
    from tertia.core.places.models import Place

    read = read_statistics(POPULATION)
    make_series(world, Taken("p.csv", "p", "", read.figures, read.unread))
    need = make_need(world)
    from tertia.core.actions.action import action
    from tertia.core.actions.policies import anyone

    @action("test.place", may=anyone)
    def put(*, by: Any) -> None:
        need.place = Place.objects.get(code="KZ-10")
        need.save()

    put(by=world.office)
    page = Client().get("/en/region/KZ-10/").content.decode()
    assert "The last bus leaves too early" in page and "Before, a part of" in page and "Population" in page
    assert Client().get("/en/region/KZ-YUZ/").status_code == 404
    assert "1 need" in Client().get("/en/region/").content.decode()


def test_the_office_brings_a_file_and_is_told_what_is_wrong(world):
    office = signed_in(world, "office")
    given = {"title_en": "Cars", "unit_words_en": "cars", "source": "Bureau", "licence": "PDDL"}

    def send(body: str, **more: Any) -> Any:
        return office.post("/en/region/series/new/", {**given, **more, "file": SimpleUploadedFile("a.csv", body.encode())})

    assert b"No column of regions was found" in send("a,b\n1,2\n").content
    assert b"No years were found" in send("Region,cars,bikes\nAbai Region,7,1\nAstana,9,2\n").content
    wide = "Region,cars,bikes\nAbai Region,7,1\nAstana,9,2\n"
    asked = send(wide, year="2023")
    assert "“cars”, “bikes”" in asked.content.decode()
    assert send(wide, year="2023", part="Cars").status_code == 302
    series = Series.objects.get()
    page = office.get(series.get_absolute_url()).content.decode()
    assert "One year only, 2023" in page
    office.post(
        series.get_absolute_url(),
        {"do": "revise", "part": "", "file": SimpleUploadedFile("b.csv", b"Region,2022,2023\nAstana,8,9\nAlmaty city,5,6\n")},
    )
    office.post(series.get_absolute_url(), {"do": "break", "year": "2023", "words_en": "With lorries"})
    assert series.revisions.count() == 2 and series.breaks.count() == 1
    withdraw_series(by=world.office, series=series)
    assert b"Cars" not in Client().get("/en/region/").content


def test_the_districts_of_a_region_are_drawn_and_named_in_each_language(world):
    from django.test import Client

    from tertia.core.places.drawing import districts_of

    counts = {code: len(found.districts) for code in ("KZ-10", "KZ-11", "KZ-71") if (found := districts_of(code, "kk"))}
    assert counts["KZ-10"] > 5 and sum(c > 1 for c in counts.values()) >= 2
    for language, name in (("kk", "Семей"), ("en", "Semey")):
        page = Client().get(f"/{language}/region/KZ-10/").content.decode()
        assert name in page and 'class="districts"' in page
