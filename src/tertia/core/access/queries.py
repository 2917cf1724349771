"""Finding passes and tokens, and who may see what."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import Http404

from tertia.core.access.models import ApiToken, Pass
from tertia.core.actions.errors import PassRefused
from tertia.core.periods import clock

__all__ = ["api_token", "id_of", "ids_of", "pass_by_token", "scoped_or_404"]


def pass_by_token(token: str, purpose: str | None = None, *, even_used: bool = False) -> Pass:
    """The pass behind a link. Raises PassRefused (unknown, revoked, expired, used, foreign)."""
    number, _, _secret = token.strip().lower().partition("-")
    if not number.isdecimal() or len(number) > 18:
        raise PassRefused("unknown")
    found = Pass.objects.select_related("organisation", "issued_by", "record").filter(pk=int(number)).first()
    if found is None or not hmac.compare_digest(found.token.encode(), token.strip().lower().encode()):
        raise PassRefused("unknown")
    if purpose and found.purpose != purpose:
        raise PassRefused("foreign")
    if found.refusal and not (even_used and found.refusal == "used"):
        raise PassRefused(found.refusal)
    return found


def api_token(secret: str) -> ApiToken | None:
    """A token that is good now."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    good: Any = ApiToken.objects.select_related("person").filter(
        Q(expires_at=None) | Q(expires_at__gt=clock.now()), digest=digest, revoked_at=None
    )
    return good.first()


def scoped_or_404(rows: Any, **where: Any) -> Any:
    """One row of what this reader may see, or 404. `rows` is already scoped to the reader; what is no number is no row's number."""
    try:
        found = rows.filter(**where).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def ids_of(words: Iterable[Any], most: int = 1_000) -> list[int]:
    """The numbers of rows as a form sends them; what is no number is left out."""
    return [found for one in itertools.islice(words, most) if (found := id_of(one))]


def id_of(words: Any) -> int:
    """The number of a row as a form sends it; 0, which no row has, for anything else."""
    return int(words) if str(words).isdecimal() and len(str(words)) < 18 else 0
