"""What has to be said of a series, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.listen.region.checks import Note
from tertia.listen.region.drawing import said

__all__ = ["note_words", "unread_words", "unreadable_words"]


def _years(years: Sequence[int]) -> str:
    """`2000–2003, 2007`."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)


def note_words(notes: Sequence[Note], names: Mapping[str, str]) -> list[str]:
    """Sentences in the order of their weight; the same thing of several years or regions is one sentence."""
    by: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by[note.code].append(note)
    made: list[str] = []
    off = by["not-adding-up"]
    if off:
        worst = max(off, key=lambda n: abs(n.value or 0))
        made.append(
            _("The regions do not add up to the country in %(years)s; by the most in %(year)d, by %(by)s.")
            % {"years": _years([n.year for n in off]), "year": worst.year, "by": said(worst.value or Decimal(0))}
        )
    if by["no-total"]:
        made.append(
            _("The file gives no figure for the whole country, so the sum of the regions could not be checked (%(years)s).")
            % {"years": _years([n.year for n in by["no-total"]])}
        )
    made += [
        _("%(child)s is there from %(year)d on; until then its figures were in %(parent)s. The two are not compared across that year.")
        % {"child": names.get(n.place, n.place), "parent": names.get(n.other, n.other), "year": n.year}
        for n in by["border"]
    ]  # fmt: skip
    made += [
        _("%(child)s came to be in %(law)d; its figures from %(year)d on were worked out afterwards.")
        % {"child": names.get(n.place, n.place), "law": int(n.value or 0), "year": n.year}
        for n in by["restated"]
    ]  # fmt: skip
    missing: dict[str, list[int]] = defaultdict(list)
    for n in by["missing-place"]:
        missing[n.place].append(n.year)
    if missing:
        listed = "; ".join(f"{names.get(p, p)} ({_years(y)})" for p, y in sorted(missing.items(), key=lambda i: names.get(i[0], i[0])))
        made.append(_("No figure, which is not zero: %(listed)s.") % {"listed": listed})
    for code, sentence in (
        ("projected", _("Projected, not measured: %(years)s.")), ("imputed", _("Filled in by the source where no figure was known (imputed): %(years)s.")),
        ("estimated", _("Estimated: %(years)s.")), ("provisional", _("Provisional: %(years)s.")),
    ):  # fmt: skip
        if by[code]:
            made.append(sentence % {"years": _years([n.year for n in by[code]])})
    if by["far-off"]:
        listed = ", ".join(f"{names.get(n.place, n.place)} ({said(n.value)})" for n in by["far-off"] if n.value is not None)
        made.append(
            _("Far from all the others, so perhaps in another unit or within other borders: %(listed)s. Ask the source before you compare.")
            % {"listed": listed}
        )
    made += [
        _("One and the same figure, %(value)s, stands for %(a)s and for %(b)s; one of them may be copied.")
        % {"value": said(n.value), "a": names.get(n.place, n.place), "b": names.get(n.other, n.other)}
        for n in by["same-twice"]
        if n.value is not None
    ]  # fmt: skip
    if by["one-year"]:
        made.append(_("One year only, %(year)d: nothing can be said of change.") % {"year": by["one-year"][0].year})
    return made


def unread_words(rows: Sequence[Sequence[object]]) -> list[str]:
    """What of the file was not taken; cells that say “unknown” are no fault and are counted together."""
    made = []
    unknown = sum(1 for r in rows if r[1] == "missing")
    sentences = {
        "unknown-place": _("Line %(line)s: “%(what)s” is no region."), "not-a-number": _("Line %(line)s: “%(what)s” is no number."),
        "no-year": _("Line %(line)s: “%(what)s” is no year."), "twice": _("Line %(line)s: there are two figures for %(what)s; the first one was taken."),
        "unknown-status": _("Line %(line)s: the mark “%(what)s” is not known; the figure is kept as measured."),
    }  # fmt: skip
    for line, code, what in rows:
        if code != "missing" and str(code) in sentences:
            made.append(sentences[str(code)] % {"line": line, "what": what})
    if unknown:
        made.append(
            ngettext("%(n)d cell says that the figure is not known.", "%(n)d cells say that the figure is not known.", unknown)
            % {"n": unknown}
        )
    return made


def unreadable_words(code: str) -> str:
    return {
        "no-places": _("No column of regions was found. Their names may be Kazakh, Russian or English, or ISO 3166-2 codes."),
        "no-years": _("No years were found: neither a column of years nor years as headings. If the whole table is of one year, write that year."),
        "no-values": _("No figures were found beside the regions."), "too-long": _("The file is too long for a table of regions."),
        "damaged": _("The file is damaged. Fetch it once more."),
    }.get(code, _("This is no table. Send an XLSX, ODS or CSV file, SDMX-CSV, or a Frictionless package as a zip."))  # fmt: skip
