"""Signing, refusing, and the electronic signature that may be attached beside it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.partnerships.actions.writing import drop_open_spans
from tertia.act.partnerships.cms import check_detached
from tertia.act.partnerships.models import Agreement, Signature
from tertia.core.access.actions import use_pass
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import holder, one_of, roles
from tertia.core.checks.canonical import canonical
from tertia.core.files.models import StoredFile
from tertia.core.files.store import Taken, store
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility

__all__ = ["attach_signature", "refuse", "sign"]

MAY_SIGN = one_of(holder("partnerships.sign", of="signature"), roles("leader", "office", "partner", of="signature.party.organisation_id"))
_MOST_SIGNATURE = 200_000


@action("partnerships.sign", may=MAY_SIGN)
def sign(*, by: Any, signature: Signature, name: str, duty: str, on: dt.date) -> Signature:
    """A side signs the text that was fixed, once. When all have, the agreement is in force for that span.

    It is a dated record of who said yes to which text, with the text's digest; it is not called a legal signature.
    """
    faults = [Fault("name", _("Write the name of whoever signs."))] if not name.strip() else []
    faults += [Fault("duty", _("Write in which duty."))] if not duty.strip() else []
    if faults:
        raise BadInput(*faults)
    agreement, signature = _held(by, signature)
    signature.signed_at, signature.name, signature.duty = clock.now(), name.strip()[:200], duty.strip()[:200]
    signature.signed_as = signature.party.organisation.name_on(on)
    signature.receipt = f"A-{on.year}-{signature.pk}-{secrets.token_hex(2).upper()}"
    signature.save()
    term = signature.term
    if not term.signatures.filter(signed_at=None).exists():
        term.in_force_since = on
        term.save()
        agreement.ends_on, agreement.warned_on = term.ends_on, None
        if agreement.state == "offered":
            agreement.signed_on, agreement.visibility = (
                on,
                Visibility.PUBLIC if agreement.visibility == Visibility.OFFICE else agreement.visibility,
            )
            move(agreement, "in-force")
        else:
            agreement.save()
    return signature


@action("partnerships.refuse", may=MAY_SIGN)
def refuse(*, by: Any, signature: Signature, reason: Text, on: dt.date) -> Signature:
    """A side does not sign, and says why. The other sides' links end; a renewal that is refused leaves the running term as it is."""
    if not reason:
        raise BadInput(Fault("reason", _("Say why; one sentence is enough.")))
    agreement, signature = _held(by, signature)
    signature.refused_at, signature.reason = clock.now(), reason
    signature.save()
    drop_open_spans(agreement, on)
    if agreement.state == "offered":
        move(agreement, "refused")
    return signature


def _held(by: Any, signature: Signature) -> tuple[Agreement, Signature]:
    """The agreement and the signature, locked in this order, still open. Raises WrongState, PassRefused."""
    use_pass(by)
    agreement = lock(signature.term.agreement)
    signature = lock(signature)
    if signature.signed_at or signature.refused_at or signature.term.dropped_on or signature.term.in_force_since:
        raise WrongState(signature, "closed", ("asked",))
    if agreement.state not in ("offered", "in-force"):
        raise WrongState(agreement, agreement.state, ("offered", "in-force"))
    return agreement, signature


@action(
    "partnerships.attach_signature", may=one_of(MAY_SIGN, roles("office", "leader", "editor", of="signature.term.agreement.owner_id"))
)  # fmt: skip
def attach_signature(*, by: Any, signature: Signature, data: bytes, file_name: str) -> Signature:
    """A detached electronic signature (CMS) over the canonical text, kept beside the record and checked where its algorithm is known."""
    signature = lock(signature)
    if signature.signed_at is None:
        raise WrongState(signature, "open", ("signed",))
    if not 0 < len(data) <= _MOST_SIGNATURE:
        raise BadInput(Fault("file", _("A signature file is small: at most 200 kB. Choose the file that ends in .p7s, .sig or .cms.")))
    told = check_detached(canonical(signature.term.text), data)
    row = store(
        Taken(data, "application/pkcs7-signature"), name=file_name, owner=signature.term.agreement.owner, record=signature.term.agreement
    )
    before: StoredFile | None = signature.file
    signature.file, signature.check_state, signature.check_words = row, told.state, told.words()
    signature.save()
    if before is not None:
        before.delete()
    return signature
