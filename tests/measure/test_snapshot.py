"""Frozen periods: whole without a server, and a later change shows."""

from __future__ import annotations

import copy
import datetime as dt
import json
import subprocess
import sys
from decimal import Decimal

import pytest
from tests.measure.folders import write_folder

from tertia.core.keys.signing import Register, new_key, write_key
from tertia.measure.indicators.engine.compute import Facts
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.snapshot import differences, freeze, name_of, verify_snapshot

Y, NOW, KEY = "2025-26", dt.datetime(2026, 11, 24, tzinfo=dt.UTC), new_key("uni")
REGISTER = Register(({"organisation": "uni", "public": KEY.public, "from": "", "to": ""},))


def facts(folder, hours):
    rows = [
        ("uni", Y, {"record": n, "person": f"p{n}", "role": "student", "attested": True, "unit": "law", "hours": Decimal(h)})
        for n, h in enumerate(hours)
    ]
    return Facts(write_folder(folder, ["uni"], {"participation": rows}))


def frozen(source, **more):
    return freeze(source, list(definitions().values()), organisation="uni", period=Y, key=KEY, made_at=NOW, **more)


def codes(snapshot, **more):
    return [p.code for p in verify_snapshot(snapshot, register=REGISTER, definitions=definitions(), **more)]


def test_a_snapshot_is_whole_alone_and_with_its_facts_in_any_order(tmp_path):
    made = frozen(facts(tmp_path / "a", ["1", "2.5"]))
    assert codes(made) == [] and codes(json.loads(json.dumps(made))) == []
    assert codes(made, facts=facts(tmp_path / "a", ["1", "2.50"])) == []
    total = next(f for f in made["figures"] if f["indicator"] == "volunteer-hours-total" and not f["breakdown"])
    assert (total["value"], total["rows"], made["rows"]["participation"]["rows"]) == ("3.5", 2, 2)


@pytest.mark.parametrize("change", ["value", "numerator", "rows", "reason", "period"])
def test_any_change_is_found(tmp_path, change):
    made = copy.deepcopy(frozen(facts(tmp_path, ["1"])))
    total = next(f for f in made["figures"] if f["indicator"] == "volunteer-hours-total")
    if change in ("value", "numerator"):
        total[change] = "9"
    elif change == "rows":
        made["rows"]["participation"]["rows"] = 7
    else:
        made[change] = "2024-25"
    assert "altered" in codes(made)
    assert ("arithmetic" in codes(made)) == (change in ("value", "numerator"))


def test_without_or_with_a_strangers_key_it_does_not_hold(tmp_path):
    source = facts(tmp_path, ["1"])
    assert codes({k: v for k, v in frozen(source).items() if k != "signature"}) == ["unsigned"]
    stranger = freeze(source, list(definitions().values()), organisation="uni", period=Y, key=new_key("uni"), made_at=NOW)
    assert codes(stranger) == ["unknown-key"]
    other = freeze(source, list(definitions().values()), organisation="uni", period=Y, key=new_key("second"), made_at=NOW)
    assert [p.code for p in verify_snapshot(other)] == ["foreign"]


def test_a_later_change_shows_as_a_second_version_with_its_reason(tmp_path):
    first = frozen(facts(tmp_path / "a", ["1"]))
    source = facts(tmp_path / "b", ["1", "4"])
    assert {"rows", "figure"} <= set(codes(first, facts=source))
    with pytest.raises(ValueError, match="says why"):
        frozen(source, previous=first)
    second = frozen(source, previous=first, reason="A sheet was signed late")
    assert (second["number"], second["previous"]) == (2, name_of(first)) and codes(second, previous=first) == []
    assert [(d.indicator, d.before, d.after) for d in differences(first, second) if not d.breakdown and d.indicator == "volunteer-hours-total"] == [
        ("volunteer-hours-total", "1 hours", "5 hours"),
    ]  # fmt: skip
    assert "chain" in codes(second, previous=frozen(source))


def test_the_commands(tmp_path):
    facts(tmp_path / "facts", ["1"])
    write_key(KEY, tmp_path / "key.json")
    run = lambda *a: subprocess.run([sys.executable, "-m", "tertia", "snapshot", *map(str, a)], capture_output=True, text=True, check=False)  # noqa: E731
    made = run(
        "make",
        "--facts",
        tmp_path / "facts",
        "--organisation",
        "uni",
        "--period",
        Y,
        "--key",
        tmp_path / "key.json",
        "--out",
        tmp_path / "s.json",
    )
    assert made.returncode == 0 and "version 1" in made.stdout
    done = run("verify", tmp_path / "s.json", "--facts", tmp_path / "facts", "--json")
    assert done.returncode == 0 and json.loads(done.stdout) == {"valid": True, "state": "valid", "problems": []}
    facts(tmp_path / "facts", ["2"])
    assert run("verify", tmp_path / "s.json", "--facts", tmp_path / "facts").returncode == 1
    again = run(
        "make",
        "--facts",
        tmp_path / "facts",
        "--organisation",
        "uni",
        "--period",
        Y,
        "--previous",
        tmp_path / "s.json",
        "--reason",
        "recounted",
        "--out",
        tmp_path / "t.json",
    )
    assert again.returncode == 0
    assert "volunteer-hours-total : 1 hours → 2 hours" in run("compare", tmp_path / "s.json", tmp_path / "t.json").stdout
    (tmp_path / "x.json").write_text("{}")
    assert run("verify", tmp_path / "x.json", "--json").returncode == 2
