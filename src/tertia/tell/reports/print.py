"""An edition as tagged PDF and as DOCX in one of the three languages, and the auditor's sample on paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.files.docx import render_docx
from tertia.core.files.pdf import QR, Bars, Block, Columns, Figures, Heading, Para, Table, render_pdf
from tertia.core.files.sheets import SheetOut, write_book
from tertia.tell.reports.audit import Drawn
from tertia.tell.reports.words import ReportWords, report_words
from tertia.tell.stories.blocks import text_blocks

__all__ = ["edition_blocks", "edition_docx", "edition_pdf", "sample_pdf", "sample_xlsx"]


def _address(edition: Any) -> str:
    return str(settings.BASE_URL + reverse("report", kwargs={"slug": edition.slug}))


def edition_pdf(edition: Any, language: str) -> bytes:
    with translation.override(language):
        words = report_words(edition)
        running = f"{words.university} · {words.title}"
        foot = _("Edition %(n)d, written on %(day)s") % {"n": edition.edition, "day": words.written}
        return render_pdf(edition_blocks(words, _address(edition)), title=words.title, language=language, running=running, foot=foot)


def edition_docx(edition: Any, language: str) -> bytes:
    with translation.override(language):
        words = report_words(edition)
        return render_docx(edition_blocks(words, _address(edition)), title=words.title, language=language)


def edition_blocks(words: ReportWords, address: str) -> list[Block]:
    """The report as plain blocks. Without an address it is a draft, and bears neither code nor checksum."""
    return [*_first(words, address), *_chapters(words)]


def _first(words: ReportWords, address: str) -> list[Block]:
    blocks: list[Block] = [Para(words.university)]
    if words.demonstration:
        blocks.append(Para(_("Demonstration data"), mark=True))
    if not address:
        blocks.append(Para(_("Draft: not an edition, not frozen"), mark=True))
    blocks += [Heading(words.title), Para(words.lead), Columns(words.cycle)]
    blocks.append(Figures([(f.large, f.title, f"{f.mark}, {f.behind}", not f.known) for f in words.figures]))
    if address:
        blocks.append(
            QR(address, _("Every figure carries a mark such as R2; on the page of this report the mark opens its records. Checksum of the content: %(sum)s") % {"sum": words.checksum})
        )  # fmt: skip
    return blocks


def _chapters(words: ReportWords) -> list[Block]:
    blocks = _text(words, "foreword", alone=True)
    figures = _text(words, "figures")
    if words.bars:
        figures += [Heading(words.bars_title, 3), Bars([(b.label, b.share, b.value) for b in words.bars])]
    if words.units:
        figures += [Heading(words.units_title, 3), Table([_("Unit"), _("Value"), _("Records")], words.units, right=(1, 2))]
    blocks += figures if len(figures) > 1 else []
    if words.plan or words.chapters["plan"].text:
        blocks += _text(words, "plan")
    if words.plan:
        rows = [[p.mark, p.title, p.planned, p.fact, p.standing] for p in words.plan]
        head = [_("Mark"), _("Indicator"), _("Planned"), _("Fact"), _("State")]
        blocks.append(Table(head, rows, right=(2, 3), widths=["12mm", "1fr", "24mm", "24mm", "32mm"]))
    blocks += _text(words, "resolution")
    blocks.append(
        Table(
            [_("No."), _("Recommendation"), _("What followed"), _("Figures")],
            [[r.number, r.title, f"{r.sentence}. {r.gap}".strip(), r.marks or _("none")] for r in words.recommendations],
            widths=["10mm", "1fr", "46mm", "18mm"],
        )
        if words.recommendations
        else Para(_("No recommendation is on record."))
    )
    return [*blocks, *_needs(words), *_told(words), *_owed(words), *_text(words, "outlook", alone=True)]


def _text(words: ReportWords, key: str, *, alone: bool = False) -> list[Block]:
    """The heading of a chapter and what people wrote in it; a chapter that stands `alone` and is empty is left out."""
    chapter = words.chapters[key]
    if alone and not chapter.text:
        return []
    return [Heading(chapter.label, 2), *text_blocks(chapter.text)]


def _needs(words: ReportWords) -> list[Block]:
    if not (words.needs_line or words.chapters["needs"].text):
        return []
    blocks = [*_text(words, "needs"), Para(words.needs_line)]
    if words.needs:
        rows = [[n.title, _("a measure is planned") if n.planned else "", n.since] for n in words.needs]
        blocks.append(Table([_("Without an answer"), _("Plan"), _("Since")], rows, widths=["1fr", "40mm", "24mm"]))
    return [*blocks, Para(words.needs_more, small=True)] if words.needs_more else blocks


def _told(words: ReportWords) -> list[Block]:
    blocks: list[Block] = []
    if words.stories or words.chapters["stories"].text:
        blocks += _text(words, "stories")
        for s in words.stories:
            blocks += [Para(f"{s.title} ({s.on})", strong=True), *([Para(s.lead)] if s.lead else [])]
    if words.voices or words.chapters["voices"].text:
        blocks += _text(words, "voices")
        for v in words.voices:
            blocks += [Para(v.words), Para(f"{v.who}, {v.on}", small=True)]
    return blocks


def _owed(words: ReportWords) -> list[Block]:
    blocks: list[Block] = []
    if words.not_done or words.chapters["gaps"].text:
        blocks += [*_text(words, "gaps"), *(Para(s) for s in words.not_done)]
    blocks.append(Heading(_("Still silent"), 2))
    if words.silent:
        blocks.append(Table([_("What"), _("Who"), _("Silence")], words.silent, widths=["1fr", "45mm", "38mm"]))
    else:
        blocks.append(Para(_("Everybody has answered what was due.")))
    return blocks


def _sample_head(edition: Any, seed: str) -> list[str]:
    words = report_words(edition)
    return [
        f"{words.university}, {words.title}",
        _("Edition %(n)d, written on %(day)s") % {"n": edition.edition, "day": words.written},
        _("Drawn by chance from the checksum %(sum)s and the auditor’s word “%(seed)s”") % {"sum": words.checksum, "seed": seed},
    ]


def _columns() -> list[str]:
    return [_("Record"), _("What it says"), _("Signed"), _("Entry in the journal"), _("Checked")]


def sample_pdf(edition: Any, drawn: list[Drawn], seed: str, language: str) -> bytes:
    """A sheet to tick off: for each figure its records with an empty cell."""
    title = _("A sample for the auditor")
    blocks: list[Block] = [Heading(title), *(Para(line) for line in _sample_head(edition, seed))]
    for d in drawn:
        blocks += [Heading(f"{d.mark} {d.title}", 2), Para(_printed(d), signal=d.differs)]
        rows = [[r.name, r.says, r.signed, f"{r.digest} {r.sealed}".strip(), ""] for r in d.rows]
        blocks += [Table(_columns(), rows, widths=["1fr", "1fr", "34mm", "30mm", "18mm"])] if rows else []
    return render_pdf(blocks, title=title, language=language, running=title)


def _printed(d: Drawn) -> str:
    said = _("Printed: %(printed)s. From the records of today: %(now)s.") % {"printed": d.printed, "now": d.now}
    return " ".join([said, *([_("They differ.")] if d.differs else []), d.out_of])


def sample_xlsx(edition: Any, drawn: list[Drawn], seed: str) -> bytes:
    above = _sample_head(edition, seed)
    columns = list(zip([*_columns()[:4], _("Address"), _("Checked")], (40, 50, 40, 36, 40, 12), strict=True))
    sheets = []
    for d in drawn:
        rows = [
            [r.name, r.says, r.signed, f"{r.digest} {r.sealed}".strip(), settings.BASE_URL + r.url if r.url else "", ""] for r in d.rows
        ]
        sheets.append(SheetOut(d.mark, columns, rows, [*above, d.title, _printed(d)]))
    return write_book(sheets or [SheetOut("–", columns, [], above)], [])
