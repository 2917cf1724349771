"""Writing money down, and striking out what was wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import WORKERS, itself, one_of, roles
from tertia.core.files.store import store
from tertia.core.money.models import Money, YearTotal
from tertia.core.money.words import categories
from tertia.core.periods import clock
from tertia.core.records.models import Record

__all__ = ["MAY_WRITE", "state_year", "strike_out", "write_money"]

_LARGEST = Decimal(10) ** 13
#: who works for the university, and whoever wrote the record or answers for it
MAY_WRITE = one_of(roles(*WORKERS, of="record.owner_id"), itself("record.author_id"), itself("record.responsible_id"))


@action("money.write_down", may=MAY_WRITE, about="record")
def write_money(
    *, by: Any, record: Record, kind: str, category: str, amount: Decimal, on: dt.date, source: Any = None, words: str = "",
    quantity: Decimal | None = None, unit: str = "", evidence_words: str = "", evidence_url: str = "", taken: Any = None, file_name: str = "",
) -> Money:  # fmt: skip
    """A sum for a record. What a partner gave names the partner. `taken`: a checked upload that shows it (`core/files/store`)."""
    faults = []
    if kind not in Money.Kind.values:
        faults.append(Fault("kind", _("Choose what it is.")))
    if category not in categories():
        faults.append(Fault("category", _("Choose what it was for.")))
    if not 0 < amount < _LARGEST:
        faults.append(Fault("amount", _("Write a sum above zero.")))
    if kind in (Money.Kind.INCOME, Money.Kind.KIND_IN) and source is None:
        faults.append(Fault("source", _("Say who gave it.")))
    if on > clock.today() + dt.timedelta(days=1):
        faults.append(Fault("on", _("This day has not come yet. What is only planned belongs into the budget.")))
    if faults:
        raise BadInput(*faults)
    file = store(taken, name=file_name, owner=record.owner, record=record) if taken is not None else None
    made = Money(
        record=record, kind=kind, category=category, amount=amount, on=on, source=source, words=words.strip()[:300], quantity=quantity,
        unit=unit.strip()[:40], evidence_words=evidence_words.strip()[:200], evidence_url=evidence_url, evidence=file,
        written_by=by.person, demonstration=record.demonstration,
    )  # fmt: skip
    made.save()
    return made


@action("money.strike_out", may=roles("editor", "office", "leader", of="money.record.owner_id"))
def strike_out(*, by: Any, money: Money, reason: str) -> Money:
    """A sum was wrong: it counts no longer and stays readable, with the reason."""
    if not reason.strip():
        raise BadInput(Fault("reason", _("Say why it is struck out.")))
    money = lock(money)
    if money.struck_at:
        raise WrongState(money, "struck", ("counted",))
    money.struck_at, money.struck_because = clock.now(), reason.strip()[:300]
    money.save()
    return money


@action("money.state_year", may=roles("office", "leader", "administrator", of="organisation.pk"), about="organisation")
def state_year(
    *, by: Any, organisation: Any, year: int, source: str, spending: Decimal | None = None, income: Decimal | None = None, academic_fte: Decimal | None = None
) -> YearTotal:  # fmt: skip
    """What finance states of a calendar year; stated again, it is corrected, and the journal keeps both."""
    faults = [Fault("source", _("Write from which paper it is taken."))] if not source.strip() else []
    if not 1991 <= year <= clock.today().year:
        faults.append(Fault("year", _("Write a year that has begun.")))
    faults += [
        Fault(name, _("Write a sum above zero."))
        for name, v in (("spending", spending), ("income", income), ("academic_fte", academic_fte))
        if v is not None and v <= 0
    ]
    if faults:
        raise BadInput(*faults)
    row = YearTotal.objects.filter(organisation=organisation, year=year).first() or YearTotal(
        organisation=organisation, year=year, first_day=dt.date(year, 1, 1)
    )
    row.spending, row.income, row.academic_fte, row.source = spending, income, academic_fte, source.strip()[:200]
    row.save()
    return row
