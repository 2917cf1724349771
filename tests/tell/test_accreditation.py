"""Self-evaluation for an accreditation: criterion, text, evidence, date; nobody sees evidence that is not for him."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.cast import TODAY, make_activity, make_need, text
from tests.web.test_matrix import signed_in

from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.text import Text
from tertia.tell.accreditation.actions import add_evidence, begin_evaluation, drop_evidence, hand_in, reopen, write_criterion
from tertia.tell.accreditation.models import SelfEvaluation
from tertia.tell.accreditation.standards import Asked, read_list, standards

LIST = "3.1 Employers take part\n3.2. The public is\n     informed\n"


CRITERIA = [Asked("1", {"en": "Public information"}), Asked("2", {"en": "Employers"})]


def make_evaluation(world, criteria=CRITERIA):
    return begin_evaluation(
        by=world.office, owner=world.university, title=text("Programme 6B01"), agency="Invented agency", criteria=list(criteria)
    )


def test_a_self_evaluation_is_written_proven_handed_in_and_opened_again(world):
    made = make_evaluation(world)
    first, second = made.criteria.all()
    activity = make_activity(world)
    with pytest.raises(BadInput, match="1, 2"):
        hand_in(by=world.office, evaluation=made, on=TODAY)
    for c in (first, second):
        write_criterion(by=world.editor, criterion=c, text=Text.of("ru", ru="Мы информируем.\n\n- сайт", kk="Біз хабарлаймыз."), on=TODAY)
    proof = add_evidence(by=world.editor, criterion=first, record=activity.record_ptr, words="the list of guests")
    assert proof.on == activity.starts_on and add_evidence(by=world.editor, criterion=first, record=activity.record_ptr) == proof
    for wrong in ({"words": "  "}, {"words": "An order without a day"}):
        with pytest.raises(BadInput):
            add_evidence(by=world.editor, criterion=second, **wrong)
    paper = add_evidence(by=world.editor, criterion=second, words="Order 17", on=dt.date(2026, 9, 1))
    drop_evidence(by=world.office, evidence=paper)
    add_evidence(by=world.editor, criterion=second, words="Order 18", on=dt.date(2026, 9, 2))
    for by in (world.citizen, world.other_office, world.analyst):
        with pytest.raises(NotAllowed):
            write_criterion(by=by, criterion=first, text=text("x"), on=TODAY)
    hand_in(by=world.leader, evaluation=made, on=TODAY)
    with pytest.raises(WrongState):
        write_criterion(by=world.editor, criterion=first, text=text("later"), on=TODAY)
    assert reopen(by=world.office, evaluation=made).handed_in_on is None


def test_the_office_begins_one_from_a_list_writes_and_takes_it_along_as_a_paper(world):
    office = signed_in(world, "office")
    given = {"title_en": "Programme 6B02", "agency": "Invented agency", "listed": "no number\n" + LIST, "standard": ""}
    answer = office.post("/en/accreditation/new/", given).content.decode()
    assert "Lines without a number" in answer and "no number" in answer and not SelfEvaluation.objects.exists()
    address = office.post("/en/accreditation/new/", {**given, "listed": LIST}).headers["Location"]
    activity = make_activity(world, words="Shown here")
    page = f"{address}criterion/2/"
    assert "The public is informed" in office.get(page).content.decode()
    office.post(page, {"do": "text", "text_en": "We tell. <script>", "text_kk": "", "text_ru": ""})
    office.post(page, {"do": "evidence", "record": activity.get_absolute_url(), "words": "", "on": ""})
    wrong = office.post(page, {"do": "evidence", "record": "/en/activities/nothing/", "words": "", "on": ""}).content.decode()
    assert "There is no such record here" in wrong and "Shown here" in wrong
    assert "1 of 2 criteria" in office.get(address).content.decode()
    document = Document(io.BytesIO(office.get(f"{address}paper.docx").content))
    words = [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]
    assert "We tell. <script>" in words and "Activity: Shown here" in words and "No evidence yet." in words
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(office.get(f"{address}paper.xlsx").content)).get_sheet_by_index(0).to_python()
    assert any(row[:2] == ["3.2", "The public is informed"] and "Shown here" in row[4] for row in sheet)
    assert office.get(f"{address}paper.pdf").content[:4] == b"%PDF" and office.get(f"{address}paper.txt").status_code == 404
    assert signed_in(world, "citizen").get(address).status_code == 404
    assert "Programme 6B02" in office.get("/en/today/").content.decode()


def test_evidence_that_a_reader_may_not_see_is_counted_and_not_named(world):
    made = make_evaluation(world)
    hidden = make_need(world, "A secret need", public=False)
    add_evidence(by=world.office, criterion=made.criteria.first(), record=hidden.record_ptr)
    with pytest.raises(BadInput):
        add_evidence(by=world.office, criterion=made.criteria.first(), record=_foreign(world))
    from tertia.core.actions.actor import ANONYMOUS
    from tertia.tell.accreditation.queries import criteria_of

    row = criteria_of(ANONYMOUS, made)[0]
    assert row.proofs == [] and row.unseen == 1


def _foreign(world):
    from tertia.listen.needs.actions import raise_need

    return raise_need(by=world.other_office, owner=world.other, title=text("Foreign"), summary=Text({}), raised_on=TODAY).record_ptr


def test_the_standard_that_comes_with_tertia_has_its_ten_criteria_in_three_languages():
    esg = standards()["esg"]
    assert [a.number for a in esg.criteria] == [f"1.{n}" for n in range(1, 11)]
    assert all(set(a.words) == {"en", "ru", "kk"} for a in esg.criteria)


def test_a_broken_standard_is_named(tmp_path):
    (tmp_path / "own.toml").write_text("title = 1", encoding="utf-8")
    with pytest.raises(ValueError, match="own.toml"):
        standards(tmp_path)


@given(st.lists(st.tuples(st.integers(1, 99), st.text("абв xyz", min_size=1).filter(str.strip)), max_size=20, unique_by=lambda p: p[0]))
def test_every_numbered_line_is_read_once(rows):
    found, wrong = read_list([f"{n}. {words}" for n, words in rows], "ru")
    assert [(a.number, a.words["ru"]) for a in found] == [(str(n), words.strip()) for n, words in rows] and not wrong


def test_lines_that_are_not_criteria_are_told_by_their_number():
    found, wrong = read_list(["intro", "", "1 One", "1 Again", "A.2 Two"], "en")
    assert [a.number for a in found] == ["1", "A.2"] and wrong == [1, 4]
