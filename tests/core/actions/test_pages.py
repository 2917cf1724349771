"""Long lists are counted once in ten minutes, short ones each time, and nobody gets the count of what another may see."""

from tests.cast import make_need

from tertia.core.actions import pages
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.pages import count_of, counts_by
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
