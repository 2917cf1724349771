"""The letter to an addressee: as words for a message, and as a PDF in the addressee's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.access.links import pass_url
from tertia.core.files.pdf import QR, Heading, Lines, Para, render_pdf
from tertia.core.languages.formatting import long_date

__all__ = ["Words", "letter_pdf", "letter_words"]


@dataclass(frozen=True)
class Words:
    subject: str
    body: str


def letter_words(dispatch: Any, asked: list[Any], *, again: bool = False) -> Words:
    """Subject and text in the active language; the same text serves e-mail and any messenger."""
    resolution, language = dispatch.addressee.resolution, translation.get_language()[:2]
    title = resolution.title.read(language).text
    subject = (_("Asked again: ") if again else "") + _("Resolution “%(title)s”") % {"title": title}
    lines = [
        str(dispatch.body.name.read(language)),
        "",
        _("The conference adopted this resolution on %(date)s. %(count)d of its recommendations are addressed to you.")
        % {"date": long_date(resolution.adopted_on, language), "count": len(asked)},
        _("Please answer each of them by %(date)s: accepted, partly, declined with a reason, or done.")
        % {"date": long_date(dispatch.due_on, language)},
        "",
        *(f"{r.number}. {r.title.read(language).text}" for r in asked),
    ]
    if dispatch.link:
        lines += ["", _("Answer here; no account is needed:"), pass_url(dispatch.link)]
    return Words(subject, "\n".join(lines))


def letter_pdf(dispatch: Any, asked: list[Any]) -> bytes:
    """The letter as tagged PDF, with the link as a square code."""
    resolution, language = dispatch.addressee.resolution, dispatch.language
    with translation.override(language):
        url = pass_url(dispatch.link)
        blocks = [
            Para(str(resolution.owner.name.read(language))),
            Para(_("No. %(number)s, %(date)s") % {"number": dispatch.number, "date": long_date(dispatch.sent_on, language)}),
            Para(str(dispatch.body.name.read(language)), strong=True),
            Heading(_("Resolution “%(title)s”") % {"title": resolution.title.read(language).text}),
            Para(
                _("The conference adopted this resolution on %(date)s. %(count)d of its recommendations are addressed to you.")
                % {"date": long_date(resolution.adopted_on, language), "count": len(asked)}
            ),
            Lines([(f"{r.number}", r.title.read(language).text) for r in asked]),
            Para(
                _("Please answer each of them by %(date)s: accepted, partly, declined with a reason, or done.")
                % {"date": long_date(dispatch.due_on, language)}
            ),
            QR(url, _("Answer here; no account is needed:")),
        ]
        if dispatch.body.demonstration:
            blocks.insert(0, Para(_("Demonstration data"), mark=True))
        return render_pdf(blocks, title=str(resolution.title.read(language)), language=language)
