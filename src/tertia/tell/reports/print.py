"""An edition as tagged PDF in one of the three languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.files.pdf import QR, Bars, Block, Columns, Figures, Heading, PageBreak, Para, Table, render_pdf
from tertia.tell.reports.words import ReportWords, report_words

__all__ = ["edition_pdf"]


def edition_pdf(edition: Any, language: str) -> bytes:
    with translation.override(language):
        words = report_words(edition)
        address = settings.BASE_URL + reverse("report", kwargs={"slug": edition.slug})
        running = f"{words.university} · {words.title}"
        foot = _("Edition %(n)d, written on %(day)s") % {"n": edition.edition, "day": words.written}
        return render_pdf([*_first(words, address), *_rest(words)], title=words.title, language=language, running=running, foot=foot)


def _first(words: ReportWords, address: str) -> list[Block]:
    blocks: list[Block] = [Para(words.university)]
    if words.demonstration:
        blocks.append(Para(_("Demonstration data"), mark=True))
    blocks += [Heading(words.title), Para(words.lead), Columns(words.cycle)]
    blocks.append(Figures([(f.large, f.title, f"{f.mark}, {f.behind}", not f.known) for f in words.figures]))
    if words.not_done:
        blocks += [Heading(_("What we did not do"), 2), *(Para(s) for s in words.not_done)]
    blocks.append(
        QR(address, _("Every figure carries a mark such as R2; on the page of this report the mark opens its records. Checksum of the content: %(sum)s") % {"sum": words.checksum})
    )  # fmt: skip
    return blocks


def _rest(words: ReportWords) -> list[Block]:
    blocks: list[Block] = [PageBreak(), Heading(_("Recommendation by recommendation"), 2)]
    blocks.append(
        Table(
            [_("No."), _("Recommendation"), _("What followed"), _("Figures")],
            [[r.number, r.title, f"{r.sentence}. {r.gap}".strip(), r.marks or _("none")] for r in words.recommendations],
            widths=["10mm", "1fr", "42mm", "18mm"],
        )
    )
    if words.bars:
        blocks += [Heading(words.bars_title, 2), Bars([(b.label, b.share, b.value) for b in words.bars])]
    if words.units:
        blocks += [Heading(words.units_title, 3), Table([_("Unit"), _("Value"), _("Records")], words.units, right=(1, 2))]
    blocks.append(Heading(_("Still silent"), 2))
    if words.silent:
        blocks.append(Table([_("What"), _("Who"), _("Silence")], words.silent, widths=["1fr", "45mm", "38mm"]))
    else:
        blocks.append(Para(_("Everybody has answered what was due.")))
    return blocks
