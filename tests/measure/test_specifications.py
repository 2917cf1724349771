"""Every computable indicator against an answer counted by hand, on every engine."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.measure.folders import typed, write_folder

from tertia.measure.indicators.engine.compute import Facts, compute_all
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.specification import specifications

KNOWN, SPECS = definitions(), specifications()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All specifications as one folder; the universities of each carry its name."""
    rows: dict[str, list] = {}
    organisations = set()
    for key, spec in SPECS.items():
        organisations |= {f"{key}.{row['org']}" for row in spec.expected.dicts()}
        for table, drawn in spec.tables.items():
            for row in drawn.dicts():
                organisations.add(f"{key}.{row['org']}")
                rows.setdefault(table, []).append((f"{key}.{row['org']}", row["year"], typed(table, row)))
    return write_folder(tmp_path_factory.mktemp("specified"), sorted(organisations), rows)


@pytest.fixture(scope="module", params=["duckdb", "sqlite", "postgres", pytest.param("spark", marks=pytest.mark.spark)])
def figures(request, folder):
    with Facts(folder, request.param) as facts:
        return {(f.indicator, f.organisation, f.period): f for f in compute_all(KNOWN.values(), facts, by=[])}


def test_every_definition_has_a_specification():
    assert set(KNOWN) == set(SPECS)


@pytest.mark.parametrize("key", sorted(SPECS))
def test_the_answer_counted_by_hand(figures, key):
    for row in SPECS[key].expected.dicts():
        found = figures[key, f"{key}.{row['org']}", row["period"]]
        got = (found.numerator, found.denominator, found.value, found.state)
        assert got == (*(Decimal(row[c]) if row[c] else None for c in ("numerator", "denominator", "value")), row["state"]), row


def test_the_states_that_can_occur_are_each_shown():
    """A zero and a missing figure in every specification; not applicable where a denominator can be zero."""
    for key, spec in SPECS.items():
        states = {row["state"] for row in spec.expected.dicts()}
        zero = any(row["numerator"] == "0" for row in spec.expected.dicts())
        assert "missing" in states and (zero or "zero" in spec.note), key
