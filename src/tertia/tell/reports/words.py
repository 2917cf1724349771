"""An edition's content as the sentences and rows that HTML and PDF show alike, in the active language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from tertia.core.languages.formatting import long_date, number
from tertia.core.languages.text import Text
from tertia.measure.indicators.queries import unit_words
from tertia.measure.targets.queries import STANDING_SIGNS, standing_words
from tertia.tell.reports.chapters import CHAPTERS
from tertia.tell.stories.markup import as_words

__all__ = [
    "Bar",
    "ChapterWords",
    "FigureWords",
    "NeedWords",
    "PlanWords",
    "RecommendationWords",
    "ReportWords",
    "StoryWords",
    "VoiceWords",
    "report_words",
]


@dataclass(frozen=True)
class FigureWords:
    """A figure with its mark: what stands large, what it counts, and how many rows are behind it."""

    mark: str
    slug: str
    large: str
    title: str
    behind: str
    known: bool


@dataclass(frozen=True)
class Bar:
    label: str
    share: float
    value: str


@dataclass(frozen=True)
class RecommendationWords:
    record: int
    number: str
    title: str
    sentence: str
    gap: str
    marks: str
    #: language in which the title stands, where it is not the reader's
    language: str


@dataclass(frozen=True)
class ChapterWords:
    """A heading and what people wrote under it, with the language in which it stands where that is not the reader's."""

    label: str
    text: str
    language: str
    stale: bool


@dataclass(frozen=True)
class PlanWords:
    mark: str
    slug: str
    title: str
    planned: str
    fact: str
    standing: str
    sign: str


@dataclass(frozen=True)
class NeedWords:
    record: int
    title: str
    since: str
    planned: bool


@dataclass(frozen=True)
class StoryWords:
    record: int
    title: str
    lead: str
    on: str


@dataclass(frozen=True)
class VoiceWords:
    record: int
    words: str
    who: str
    on: str
    language: str


@dataclass(frozen=True)
class ReportWords:
    title: str
    lead: str
    university: str
    cycle: list[tuple[str, str]]
    figures: list[FigureWords]
    bars_title: str
    bars: list[Bar]
    units_title: str
    units: list[tuple[str, str, str]]
    recommendations: list[RecommendationWords]
    not_done: list[str]
    silent: list[tuple[str, str, str]]
    written: str
    checksum: str
    demonstration: bool
    chapters: dict[str, ChapterWords]
    plan: list[PlanWords]
    needs_line: str
    needs: list[NeedWords]
    needs_more: str
    stories: list[StoryWords]
    voices: list[VoiceWords]


def report_words(edition: Any) -> ReportWords:
    content, language = edition.content, (get_language() or "en")[:2]
    name = _said(content["name"], language)
    leading = next((f for f in content["figures"] if f["indicator"] == "volunteer-hours-total"), None)
    return ReportWords(
        title=edition.title.read(language).text,
        lead=_("What the university did with and for its region, what came of it, and what is still owed."),
        university=name,
        cycle=_cycle(content),
        figures=[_figure(f, language) for f in content["figures"]],
        bars_title=_said(leading["title"], language) if leading else "",
        bars=_bars(leading, language),
        units_title=_("%(title)s by unit, %(period)s") % {"title": _said(leading["title"], language), "period": content["period"]} if leading else "",
        units=_units(leading["by"], language) if leading else [],
        recommendations=[_recommendation(r, language) for r in content["recommendations"]],
        not_done=_not_done(content, language),
        silent=[_silent(s, language) for s in content["silent"]],
        written=long_date(dt.date.fromisoformat(content["written_on"]), language),
        checksum=" ".join(edition.sha256[i : i + 4].upper() for i in range(0, 16, 4)),
        demonstration=content["demonstration"],
        chapters=chapter_words(content.get("texts", {}), language),
        plan=[_plan(p, language) for p in content.get("plan", ())],
        needs_line=_needs_line(content.get("needs")), needs=[_need(n, language) for n in content.get("needs", {}).get("named", ())],
        needs_more=_needs_more(content.get("needs", {})), stories=[_story(s, language) for s in content.get("stories", ())],
        voices=[_voice(v, language) for v in content.get("voices", ())],
    )  # fmt: skip


def _said(stored: Any, language: str) -> str:
    """A text as content keeps it, in a language."""
    return Text.from_stored(stored).read(language).text


def _units(by: list[dict[str, Any]], language: str) -> list[tuple[str, str, str]]:
    """Editions from before names were kept say the short name; those from before other breakdowns were left out have them too."""
    return [
        (
            _said(b.get("name"), language) or b["breakdown"].partition("=")[2],
            value_words(b, language),
            _rows(b["rows"]),
        )
        for b in by
        if b["breakdown"].startswith("unit=")
    ]


def chapter_words(texts: dict[str, Any], language: str) -> dict[str, ChapterWords]:
    """Every chapter of the report; one in which nobody wrote has an empty text."""
    found = {}
    for key, chapter in CHAPTERS.items():
        reading = Text.from_stored(texts.get(key)).read(language)
        found[key] = ChapterWords(
            str(chapter.label), reading.text, reading.language if reading.is_fallback else "", reading.state == "stale"
        )
    return found


def _plan(row: dict[str, Any], language: str) -> PlanWords:
    unit = {"unit": row["fact"]["unit"]}
    title = _said(row["title"], language)
    of = _said(row["unit_of"], language)
    planned = value_words({"state": "value", "value": row["planned"], **unit}, language)
    fact = value_words(row["fact"], language)
    if unit["unit"] not in ("percent", "count", ""):
        title = f"{title} ({unit_words(unit['unit'])})"
    return PlanWords(
        row["mark"], row["indicator"], f"{title}: {of}" if of else title, planned, fact, standing_words(row["standing"]), STANDING_SIGNS[row["standing"]]
    )  # fmt: skip


def _needs_line(needs: dict[str, Any] | None) -> str:
    if needs is None:
        return ""
    raised = ngettext("%(n)d need was raised in the year", "%(n)d needs were raised in the year", needs["raised"]) % {"n": needs["raised"]}
    unmet = ngettext("%(n)d waits for an answer", "%(n)d wait for an answer", needs["unmet"]) % {"n": needs["unmet"]}
    return _("%(raised)s, %(answered)d of them have an answer. Of all that were raised by its end %(unmet)s.") % {
        "raised": raised, "answered": needs["answered"], "unmet": unmet,
    }  # fmt: skip


def _need(row: dict[str, Any], language: str) -> NeedWords:
    since = ngettext("%(n)d day", "%(n)d days", row["days"]) % {"n": row["days"]} if row["days"] is not None else ""
    return NeedWords(row["record"], _said(row["title"], language), since, row["planned"])


def _needs_more(needs: dict[str, Any]) -> str:
    more = needs.get("unmet", 0) - len(needs.get("named", ()))
    return _("and %(n)d more") % {"n": more} if more > 0 else ""


def _story(row: dict[str, Any], language: str) -> StoryWords:
    on = long_date(dt.date.fromisoformat(row["on"]), language) if row["on"] else ""
    return StoryWords(row["record"], _said(row["title"], language), as_words(_said(row["lead"], language)), on)


def _voice(row: dict[str, Any], language: str) -> VoiceWords:
    reading = Text.from_stored(row["words"]).read(language)
    who = _said(row["who"], language)
    return VoiceWords(
        row["record"], as_words(reading.text), who, long_date(dt.date.fromisoformat(row["on"]), language), reading.language if reading.is_fallback else ""
    )  # fmt: skip


def _cycle(content: dict[str, Any]) -> list[tuple[str, str]]:
    counts = content["cycle"]
    needs, activities, measures = counts.get("need", 0), counts.get("activity", 0), counts.get("measure", 0)
    known = sum(f["state"] == "value" for f in content["figures"])
    return [
        (pgettext("stage", "Listen"), ngettext("%(n)d need", "%(n)d needs", needs) % {"n": needs}),
        (pgettext("stage", "Plan"), ngettext("%(n)d new measure", "%(n)d new measures", measures) % {"n": measures}),
        (pgettext("stage", "Act"), ngettext("%(n)d activity", "%(n)d activities", activities) % {"n": activities}),
        (pgettext("stage", "Measure"), _("%(known)d of %(all)d figures known") % {"known": known, "all": len(content["figures"])}),
        (pgettext("stage", "Tell"), _("this report")),
    ]


def value_words(figure: dict[str, Any], language: str) -> str:
    """The value with its sign, or which of the other words it is."""
    if figure["state"] != "value":
        return {
            "missing": _("not recorded yet"), "not-applicable": _("not applicable"), "suppressed": _("not shown, fewer than 5 people"),
        }[figure["state"]]  # fmt: skip
    value = Decimal(figure["value"])
    places = 0 if value == value.to_integral_value() and figure["unit"] != "hours" else 1
    text = number(value.quantize(Decimal(1).scaleb(-places)), language, places)
    return f"{text} %" if figure["unit"] == "percent" else text


def _figure(figure: dict[str, Any], language: str) -> FigureWords:
    known = figure["state"] == "value"
    title = _said(figure["title"], language)
    if known and figure["unit"] not in ("percent", "count"):
        title = f"{title} ({unit_words(figure['unit'])})"
    return FigureWords(figure["mark"], figure["indicator"], value_words(figure, language), title, _rows(figure["rows"]), known)


def _rows(count: int) -> str:
    return ngettext("%(n)d record", "%(n)d records", count) % {"n": count}


def _bars(figure: dict[str, Any] | None, language: str) -> list[Bar]:
    if figure is None:
        return []
    values = [Decimal(y["value"]) for y in figure["years"] if y["value"]]
    most = max(values, default=Decimal(0)) or Decimal(1)
    return [Bar(y["period"], float(Decimal(y["value"] or 0) / most), value_words(y, language)) for y in figure["years"]]


def _recommendation(row: dict[str, Any], language: str) -> RecommendationWords:
    reading = Text.from_stored(row["title"]).read(language)
    measures, activities = len(row["measures"]), len(row["activities"])
    sentence = (
        ngettext("%(n)d measure", "%(n)d measures", measures) % {"n": measures}
        + ", "
        + ngettext("%(n)d activity of the year", "%(n)d activities of the year", activities) % {"n": activities}
    )
    asked = sum(row.get("answers", {}).values())
    if asked:
        answered = sum(n for state, n in row["answers"].items() if state not in ("not-sent", "sent", "received"))
        sentence += ", " + _("%(answered)d of %(asked)d addressees have answered") % {"answered": answered, "asked": asked}
    gap = "" if measures and activities else (_("Gap: no measure yet") if not measures else _("Gap: no activity in this year"))
    return RecommendationWords(
        row["record"], row["number"], reading.text, sentence, gap, ", ".join(row["marks"]), reading.language if reading.is_fallback else ""
    )


def _not_done(content: dict[str, Any], language: str) -> list[str]:
    missing = [_said(f["title"], language) for f in content["figures"] if f["state"] == "missing"]
    said = []
    without = [r["number"] for r in content["recommendations"] if not r["measures"]]
    if without:
        said.append(_("No measure answers recommendation %(numbers)s.") % {"numbers": ", ".join(without)})
    idle = [r["number"] for r in content["recommendations"] if r["measures"] and not r["activities"]]
    if idle:
        said.append(_("Nothing was done in this year on recommendation %(numbers)s.") % {"numbers": ", ".join(idle)})
    missed = [_said(p["title"], language) for p in content.get("plan", ()) if p["standing"] == "missed"]
    if missed:
        said.append(_("Targets that were missed: %(titles)s.") % {"titles": "; ".join(missed)})
    if missing:
        said.append(_("Not recorded yet, which is not zero: %(titles)s.") % {"titles": "; ".join(missing)})
    return said


def _silent(row: dict[str, Any], language: str) -> tuple[str, str, str]:
    words = ngettext("no answer for %(n)d day", "no answer for %(n)d days", row["days"]) % {"n": row["days"]}
    title = _said(row["title"], language)
    return (title, _said(row["party"], language), words)
