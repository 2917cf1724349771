"""The strategy: written in steps, approved, adopted once, frozen, changed in versions; measures that can be checked; plans read and written."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.cast import TODAY, make_activity, make_measure, make_need, make_person, make_sheet, text
from tests.web.test_matrix import signed_in

from tertia.act.activities.actions import attest_hours
from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.amounts import AmountUnclear, read_amount
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.money.actions import strike_out, write_money
from tertia.plan.conferences.resolution_text.model import Unreadable
from tertia.plan.strategy import rounds
from tertia.plan.strategy.actions import (
    adopt_strategy,
    approve_step,
    ask_for_news,
    begin_review,
    change_measure,
    choose_need,
    choose_partner,
    drop_choice,
    keep_read_measures,
    move_measure,
    open_again,
    plan_measure,
    return_step,
    say_news,
    set_priorities,
    take_measure,
    wait_for,
    withdraw_strategy,
    write_strategy,
)
from tertia.plan.strategy.actions.approving import next_step, unready
from tertia.plan.strategy.differences import differences, words_between
from tertia.plan.strategy.models import Measure, Strategy
from tertia.plan.strategy.order import circle, in_order
from tertia.plan.strategy.queries import measures_for, progress_of, strategies_for
from tertia.plan.strategy.reading import read_plan, read_term
from tertia.plan.strategy.snapshot import digest_of, snapshot_of
from tertia.plan.strategy.vagueness import doubts

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2029, 8, 31)


def make_strategy(world, words="A university that its city can count on", **more):
    given = {
        "mission": text("We work on what the region needs."),
        "forms": ["volunteering", "dialogue"],
        "starts_on": FIRST,
        "ends_on": LAST,
    }
    return write_strategy(by=world.office, owner=world.university, title=text(words), **{**given, **more})


def in_strategy(world, strategy, words="Students help in 12 schools", **more):
    given = {"unit": world.unit, "starts_on": FIRST, "ends_on": LAST, "target": "12 schools", "number": "1"}
    return plan_measure(by=world.office, owner=world.university, title=text(words), answers=None, strategy=strategy, **{**given, **more})


def review(world, strategy, *names):
    return begin_review(by=world.office, strategy=strategy, route=[(text(n), None) for n in names or ("Academic council",)], on=TODAY)


def adopted(world, strategy=None):
    strategy = strategy or make_strategy(world)
    if not strategy.measures.exists():
        in_strategy(world, strategy)
    strategy = review(world, strategy)
    approve_step(by=world.leader, step=next_step(strategy), on=TODAY)
    return adopt_strategy(by=world.leader, strategy=strategy, decision="Academic council, No. 5", on=TODAY)


def test_it_is_written_in_steps_and_the_public_sees_it_when_adopted(world):
    strategy = make_strategy(world)
    need = make_need(world)
    choose_need(by=world.office, strategy=strategy, need=need)
    choose_partner(by=world.office, strategy=strategy, organisation=world.partner, words=text("tree days"))
    strategy = set_priorities(by=world.office, strategy=strategy, titles=[text("Schools"), text(""), text("River")])
    measure = in_strategy(world, strategy, priority=strategy.priorities.first())
    assert not strategies_for(ANONYMOUS).exists() and not measures_for(ANONYMOUS).filter(pk=measure.pk).exists()
    strategy = adopted(world, strategy)
    assert strategies_for(ANONYMOUS).get() == strategy and measures_for(ANONYMOUS).filter(pk=measure.pk).exists()
    version = strategy.versions.get()
    assert version.digest == digest_of(version.snapshot) and [p["en"] for p in version.snapshot["priorities"]] == ["Schools", "River"]
    page = Client().get(strategy.get_absolute_url()).content.decode()
    for words in (
        "We work on what the region needs.",
        "The last bus leaves too early",
        "The Club",
        "Students help in 12 schools",
        "Academic council, No. 5",
    ):
        assert words in page, words
    drop = make_strategy(world, "Another")
    choose_partner(by=world.office, strategy=drop, organisation=world.akimat)
    drop_choice(by=world.office, strategy=drop, organisation_id=world.akimat.pk)
    assert not drop.chosen_partners.exists()


def test_without_owner_term_or_proof_it_cannot_be_adopted(world):
    strategy = make_strategy(world)
    in_strategy(world, strategy, "Improve cooperation", unit=None, starts_on=None, ends_on=None, target="")
    faults = unready(strategy)
    assert [f.code for f in faults] == ["owner", "term", "proof"]
    with pytest.raises(BadInput) as refused:
        review(world, strategy)
    assert "Improve cooperation" in refused.value.sentence()
    bare = write_strategy(
        by=world.office, owner=world.university, title=text("Bare"), mission=Text({}), forms=[], starts_on=None, ends_on=None
    )
    assert {f.where for f in unready(bare)} == {"mission", "ends_on", "measures"}
    with pytest.raises(BadInput):
        make_strategy(world, forms=["synergy"])


def test_adopted_twice_is_refused_and_says_so(world):
    strategy = adopted(world)
    with pytest.raises(WrongState):
        adopt_strategy(by=world.leader, strategy=strategy, decision="again", on=TODAY)
    assert strategy.versions.count() == 1
    with pytest.raises(NotAllowed):
        open_again(by=world.citizen, strategy=strategy)
    other = adopted(world, make_strategy(world, "The next one"))
    strategy.refresh_from_db()
    assert (strategy.state, other.state) == ("superseded", "adopted")


def test_an_adopted_strategy_is_frozen_until_it_is_opened_for_a_new_version(world):
    strategy = adopted(world)
    measure = strategy.measures.get()
    with pytest.raises(BadInput) as refused:
        change_measure(by=world.office, measure=measure, title=text("Other"), starts_on=FIRST, ends_on=LAST, unit=world.unit, target="1")
    assert "frozen" in refused.value.sentence()
    with pytest.raises(BadInput):
        in_strategy(world, strategy, "One more")
    with pytest.raises(WrongState):
        write_strategy(
            by=world.office,
            owner=world.university,
            strategy=strategy,
            title=text("x"),
            mission=text("y"),
            forms=[],
            starts_on=FIRST,
            ends_on=LAST,
        )
    strategy = open_again(by=world.office, strategy=strategy)
    change_measure(
        by=world.office,
        measure=measure,
        title=measure.title,
        starts_on=FIRST,
        ends_on=LAST,
        unit=world.unit,
        target="20 schools",
        budget=Decimal(5),
    )
    fresh = in_strategy(world, strategy, "Plant 100 trees", number="2")
    found = differences(strategy.versions.get().snapshot, snapshot_of(strategy))
    assert [m["number"] for m in found.came] == ["2"] and {n: (a, b) for n, a, b in found.changed[0].fields}["target"] == (
        "12 schools",
        "20 schools",
    )
    assert not measures_for(ANONYMOUS).filter(pk=fresh.pk).exists()
    office = signed_in(world, "office")
    assert "Plant 100 trees" in office.get(f"/en/strategies/{strategy.slug}/changes/").content.decode()
    assert Client().get(f"/en/strategies/{strategy.slug}/changes/?now=draft").status_code == 404
    strategy = adopted(world, strategy)
    assert (
        strategy.version == 2
        and strategy.versions.count() == 2
        and "20 schools" in Client().get(f"/en/strategies/{strategy.slug}/changes/").content.decode()
    )


def test_the_way_of_approval_is_kept_in_order_and_may_lead_back(world):
    strategy = make_strategy(world)
    in_strategy(world, strategy)
    council = make_person(None, "council", world.university, "editor")
    strategy = begin_review(by=world.office, strategy=strategy, route=[(text("Council"), council), (text("Rector"), None)], on=TODAY)
    first, second = strategy.approvals.order_by("position")
    assert Message.objects.filter(key=f"approve:{first.pk}", to=council.email).exists()
    with pytest.raises(WrongState):
        approve_step(by=world.leader, step=second, on=TODAY)
    with pytest.raises(NotAllowed):
        approve_step(by=world.office, step=first, on=TODAY)
    with pytest.raises(BadInput):
        return_step(by=Actor.of(council, TODAY), step=first, words=text(""), on=TODAY)
    return_step(by=Actor.of(council, TODAY), step=first, words=text("Name a number"), on=TODAY)
    strategy.refresh_from_db()
    assert strategy.state == "draft"
    strategy = begin_review(by=world.office, strategy=strategy, route=[(text("Council"), council)], on=TODAY)
    with pytest.raises(BadInput):
        adopt_strategy(by=world.leader, strategy=strategy, decision="x", on=TODAY)
    approve_step(by=Actor.of(council, TODAY), step=next_step(strategy), on=TODAY)
    assert adopt_strategy(by=world.leader, strategy=strategy, decision="x", on=TODAY).state == "adopted"
    assert withdraw_strategy(by=world.office, strategy=make_strategy(world, "Given up")).state == "withdrawn"


def test_a_circle_of_measures_is_refused_in_words(world):
    a, b, c = (make_measure(world, words=f"Measure {n}") for n in "abc")
    wait_for(by=world.office, measure=a, before=b)
    wait_for(by=world.office, measure=b, before=c)
    with pytest.raises(BadInput) as refused:
        wait_for(by=world.office, measure=c, before=a)
    assert all(f"Measure {n}" in refused.value.sentence() for n in "abc")
    with pytest.raises(BadInput):
        wait_for(by=world.office, measure=a, before=a)
    with pytest.raises(BadInput) as refused:
        move_measure(by=world.office, measure=a, state="underway")
    assert "Measure b" in refused.value.sentence()
    wait_for(by=world.office, measure=a, before=b, stop=True)
    assert move_measure(by=world.office, measure=a, state="underway").state == "underway"


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] != p[1]), max_size=24))
def test_a_circle_is_found_exactly_where_no_order_exists(pairs):
    import networkx as nx

    graph = nx.DiGraph(pairs)
    found = circle(pairs)
    if nx.is_directed_acyclic_graph(graph):
        assert found == []
        order = in_order(sorted({n for p in pairs for n in p}), pairs)
        assert all(order.index(before) < order.index(one) for one, before in pairs)
    else:
        assert found[0] == found[-1] and len(found) > 2 and all((a, b) in pairs for a, b in zip(found, found[1:], strict=False))
        with pytest.raises(ValueError):
            in_order([0], pairs)


@pytest.mark.parametrize(
    ("titles", "target", "codes"),
    [
        (["Improve cooperation with schools"], "", {"direction"}),
        (["Активизировать взаимодействие с регионом"], "", {"direction"}),
        (["Мектептермен байланысты нығайту"], "", {"direction"}),
        (["Improve reading in 12 schools"], "", set()),
        (["Support the museum"], "40 visits", set()),
        (["Help"], "", {"short"}),
        (["Students read in the children's home"], "many", {"target-without-number"}),
        (["Students plant 100 trees at the river"], "100 trees", set()),
    ],
)
def test_vague_measures_are_pointed_at_with_the_word(titles, target, codes):
    assert {d.code for d in doubts(titles, target, [], FIRST, LAST)} == codes


def test_a_measure_of_more_than_five_years_wants_stages():
    assert [d.code for d in doubts(["Students plant 100 trees"], "100", [], FIRST, dt.date(2035, 1, 1))] == ["long-term"]


def test_progress_comes_from_activities_signatures_and_money_not_from_words(world):
    measure = make_measure(world)
    say_news(by=world.office, measure=measure, words=text("All is well."), on=TODAY)
    assert progress_of([measure])[measure.pk].held == 0
    sheet = make_sheet(world, make_activity(world, measure))
    money = write_money(by=world.office, record=sheet.activity, kind="spent", category="materials", amount=Decimal("1200.50"), on=TODAY)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    found = progress_of([measure])[measure.pk]
    assert (found.held, found.signed, found.spent) == (1, 1, Decimal("1200.50"))
    strike_out(by=world.office, money=money, reason="twice")
    assert progress_of([measure])[measure.pk].spent == 0


def test_the_owner_of_a_silent_measure_is_asked_once_a_term(world):
    measure = make_measure(world)
    measure = move_measure(by=world.office, measure=measure, state="underway")
    assert rounds.news() == 1 and rounds.news() == 0
    measure.refresh_from_db()
    assert measure.asked_on == TODAY
    spoken = move_measure(by=world.office, measure=make_measure(world, words="Spoken of"), state="underway")
    say_news(by=world.office, measure=spoken, words=text("It goes on."), on=TODAY)
    assert rounds.news() == 0
    assert ask_for_news(by=world.office, measure=spoken, on=TODAY).asked_on == TODAY
    with pytest.raises(BadInput):
        say_news(by=world.office, measure=spoken, words=text(""), on=TODAY)


def test_measures_that_stand_alone_are_taken_in_and_out(world):
    strategy, measure = make_strategy(world), make_measure(world)
    take_measure(by=world.office, strategy=strategy, measure=measure)
    assert strategy.measures.count() == 1
    with pytest.raises(BadInput):
        take_measure(by=world.office, strategy=make_strategy(world, "Other"), measure=measure)
    take_measure(by=world.office, strategy=strategy, measure=measure, leave=True)
    assert strategy.measures.count() == 0


@pytest.mark.parametrize(
    ("words", "sum"),
    [("1 200 000,50", "1200000.50"), ("1,200,000.50", "1200000.50"), ("1\u202f200\u00a0000 ₸", "1200000"), ("12,500", "12500"), ("12.5", "12.5"), ("1.234.567,8", "1234567.8"), ("500 тг.", "500")],
)  # fmt: skip
def test_a_budget_with_separators_is_read_in_three_languages(world, words, sum):
    assert read_amount(words) == Decimal(sum)
    office = signed_in(world, "office")
    for n, language in enumerate(("kk", "ru", "en")):
        body = {f"title_{language}": f"Measure {n}", "starts_on": "2026-09-01", "ends_on": "2027-08-31", "budget": words}
        assert office.post(f"/{language}/measures/new/", body).status_code == 302
    assert set(Measure.objects.values_list("budget", flat=True)) == {Decimal(sum).quantize(Decimal("0.01"))}


@pytest.mark.parametrize("words", ["0,500", "abc", "1,2,3", "12,34,567", ""])
def test_what_may_be_two_sums_is_refused(words):
    with pytest.raises(AmountUnclear):
        read_amount(words)


@given(st.decimals(0, 10**12, places=2), st.sampled_from([(" ", ","), ("\u00a0", ","), (",", "."), (".", ",")]))
def test_every_sum_that_is_written_is_read_again(value, signs):
    thousands, point = signs
    words = f"{value:,.2f}".replace(",", "T").replace(".", "P").replace("T", thousands).replace("P", point)
    assert read_amount(words) == value


HEAD = ["№", "Мероприятие", "Срок исполнения", "Ответственные", "Объем финансирования", "Индикатор", "Форма завершения"]
ROWS = [
    ["1", "2", "3", "4", "5", "6", "7"],
    ["1.1", "Открыть 3 центра волонтёров", "2026–2028", "Faculty of Law", "1 200 тыс. тенге", "3 центра", "Приказ"],
    ["1.2", "Провести форум", "II квартал 2027 г.", "Ректорат", "не требуется", "500 участников", "Отчёт"],
    ["2", "Сайт", "постоянно", "", "", "", ""],
]


def _docx():
    document = Document()
    document.add_heading("План мероприятий", 1)
    table = document.add_table(rows=0, cols=7)
    for row in [HEAD, *ROWS]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _xlsx():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "План")
    for n, row in enumerate([HEAD, *ROWS], start=2):
        sheet.write_row(n, 0, row)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("made", [_docx, _xlsx])
def test_a_plan_is_read_out_of_the_table_as_offices_keep_it(made):
    found = read_plan(made())
    first, second, third = found.measures
    assert (first.number, first.title, first.starts_on, first.ends_on) == (
        "1.1",
        "Открыть 3 центра волонтёров",
        dt.date(2026, 1, 1),
        dt.date(2028, 12, 31),
    )
    assert (first.owner, first.budget, first.target, first.proof) == ("Faculty of Law", Decimal("1200000.00"), "3 центра", "Приказ")
    assert (second.starts_on, second.ends_on, second.budget) == (dt.date(2027, 4, 1), dt.date(2027, 6, 30), None)
    assert third.title == "Сайт" and third.ends_on is None
    assert any(not taken and "1 | 2 | 3" in words for _where, words, taken in found.source)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("до 31.12.2027", (None, dt.date(2027, 12, 31))), ("01.02.2026 - 28.02.2027", (dt.date(2026, 2, 1), dt.date(2027, 2, 28))), ("желтоқсан 2026", (dt.date(2026, 12, 1), dt.date(2026, 12, 31))),
        ("январь-март 2027 года", (dt.date(2027, 1, 1), dt.date(2027, 3, 31))), ("4 квартал 2028", (dt.date(2028, 10, 1), dt.date(2028, 12, 31))), ("2027", (dt.date(2027, 1, 1), dt.date(2027, 12, 31))),
        ("Q3 2027", (dt.date(2027, 1, 1), dt.date(2027, 12, 31))), ("постоянно", (None, None)), ("", (None, None)), ("31.02.2027", (dt.date(2027, 1, 1), dt.date(2027, 12, 31))),
    ],
)  # fmt: skip
def test_terms_are_read_as_people_write_them(words, days):
    assert read_term(words) == days


def test_numbered_lines_are_read_from_text_and_broken_files_are_refused():
    found = read_plan(b"1. Plant 100 trees by 31.12.2027;\nand water them\n2) Hold 4 forums\n")
    assert [(m.number, m.title, m.ends_on) for m in found.measures] == [
        ("1", "Plant 100 trees by 31.12.2027", dt.date(2027, 12, 31)),
        ("2", "Hold 4 forums", None),
    ]
    assert [taken for _w, _s, taken in found.source] == [True, False, True]
    for data in (b"", b"PK\x03\x04broken", b"%PDF-broken"):
        with pytest.raises(Unreadable):
            read_plan(data)


@given(st.binary(max_size=400))
def test_whatever_is_sent_is_read_or_refused(data):
    with contextlib.suppress(Unreadable):
        read_plan(data)


def test_what_was_read_is_ticked_corrected_and_kept_once(world):
    strategy = make_strategy(world)
    office = signed_in(world, "office")
    address = f"/en/strategies/{strategy.slug}/read/"
    page = office.post(address, {"do": "read", "file": SimpleUploadedFile("plan.docx", _docx())}).content.decode()
    assert "Открыть 3 центра волонтёров" in page and "not understood" in page
    assert f'value="{world.unit.pk}" selected' in page
    body = {
        "do": "keep",
        "row": ["0", "1"],
        "number-0": "1.1",
        "title-0": "Open 3 centres",
        "term-0": "2026–2028",
        "unit-0": world.unit.pk,
        "budget-0": "1 200 000",
        "title-1": "",
        "target-0": "3",
    }
    assert office.post(address, body).status_code == 302
    made = strategy.measures.get()
    assert (str(made.title), made.budget, made.unit, made.target) == ("Open 3 centres", Decimal(1200000), world.unit, "3")
    assert keep_read_measures(by=world.office, strategy=strategy, rows=read_plan(_docx()).measures[:1], language="ru", units={}) == []
    assert "password" not in office.post(address, {"do": "read", "file": SimpleUploadedFile("x.pdf", b"%PDF-x")}).content.decode()


def test_the_steps_in_the_browser_lead_to_a_strategy_that_can_be_sent(world):
    need = make_need(world)
    office = signed_in(world, "office")
    answer = office.post(
        "/ru/strategies/new/",
        {
            "title_ru": "Университет для города",
            "mission_ru": "Работаем для региона.",
            "forms": ["dialogue"],
            "starts_on": "2026-09-01",
            "ends_on": "2029-08-31",
        },
    )
    strategy = Strategy.objects.get()
    base = f"/ru/strategies/{strategy.slug}/"
    assert answer.url == f"{base}needs/"
    assert office.post(f"{base}needs/", {"need": [need.pk]}).status_code == 302
    for step in ("mission", "needs", "capacities", "partners", "priorities", "measures", "text"):
        assert office.get(f"{base}{step}/").status_code == 200, step
    assert office.post(f"{base}capacities/", {"analysis_ru": "Есть лаборатория."}).url == f"{base}partners/"
    assert office.post(f"{base}partners/", {"organisation": world.partner.pk, "words": "школы"}).url == f"{base}partners/"
    assert office.post(f"{base}priorities/", {"title-1": "Школы", "title-2": "Река"}).url == f"{base}measures/"
    body = {"title_ru": "Усилить работу со школами", "number": "1", "starts_on": "", "ends_on": "", "budget": ""}
    assert office.post(f"/ru/measures/new/?strategy={strategy.slug}&from={need.pk}", body).url == f"{base}measures/"
    page = office.get(f"{base}measures/").content.decode()
    assert "Усилить" in page and page.count("signal strong") >= 2
    measure = strategy.measures.get()
    body = {
        "title_ru": "Помочь 12 школам",
        "number": "1",
        "unit": world.unit.pk,
        "starts_on": "2026-09-01",
        "ends_on": "2027-08-31",
        "target": "12",
        "budget": "0",
    }
    assert office.post(f"/ru/measures/{measure.slug}/change/", body).status_code == 302
    assert office.post(base, {"do": "review", "name": ["Учёный совет"], "person": [""]}).status_code == 302
    leader = signed_in(world, "leader")
    assert leader.post(base, {"do": "approve", "words": ""}).status_code == 302
    assert leader.post(base, {"do": "adopt", "decision": "Учёный совет № 5"}).status_code == 302
    strategy.refresh_from_db()
    assert strategy.state == "adopted" and Client().get(base).status_code == 200
    assert office.get(f"{base}needs/").status_code == 404, "what is adopted is not written on"


def test_the_papers_open_and_hold_the_plan_by_years(world):
    strategy = adopted(world)
    for language in ("kk", "ru", "en"):
        document = Document(io.BytesIO(Client().get(f"/{language}/strategies/{strategy.slug}/paper/").content))
        words = "\n".join(p.text for p in document.paragraphs)
        assert "We work on what the region needs." in words and "2027" in words
        assert any("Students help in 12 schools" in cell.text for t in document.tables for row in t.rows for cell in row.cells)
    chapter = Document(io.BytesIO(Client().get(f"/en/strategies/{strategy.slug}/paper/?chapter").content))
    assert chapter.paragraphs[0].text == "The third mission: what we do with and for society"
    book = CalamineWorkbook.from_filelike(io.BytesIO(Client().get(f"/en/strategies/{strategy.slug}/table/").content))
    assert book.sheet_names[:4] == ["2026", "2027", "2028", "2029"] and "What was done" in book.sheet_names


def test_words_that_changed_are_shown_between_two_texts():
    assert words_between("plant ten trees", "plant twenty trees") == [("=", "plant "), ("-", "ten"), ("+", "twenty"), ("=", " trees")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_told_from_the_words_between(before, now):
    told = words_between(before, now)
    assert "".join(w for s, w in told if s in "=-") == before and "".join(w for s, w in told if s in "=+") == now
