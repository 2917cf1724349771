"""Signs of gaming: a seeded world of honest records with planted cases; recall and false alarms are printed."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from tests.cast import TODAY, make_activity, make_sheet
from tests.measure.folders import write_folder

from tertia.measure.indicators.engine.compute import Facts
from tertia.measure.trust.queries import signs_for
from tertia.measure.trust.signs import SIGNS, find_signs

Y, DAY = "2025-26", 24 * 60
FIRST = dt.date(2025, 9, 1)
START = (FIRST - dt.date(1970, 1, 1)).days * DAY


class World:
    """Two hundred honest activities of one university; `plant` adds dishonest ones and remembers them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.students = [f"s{n:03d}" for n in range(150)]
        self.rows: list[tuple[str, str, dict]] = []
        self.planted: dict[str, set[int]] = {kind: set() for kind in SIGNS}
        self.number = 0
        for day in range(200):
            self.activity(day, self.random.sample(self.students, self.random.randint(5, 30)))

    def activity(self, day, people, *, at=600, length=240, hours=None, signer="", signed=None, inside=False):
        self.number += 1
        for person in people:
            given = hours if hours is not None else Decimal(self.random.randint(4, length // 15)) / 4
            self.rows.append(("uni", Y, {
                "record": len(self.rows), "sheet": self.number, "activity": self.number, "day": FIRST + dt.timedelta(days=day), "person": person,
                "role": "student", "hours_claimed": given, "hours": given, "attested": True, "starts": START + day * DAY + at,
                "ends": START + day * DAY + at + length, "signer": signer or f"partner-{self.number % 20}", "signer_inside": inside,
                "signed": signed if signed is not None else START + (day + 3) * DAY + self.random.randint(0, DAY),
            }))  # fmt: skip
        return self.number

    def plant(self) -> None:
        some = self.random.sample
        for n in range(10):
            day = 210 + n * 5
            one = self.activity(day, some(self.students, 8))
            people = [r[2]["person"] for r in self.rows if r[2]["activity"] == one][:3]
            self.activity(day, people, at=700, length=120)
            self.planted["overlapping-times"].add(one)
            self.planted["longer-than-the-activity"].add(self.activity(day + 1, some(self.students, 4), length=60, hours=Decimal(6)))
            many = [
                self.activity(
                    day + 2,
                    some(self.students, 6),
                    at=60 + 300 * k,
                    length=240,
                    signer=f"hurried-{n}",
                    signed=START + (day + 9) * DAY + k % 2,
                )
                for k in range(3)
            ]
            self.planted["many-signed-at-once"] |= set(many)
            self.planted["signed-by-the-university-itself"].add(self.activity(day + 3, some(self.students, 5), inside=True, signer="uni"))
            again = some(self.students, 12)
            self.planted["copied-list"] |= {self.activity(400 + n * 2 + k, again, hours=Decimal(2)) for k in range(2)}
            self.planted["not-on-the-list"].add(self.activity(day + 4, [f"ghost{n}{k}" for k in range(4)]))
            long = [self.activity(500 + n, [f"s{n:03d}"], at=k * 480, length=470, hours=Decimal(7)) for k in range(3)]
            self.planted["too-many-hours-in-a-day"].add(long[0])

    def facts(self, folder) -> Facts:
        members = [("uni", Y, {"person": s, "standing": "student"}) for s in self.students]
        return Facts(write_folder(folder, ["uni"], {"participation": self.rows, "member": members}))


def test_planted_cases_are_found_and_honest_ones_left_alone(tmp_path, capsys):
    world = World(2019)
    assert find_signs(world.facts(tmp_path / "honest"), "uni") == []
    world.plant()
    signs = find_signs(world.facts(tmp_path / "planted"), "uni")
    with capsys.disabled():
        print(f"\n{'sign':<34}{'planted':>8}{'recall':>8}{'false alarms':>14}")
        for kind in SIGNS:
            found = {s.activity for s in signs if s.kind == kind} | {
                s.other for s in signs if s.kind == kind and kind in ("copied-list",) and s.other
            }
            planted = world.planted[kind]
            recall, alarms = len(found & planted) / len(planted), found - planted
            print(f"{kind:<34}{len(planted):>8}{recall:>8.2f}{len(alarms):>14}")
            assert recall == 1 and not alarms, (kind, alarms)


def test_a_university_sees_its_own_signs_only(tmp_path):
    world = World(1)
    world.plant()
    assert find_signs(world.facts(tmp_path), "another") == []


def test_the_office_sees_signs_of_real_records(world):
    """Two activities at the same hours with the same students."""
    first = make_activity(world, on=dt.date(2026, 11, 20), words="River")
    sheet = make_sheet(world, first, people=2)
    second = make_activity(world, on=dt.date(2026, 11, 20), words="Library")
    from tertia.act.activities.actions import claim_hours

    claim_hours(
        by=world.office, activity=second, rows=[(p.person, world.unit, Decimal("4"), "student") for p in sheet.participations.all()]
    )
    found = {kind: rows for kind, _, _, rows in signs_for(world.university, world.office)}
    (seen,) = found["overlapping-times"]
    assert (seen.record.pk, seen.other.pk, seen.sign.people, seen.sign.day) == (first.pk, second.pk, 2, dt.date(2026, 11, 20))
    assert set(found) == {"overlapping-times"} and TODAY
