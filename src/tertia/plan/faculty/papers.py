"""The individual plan, its report, a person's sheet over the years, and the load of a unit, as plain blocks for DOCX and PDF.

Each line of a report has its records; a line without one says that the evidence is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from tertia.core.files.pdf import Block, Heading, Para, Table
from tertia.core.languages.formatting import long_date, number
from tertia.core.languages.text import Text
from tertia.plan.faculty.models import Assignment, AssignmentLine, Recognition, TrainingPart
from tertia.plan.faculty.queries import Done, GroupLoad
from tertia.plan.faculty.vocabulary import RECOGNITIONS, function_word, position_word

__all__ = ["load_blocks", "plan_blocks", "report_blocks", "sheet_blocks"]


def _words(text: Any, language: str) -> str:
    return text.read(language).text if isinstance(text, Text) else str(text or "")


def _hours(value: Any, language: str) -> str:
    return number(round(float(value), 2), language)


def _head(assignment: Assignment, title: str, language: str) -> list[Block]:
    where = [_words(o.name, language) for o in (assignment.organisation, assignment.unit, assignment.chair) if o is not None]
    post = position_word(assignment.position, language)
    rate = _("%(rate)s of a full post") % {"rate": _hours(assignment.rate, language)}
    return [
        Heading(title, 1),
        Para(", ".join(where)),
        Para(assignment.person.name, strong=True),
        Para(f"{post}, {rate}" if post else rate),
        Para(_("Academic year %(year)s") % {"year": assignment.label}),
    ]


def _agreed(assignment: Assignment, language: str) -> list[Block]:
    version = assignment.versions.first()
    if version is None:
        return [Para(_("Not agreed yet: a draft."), signal=True)]
    head = version.head.name if version.head else _("the unit")
    said = _("Agreed on %(day)s by %(person)s and by %(head)s, version %(n)d. Digest of the text: %(digest)s.") % {
        "day": long_date(version.agreed_on, language), "person": assignment.person.name, "head": head, "n": version.number, "digest": version.digest[:16],
    }  # fmt: skip
    return [Para(said, small=True)]


def _signatures(assignment: Assignment) -> list[Block]:
    head = assignment.head.name if assignment.head else ""
    return [
        Para(""),
        Para(_("Teacher: ____________________ %(name)s") % {"name": assignment.person.name}),
        Para(_("Head of the unit: ____________________ %(name)s") % {"name": head}),
    ]


def plan_blocks(assignment: Assignment, lines: Sequence[AssignmentLine], language: str) -> list[Block]:
    """The third mission's part of the individual plan: what is to be done, by when, in how many hours, for which measure."""
    with override(language):
        rows = [
            [
                str(n), function_word(line.function, language), line.what, long_date(line.by_on, language) if line.by_on else _("within the year"),
                _hours(line.hours, language), _words(line.measure.title, language) if line.measure else "",
            ]
            for n, line in enumerate(lines, 1)
        ]  # fmt: skip
        rows.append(["", pgettext("sum of a table", "Together"), "", "", _hours(sum(x.hours for x in lines), language), ""])
        blocks = [*_head(assignment, _("Individual plan: the third mission"), language)]
        blocks.append(
            Table(
                [_("No."), _("Function"), _("What is done"), _("By when"), _("Hours"), _("Serves the measure")], rows, right=(4,),
                widths=("9mm", "1.2fr", "2fr", "24mm", "15mm", "1.2fr"),
            )
        )  # fmt: skip
        if assignment.other_hours is not None:
            blocks.append(Para(_("Hours of other work in the year: %(n)s.") % {"n": _hours(assignment.other_hours, language)}))
        if assignment.beyond_why:
            blocks.append(Para(_("Why the norms are left: %(why)s") % {"why": assignment.beyond_why}))
        return [*blocks, *_agreed(assignment, language), *_signatures(assignment)]


def _proof(done: Done, records: Sequence[int], language: str, address: Any) -> str:
    """The records behind a line, each with its day, its hours, and who signed or has not yet."""
    said = []
    for pk in records:
        deed, record = done.deeds[pk], done.records[pk]
        title, host = _words(record.title, language), _words(deed.host, language)
        hours = _("%(n)s h") % {"n": _hours(deed.claimed if deed.signed is None else deed.signed, language)}
        state = _("confirmed by %(host)s") % {"host": host} if deed.signed is not None and host else _("confirmed") if deed.signed is not None else _("not confirmed yet")  # fmt: skip
        said.append(f"{long_date(deed.day, language)}: {title}, {hours}, {state} ({address(record)})")
    return "\n".join(said) or _("EVIDENCE MISSING")


def report_blocks(assignment: Assignment, lines: Sequence[AssignmentLine], done: Done, language: str, address: Any) -> list[Block]:
    """Plan against what was confirmed. `address(record)` gives the address by which a record is found."""
    with override(language):
        rows, found = [], done.delivery.lines
        for n, line in enumerate(lines, 1):
            one = found[line.function]
            rows.append(
                [
                    str(n), f"{function_word(line.function, language)}: {line.what}", _proof(done, [w.record for w in one.works], language, address),
                    _hours(line.hours, language), _hours(one.signed, language),
                ]
            )  # fmt: skip
        rows.append(["", pgettext("sum of a table", "Together"), "", _hours(done.delivery.planned, language), _hours(sum(x.signed for x in found.values()), language)])  # fmt: skip
        blocks = [*_head(assignment, _("Report on the individual plan: the third mission"), language)]
        blocks.append(
            Table(
                [_("No."), _("Planned"), _("Records"), _("Hours planned"), _("Hours confirmed")], rows, right=(3, 4), widths=("9mm", "1.5fr", "2.4fr", "22mm", "26mm")
            )
        )  # fmt: skip
        share = round(100 * done.delivery.counted / done.delivery.planned) if done.delivery.planned else 0
        blocks.append(
            Para(_("Of the planned hours %(share)d%% are carried out; of a line no more counts than was planned.") % {"share": share})
        )
        bare = sum(not x.proven for x in found.values())
        if bare:
            text = ngettext("%(n)d line has no confirmed evidence.", "%(n)d lines have no confirmed evidence.", bare) % {"n": bare}
            blocks.append(Para(text, signal=True))
        if done.delivery.beside:
            blocks += [
                Heading(_("Done beside the plan"), 2),
                Para(_proof(done, [w.record for w in done.delivery.beside], language, address)),
            ]
        return [*blocks, *_agreed(assignment, language), *_signatures(assignment)]


def sheet_blocks(
    person: Any, organisation: Any, years: Sequence[tuple[str, Sequence[AssignmentLine], Done]], recognitions: Sequence[Recognition],
    trained: Sequence[TrainingPart], language: str, today: dt.date,
) -> list[Block]:  # fmt: skip
    """What counts of a person for attestation or promotion: years with planned and confirmed hours, training, earlier decisions."""
    with override(language):
        blocks: list[Block] = [
            Heading(_("Work in the third mission: sheet for attestation"), 1), Para(_words(organisation.name, language)), Para(person.name, strong=True),
            Para(_("As of %(day)s, only hours that the other side has confirmed are counted.") % {"day": long_date(today, language)}),
        ]  # fmt: skip
        rows = []
        for label, lines, done in years:
            for line in lines:
                one = done.delivery.lines[line.function]
                rows.append([label, function_word(line.function, language), _hours(line.hours, language), _hours(one.signed, language), str(len(one.works))])  # fmt: skip
            if done.delivery.beside:
                rows.append(
                    [label, _("Done beside the plan"), "", _hours(done.delivery.beside_signed, language), str(len(done.delivery.beside))]
                )
        if rows:
            blocks.append(
                Table(
                    [_("Year"), _("Function"), _("Hours planned"), _("Hours confirmed"), _("Records")],
                    rows,
                    right=(2, 3, 4),
                    widths=("20mm", "1fr", "24mm", "28mm", "20mm"),
                )  # fmt: skip
            )
        else:
            blocks.append(Para(_("No agreed assignment is on record.")))
        blocks.append(Heading(_("Training"), 2))
        for part in trained:
            paper = f", {part.paper}" if part.paper else ""
            state = "" if part.confirmed_on else f" ({_('not confirmed yet')})"
            title, hours = _words(part.training.title, language), _("%(n)s h") % {"n": _hours(part.training.hours, language)}
            blocks.append(Para(f"{long_date(part.training.ended_on, language)}: {title}, {part.training.held_by}, {hours}{paper}{state}"))
        if not trained:
            blocks.append(Para(_("No training is on record.")))
        blocks.append(Heading(_("Decisions"), 2))
        for one in recognitions:
            hours = _("%(n)s h") % {"n": _hours(sum(g.hours for g in one.grounds.all()), language)}
            ground = (
                _("on the ground of %(hours)s confirmed") % {"hours": hours}
                if one.grounds.all()
                else _("the third mission is no ground of it")
            )
            blocks.append(Para(f"{long_date(one.decided_on, language)}: {RECOGNITIONS[one.kind]}, {one.source}; {ground}"))
        if not recognitions:
            blocks.append(Para(_("No decision is on record.")))
        return blocks


def load_blocks(
    title: str,
    year: str,
    whole: GroupLoad,
    groups: Sequence[tuple[str, int, GroupLoad]],
    people: Sequence[tuple[str, str, str, str, str]],
    language: str,
) -> list[Block]:
    """The load sheet: `groups` as (name, depth, load), `people` as rows that are printed as they are."""
    with override(language):
        rows = [
            [
                ("   " * depth) + name, str(g.load.people), _hours(g.load.posts, language), str(g.agreed), _hours(g.load.planned, language),
                _hours(g.load.signed, language), _hours(g.load.middle, language), str(len(g.load.over)),
            ]
            for name, depth, g in [(pgettext("sum of a table", "Together"), 0, whole), *groups]
        ]  # fmt: skip
        blocks: list[Block] = [
            Heading(_("Load of the third mission"), 1), Para(title), Para(_("Academic year %(year)s") % {"year": year}),
            Table(
                [_("Unit"), _("People"), _("Full posts"), pgettext("assignments", "Agreed"), _("Hours planned"), _("Hours confirmed"), _("Median per full post"), _("Over the norm")],
                rows, right=(1, 2, 3, 4, 5, 6, 7), widths=("2.2fr", "14mm", "18mm", "24mm", "20mm", "28mm", "20mm", "18mm"),
            ),
        ]  # fmt: skip
        if people:
            blocks += [
                Heading(_("People"), 2),
                Table([_("Name"), _("Note"), pgettext("post", "Rate"), _("Hours planned"), _("Hours confirmed")], people, right=(2, 3, 4), widths=("2fr", "1.6fr", "18mm", "24mm", "28mm")),
            ]  # fmt: skip
        return blocks
