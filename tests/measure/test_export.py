"""Facts out of the database: documented, keyed, whole or not at all."""

import json

import pyarrow.parquet as pq
from tests.cast import make_activity, make_need, make_sheet

from tertia.core.facts.declare import FACTS, person_key
from tertia.measure.facts.export import export_facts


def test_people_are_keyed_hashes_that_differ_between_universities(world, tmp_path):
    make_sheet(world)
    export_facts(tmp_path)
    (file,) = tmp_path.glob("participation/organisation=uni/*/part.parquet")
    keys = pq.read_table(file).column("person").to_pylist()
    assert len(set(keys)) == 3 and all(len(k) == 24 for k in keys)
    assert person_key(world.university, 1) != person_key(world.other, 1)


def test_a_university_exports_nothing_of_another(world, tmp_path):
    make_need(world)
    make_sheet(world)
    export_facts(tmp_path, organisations=[world.other])
    assert {p.name for p in tmp_path.glob("*/*")} == set()
    assert not list(tmp_path.glob("need/*"))


def test_exporting_again_gives_the_same_and_drops_what_is_gone(world, tmp_path):
    sheet = make_sheet(world, make_activity(world))
    before = export_facts(tmp_path)
    assert export_facts(tmp_path) == before
    from tertia.core.parties.actions import erase_person

    erase_person(by=world.administrator, person=sheet.participations.first().person)
    assert export_facts(tmp_path)["participation"] == before["participation"]
    assert not list(tmp_path.rglob("*.new"))


def test_every_table_and_column_is_documented(tmp_path, db):
    export_facts(tmp_path, organisations=[])
    schema = json.loads((tmp_path / "schema.json").read_text())
    assert set(schema["tables"]) == set(FACTS) and schema["organisations"] == []
    for table in schema["tables"].values():
        assert table["meaning"] and all(c["meaning"] for c in table["columns"])
