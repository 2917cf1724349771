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

__all__ = ["Bar", "FigureWords", "RecommendationWords", "ReportWords", "report_words"]


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


def report_words(edition: Any) -> ReportWords:
    content, language = edition.content, (get_language() or "en")[:2]
    name = Text.from_stored(content["name"]).read(language).text
    leading = next((f for f in content["figures"] if f["indicator"] == "volunteer-hours-total"), None)
    return ReportWords(
        title=edition.title.read(language).text,
        lead=_("What the university did with and for its region, what came of it, and what is still owed."),
        university=name,
        cycle=_cycle(content),
        figures=[_figure(f, language) for f in content["figures"]],
        bars_title=Text.from_stored(leading["title"]).read(language).text if leading else "",
        bars=_bars(leading, language),
        units_title=_("%(title)s by unit, %(period)s") % {"title": Text.from_stored(leading["title"]).read(language).text, "period": content["period"]} if leading else "",
        units=[(b["breakdown"].partition("=")[2], value_words(b, language), _rows(b["rows"])) for b in leading["by"]] if leading else [],
        recommendations=[_recommendation(r, language) for r in content["recommendations"]],
        not_done=_not_done(content, language),
        silent=[_silent(s, language) for s in content["silent"]],
        written=long_date(dt.date.fromisoformat(content["written_on"]), language),
        checksum=" ".join(edition.sha256[i : i + 4].upper() for i in range(0, 16, 4)),
        demonstration=content["demonstration"],
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
    title = Text.from_stored(figure["title"]).read(language).text
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
    gap = "" if measures and activities else (_("Gap: no measure yet") if not measures else _("Gap: no activity in this year"))
    return RecommendationWords(
        row["record"], row["number"], reading.text, sentence, gap, ", ".join(row["marks"]), reading.language if reading.is_fallback else ""
    )


def _not_done(content: dict[str, Any], language: str) -> list[str]:
    missing = [Text.from_stored(f["title"]).read(language).text for f in content["figures"] if f["state"] == "missing"]
    said = []
    without = [r["number"] for r in content["recommendations"] if not r["measures"]]
    if without:
        said.append(_("No measure answers recommendation %(numbers)s.") % {"numbers": ", ".join(without)})
    idle = [r["number"] for r in content["recommendations"] if r["measures"] and not r["activities"]]
    if idle:
        said.append(_("Nothing was done in this year on recommendation %(numbers)s.") % {"numbers": ", ".join(idle)})
    if missing:
        said.append(_("Not recorded yet, which is not zero: %(titles)s.") % {"titles": "; ".join(missing)})
    return said


def _silent(row: dict[str, Any], language: str) -> tuple[str, str, str]:
    words = ngettext("no answer for %(n)d day", "no answer for %(n)d days", row["days"]) % {"n": row["days"]}
    title = Text.from_stored(row["title"]).read(language).text
    return (title, Text.from_stored(row["party"]).read(language).text, words)
