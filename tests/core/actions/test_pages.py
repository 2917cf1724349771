"""Long lists are counted once in ten minutes, short ones each time, and nobody gets the count of what another may see."""

import datetime as dt
import itertools

from django.utils.timezone import make_aware
from tests.cast import make_need, text

from tertia.act.activities.actions import write_activity
from tertia.act.activities.models import Activity
from tertia.core.actions import pages
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.pages import count_of, counts_by, first_of_each
from tertia.core.records.models import Record


def test_a_short_count_is_exact_and_a_long_one_is_kept(world, monkeypatch):
    rows = Record.objects.visible_to(ANONYMOUS).filter(kind="need")
    for n in range(3):
        make_need(world, f"Need {n}")
    assert count_of(rows) == 3 and counts_by(rows, "kind", "visibility") == [("need", "public", 3)]
    monkeypatch.setattr(pages, "CHEAP", 2)
    assert count_of(rows) == 3 and counts_by(rows, "kind") == [("need", 3)]
    make_need(world, "One more")
    make_need(world, "A secret one", public=False)
    assert count_of(rows) == 3 and counts_by(rows, "kind") == [("need", 3)]  # as of the last ten minutes
    assert count_of(Record.objects.visible_to(world.office).filter(kind="need")) == 5  # another question, so counted for itself
    assert count_of(rows.none()) == 0 and counts_by(rows.none(), "kind") == []


def test_the_first_of_each_day_are_those_that_a_look_at_all_rows_finds(world):
    for day, hour in ((20, 10), (20, 9), (20, 9), (21, 23), (21, 0), (22, 12), (22, 11), (22, 10), (24, 8)):
        start = make_aware(dt.datetime(2026, 11, day, hour))
        write_activity(
            by=world.office, owner=world.university, title=text(f"{day} {hour}"), starts_at=start, ends_at=start + dt.timedelta(hours=1)
        )
    days = [make_aware(dt.datetime(2026, 11, d)) for d in (20, 21, 22, 23)]
    spans = list(itertools.pairwise(days))
    rows = Activity.objects.visible_to(ANONYMOUS).filter(kind="activity")
    of_days = [sorted((r.starts_at, r.pk) for r in rows if begins <= r.starts_at < ends) for begins, ends in spans]
    wanted = {pk for of_day in of_days for _moment, pk in of_day[:2]}
    assert len(wanted) == 6 and set(first_of_each(rows, "starts_at", spans, 2)) == wanted
    assert first_of_each(rows, "starts_at", [], 2) == [] and first_of_each(rows.none(), "starts_at", spans, 2) == []
