"""The list of a monitoring service: one line for each piece. Its judgements of tone are not taken over; a person states them here."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import Fault
from tertia.core.files.sheet_words import cell_fault
from tertia.core.files.sheets import SheetRow, number_of
from tertia.core.intake.declare import Change, Intake, Judged, Line, declare_intake
from tertia.core.intake.reading import day_of, words_of
from tertia.core.languages.fold import bare
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.tell.mentions.actions import add_outlet
from tertia.tell.mentions.models import Mention, Outlet
from tertia.tell.mentions.pieces import Known, New, identity_of, write_mention
from tertia.tell.mentions.texts.feeds import words_only

__all__ = ["MENTIONS"]

BY = Actor.system("lists")
COLUMNS: dict[str, tuple[str, ...]] = {
    "day": ("date", "дата", "күні", "дата публикации", "дата выхода", "published", "жарияланған күні"),
    "outlet": ("outlet", "source", "сми", "источник", "издание", "бақ", "дереккөз", "media", "название сми"),
    "title": ("title", "headline", "заголовок", "тақырып", "тақырыбы", "название"),
    "link": ("url", "link", "ссылка", "адрес", "сілтеме"),
    "words": ("text", "lead", "текст", "аннотация", "мәтін", "snippet", "цитата"),
    "language": ("language", "язык", "тіл", "тілі"),
    "reach": ("reach", "audience", "охват", "аудитория", "қамту", "охват аудитории"),
    "reach_source": ("reach source", "источник охвата", "қамту дереккөзі", "чей охват"),
}  # fmt: skip
_LANGUAGES = {
    "kk": ("kk", "kaz", "kz", "kazakh", "казахский", "каз", "қазақ", "қазақша", "қаз"), "ru": ("ru", "rus", "russian", "русский", "рус", "орыс", "орысша"),
    "en": ("en", "eng", "english", "английский", "англ", "ағылшын", "ағылшынша"),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A piece of an outlet; two lines of one address are one piece, so they never contradict each other."""

    identity: str
    outlet: str = field(repr=False, compare=False)
    piece: New = field(repr=False, compare=False)


def _reader(organisation: Any) -> Callable[[SheetRow], tuple[Line | None, list[Fault]]]:
    def read(row: SheetRow) -> tuple[Line | None, list[Fault]]:
        cells, faults = row.cells, []
        said = {name: words_of(cells.get(name)) for name in COLUMNS}
        day, reach = None, None
        with contextlib.suppress(ValueError):
            day = day_of(cells.get("day"))
        if day is None or not dt.date(1990, 1, 1) <= day <= clock.today():
            faults.append(cell_fault(row, "day", _("“%(said)s” is no day of the past. Write 24.11.2026.") % {"said": said["day"]}))
        if not said["outlet"] or len(said["outlet"]) > 200:
            faults.append(cell_fault(row, "outlet", _("say which outlet it is, in 200 characters at most.")))
        title = words_only(said["title"])
        if not title:
            faults.append(cell_fault(row, "title", _("the headline is empty.")))
        if said["link"] and not said["link"].startswith(("https://", "http://")):
            faults.append(cell_fault(row, "link", _("an address begins with https:// or http://.")))
        if said["reach"]:
            with contextlib.suppress(ValueError):
                found = number_of(cells.get("reach"))
                reach = int(found) if found is not None and found == int(found) and found >= 0 else None
            if reach is None:
                faults.append(cell_fault(row, "reach", _("“%(said)s” is no number of people.") % {"said": said["reach"]}))
            elif not said["reach_source"]:
                faults.append(cell_fault(row, "reach_source", _("say who counted the reach, or leave the reach out.")))
        if faults or day is None:
            return None, faults
        language = next((code for code, names in _LANGUAGES.items() if said["language"].lower() in names), said["language"][:2].lower())
        piece = New(title, words_only(said["words"]), said["link"], day, language, reach=reach, reach_source=said["reach_source"][:200])
        identity = f"{bare(said['outlet'])}|{identity_of(piece)}"
        return Line(row.line, identity, Said(identity, said["outlet"], piece)), []

    return read


def _there(organisation: Any, lines: Sequence[Line]) -> tuple[dict[str, Outlet], set[tuple[int, str]]]:
    outlets = {bare(o.name): o for o in Outlet.objects.filter(owner=organisation).order_by("-pk")}
    wanted = {identity_of(line.said.piece) for line in lines}
    there = set(Mention.objects.filter(owner=organisation, identity__in=wanted).values_list("outlet_id", "identity"))
    return outlets, there


def _judge(organisation: Any, lines: Sequence[Line]) -> list[Judged]:
    outlets, there = _there(organisation, lines)
    judged = []
    for line in lines:
        name, piece = line.said.outlet, line.said.piece
        outlet = outlets.get(bare(name))
        judged.append(Judged("same" if outlet and (outlet.pk, identity_of(piece)) in there else "new"))
    return judged


def _write(organisation: Any, lines: Sequence[Line], language: str, on: dt.date) -> list[Change]:
    outlets, there = _there(organisation, lines)
    known = Known(organisation, [line.said.piece.on for line in lines])
    changes: list[Change] = []
    for line in lines:
        name, piece = line.said.outlet, line.said.piece
        outlet, fresh = outlets.get(bare(name)), {}
        if outlet is None:
            outlet = outlets[bare(name)] = add_outlet(by=BY, owner=organisation, name=name, demonstration=organisation.demonstration)
            fresh = {"outlet": outlet.pk}
        made = write_mention(outlet, piece, "list", known, state="found", demonstration=organisation.demonstration)
        if made is not None:
            changes.append(Change(line.number, 0, {"mention": made.pk, **fresh}))
    return changes


def _undo(organisation: Any, changes: Sequence[Change]) -> int:
    """Mentions that nobody has looked at go, and outlets that this list made and that are empty by then."""
    made = [c.made["mention"] for c in changes if "mention" in c.made]
    touched = set(Mention.objects.filter(pk__in=made).exclude(state="found").values_list("pk", flat=True))
    Record.objects.filter(pk__in=set(made) - touched).delete()
    outlets = [c.made["outlet"] for c in changes if "outlet" in c.made]
    Outlet.objects.filter(pk__in=outlets).exclude(pk__in=Mention.objects.filter(outlet__in=outlets).values("outlet")).delete()
    return len(touched)


MENTIONS = declare_intake(
    Intake(
        "mentions", gettext_lazy("Mentions of a monitoring service"),
        gettext_lazy("Needed are the date, the outlet and the headline; link, text, language and reach with its source may stand beside them. What a service says of the tone is not taken over."),
        COLUMNS, ("day", "outlet", "title"), _reader, _judge, _write, _undo, joins=True,
    )
)  # fmt: skip
