"""Lists of works: each once, joined with a reason, asked about where nobody can be sure; undone again; broken off and gone on with."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import TODAY
from tests.listen.research.test_research import make_study
from tests.web.test_matrix import signed_in

from tertia.core.intake.actions import begin_taking, begin_undoing, keep_file, send_list
from tertia.core.intake.models import IntakeRun
from tertia.core.intake.work import check_list, taking, undo_list
from tertia.core.languages.text import Text
from tertia.core.places.models import Place
from tertia.core.records.models import Record
from tertia.core.search.models import SearchEntry
from tertia.listen.research.actions import About, keep_apart, merge_works, set_apart, state_use, tie_works
from tertia.listen.research.affiliations import outside_author
from tertia.listen.research.models import Study, Twin
from tertia.listen.research.regions_named import Names
from tertia.listen.research.works_intake import finished_of


def crossref(n: int, **more: Any) -> dict[str, Any]:
    return {
        "DOI": f"10.1000/w{n}", "title": [f"Water of the region, paper number {n}"], "type": "journal-article", "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [[2020, 5]]}, **more,
    }  # fmt: skip


def send(world: Any, body: str, name: str = "works.json") -> IntakeRun:
    draft, digest, size = keep_file([body.encode()])
    run = send_list(
        by=world.office, organisation=world.university, kind="works", name=name, draft=draft, digest=digest, size=size, language="en"
    )
    check_list(run.pk)
    run.refresh_from_db()
    return run


def take(world: Any, run: IntakeRun) -> IntakeRun:
    run = begin_taking(by=world.office, run=run)
    for now in taking(run, world.office):
        run = now
    return run


def lines(*works: Any) -> str:
    return "\n".join(json.dumps(w, ensure_ascii=False) for w in works)


def test_a_list_comes_in_once_and_a_second_time_changes_nothing(world):
    body = lines(*(crossref(n) for n in range(5)))
    run = send(world, body)
    assert (run.rows, run.new, run.faulty) == (5, 5, 0)
    run = take(world, run)
    assert (run.new, run.same, Study.objects.count()) == (5, 0, 5)
    study = Study.objects.get(doi="10.1000/w1")
    assert (study.state, study.about, study.visibility, study.precision) == ("finished", "unknown", "organisation", "month")
    assert study.finished_on == dt.date(2020, 5, 31) and study.sources == [{"line": 2, "form": "crossref"}]
    assert "custom" not in study.reference and SearchEntry.objects.filter(record=study.pk, title__contains="paper number 1").exists()
    again = take(world, send(world, body + "\n"))
    assert (again.new, again.changed, again.same, Study.objects.count()) == (0, 0, 5, 5)


def test_duplicates_are_joined_with_their_reason_and_what_is_near_is_asked(world):
    take(world, send(world, lines(crossref(1), crossref(2))))
    bib = """@article{a, title = {Water of the Region: paper number 1}, author = {Doe, J.}, year = 2020, volume = 7}
@article{b, title = {Water of the region, paper number 2}, author = {Doe, Jane}, year = 2021}
@article{c, title = {Another paper altogether about dust}, author = {Doe, Jane}, year = 2021, doi = {10.1000/W9}}
@article{d, title = {Another paper altogether about dust}, author = {Doe, Jane}, year = 2021, doi = {10.1000/w9}, pages = {1--2}}
@article{e, year = 2021, journal = {Nothing}}
@article{f, title = {Broken
"""
    run = take(world, send(world, bib, "a.bib"))
    assert (run.faulty, run.new, run.changed) == (2, 2, 1)
    first = Study.objects.get(doi="10.1000/w1")
    assert first.reference["volume"] == "7" and first.sources[-1] == {"line": 1, "form": "bibtex", "reason": "title"}
    dust = Study.objects.get(doi="10.1000/w9")
    assert dust.reference["page"] == "1-2" and dust.sources[-1]["reason"] == "doi"
    twin = Twin.objects.get()
    assert {twin.study.doi, twin.other.doi} == {"", "10.1000/w2"}
    merged = merge_works(by=world.office, twin=twin, study=twin.other, on=TODAY)
    twin.study.refresh_from_db()
    assert merged.doi == "10.1000/w2" and twin.study.state == "merged" and twin.study.merged_into == merged
    office = signed_in(world, "office")
    assert office.get(f"/en/research/works/{twin.study.slug}/").url.endswith(f"/{merged.slug}/")


def test_two_that_are_two_are_not_shown_again(world):
    take(world, send(world, lines(crossref(1))))
    take(world, send(world, "@article{b, title = {Water of the region, paper number 1}, author = {Doe, Jane}, year = 2021}", "b.bib"))
    assert keep_apart(by=world.office, twin=Twin.objects.get()).state == "two"


def test_what_is_about_something_else_is_kept_and_not_counted(world):
    take(world, send(world, lines(crossref(1), crossref(2))))
    works = list(Study.objects.values_list("pk", flat=True))
    assert (
        set_apart(by=world.office, owner=world.university, works=works) == 2
        and set_apart(by=world.office, owner=world.university, works=works) == 0
    )
    assert tie_works(by=world.office, owner=world.university, works=works, place=None, on=TODAY) == 0  # no region was found in them


def test_a_list_is_undone_and_what_somebody_built_on_stays(world):
    study = make_study(world, words="Dust of the steppe in spring", about=About(doi="10.1000/w0", authors="Doe, Jane"))
    run = take(world, send(world, lines(*(crossref(n, volume="9") for n in range(4)))))
    study.refresh_from_db()
    assert study.reference["volume"] == "9" and Study.objects.count() == 4
    kept = Study.objects.get(doi="10.1000/w2")
    tie_works(by=world.office, owner=world.university, works=[kept.pk], place=Place.objects.get(code="KZ-71"), on=TODAY)
    kept.refresh_from_db()
    assert (kept.about, kept.visibility) == ("region", "public")
    run = begin_undoing(by=world.office, run=run)
    undo_list(run.pk)
    run.refresh_from_db()
    study.refresh_from_db()
    assert (run.state, run.stay) == ("undone", 1)
    assert "volume" not in study.reference and {s.doi for s in Study.objects.all()} == {"10.1000/w0", "10.1000/w2"}


def test_a_list_that_is_broken_off_goes_on_behind_the_last_batch(world, monkeypatch):
    from tertia.core.intake import lookup

    monkeypatch.setattr(lookup, "BATCH", 10)
    # all works on one line: the count of works, not of lines, says how far it is
    run = send(world, json.dumps({"message": {"items": [crossref(n) for n in range(35)]}}))
    run = begin_taking(by=world.office, run=run)
    going = taking(run, world.office)
    assert next(going).done_lines == 10
    going.close()
    run.refresh_from_db()
    for now in taking(run, world.office):
        run = now
    assert (run.state, run.done_lines, run.new, Study.objects.count()) == ("taken", 35, 35, 35)


def test_what_is_no_list_of_works_is_told(world):
    run = send(world, "Dear all, see you on Monday.", "a.txt")
    assert run.state == "unreadable" and "none of BibTeX" in run.faults[0][2]


def test_the_office_brings_a_list_and_ties_it_through_the_pages(world):
    office = signed_in(world, "office")
    body = lines(
        crossref(1, title=["Воздух Костанайской области зимой"]),
        crossref(2, title=["Heat of stars"]),
        crossref(3, title=["Dust over Astana"]),
        {"DOI": "10.1000/x", "title": []},
    )
    office.post("/en/lists/", {"kind": "works", "file": SimpleUploadedFile("w.jsonl", body.encode())})
    run = IntakeRun.objects.get()
    assert b"the work has no title" in office.get(f"/en/lists/{run.pk}/").content
    wrong = b"".join(office.get(f"/en/lists/{run.pk}/to-correct.csv").streaming_content).decode()
    assert "4;" in wrong
    office.post(f"/en/lists/{run.pk}/", {"do": "take"})
    found = {s.doi: s.place_found.code if s.place_found else "" for s in Study.objects.select_related("place_found")}
    assert found == {"10.1000/w1": "KZ-39", "10.1000/w2": "", "10.1000/w3": "KZ-71"}
    page = office.get("/en/research/desk/").content.decode()
    assert "Воздух" in page and page.count(" checked") == 2
    works = list(Study.objects.values_list("pk", flat=True))
    office.post("/en/research/desk/", {"do": "tie", "work": works})
    assert Study.objects.filter(about="region", visibility="public").count() == 2
    office.post("/en/research/desk/", {"do": "apart", "work": list(Study.objects.filter(about="unknown").values_list("pk", flat=True))})
    assert Study.objects.filter(about="other", visibility="organisation").count() == 1
    assert b"Nothing waits." in office.get("/en/research/desk/").content


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Воздух Костанайской области", 1), ("Қостанай облысының ауасы", 1), ("The air of Kostanay Region", 1), ("Жители города Костанай", 2), ("В Алматы и Костанае", None),
        ("Алматинская область", 4), ("Traffic in Almaty", 3), ("The air", None), ("Область Абай", 5), ("Северо-Казахстанской области", 6), ("Новые данные", None),
    ],
)  # fmt: skip
def test_the_region_that_a_text_names_is_found_in_three_languages(text, place):
    names = Names(
        {
            1: (False, ["Kostanay Region", "Костанайская область", "Қостанай облысы"]), 2: (True, ["Kostanay", "Костанай", "Қостанай"]), 3: (True, ["Almaty", "Алматы"]),
            4: (False, ["Almaty Region", "Алматинская область", "Алматы облысы"]), 5: (False, ["Abai Region", "область Абай", "Абай облысы"]),
            6: (False, ["North Kazakhstan Region", "Северо-Казахстанская область", "Солтүстік Қазақстан облысы"]),
        }
    )  # fmt: skip
    assert names.found_in(text) == place


def test_whether_somebody_outside_academia_wrote_it():
    register = {"akimat of kostanay": False, "the university": True}.get
    uni, akimat, unknown = ([{"name": n}] for n in ("Institute of Things", "akimat of kostanay", "Ltd"))
    known = lambda name: register(name.lower())  # noqa: E731  a register in one line
    assert outside_author([uni, akimat], known) is True
    assert outside_author([uni, uni], known) is False
    assert (
        outside_author([uni, unknown], known) is None and outside_author([uni, None], known) is None and outside_author(None, known) is None
    )
    assert outside_author([[*akimat, *uni]], known) is False
    for name in (
        "School of Health",
        "Hochschule Mainz",
        "Research Centre",
        "Polytechnic of Turin",
        "Научный центр",
        "Қоғамдық мектебі",
        "Кафедра права",
        "Technical College",
    ):
        assert outside_author([[{"name": name}]], known) is False, name


def test_no_day_is_invented():
    assert finished_of({"issued": {"date-parts": [[2020]]}}) == (dt.date(2020, 12, 31), "year")
    assert finished_of({"issued": {"date-parts": [[2020, 2]]}}) == (dt.date(2020, 2, 29), "month")
    assert finished_of({"issued": {"date-parts": [[2026]]}}) == (TODAY, "year")
    assert finished_of({"issued": {"literal": "soon"}}) == (None, "year")


def test_joined_works_take_their_uses_and_links_along(world):
    first, second = make_study(world, words="Dust of the steppe"), make_study(world, words="Dust of the steppe, a report")
    use = state_use(
        by=world.office,
        study=second,
        body=world.akimat,
        kind="decision",
        words=Text.of("en", en="Filters"),
        document="Order",
        on=TODAY,
        today=TODAY,
    )
    twin = Twin.objects
    from tertia.core.actions.action import action
    from tertia.core.actions.policies import anyone

    @action("test.pair", may=anyone)
    def pair(*, by: Any) -> Twin:
        made = Twin(study=second, other=first)
        made.save()
        return made

    merge_works(by=world.office, twin=pair(by=world.office), study=first, on=TODAY)
    use.refresh_from_db()
    assert use.study_id == first.pk and twin.get().state == "one"
    assert Record.objects.get(pk=second.pk).state == "merged"


def test_samples_of_crossref(world, tmp_path: Path):
    """Records as Crossref gives them, abstracts taken out: count in is count out."""
    body = (Path(__file__).parent / "samples" / "works.jsonl").read_text(encoding="utf-8")
    count = len(body.splitlines())
    run = take(world, send(world, body))
    assert (run.rows, run.new, run.faulty) == (count, count, 0) and Study.objects.count() == count
    assert take(world, send(world, body + "\n")).new == 0
