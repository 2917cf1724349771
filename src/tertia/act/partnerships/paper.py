"""An agreement on paper, as blocks of a document."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tertia.act.partnerships.vocabulary import RENEWAL, type_word
from tertia.core.files.pdf import Block, Heading, Para, Table
from tertia.core.languages.formatting import long_date

__all__ = ["agreement_blocks"]


def agreement_blocks(agreement: Any, language: str) -> list[Block]:
    """Title, sides, what each gives and gets, terms, span, and who signed or where to sign."""
    parties = list(agreement.parties.select_related("organisation"))
    blocks: list[Block] = [Para(type_word(agreement.form)), Heading(agreement.title.read(language).text)]
    if agreement.demonstration:
        blocks.append(Para(_("Demonstration data"), mark=True))
    for party in parties:
        words = [party.organisation.name.read(language).text]
        words += [", ".join(w for w in (party.signatory, party.duty, party.basis) if w)] if party.signatory else []
        blocks.append(Para("; ".join(words), strong=True))
        if party.gives:
            blocks.append(Para(_("Gives: %(words)s") % {"words": party.gives.read(language).text}))
        if party.gets:
            blocks.append(Para(_("Gets: %(words)s") % {"words": party.gets.read(language).text}))
    if agreement.terms:
        blocks.append(Heading(_("What is agreed"), 2))
        blocks += [Para(line) for line in agreement.terms.read(language).text.splitlines() if line.strip()]
    blocks.append(Heading(_("Term"), 2))
    last = long_date(agreement.ends_on, language) if agreement.ends_on else _("until one side gives notice")
    first = long_date(agreement.starts_on, language) if agreement.starts_on else ""
    blocks.append(Para(f"{first} – {last}. " + _("At its end it %(renewal)s.") % {"renewal": RENEWAL[agreement.renewal]}))
    signed = {s.party_id: s for t in agreement.spans.filter(dropped_on=None) for s in t.signatures.all()}
    rows = []
    for party in parties:
        one = signed.get(party.pk)
        if one is not None and one.signed_at:
            told = _("%(name)s, %(duty)s, signed in Tertia on %(day)s, receipt %(receipt)s") % {
                "name": one.name, "duty": one.duty, "day": long_date(timezone.localdate(one.signed_at), language), "receipt": one.receipt,
            }  # fmt: skip
        else:
            told = "____________________"
        rows.append((party.organisation.name.read(language).text, told))
    blocks.append(Heading(_("Signatures"), 2))
    blocks.append(Table([_("Side"), _("Who signed")], rows, widths=["1fr", "1fr"]))
    blocks.append(
        Para(
            _(
                "A signature in Tertia is a dated record of who agreed to which text; it is no electronic signature in the sense of the law."
            ),
            small=True,
        )
    )
    return blocks
