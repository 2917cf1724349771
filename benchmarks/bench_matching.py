"""20,000 students to 5,000 shifts: seconds, memory, and how near to the bound on the optimum; beside it a greedy plan as the peer."""

from __future__ import annotations

import random
import resource
import time

CITIES = [(51.13, 71.43), (43.24, 76.9), (42.32, 69.59), (49.8, 73.1)]


def main(argv: list[str]) -> None:
    from tertia.act.volunteering.matching import Helper, Slot, Weights, _Table, propose

    people, shifts = (int(a) for a in argv[:2]) if len(argv) > 1 else (20_000, 5_000)
    pick = random.Random(7)
    skills, languages, outcomes = [f"s{n}" for n in range(15)], ["kk", "ru", "en"], [f"o{n}" for n in range(30)]

    def point() -> tuple[float, float]:
        latitude, longitude = pick.choice(CITIES)
        return latitude + pick.gauss(0, 0.08), longitude + pick.gauss(0, 0.1)

    helpers = [
        Helper(
            n, frozenset(pick.sample(skills, pick.randint(0, 4))), frozenset(pick.sample(languages, pick.randint(1, 3))), point(),
            frozenset(pick.sample(outcomes, pick.randint(0, 3))), pick.expovariate(1 / 20),
        )
        for n in range(people)
    ]  # fmt: skip
    slots = [
        Slot(
            n, n * 3600.0, (n + 3) * 3600.0, pick.randint(1, 6), frozenset(pick.sample(skills, pick.randint(0, 3))),
            frozenset(pick.sample(languages, pick.randint(0, 2))), point(), frozenset(pick.sample(outcomes, pick.randint(0, 2))),
        )
        for n in range(shifts)
    ]  # fmt: skip
    began = time.perf_counter()
    found = propose(helpers, slots)
    seconds = time.perf_counter() - began
    places = sum(s.places for s in slots)
    print(
        f"{people:,} students, {shifts:,} shifts with {places:,} places: {seconds:.1f} s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )
    print(
        f"  {len(found.pairs):,} proposals, fit {found.total:,.0f} of at most {found.bound:,.0f}: {100 * (1 - found.total / found.bound):.2f} % below the bound"
    )
    began = time.perf_counter()
    total = _greedy(_Table(helpers, slots, Weights()), len(helpers), [s.places for s in slots])
    print(
        f"  peer, each in turn takes the best that is left: {time.perf_counter() - began:.1f} s, fit {total:,.0f}: {100 * (1 - total / found.bound):.2f} % below the bound"
    )


def _greedy(table, people: int, places: list[int]) -> float:
    import numpy as np

    left, total = np.array(places), 0.0
    for first in range(0, people, 1000):
        strip = table.fits(first, min(first + 1000, people))
        for row in strip:
            row = np.where(left > 0, row, 0)
            best = int(row.argmax())
            if row[best] > 0:
                left[best] -= 1
                total += float(row[best])
    return total
