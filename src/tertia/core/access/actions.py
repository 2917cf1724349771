"""Issuing, using and revoking passes and tokens."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.utils import timezone

from tertia.core.access.models import ApiToken, Pass
from tertia.core.actions.action import action, lock
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import PassRefused
from tertia.core.actions.policies import WORKERS, itself, one_of, roles, system
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on

__all__ = ["create_api_token", "issue_pass", "revoke_api_token", "revoke_pass", "use_pass"]


@action("access.issue_pass", may=one_of(roles(*WORKERS, of="issued_by.pk"), system))
def issue_pass(
    *,
    by: Actor,
    purpose: str,
    issued_by: Any,
    subject_id: int,
    record: Any = None,
    organisation: Any = None,
    sent_to: str = "",
    holder_name: str = "",
    language: str = "ru",
    single_use: bool = True,
    expires_at: dt.datetime | None = None,
) -> Pass:
    """A new link for one thing. Its term is the rule `pass.term_days` unless `expires_at` is given."""
    now = clock.now()
    days = rule_on("pass.term_days", timezone.localdate(now), issued_by)
    made = Pass(
        purpose=purpose,
        issued_by=issued_by,
        subject_id=subject_id,
        record=record,
        organisation=organisation,
        sent_to=sent_to,
        holder_name=holder_name,
        language=language,
        single_use=single_use,
        issued_at=now,
        expires_at=expires_at or now + dt.timedelta(days=days),
    )
    made.save()
    return made


def use_pass(by: Actor) -> None:
    """Inside another action: mark the actor's pass as used, once. Raises PassRefused when it was used or revoked meanwhile."""
    if by.holds is None:
        return
    held = lock(by.holds)
    if held.refusal:
        raise PassRefused(held.refusal)
    held.used_at = clock.now()
    held.save()


@action("access.revoke_pass", may=roles(*WORKERS, of="held.issued_by_id"), about="held")
def revoke_pass(*, by: Actor, held: Pass) -> Pass:
    held = lock(held)
    held.revoked_at = held.revoked_at or clock.now()
    held.save()
    return held


@action("access.create_api_token", may=itself("person.pk"))
def create_api_token(*, by: Actor, person: Any, name: str, scopes: list[str], days: int | None = 365) -> ApiToken:
    """A token of the API; `token.secret` is shown this once and never kept."""
    secret = "tertia_" + secrets.token_urlsafe(32)
    now = clock.now()
    made = ApiToken(
        person=person,
        name=name,
        scopes=sorted(set(scopes)),
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        created_at=now,
        expires_at=now + dt.timedelta(days=days) if days else None,
    )
    made.save()
    made.secret = secret  # type: ignore[attr-defined]
    return made


@action("access.revoke_api_token", may=itself("token.person_id"))
def revoke_api_token(*, by: Actor, token: ApiToken) -> ApiToken:
    token.revoked_at = token.revoked_at or clock.now()
    token.save()
    return token
