"""The whole demonstration, from an empty database to the report, as one piece of work that happens wholly or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from tertia.core.facts.declare import FACTS
from tertia.core.parties.models import Organisation
from tertia.core.parties.setup import load_basics
from tertia.core.periods import clock
from tertia.core.periods.years import Period, academic_year
from tertia.core.records.models import Record
from tertia.demonstration.actions import note_load
from tertia.demonstration.cast import SYSTEM, Cast, gather_cast
from tertia.demonstration.conference import hold_conferences
from tertia.demonstration.councils import sit
from tertia.demonstration.country import hand_in_country
from tertia.demonstration.dialogue import talk
from tertia.demonstration.faculty import employ
from tertia.demonstration.involvement import assess
from tertia.demonstration.mentions import tell_mentions
from tertia.demonstration.models import Load
from tertia.demonstration.research import research
from tertia.demonstration.resolution_2019 import SLUG, write_down_2019
from tertia.demonstration.stories import tell_stories
from tertia.demonstration.study import study
from tertia.demonstration.targets import plan_targets, say_what_lags
from tertia.demonstration.together import agree, follow_up, write_down_strategy
from tertia.demonstration.volunteering import offer_volunteering
from tertia.demonstration.work import act, listen, plan
from tertia.measure.indicators.actions import choose_indicator
from tertia.measure.indicators.nightly import follow, recompute
from tertia.measure.indicators.queries import current_facts
from tertia.plan.conferences.models import Resolution
from tertia.tell.reports.actions import write_edition
from tertia.tell.reports.models import Edition
from tertia.tell.reports.print import edition_pdf

__all__ = ["INDICATORS", "load_demonstration", "print_reports", "years_of"]

#: for each recommendation of 2019 the indicators of the catalogue that measure what came of it
INDICATORS: dict[str, tuple[str, ...]] = {
    "1": ("active-partners",),
    "2": ("strategy-measures-ready-share",),
    "3": ("confirmed-records-share",),
    "4": ("staff-engaged-share", "staff-with-assignment-share", "profiles-with-third-mission-share", "assignment-delivery-rate"),
    "5": ("volunteer-hours-total", "student-volunteers-share", "service-credits-awarded"),
    "6": ("needs-addressed-share", "joint-work-local-government"),
    "7": ("council-meetings-with-outsiders-share",),
    "8": ("activities-told-share", "stories-three-languages-share", "outside-mentions", "independent-mention-share"),
    "9": ("regional-studies-running", "studies-used-share"),
}


def years_of(day: dt.date) -> list[Period]:
    """The two closed academic years before a day, and the running one."""
    year = academic_year(day)
    before = academic_year(year.start - dt.timedelta(days=1))
    return [academic_year(before.start - dt.timedelta(days=1)), before, year]


def load_demonstration(*, students: int = 2000, seed: int = 2019, day: dt.date, tell: Callable[..., None] = lambda *_: None) -> Load:
    """Load everything once. A loaded demonstration is left as it is and given back."""
    there = Load.objects.select_related("university").first()
    if there is not None:
        return there
    with transaction.atomic():
        load_basics(SYSTEM)
        cast = gather_cast(students=students, seed=seed, day=day, tell=tell)
        tell("the resolution of 2019")
        resolution = write_down_2019(cast, day)
        tell("measures, needs, conferences")
        measures = plan(cast, resolution, day)
        needs = listen(cast, day)
        talk(cast, needs, measures, day, seed, tell)
        hold_conferences(cast, day)
        write_down_strategy(cast, needs, measures, day)
        agree(cast, day)
        act(cast, measures, needs, students=students, seed=seed, day=day, tell=tell)
        offer_volunteering(cast, measures, day, seed, tell)
        study(cast, day, tell)
        sit(cast, day, tell)
        employ(cast, resolution, day, seed, tell)
        follow_up(cast, needs, measures, day, tell)
        research(cast, needs, day, tell)
        tell_stories(cast, day, tell)
        tell_mentions(cast, day, tell)
        tell("figures")
        _measure(cast, resolution, day)
        assess(cast, years_of(day), day, seed)
        hand_in_country(cast, years_of(day), day, tell)
        tell("reports")
        _tell(cast, day)
        return note_load(by=SYSTEM, university=cast.university, students=students, seed=seed, day=day)


def _measure(cast: Cast, resolution: Resolution, day: dt.date) -> None:
    years = years_of(day)
    recommendations = {r.number: r for r in resolution.recommendations.all()}
    with clock.at(years[0].start):
        for number, ids in INDICATORS.items():
            for catalogue_id in ids:
                choose_indicator(
                    by=cast.actor("office", years[0].start), owner=cast.university, catalogue_id=catalogue_id,
                    measures=[Record.objects.get(pk=recommendations[number].pk)], starts_on=years[0].start, demonstration=True,
                )  # fmt: skip
    _figures(cast.university, years, day)
    plan_targets(cast, years, day)
    with clock.at(day, 6), current_facts(cast.university, *FACTS) as facts:
        follow(cast.university, facts, day)  # now there is something to forecast
    say_what_lags(cast, day)


def _figures(university: Organisation, years: list[Period], day: dt.date) -> None:
    """Compute every chosen indicator, as the worker does at night."""
    with clock.at(day, 6):
        recompute(university, day, [*(y.label for y in years), str(day.year - 1), str(day.year)])


def _tell(cast: Cast, day: dt.date) -> None:
    for year in years_of(day)[:2]:
        on = min(year.end + dt.timedelta(days=30), day)
        with clock.at(on, 9):
            write_edition(by=SYSTEM, owner=cast.university, period=year, on=on, demonstration=True)


def print_reports(university: Any) -> list[Path]:
    """The latest edition as PDF in three languages. Returns the files."""
    edition = Edition.objects.filter(owner=university, state="written").order_by("-period").first()
    assert edition is not None
    folder = Path(settings.HOME) / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for language in ("en", "ru", "kk"):
        file = folder / f"third-mission-report-{edition.period}-{language}.pdf"
        file.write_bytes(edition_pdf(edition, language))
        made.append(file)
    return made


def resolution_2019() -> Resolution | None:
    return Resolution.objects.filter(slug=SLUG).first()
