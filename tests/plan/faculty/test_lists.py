"""Posts and assignments as departments keep them in tables."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tests.cast import TODAY
from tests.core.test_intake import book, checked, taken
from tests.plan.faculty.making import YEAR, by, make_dean, make_teacher, norm

from tertia.core.intake.actions import begin_undoing
from tertia.core.intake.work import undo_list
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.plan.faculty.actions import offer
from tertia.plan.faculty.models import Assignment, AssignmentLine, Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with clock.at(TODAY, 12):
        yield


def undone(world, run):
    run = begin_undoing(by=world.office, run=run)
    undo_list(run.pk)
    run.refresh_from_db()
    return run


HEAD = ["№", "Табельный номер", "ФИО", "Должность", "Ставка", "Факультет", "Кафедра", "С"]
ROWS = [
    ["Штатное расписание"],
    HEAD,
    [1, "T0001", "Одна", "Доцент", 1, "Faculty of Law", "Кафедра  права", dt.date(2026, 9, 1)],
    [2, "T0002", "Другая", "Старший преподаватель", "0,5", "Faculty of Law", "кафедра права", None],
    [3, "T0003", "Третья", "Король", 3, "", "Кафедра без факультета", "вчера"],
    [4, "T0009", "Неизвестная", "Профессор", 1, "Faculty of Law", "", None],
]


def test_a_list_of_posts_brings_its_chairs_and_is_undone(world):
    for n in (1, 2, 3):
        make_teacher(world, n, post=False)
    run = checked(world, book(ROWS), kind="posts", name="posts.xlsx")
    assert (run.new, run.faulty) == (2, 2), run.faults
    assert {where for line, where, _s in run.faults if line == 5} == {"D5", "E5", "G5", "H5"} and any(
        line == 6 for line, _w, _s in run.faults
    )
    run = taken(world, book([*ROWS, []]), kind="posts", name="posts2.xlsx")
    posts = {p.person.key: p for p in Post.objects.select_related("person", "chair")}
    assert {k: (p.position, p.rate, p.starts_on) for k, p in posts.items()} == {
        "T0001": ("associate-professor", Decimal(1), dt.date(2026, 9, 1)), "T0002": ("senior-lecturer", Decimal("0.5"), dt.date(2026, 9, 1)),
    }  # fmt: skip
    chair = Organisation.objects.get(parent=world.unit)
    assert posts["T0001"].chair == posts["T0002"].chair == chair, "two spellings of one chair are one chair"
    again = taken(
        world,
        book([*ROWS[:3], [2, "T0002", "Другая", "Старший преподаватель", "0,75", "Faculty of Law", "кафедра права", None]]),
        kind="posts",
        name="3.xlsx",
    )
    assert (again.new, again.changed, again.same) == (0, 1, 1) and Post.objects.get(person__key="T0002").rate == Decimal("0.75")
    undone(world, again)
    assert Post.objects.get(person__key="T0002").rate == Decimal("0.5")
    undone(world, run)
    assert not Post.objects.exists()


def test_assignments_come_in_as_drafts_of_the_faculty(world):
    dean = make_dean(world)
    one, two = make_teacher(world, 1), make_teacher(world, 2)
    make_teacher(world, 3, post=False)
    norm(world, "lecture", each=6)
    head = ["Табельный номер", "Вид работы", "Содержание", "Количество", "План, ч", "Учебный год"]
    rows = [
        head,
        ["T0001", "Выступает с открытыми лекциями и показами", "Лекции в библиотеке", 3, None, "2026/2027"],
        ["T0001", "advice", "Консультации", None, 12, None],
        ["T0002", "Работает со школьниками", None, None, "8,5", None],
        ["T0002", "Поёт", None, None, 8, None],
        ["T0003", "advice", "x", None, 8, None],
        ["T0001", "research", "x", None, None, "2026-28"],
    ]
    run = taken(world, book(rows), kind="assignments", name="plan.xlsx")
    assert (run.new, run.faulty) == (3, 3), run.faults
    lines = {(x.assignment.person_id, x.function): x for x in AssignmentLine.objects.select_related("assignment")}
    assert (
        lines[one.pk, "lecture"].hours == 18 and lines[one.pk, "advice"].hours == 12 and lines[two.pk, "outreach"].hours == Decimal("8.5")
    )
    assert lines[two.pk, "outreach"].what == "Работает со школьниками", "what nobody described is called by its function"
    made = Assignment.objects.get(person=one)
    assert (made.state, made.turn, made.starts_on) == ("draft", "head", YEAR.start)
    again = taken(
        world,
        book(
            [head, rows[2], ["T0001", "advice", "Консультации", None, 15, None]][:1] + [["T0001", "advice", "Консультации", None, 15, None]]
        ),
        kind="assignments",
        name="b.xlsx",
    )
    assert (again.changed, AssignmentLine.objects.get(assignment=made, function="advice").hours) == (1, 15)
    undone(world, again)
    assert AssignmentLine.objects.get(assignment=made, function="advice").hours == 12
    offer(by=by(dean), assignment=made)
    late = checked(world, book([head, ["T0001", "advice", "Консультации", None, 20, None]]), kind="assignments", name="c.xlsx")
    assert late.faulty == 1, "what the teacher reads already is changed on its page"
    run.refresh_from_db()
    run = undone(world, run)
    assert run.stay == 2 and not Assignment.objects.filter(person=two).exists() and made.lines.count() == 2
