"""What everybody may take along: records of each kind, how they are joined, who was asked and answered, organisations, figures. Rows in a stream.

Only what is public leaves, through the same questions as on pages: `visible_to(ANONYMOUS)` for records, `for_reader` for figures, so that
figures of few persons are not shown here either. Persons are in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.parties.queries import organisations, own_here
from tertia.core.records.kinds import KINDS
from tertia.core.records.models import Link, OwedAnswer, Record
from tertia.core.records.schema import address_of
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.queries import for_reader

__all__ = ["BATCH", "Column", "Dataset", "datasets", "public_records"]

BATCH = 2000
#: states in which a record is not yet, or no longer, what it says
_HIDDEN = ("draft", "merged", "declined")


@dataclass(frozen=True)
class Column:
    """`type` is one of Frictionless' names: integer, number, string, date, datetime, boolean."""

    name: str
    type: str
    words: str


@dataclass(frozen=True)
class Dataset:
    """A table: its columns, and its rows as tuples in that order, without holding them. Whose rows they are is settled when `rows` is
    called, not while they are read: by then it is forgotten under which name the site was asked for."""

    key: str
    title: Any
    columns: tuple[Column, ...]
    primary: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[Any, ...]]]
    count: Callable[[], int]


def public_records(kind: str = "") -> Any:
    """Records that everybody may read; under a university's own name its own."""
    rows: Any = own_here(Record.objects.visible_to(ANONYMOUS)).exclude(state__in=_HIDDEN)
    return rows.filter(kind=kind) if kind else rows


def _in_languages(name: str, words: str) -> tuple[Column, ...]:
    return tuple(
        Column(f"{name}_{lang}", "string", f"{words}, {full}; empty where nobody wrote it")
        for lang, full in zip(LANGUAGES, ("Kazakh", "Russian", "English"), strict=True)
    )


def _texts(text: Text) -> tuple[str, ...]:
    return tuple(text.versions.get(lang, ("", ""))[0] for lang in LANGUAGES)


RECORD = (
    Column("id", "integer", "Number of the record, lasting"), Column("kind", "string", "Kind of record"), Column("number", "string", "How it is called in short, such as 5.2"),
    *_in_languages("title", "Title"), *_in_languages("summary", "Summary"),
    Column("state", "string", "State of its lifecycle"), Column("owner", "string", "Short name of the organisation that keeps it"), Column("unit", "string", "Short name of the unit"),
    Column("place", "string", "Code of the place (ISO 3166-2 for regions)"), Column("starts_on", "date", "First day, or the day of it"), Column("ends_on", "date", "Last day"),
    Column("due_on", "date", "Day by which the next step is owed"), Column("demonstration", "boolean", "True: invented, for trying out"),
    Column("changed_at", "datetime", "Last change"), Column("url", "string", "Its page"),
)  # fmt: skip
LINK = (
    Column("lower", "integer", "The record that refers"),
    Column("relation", "string", "How"),
    Column("upper", "integer", "The record that is referred to"),
)
ANSWER = (
    Column("record", "integer", "On which record an answer is owed"), Column("party", "string", "Short name of the body that owes it"), Column("state", "string", "not-sent, sent, received, accepted, partly, declined, done"),
    Column("sent_on", "date", "Day of sending"), Column("due_on", "date", "Day by which it is owed"), Column("answered_on", "date", "Day of the answer"), *_in_languages("words", "What was answered"),
)  # fmt: skip
ORGANISATION = (
    Column("slug", "string", "Short name, lasting"), Column("kind", "string", "Kind of organisation"), *_in_languages("name", "Name"), Column("place", "string", "Code of the place"),
    Column("website", "string", "Its own site"), Column("demonstration", "boolean", "True: invented, for trying out"),
)  # fmt: skip
FIGURE = (
    Column("indicator", "string", "Short name of the indicator"), Column("owner", "string", "Short name of the organisation"), Column("period", "string", "2025-26 academic year, 2025 calendar year"),
    Column("breakdown", "string", "Which part, such as unit=law; empty for the whole"), Column("state", "string", "value, missing, not-applicable, suppressed"), Column("value", "number", "The value; empty unless the state is value"),
    Column("unit", "string", "In what it is measured"), Column("numerator", "number", "What was counted"), Column("denominator", "number", "Of how much"), Column("rows", "integer", "Rows of records behind it"),
    Column("version", "string", "Version of the definition"),
)  # fmt: skip


def _url(record: Any) -> str:
    """The page in English, whatever the language of whoever asks; only for this call, since rows are made while others read."""
    with translation.override("en"):
        return address_of(record.get_absolute_url())


def _records(kind: str) -> Iterator[tuple[Any, ...]]:
    rows = public_records(kind).select_related("owner", "unit", "place").order_by("pk")
    return (
        (
            r.pk, r.kind, r.number, *_texts(r.title), *_texts(r.summary), r.state, r.owner.slug, r.unit.slug if r.unit else "", r.place.code if r.place else "",
            r.starts_on, r.ends_on, r.due_on, r.demonstration, r.changed_at, _url(r),
        )
        for r in rows.iterator(chunk_size=BATCH)
    )  # fmt: skip


def _links_rows() -> Any:
    shown = public_records().order_by().values("pk")
    return Link.objects.filter(lower__in=shown, upper__in=shown)


def _links() -> Iterator[tuple[Any, ...]]:
    found: Iterator[tuple[Any, ...]] = (
        _links_rows().order_by("pk").values_list("lower_id", "relation", "upper_id").iterator(chunk_size=BATCH)
    )
    return found


def _answers_rows() -> Any:
    return OwedAnswer.objects.filter(record__in=public_records().order_by().values("pk"))


def _answers() -> Iterator[tuple[Any, ...]]:
    rows = _answers_rows().select_related("party").order_by("pk")
    return (
        (a.record_id, a.party.slug, str(a.state), a.sent_on, a.due_on, a.answered_on, *_texts(a.words))
        for a in rows.iterator(chunk_size=BATCH)
    )


def _organisations() -> Iterator[tuple[Any, ...]]:
    rows = organisations().order_by("pk")
    return (
        (o.slug, o.kind, *_texts(o.name), o.place.code if o.place else "", o.website, o.demonstration)
        for o in rows.iterator(chunk_size=BATCH)
    )


def _figures_rows() -> Any:
    return Figure.objects.filter(indicator__in=public_records("indicator").order_by().values("pk")).select_related("indicator__owner")


def _figures() -> Iterator[tuple[Any, ...]]:
    rows = _figures_rows().order_by("indicator_id", "period", "breakdown").iterator(chunk_size=BATCH)
    return (
        (f.indicator.slug, f.indicator.owner.slug, f.period, f.breakdown, f.state, f.value, f.unit, f.numerator, f.denominator, f.rows, f.version)
        for batch in iter(lambda: list(islice(rows, BATCH)), [])
        for f in for_reader(batch)
    )  # fmt: skip


def _of_kind(kind: str) -> Dataset:
    return Dataset(kind, KINDS[kind].label_plural, RECORD, ("id",), lambda: _records(kind), lambda: public_records(kind).count())


def datasets() -> dict[str, Dataset]:
    """Every dataset by its key: each kind of record by its own name, then the four that belong to all."""
    rest = (
        Dataset("links", _("How records are joined"), LINK, ("lower", "relation", "upper"), _links, lambda: _links_rows().count()),
        Dataset(
            "answers", _("Who was asked and what was answered"), ANSWER, ("record", "party"), _answers, lambda: _answers_rows().count()
        ),
        Dataset("organisations", _("Organisations"), ORGANISATION, ("slug",), _organisations, lambda: organisations().count()),
        Dataset(
            "figures",
            _("Figures with their denominators"),
            FIGURE,
            ("owner", "indicator", "period", "breakdown"),
            _figures,
            lambda: _figures_rows().count(),
        ),
    )
    return {**{kind: _of_kind(kind) for kind in sorted(KINDS)}, **{d.key: d for d in rest}}
