"""A resolution in one language as an office passes it on, from the same statement as Akoma Ntoso; badges of participants."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from tertia.core.files.pdf import Badges, Block, Heading, Lines, Para
from tertia.core.languages.formatting import long_date
from tertia.plan.conferences.akoma_ntoso import Clause, Statement
from tertia.plan.conferences.models import Conference, Registration, Resolution

__all__ = ["badge_blocks", "resolution_blocks"]


def resolution_blocks(statement: Statement, resolution: Resolution) -> list[Block]:
    """Title, who adopted it and when, each lead-in with its clauses as they are marked in the text, the count of votes, the digest."""
    language = statement.language
    with override(language):
        head = f"{_('Resolution')} № {statement.number}" if statement.number else _("Resolution")
        blocks: list[Block] = [Para(statement.adopter or resolution.owner.name.read(language).text), Heading(statement.title), Para(f"{head}, {long_date(statement.adopted_on, language)}", strong=True)]  # fmt: skip
        for group in statement.groups:
            if group.lead_in:
                blocks.append(Para(group.lead_in))
            blocks.append(Lines([line for clause in group.clauses for line in _lines(clause, "")]))
        if resolution.votes_for is not None:
            counted = {"f": resolution.votes_for, "a": resolution.votes_against, "b": resolution.votes_abstained, "v": resolution.voters}
            blocks.append(Para(_("Adopted by %(f)s votes for, %(a)s against, %(b)s abstained, of %(v)s voters.") % counted))
        minority = getattr(resolution, "minority_statement", None)
        if minority is not None:
            blocks += [Heading(_("Statement of the minority"), 2), Para(minority.text.read(language).text)]
        if statement.original != language:
            blocks.append(Para(_("A translation; the text that was adopted is in another language."), small=True))
        if statement.digest and statement.digest != "-":
            blocks.append(Para(_("Digest of the adopted text (SHA-256): %(digest)s") % {"digest": statement.digest}, small=True))
        return blocks


def _lines(clause: Clause, under: str) -> list[tuple[str, str]]:
    """The clause and what stands under it, each with the mark that it bears in the text; a mere dash becomes its number."""
    mark = clause.mark if any(c.isalnum() for c in clause.mark) else f"{clause.position}."
    own = f"{under}{mark}"
    return [(own, clause.text), *(line for part in clause.parts for line in _lines(part, ""))]


def badge_blocks(conference: Conference, rows: Sequence[Registration], language: str) -> list[Block]:
    title = conference.title.read(language).text
    cells = [(r.person.name, r.section.title.read(language).text if r.section else "", title) for r in rows if r.person is not None]
    return [Badges(cells)]
