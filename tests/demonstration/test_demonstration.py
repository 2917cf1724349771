"""The demonstration: repeatable, marked, removable, and silent about real bodies."""

import pytest
from tests.cast import TODAY
from tests.kept import put_back

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.journal import verify
from tertia.core.messages.models import Message
from tertia.core.parties.models import Organisation, Person
from tertia.core.records.models import OwedAnswer, Record
from tertia.core.records.story import story_text
from tertia.demonstration.actions import remove_demonstration
from tertia.demonstration.cast import SYSTEM
from tertia.demonstration.load import load_demonstration, resolution_2019
from tertia.demonstration.models import Load
from tertia.measure.facts.export import export_facts
from tertia.measure.indicators.engine.compute import Facts, compute_all
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.sources import ENGINES
from tertia.measure.indicators.models import Figure
from tertia.plan.conferences.queries import ledger


@pytest.fixture
def loaded(kept_demonstration, db):
    put_back()
    return kept_demonstration


def test_the_whole_thread_is_there_from_the_resolution_to_the_report(loaded):
    told = story_text(resolution_2019(), ANONYMOUS, today=TODAY)
    for n in range(1, 10):
        assert f"Recommendation {n}:" in told
    for words in (
        "Measure 5.2",
        "signed by the host",
        "Gap: no measure yet",
        "Gap: no activity yet",
        "Third-mission report 2025-26",
        "not recorded yet",
    ):
        assert words in told


def test_loading_again_changes_nothing(loaded):
    before = {m: m.objects.count() for m in (Record, Person, Organisation, OwedAnswer, Message)}
    assert load_demonstration(students=60, seed=7, day=TODAY) == loaded
    assert {m: m.objects.count() for m in before} == before


def test_of_real_bodies_nothing_is_invented(loaded):
    real = Organisation.objects.filter(demonstration=False)
    assert real.count() >= 31
    assert not OwedAnswer.objects.filter(party__in=real).exclude(state="not-sent").exists()
    rows = ledger(resolution_2019())
    assert {str(a.printed) for a in rows.unsent} >= {"ministries", "universities of the Republic"}
    assert not Person.objects.filter(demonstration=False).exists()


def test_everything_invented_is_marked(loaded):
    unmarked = Record.objects.filter(demonstration=False)
    assert set(unmarked.values_list("kind", flat=True)) == {"conference", "resolution", "recommendation", "series"}
    assert unmarked.count() == 12
    assert not Message.objects.filter(demonstration=False).exists()


def test_every_figure_knows_what_it_is(loaded):
    states = set(Figure.objects.filter(breakdown="").values_list("indicator__catalogue_id", "state"))
    assert ("volunteer-hours-total", "value") in states
    assert ("regional-studies-running", "value") in states
    assert ("assignment-delivery-rate", "missing") in states


def test_the_journal_is_whole_and_the_demonstration_goes_without_a_rest(loaded, request):
    assert list(verify()) == []
    remove_demonstration(by=SYSTEM, university=loaded.university)
    assert (Record.objects.count(), Person.objects.count(), Load.objects.count(), Message.objects.count()) == (0, 0, 0, 0)
    assert not Organisation.objects.filter(demonstration=True).exists()
    assert Organisation.objects.filter(slug="atameken").exists()
    assert list(verify()) == []
    if request.config.getoption("--long"):  # it takes half a minute to see that nothing was left in its way
        assert load_demonstration(students=60, seed=7, day=TODAY).students == 60


@pytest.mark.once
@pytest.mark.parametrize(
    "engines",
    [[e for e in ENGINES if e != "spark"], pytest.param(["duckdb", "spark"], marks=[pytest.mark.spark, pytest.mark.long])],
    ids=["three", "spark"],
)
def test_the_engines_give_the_same_table_of_the_demonstration(loaded, tmp_path, engines):
    """Spark computes every indicator of the catalogue in the specifications; the demonstration's table takes it a minute more."""
    export_facts(tmp_path)
    tables = {}
    for engine in engines:
        with Facts(tmp_path, engine) as facts:
            tables[engine] = list(compute_all(definitions().values(), facts))
    assert len(tables["duckdb"]) > 100 and {f.state for f in tables["duckdb"]} >= {"value", "missing"}
    for engine in engines[1:]:
        assert tables[engine] == tables["duckdb"], engine
