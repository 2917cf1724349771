"""What a keeper of a country knows of its universities gives to measuring: who was asked for figures, and who handed in signed ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, Exists, IntegerField, Min, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Least, Substr

from tertia.core.facts.declare import Column, FactTable, declare_facts
from tertia.core.periods import clock
from tertia.core.periods.years import FIRST_MONTH, academic_year
from tertia.measure.country.models import Expected, HandIn, NationalFigure

__all__ = ["ASKED_UNIVERSITY", "SIGNED_PACKAGE"]


def _last_over() -> dt.date:
    """The last day of the last year that is over: figures of the running year are owed by nobody yet."""
    return academic_year(clock.today()).before.last_day


def _until() -> Any:
    return Least(Coalesce("valid_to", Value(_last_over(), DateField())), Value(_last_over(), DateField()))


def _asked(organisation: Any) -> Any:
    return Expected.objects.filter(keeper=organisation, valid_from__lte=_last_over())


ASKED_UNIVERSITY = declare_facts(
    FactTable(
        "asked_university", 1, "universities", "One row for each university that the country asks for its figures and academic year that is over.", _asked,
        (
            Column("record", "int", "id of the entry in the list", "pk"), Column("day", "date", "first day in the year", "valid_from"),
            Column("university", "text", "the university", "organisation__slug", unit="universities"),
        ),
        spans=("valid_from", _until), changes_with="year",
    )
)  # fmt: skip


def _first_day(years_later: int) -> Any:
    """The day on which a figure's academic year begins, or the one after it."""
    year = Cast(Cast(Substr("period", 1, 4), IntegerField()) + years_later, TextField())
    return Cast(Concat(year, Value(f"-{FIRST_MONTH:02}-01")), DateField())


def _signed(organisation: Any) -> Any:
    """The first figure of each university and academic year whose accepted package its own key signed, if it was asked for that year."""
    asked = Expected.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("begins")), keeper=organisation, organisation=OuterRef("organisation"), valid_from__lt=OuterRef("next")
    )  # fmt: skip
    signed = NationalFigure.objects.filter(
        keeper=organisation, period__contains="-", hand_in__door="package", hand_in__state=HandIn.State.ACCEPTED
    ).exclude(hand_in__signed_by="")
    firsts = signed.order_by().values("organisation", "period").annotate(first=Min("pk")).values("first")
    figures = NationalFigure.objects.filter(pk__in=firsts).annotate(begins=_first_day(0), next=_first_day(1))
    return figures.filter(Exists(asked), begins__lte=_last_over())


SIGNED_PACKAGE = declare_facts(
    FactTable(
        "signed_package", 1, "universities", "One row for each university and academic year of which a signed package is in force.", _signed,
        (
            Column("record", "int", "id of the package", "hand_in_id"), Column("day", "date", "first day of the academic year", "begins"),
            Column("university", "text", "the university", "organisation__slug", unit="universities"),
        ),
    )
)  # fmt: skip
