"""Writing an agreement, by the university or by the partner, and fixing its text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.act.partnerships.models import Agreement, AgreementParty, Signature, Term
from tertia.act.partnerships.text import digest_of, signed_text
from tertia.act.partnerships.vocabulary import agreement_types
from tertia.core.access.actions import issue_pass
from tertia.core.access.links import pass_url
from tertia.core.access.models import Pass
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, one_of, roles, speaker
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter, write_message
from tertia.core.periods import clock
from tertia.core.periods.months import add_months
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug

__all__ = [
    "Side",
    "change_agreement",
    "draft_agreement",
    "offer_agreement",
    "open_span",
    "propose_agreement",
    "take_back",
    "withdraw_agreement",
]


@dataclass(frozen=True)
class Side:
    """One party as it is written: the organisation, what it gives and gets, who signs for it and where the link goes."""

    organisation: Any
    gives: Text = field(default_factory=lambda: Text({}))
    gets: Text = field(default_factory=lambda: Text({}))
    signatory: str = ""
    duty: str = ""
    basis: str = ""
    email: str = ""


@action("partnerships.draft", may=roles(*OFFICE, of="owner.pk"))
def draft_agreement(
    *, by: Any, owner: Any, title: Text, sides: list[Side], form: str, starts_on: dt.date, ends_on: dt.date | None, terms: Text | None = None,
    summary: Text | None = None, renewal: str = "agreed", renewal_months: int = 12, notice_days: int = 30, unit: Any = None, supports: Record | None = None,
    public: bool = True,
) -> Agreement:  # fmt: skip
    """A draft that its sides may read. The university itself is one of the sides."""
    made = _made(
        owner, by.person, title, sides, form, starts_on, ends_on, terms=terms, summary=summary, renewal=renewal, renewal_months=renewal_months,
        notice_days=notice_days, unit=unit, public=public,
    )  # fmt: skip
    if supports is not None:
        join(made, "supports", supports)
    return made


@action(
    "partnerships.propose", may=one_of(speaker("partnerships.desk", of="organisation.pk"), roles("office", "leader", "partner", of="organisation.pk"))
)  # fmt: skip
def propose_agreement(
    *, by: Any, organisation: Any, owner: Any, title: Text, gives: Text, gets: Text, months: int, on: dt.date
) -> Agreement:
    """A partner proposes to work together: a draft that the office completes. The university's office is told."""
    faults = [Fault("title", _("Say in one sentence what shall be done together."))] if not title else []
    faults += [Fault("gives", _("Say what you would give."))] if not gives else []
    faults += [Fault("months", _("Write for how many months, from 1 to 120."))] if not 1 <= months <= 120 else []
    if faults:
        raise BadInput(*faults)
    sides = [Side(owner, gives=gets), Side(organisation, gives=gives, gets=gets)]
    ends_on = add_months(on, months) - dt.timedelta(days=1)
    made = _made(owner, by.person, title, sides, "cooperation", on, ends_on, proposed_by=organisation)
    write_letter(
        key=f"proposed:{made.pk}", to=owner, organisation=owner, record=made, subject=gettext_noop("A partner proposes an agreement: %(title)s"),
        body=gettext_noop("%(name)s proposes to work together. Complete the draft and ask both sides to sign, or answer with a reason."),
        values=lambda language: {"title": title.read(language).text, "name": organisation.name.read(language).text},
    )  # fmt: skip
    return made


def _made(
    owner: Any, author: Any, title: Text, sides: list[Side], form: str, starts_on: dt.date, ends_on: dt.date | None, *, terms: Text | None = None,
    summary: Text | None = None, renewal: str = "agreed", renewal_months: int = 12, notice_days: int = 30, unit: Any = None, public: bool = True,
    proposed_by: Any = None,
) -> Agreement:  # fmt: skip
    _check(owner, title, sides, form, starts_on, ends_on, renewal, renewal_months)
    made = Agreement(
        owner=owner, title=title, summary=summary or Text({}), form=form, terms=terms or Text({}), starts_on=starts_on, ends_on=ends_on,
        renewal=renewal, renewal_months=renewal_months, notice_days=notice_days, unit=unit, responsible=author if author and author.home_id == owner.pk else None,
        author=author, slug=free_slug(owner, "agreement", title), visibility=Visibility.OFFICE if public else Visibility.ORGANISATION,  # public only when all have signed
        demonstration=owner.demonstration, proposed_by=proposed_by,
    )  # fmt: skip
    made.save()
    _write_sides(made, sides)
    return made


def _check(
    owner: Any, title: Text, sides: list[Side], form: str, starts_on: dt.date, ends_on: dt.date | None, renewal: str, months: int
) -> None:
    faults = []
    if not title:
        faults.append(Fault("title", _("Say in one sentence what is agreed.")))
    if form not in agreement_types():
        faults.append(Fault("form", _("Choose what kind of agreement it is.")))
    if ends_on is not None and ends_on < starts_on:
        faults.append(Fault("ends_on", _("The last day is before the first one. Correct one of the two.")))
    ids = [s.organisation.pk for s in sides]
    if owner.pk not in ids or len(ids) < 2:
        faults.append(Fault("partner", _("An agreement has the university and at least one other side.")))
    if len(set(ids)) < len(ids):
        faults.append(Fault("partner", _("One organisation is named twice.")))
    if any(s.organisation.merged_into_id for s in sides):
        faults.append(Fault("partner", _("One of the organisations was merged with another. Choose the one that goes on.")))
    if renewal not in Agreement.Renewal.values or not 1 <= months <= 120:
        faults.append(Fault("renewal_months", _("Write for how many months, from 1 to 120.")))
    if renewal != "none" and ends_on is None:
        faults.append(
            Fault("renewal", _("Without a last day there is nothing to prolong. Name the day, or choose that it ends with its term."))
        )
    if faults:
        raise BadInput(*faults)


def _write_sides(agreement: Agreement, sides: list[Side]) -> None:
    agreement.parties.all().delete()
    for side in sides:
        AgreementParty(
            agreement=agreement, organisation=side.organisation, gives=side.gives, gets=side.gets, signatory=side.signatory.strip()[:200],
            duty=side.duty.strip()[:200], basis=side.basis.strip()[:200], email=side.email,
        ).save()  # fmt: skip


@action("partnerships.change", may=roles(*OFFICE, of="agreement.owner_id"), about="agreement")
def change_agreement(*, by: Any, agreement: Agreement, sides: list[Side], **given: Any) -> Agreement:
    """Change a draft. A text that was fixed is taken back first."""
    agreement = lock(agreement)
    require_state(agreement, "draft", "refused")
    values = {
        name: given.get(name, getattr(agreement, name))
        for name in ("title", "summary", "terms", "form", "starts_on", "ends_on", "renewal", "renewal_months", "notice_days", "unit")
    }
    _check(
        agreement.owner,
        values["title"],
        sides,
        values["form"],
        values["starts_on"],
        values["ends_on"],
        values["renewal"],
        values["renewal_months"],
    )
    for name, value in values.items():
        setattr(agreement, name, value)
    if agreement.state == "refused":
        move(agreement, "draft")
    agreement.save()
    _write_sides(agreement, sides)
    return agreement


@action("partnerships.offer", may=roles(*OFFICE, of="agreement.owner_id"), about="agreement")
def offer_agreement(*, by: Any, agreement: Agreement, on: dt.date) -> Agreement:
    """Fix the text and ask every side to sign exactly this one, each by its own link."""
    agreement = lock(agreement)
    require_state(agreement, "draft")
    parties = list(agreement.parties.select_related("organisation"))
    faults = [Fault("parties", _("Say what %(name)s gives.") % {"name": p.organisation.name}) for p in parties if not p.gives]
    faults += [Fault("terms", _("Say what is agreed."))] if not agreement.terms else []
    if faults:
        raise BadInput(*faults)
    assert agreement.starts_on is not None
    open_span(by, agreement, parties, Term.How.FIRST, agreement.starts_on, agreement.ends_on, on)
    move(agreement, "offered")
    return agreement


def open_span(
    by: Any, agreement: Agreement, parties: list[AgreementParty], how: str, starts_on: dt.date, ends_on: dt.date | None, on: dt.date
) -> Term:  # fmt: skip
    """Inside an action: a span that all sides are asked to sign, with a link and a letter for each."""
    text = signed_text(agreement, parties, starts_on, ends_on)
    term = Term(agreement=agreement, how=how, starts_on=starts_on, ends_on=ends_on, offered_on=on, digest=digest_of(text), text=text)
    term.save()
    for party in parties:
        signature = Signature(term=term, party=party, asked_on=on)
        signature.save()
        ask_to_sign(by, agreement, party, signature)
    return term


def ask_to_sign(by: Any, agreement: Agreement, party: AgreementParty, signature: Signature) -> Pass:
    """Inside an action: the link of one side, and the letter that carries it."""
    organisation = party.organisation
    held = issue_pass(
        by=by, purpose="partnerships.sign", issued_by=agreement.owner, subject_id=signature.pk, record=agreement, organisation=organisation,
        sent_to=party.email or organisation.email, holder_name=party.signatory, language=organisation.letter_language,
    )  # fmt: skip
    to = party.email or organisation.email
    if to:
        from django.utils import translation  # app start

        with translation.override(held.language):
            title = agreement.title.read(held.language).text
            write_message(
                key=f"sign:{signature.pk}:{held.pk}", to=to, language=held.language, organisation=agreement.owner, record=agreement,
                demonstration=agreement.demonstration, subject=_("Please read and sign: %(title)s") % {"title": title},
                body=_("%(owner)s and %(name)s want to agree on this. Read the text, sign it or say why not; no account is needed:\n%(url)s")
                % {"owner": agreement.owner.name.read(held.language).text, "name": organisation.name.read(held.language).text, "url": pass_url(held)},
            )  # fmt: skip
    return held


def drop_open_spans(agreement: Agreement, on: dt.date) -> None:
    """Inside an action: spans that not all have signed are over, and their links open nothing more to sign."""
    for term in agreement.spans.filter(in_force_since=None, dropped_on=None):
        term.dropped_on = on
        term.save()
        numbers = list(term.signatures.values_list("pk", flat=True))
        Pass.objects.filter(purpose="partnerships.sign", subject_id__in=numbers, used_at=None, revoked_at=None).update(
            revoked_at=clock.now()
        )


@action("partnerships.take_back", may=roles(*OFFICE, of="agreement.owner_id"), about="agreement")
def take_back(*, by: Any, agreement: Agreement, on: dt.date) -> Agreement:
    """Take the fixed text back before all have signed; who signed already is asked anew for the next text."""
    agreement = lock(agreement)
    require_state(agreement, "offered")
    drop_open_spans(agreement, on)
    move(agreement, "draft")
    return agreement


@action("partnerships.withdraw", may=roles(*OFFICE, of="agreement.owner_id"), about="agreement")
def withdraw_agreement(*, by: Any, agreement: Agreement) -> Agreement:
    agreement = lock(agreement)
    require_state(agreement, "draft", "refused")
    move(agreement, "withdrawn")
    return agreement
