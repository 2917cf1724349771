"""Lists of works out of OpenAlex, Crossref and reference managers: each work once, joined where it is there, asked about where it may be."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.actions.errors import Fault
from tertia.core.files.sheets import SheetRow, SheetUnreadable
from tertia.core.intake.declare import Change, Intake, Judged, Line, declare_intake
from tertia.core.languages.fold import bare
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.core.places.models import Place
from tertia.core.records.models import Link, Record, Visibility
from tertia.core.records.slugs import words_of
from tertia.core.search.index import entry_of
from tertia.core.search.models import SearchEntry
from tertia.listen.research.actions.studies import identity_of, joined
from tertia.listen.research.affiliations import outside_author
from tertia.listen.research.models import Study, StudyAuthor, StudyPart, StudyUse, Topic, Twin
from tertia.listen.research.references import Source, Trouble, Unreadable, Work, open_source, read_source
from tertia.listen.research.references.cleaning import issued_of
from tertia.listen.research.references.duplicates import Register, Traits, keys_of, traits
from tertia.listen.research.references.model import Item, without_place
from tertia.listen.research.regions_named import Names
from tertia.listen.research.unread import sentence_of

__all__ = ["WORKS", "finished_of"]

_RECORD = (
    "kind", "owner_id", "slug", "number", "title", "summary", "starts_on", "ends_on", "visibility", "state", "demonstration", "created_at", "changed_at",
)  # fmt: skip
_STUDY = (
    "record_ptr_id", "reference", "doi", "work_type", "identity", "about", "place_found_id", "finished_on", "precision", "outside_author", "retracted", "sources",
    "title_key", "end_key",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A work of a list. Two of one identity are one and are joined, so they never contradict each other."""

    identity: str
    item: Item = field(repr=False, compare=False)


@dataclass(frozen=True)
class WorksFile:
    """A list of works as the intake reads it: its lines are the works, counted from 1, since a file may hold all of them on one line."""

    source: Source
    head: tuple[str, ...] = ("line", "work")

    def rows(self, after: int = 0) -> Iterator[SheetRow]:
        for number, found in self._found(after):
            yield SheetRow(number, {"found": found}, {})

    def raw(self, lines: Iterable[int]) -> Iterator[tuple[int, list[Any]]]:
        """Where each unread work stands, and its beginning."""
        wanted = set(lines)
        for number, found in self._found(0):
            if number in wanted:
                what = found.what if isinstance(found, Trouble) else found.item.get("title", "")
                yield number, [found.line, what]

    def _found(self, after: int) -> Iterator[tuple[int, Work | Trouble]]:
        return islice(enumerate(read_source(self.source), start=1), after, None)


def _open(file: Path) -> WorksFile:
    try:
        return WorksFile(open_source(file))
    except Unreadable as error:
        raise SheetUnreadable(error.code, (), sentence_of(Trouble(0, error.code, error.what))) from None


def _reader(organisation: Any) -> Callable[[SheetRow], tuple[Line | None, list[Fault]]]:
    def read(row: SheetRow) -> tuple[Line | None, list[Fault]]:
        found = row.cells["found"]
        if isinstance(found, Trouble):
            return None, [Fault(str(row.line), _("Line %(line)d: %(sentence)s") % {"line": found.line, "sentence": sentence_of(found)})]
        item = found.item
        if not item.get("title"):
            return None, [
                Fault(str(row.line), _("Line %(line)d: the work has no title, so nobody could find it again.") % {"line": found.line})
            ]
        doi = item.get("DOI", "")
        identity = f"doi:{doi}" if doi else f"work:{row.line}"
        return Line(row.line, identity, Said(identity, item)), []

    return read


def _known(organisation: Any, items: Sequence[Item]) -> tuple[Register, dict[str, Study]]:
    """What is on record and may be one of these works: by DOI, and by the beginning and the end of the title where a DOI is missing."""
    dois = {i["DOI"] for i in items if i.get("DOI")}
    keys = [keys_of(i) for i in items]
    unlike = Q() if any(not i.get("DOI") for i in items) else Q(doi="")
    rows = Study.objects.filter(owner=organisation).exclude(state="merged").filter(
        Q(identity__in=[identity_of(organisation, d) for d in dois])
        | unlike & (Q(title_key__in={k for k, _e in keys if k}) | Q(end_key__in={e for _k, e in keys if e}))
    )  # fmt: skip
    there = {str(s.pk): s for s in rows}
    return Register(traits(key, s.reference) for key, s in there.items()), there


def _judge(organisation: Any, lines: Sequence[Line]) -> list[Judged]:
    register, there = _known(organisation, [line.said.item for line in lines])
    judged = []
    for line in lines:
        match = register.match(traits("", line.said.item))
        if match is None or not match.sure:
            judged.append(Judged("new"))
        else:
            study = there[match.key]
            judged.append(Judged("same" if joined(study.reference, _kept(line.said.item)) == study.reference else "changed"))
    return judged


def _kept(item: Item) -> Item:
    """What of a work is kept: without the place in the file, and without a key that only that file knows."""
    return without_place(item) | {"id": item.get("DOI", "")}


def _write(organisation: Any, lines: Sequence[Line], language: str, on: dt.date) -> list[Change]:
    """New works, and what works that are there did not say yet. What may be one is kept as two and shown to a person."""
    register, there = _known(organisation, [line.said.item for line in lines])
    fresh: dict[str, _New] = {}
    changed: dict[str, dict[str, Any]] = {}
    changes: list[Change] = []
    twins: list[tuple[str, str]] = []
    for line in lines:
        item = line.said.item
        one: Traits = traits(f"new:{line.number}", item)
        match = register.match(one)
        source = {k: item["custom"].get(k) for k in ("line", "form")}
        if match is not None and match.sure:
            told = {**source, "reason": match.reason}
            if match.key in fresh:
                fresh[match.key].join(_kept(item), told)
            else:
                _join(there[match.key], _kept(item), told, line.number, changed)
            continue
        if match is not None:
            twins.append((one.key, match.key))
        fresh[one.key] = _New(line.number, _kept(item), [source])
        register.add(one)
    made = _insert(organisation, fresh, language)
    changes += [Change(fresh[key].line, 0, {"study": pk}) for key, pk in made.items()]
    for key, before in changed.items():
        study = there[key]
        study.save()
        after = {"study": study.pk, "reference": study.reference}
        changes.append(Change(before.pop("line"), 0, {}, before, after))
    number = {**made, **{key: s.pk for key, s in there.items()}}
    Twin.objects.bulk_create([Twin(study_id=number[b], other_id=number[a]) for a, b in twins], ignore_conflicts=True)
    return changes


@dataclass
class _New:
    line: int
    item: Item
    sources: list[dict[str, Any]]

    def join(self, other: Item, source: dict[str, Any]) -> None:
        self.item = joined(self.item, other)
        self.sources.append(source)


def _join(study: Study, other: Item, source: dict[str, Any], line: int, changed: dict[str, dict[str, Any]]) -> None:
    made = joined(study.reference, other)
    if made == study.reference:
        return
    changed.setdefault(str(study.pk), {"line": line, "reference": study.reference, "sources": study.sources})
    study.reference, study.sources = made, [*study.sources, source]


def finished_of(item: Item) -> tuple[dt.date | None, str]:
    """(last day on which it may have been published, as far as it is said, how much of the day is known)."""
    parts = issued_of(item)
    if not parts or not 1000 <= parts[0] <= 2200:
        return None, "year"
    year, month, day = (*parts, None, None)[:3]
    last = dt.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    return min(last, max(clock.today(), dt.date(year, month or 1, day or 1))), "day" if day else "month" if month else "year"


def _insert(organisation: Any, fresh: dict[str, _New], language: str) -> dict[str, int]:
    """Rows of bare values: a list may have fifty thousand works."""
    if not fresh:
        return {}
    regions, academic, now = _regions(), _academic(organisation), clock.now()
    slugs = {f"{_slug(one.item)}-{secrets.token_hex(4)}": key for key, one in fresh.items()}
    finished = {key: finished_of(one.item) for key, one in fresh.items()}
    titles = {key: _title(one.item, language) for key, one in fresh.items()}
    records = []
    for slug, key in slugs.items():
        records.append(
            (
                "study", organisation.pk, slug, "", json.dumps(titles[key].stored(), ensure_ascii=False), "{}", None, finished[key][0], Visibility.ORGANISATION.value, "finished",
                organisation.demonstration, now, now,
            )
        )  # fmt: skip
    numbers = Record.objects.insert_rows(_RECORD, records, "slug")
    made = {key: numbers[slug] for slug, key in slugs.items()}
    studies = []
    for key, pk in made.items():
        item = fresh[key].item
        custom = item.get("custom", {})
        begin, end = keys_of(item)
        studies.append(
            (
                pk, json.dumps(item, ensure_ascii=False), item.get("DOI", ""), item["type"], identity_of(organisation, item.get("DOI", "")), "unknown",
                regions.found_in(f"{item['title']} . {item.get('abstract', '')}"), *finished[key], outside_author(custom.get("affiliations"), academic),
                bool(custom.get("retracted")), json.dumps(fresh[key].sources), begin, end,
            )
        )  # fmt: skip
    Study.objects.insert_rows(_STUDY, studies, "record_ptr_id")
    SearchEntry.objects.bulk_create(
        [entry_of(Record(pk=pk, title=titles[key], summary=Text({}))) for key, pk in made.items()], batch_size=1000, ignore_conflicts=True
    )
    return made


def _title(item: Item, language: str) -> Text:
    said = str(item.get("language", ""))[:2].lower()
    spoken = said if said in LANGUAGES else "ru" if any("а" <= c <= "я" for c in item["title"].lower()) else "en"
    return Text.of(spoken, **{spoken: item["title"][:1000]})


def _slug(item: Item) -> str:
    return "-".join(words_of(item["title"])[:6])[:60].strip("-") or "work"


def _regions() -> Names:
    places = Place.objects.filter(kind__in=("region", "city", "settlement"), valid_to=None).prefetch_related("names")
    return Names(
        {
            p.pk: (p.kind != "region", [v[0] for text in (p.name, *(n.name for n in p.names.all())) for v in text.versions.values()])
            for p in places
        }
    )


def _academic(organisation: Any) -> Callable[[str], bool | None]:
    """The register of bodies: what is called so here, and whether it is academic."""
    rows = Organisation.objects.exclude(kind="class").only("name", "short_name", "kind")
    found = {bare(v[0]): o.kind in ("university", "unit") for o in rows for text in (o.name, o.short_name) for v in text.versions.values()}
    return lambda name: found.get(bare(name))


def _undo(organisation: Any, changes: Sequence[Any]) -> int:
    """New works go, joined ones are as before; what somebody has tied, used, summarised or linked stays."""
    made = [c.made["study"] for c in changes if "study" in c.made]
    studies = Study.objects.filter(owner=organisation, pk__in=made)
    built = studies.filter(
        ~Q(about="unknown") | ~Q(summary={}) | Exists(StudyUse.objects.filter(study=OuterRef("pk"))) | Exists(StudyPart.objects.filter(study=OuterRef("pk")))
        | Exists(StudyAuthor.objects.filter(study=OuterRef("pk"))) | Exists(Topic.objects.filter(study=OuterRef("pk")))
        | Exists(Link.objects.filter(lower=OuterRef("pk")))
    )  # fmt: skip
    stay = set(built.values_list("pk", flat=True))
    Record.objects.filter(pk__in=[pk for pk in made if pk not in stay]).delete()
    kept = len(stay)
    for change in changes:
        if change.before:
            study = Study.objects.filter(pk=change.after["study"]).first()
            if study is None or study.reference != change.after["reference"]:
                kept += 1
                continue
            study.reference, study.sources = change.before["reference"], change.before["sources"]
            study.save()
    return kept


WORKS = declare_intake(
    Intake(
        "works", gettext_lazy("Works: papers, theses, reports"),
        gettext_lazy("A file of BibTeX, RIS, CSL-JSON, or the JSON that Crossref or OpenAlex give, plain or gzipped. Each work is kept once; two that may be one are shown to you."),
        {}, (), _reader, _judge, _write, _undo, opener=_open, joins=True,
    )
)  # fmt: skip
