"""Facts out of the database: documented, keyed, whole or not at all, and only what changed."""

import datetime as dt
import json
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from tests.cast import make_activity, make_measure, make_need, make_sheet, make_student

from tertia.core.facts.declare import FACTS, person_key
from tertia.core.parties.actions import end_membership, erase_person
from tertia.measure.facts import export as module
from tertia.measure.facts.export import export_facts


def rows_of(out, table, organisation="uni"):
    return [
        row for file in sorted(out.glob(f"{table}/organisation={organisation}/*/part.parquet")) for row in pq.read_table(file).to_pylist()
    ]


def state_of(out):
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name != "manifest.json"}


def test_people_are_keyed_hashes_that_differ_between_universities(world, tmp_path):
    make_sheet(world)
    export_facts(tmp_path)
    keys = {row["person"] for row in rows_of(tmp_path, "participation")}
    assert len(keys) == 3 and all(len(k) == 24 for k in keys)
    assert keys <= {row["person"] for row in rows_of(tmp_path, "member")}
    assert person_key(world.university, 1) != person_key(world.other, 1)


def test_a_university_exports_nothing_of_another(world, tmp_path):
    make_need(world)
    make_sheet(world)
    export_facts(tmp_path, organisations=[world.other])
    assert not list(tmp_path.glob("need/*")) and not list(tmp_path.glob("*/organisation=uni"))


def test_every_value_arrives_as_it_is_stored(world, tmp_path):
    need = make_need(world, raised_on=dt.date(2025, 10, 3))
    activity = make_activity(world, make_measure(world, need))
    sheet = make_sheet(world, activity, people=2)
    export_facts(tmp_path)
    (fact,) = rows_of(tmp_path, "need")
    assert (fact["record"], fact["day"], fact["external"], fact["taken_up"], fact["answer_days"]) == (
        need.pk,
        dt.date(2025, 10, 3),
        True,
        True,
        None,
    )
    (fact,) = rows_of(tmp_path, "activity")
    assert (fact["record"], fact["unit"], fact["partner"], fact["held"], fact["signed"]) == (activity.pk, "uni-law", "club", True, False)
    first, _ = rows_of(tmp_path, "participation")
    assert (first["hours_claimed"], first["hours"], first["attested"], first["sheet"]) == (Decimal("4.0000"), None, False, sheet.pk)


def test_what_lasts_stands_in_every_year_that_it_touches(world, tmp_path):
    measure = make_measure(world)  # to 31 August 2027
    export_facts(tmp_path)
    found = [(r["day"], r["due"]) for r in rows_of(tmp_path, "measure")]
    assert found == [
        (measure.starts_on, False),
        *((dt.date(y, 9, 1), y == 2026) for y in range(measure.starts_on.year + (measure.starts_on.month >= 9), 2027)),
    ]
    assert max(r["day"] for r in rows_of(tmp_path, "member")) <= dt.date(2026, 11, 24)


def test_an_organisation_without_news_is_not_read_again(world, tmp_path):
    make_sheet(world)
    first = export_facts(tmp_path)
    again = export_facts(tmp_path)
    assert first.skipped == 0 and first.written > 0
    assert (again.skipped, again.written, again.rows) == (2, 0, first.rows)


def test_only_partitions_that_differ_are_written(world, tmp_path):
    make_sheet(world)
    make_need(world, raised_on=dt.date(2024, 10, 1))
    first = export_facts(tmp_path)
    old = tmp_path / "need/organisation=uni/year=2024-25/part.parquet"
    stamp = old.stat().st_mtime_ns
    make_need(world, raised_on=dt.date(2025, 10, 1))
    again = export_facts(tmp_path)
    assert again.written == 1 and again.rows["need"] == first.rows["need"] + 1
    assert old.stat().st_mtime_ns == stamp


def test_a_late_record_and_a_correction_reach_their_old_year(world, tmp_path):
    activity = make_activity(world, on=dt.date(2025, 5, 1))
    export_facts(tmp_path)
    make_sheet(world, activity, people=1)
    export_facts(tmp_path)
    assert [p.parent.name for p in tmp_path.glob("participation/organisation=uni/*/part.parquet")] == ["year=2024-25"]


def test_what_is_gone_leaves_no_partition(world, tmp_path):
    student = make_student(world, 7)
    world.people["leaver"] = student
    export_facts(tmp_path)
    count = len(rows_of(tmp_path, "member"))
    membership = student.memberships.get()
    end_membership(by=world.administrator, membership=membership, on=membership.valid_from)
    export_facts(tmp_path)
    assert len(rows_of(tmp_path, "member")) < count


def test_erasing_a_person_keeps_the_figures_right(world, tmp_path):
    sheet = make_sheet(world, make_activity(world))
    before = export_facts(tmp_path)
    erase_person(by=world.administrator, person=sheet.participations.first().person)
    assert export_facts(tmp_path).rows["participation"] == before.rows["participation"]


@pytest.mark.parametrize("moves", [0, 1, 3])
def test_a_killed_export_leaves_the_old_folder_or_one_that_the_next_run_completes(world, tmp_path, monkeypatch, moves):
    make_need(world)
    export_facts(tmp_path)
    before = state_of(tmp_path)
    make_need(world, "Another")
    make_sheet(world)
    counted, real = [], module.os.replace

    def dies(source, target):
        if len(counted) == moves + 1:
            raise KeyboardInterrupt
        counted.append(target)
        real(source, target)

    monkeypatch.setattr(module.os, "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        export_facts(tmp_path)
    monkeypatch.undo()
    assert moves or {k: v for k, v in state_of(tmp_path).items() if not k.startswith(".next")} == before
    export_facts(tmp_path)
    whole = state_of(tmp_path)
    export_facts(tmp_path / "anew")
    assert state_of(tmp_path / "anew") == {k: v for k, v in whole.items() if not k.startswith("anew/")}
    assert not (tmp_path / ".next").exists()


def test_an_export_that_fails_while_reading_leaves_the_old_folder(world, tmp_path, monkeypatch):
    make_need(world)
    export_facts(tmp_path)
    before = state_of(tmp_path)
    make_need(world, "Another")
    monkeypatch.setattr(module, "schema_body", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export_facts(tmp_path)
    monkeypatch.undo()
    assert {k: v for k, v in state_of(tmp_path).items() if not k.startswith(".next")} == before
    assert export_facts(tmp_path).rows["need"] == 2


def test_every_table_and_column_is_documented(tmp_path, db):
    export_facts(tmp_path, organisations=[])
    schema = json.loads((tmp_path / "schema.json").read_text())
    assert set(schema["tables"]) == set(FACTS) and schema["organisations"] == []
    for table in schema["tables"].values():
        assert table["meaning"] and table["unit"] and all(c["meaning"] for c in table["columns"])
