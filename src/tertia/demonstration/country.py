"""The country of the demonstration: universities that run Tertia hand in signed packages, one fills in a table, and not all goes well.

The university of this site hands in what its own records give. The others' facts are invented by number (`tertia country
generate`), each computed, hidden and signed exactly as on a node of its own. Late, altered, forged and last year's packages
come in too, and one that is odd and true.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from tertia.core.files.sheets import write_sheet
from tertia.core.keys.actions import own_key, register_key
from tertia.core.keys.signing import Key, new_key
from tertia.core.parties.actions import found_organisation
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.core.periods.years import Period
from tertia.core.places.models import Place
from tertia.demonstration.cast import SYSTEM, Cast
from tertia.demonstration.content import load, text
from tertia.measure.country.actions import answer_question, ask_about, decide_hand_in, expect, receive
from tertia.measure.country.generate import Country, generate
from tertia.measure.country.intake import due_on, look_at, wanted_period
from tertia.measure.country.making import figures_of, zip_of
from tertia.measure.facts.export import schema_body
from tertia.measure.indicators.engine.compute import Facts, compute_all
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.figures import Figure, ratio

__all__ = ["hand_in_country"]

KEEPER = "demonstration-ministry"
#: what befalls whom; everybody else hands in well and in time
SILENT = ("demonstration-zhezkazgan", "demonstration-university-of-arts")
LATE, ALTERED, FORGED, LAST_YEAR, TABLE, ODD = (
    f"demonstration-{name}" for name in ("kostanay", "oral", "aktau", "semey", "taldykorgan", "pavlodar")
)
ODD_INDICATOR = "student-volunteers-share"


def hand_in_country(cast: Cast, years: list[Period], day: dt.date, tell: Any = lambda *_: None) -> int:
    """Everybody hands in. Returns how many files came in."""
    keeper = cast.bodies[KEEPER]
    others = _universities(cast)
    began = years[0].start
    expect(by=SYSTEM, keeper=keeper, organisations=[cast.university, *others], since=began)
    figures = _invented(others, years)
    figures[cast.university.slug] = figures_of(cast.university, [y.label for y in years[:-1]])
    wanted = wanted_period(day)
    due = due_on(wanted, keeper)
    count = 0
    for n, organisation in enumerate([cast.university, *others]):
        if organisation.slug in SILENT:
            continue
        on = due - dt.timedelta(days=3 + n % 20)
        count += _one(cast, keeper, organisation, figures[organisation.slug], on, due, day, wanted)
    tell("the country: files handed in", count)
    return count


def _universities(cast: Cast) -> list[Organisation]:
    made = [b for b in cast.bodies.values() if b.kind == "university" and b.pk != cast.university.pk]
    for row in load("country")["university"]:
        made.append(
            found_organisation(by=SYSTEM, slug=row["slug"], kind="university", name=text(row), place=Place.objects.get(code=row["place"]), demonstration=True)
        )  # fmt: skip
    return made


def _invented(others: list[Organisation], years: list[Period]) -> dict[str, list[Figure]]:
    """Figures of invented facts of the closed years, by university."""
    size = Country(
        universities=len(others),
        years=len(years) - 1,
        students=1200 * len(others),
        participations=4000 * len(others),
        first_year=years[0].start.year,
    )
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), size, schema_body())
        with Facts(Path(folder)) as facts:
            chosen = [d for d in definitions().values() if facts.hold(d)]
            found = list(compute_all(chosen, facts))
    names = {f"uni-{n + 1:03d}": o.slug for n, o in enumerate(others)}
    made: dict[str, list[Figure]] = {slug: [] for slug in names.values()}
    for figure in found:
        slug = names[figure.organisation]
        made[slug].append(replace(figure, organisation=slug))
    return made


def _one(
    cast: Cast,
    keeper: Organisation,
    organisation: Organisation,
    figures: list[Figure],
    on: dt.date,
    due: dt.date,
    day: dt.date,
    wanted: str,
) -> int:
    slug = organisation.slug
    if slug == TABLE:
        return _come_in(keeper, organisation, _table(figures, wanted), on)
    key = _key(organisation, on)
    if slug == LAST_YEAR:
        return _come_in(keeper, organisation, _package([f for f in figures if f.period < wanted], organisation, key, on), on)
    if slug == FORGED:
        return _come_in(keeper, organisation, _package(figures, organisation, new_key(slug), on), on)
    if slug == ODD:
        return _odd(cast, keeper, organisation, _package([_many_times(f, wanted) for f in figures], organisation, key, on), on, wanted)
    if slug == ALTERED:
        _come_in(keeper, organisation, _altered(_package(figures, organisation, key, on)), on)
        later = on + dt.timedelta(days=2)
        return 1 + _come_in(keeper, organisation, _package(figures, organisation, key, later), later)
    if slug == LATE:
        on = min(due + dt.timedelta(days=11), day)
    return _come_in(keeper, organisation, _package(figures, organisation, key, on), on)


def _key(organisation: Organisation, on: dt.date) -> Key:
    """The node's own key, of which the keeper knows the public half."""
    if organisation.hosts:
        return own_key(organisation, on)
    key = new_key(organisation.slug)
    register_key(by=SYSTEM, keeper=organisation, organisation=organisation, public=key.public, valid_from=on)
    return key


def _package(figures: list[Figure], organisation: Organisation, key: Key, on: dt.date) -> bytes:
    return zip_of(figures, organisation, key, dt.datetime.combine(on, dt.time(8), dt.UTC))


def _come_in(keeper: Organisation, organisation: Organisation, data: bytes, on: dt.date) -> int:
    with clock.at(on, 9):
        received = look_at(data, organisation=organisation, keeper=keeper, today=on)
        receive(by=SYSTEM, keeper=keeper, received=received, demonstration=True)
    return 1


def _altered(data: bytes) -> bytes:
    """Somebody wrote a nicer number into the file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            body = source.read(name)
            made.writestr(name, body.replace(b",value\n", b"0,value\n", 1) if name == "figures.csv" else body)
    return out.getvalue()


def _many_times(figure: Figure, wanted: str) -> Figure:
    """Nearly all students of a year: odd, and in this story true."""
    if figure.indicator != ODD_INDICATOR or figure.period != wanted or figure.breakdown or not figure.denominator:
        return figure
    above = (figure.denominator * 9 / 10).quantize(figure.denominator)
    return replace(figure, numerator=above, value=ratio(above, figure.denominator, figure.scale))


def _odd(cast: Cast, keeper: Organisation, organisation: Organisation, data: bytes, on: dt.date, wanted: str) -> int:
    """The keeper asks, the university answers, the keeper accepts."""
    content = load("country")
    with clock.at(on, 9):
        received = look_at(data, organisation=organisation, keeper=keeper, today=on)
        version = receive(by=SYSTEM, keeper=keeper, received=received, demonstration=True)
    asked, answered, decided = (on + dt.timedelta(days=n) for n in (1, 2, 3))
    with clock.at(asked, 10):
        by = cast.actor("ministry", asked)
        question = ask_about(
            by=by, keeper=keeper, organisation=organisation, indicator=ODD_INDICATOR, period=wanted, words=text(content["question"]), on=asked, demonstration=True
        )  # fmt: skip
    with clock.at(answered, 15):
        answer_question(by=SYSTEM, owed=question.owed_answers.get(), words=text(content["answer"]), on=answered)
    with clock.at(decided, 11):
        if version.state == "asked":
            words = str(text(content["answer"]))
            decide_hand_in(
                by=cast.actor("ministry", decided), hand_in=version, accept=True, words=words, figures=received.figures, on=decided
            )
    return 1


def _table(figures: list[Figure], wanted: str) -> bytes:
    """The form, filled in by hand: counts only, and no breakdowns."""
    rows = [
        (f.indicator, f.period, f.numerator, f.denominator)
        for f in figures
        if not f.breakdown and f.period == wanted and f.state == "value"
    ]
    return write_sheet("Figures", [(h, 16) for h in ("indicator", "period", "numerator", "denominator")], rows)
