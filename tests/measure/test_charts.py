"""Pictures drawn on the server: bars from zero, unreadable combinations refused, the map whole."""

from __future__ import annotations

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.core.places.draw_shapes import albers, draw, simplify
from tertia.core.places.drawing import shapes
from tertia.measure.indicators.beside import Planned
from tertia.measure.indicators.charts import MOST_BARS, ChartRefused, scale_of, year_chart


def bar(value, period="2024-25", unit="hours", version="1"):
    return SimpleNamespace(
        value=None if value is None else Decimal(value),
        period=period,
        unit=unit,
        version=version,
        state="missing" if value is None else "value",
    )


def years(values, **more):
    return [bar(v, f"{2010 + n}-{11 + n}", **more) for n, v in enumerate(values)]


@given(st.floats(1e-6, 1e12))
def test_the_axis_starts_at_zero_and_ends_at_a_round_number_above_the_highest(most):
    top, ticks = scale_of(most)
    assert ticks[0] == 0 and top >= most * (1 - 1e-9) and 2 <= len(ticks) <= 6 and top <= most * 2.6


@given(st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=MOST_BARS))
def test_a_bar_is_as_high_as_its_value_and_unknown_is_no_bar(values):
    chart = year_chart(years(values), "")
    known = [(v, b.height) for v, b in zip(values, chart.bars) if v is not None]
    top = float(scale_of(Decimal(max((v for v, _ in known), default=0)))[0])
    for value, height in known:
        assert height == pytest.approx(170 * value / top, abs=0.11)
    assert all(not b.known and b.height == 0 for v, b in zip(values, chart.bars) if v is None)


@pytest.mark.parametrize(
    ("figures", "said"),
    [([bar(1), bar(2, "2025-26", "people")], "two axes"), (years(range(MOST_BARS + 1)), "told apart"), ([bar(-1)], "below it")],
)
def test_what_cannot_be_read_is_refused(figures, said):
    with pytest.raises(ChartRefused, match=said):
        year_chart(figures, "")


def test_a_plan_is_a_line_a_running_year_an_outline_and_another_definition_a_break():
    plans = {("2030-31", ""): Planned(Decimal(50), "open", "open", "/x/", Decimal("0.2"), Decimal(20), Decimal(60))}
    chart = year_chart(
        [bar(10, "2020-21", version="1"), bar(20, "2021-22", version="2"), bar(10, "2030-31", version="2")], "2021-22", plans
    )
    first, second, running = chart.bars
    assert chart.breaks and first.outlined and not second.outlined and running.outlined
    assert running.plan is not None and running.low is not None and running.low > running.plan > running.high
    assert chart.has_plans and chart.has_forecast and second.plan is None


def test_the_map_has_every_region_inside_its_frame_and_is_small():
    found = shapes()
    assert len(found["regions"]) == 20 and sum(r["city"] for r in found["regions"].values()) == 3
    assert sum(len(r["path"]) for r in found["regions"].values()) < 20_000
    for region in found["regions"].values():
        assert 0 <= region["x"] <= found["width"] and 0 <= region["y"] <= found["height"]
        assert region["city"] or re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", region["path"])


def test_a_shared_border_is_simplified_once_so_no_gap_opens():
    left = [[0, 0], [4, 0], [4.1, 1], [3.9, 2], [4, 3], [0, 3], [0, 0]]
    right = [[4, 0], [8, 0], [8, 3], [4, 3], [3.9, 2], [4.1, 1], [4, 0]]
    features = [
        {"properties": {"ADM1_PCODE": f"KZ{n}"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for n, ring in ((10, left), (11, right))
    ]
    drawn = {r["code"]: r["path"] for r in draw({"features": features})["regions"]}

    def points(path):
        x, y, *steps = (int(v) for v in re.findall(r"-?\d+", path))
        made = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2]):
            made.append((made[-1][0] + dx, made[-1][1] + dy))
        return set(made)

    assert len(points(drawn["KZ-10"]) & points(drawn["KZ-11"])) >= 2
    assert simplify([(0, 0), (1, 0.001), (2, 0)], 1) == [(0, 0), (2, 0)]
    assert albers(67.0, 48.0) == pytest.approx((0.0, 0.0))
