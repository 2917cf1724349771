"""Making, registering and retiring signing keys."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import one_of, roles, system
from tertia.core.keys.models import OrganisationKey
from tertia.core.keys.signing import Key, new_key, read_key, write_key
from tertia.core.periods import clock

__all__ = ["make_key", "own_key", "register_key", "retire_key", "signing_key"]


def _file(public: str) -> Path:
    return Path(settings.HOME) / "keys" / f"{hashlib.sha256(public.encode()).hexdigest()[:32]}.json"


def _utc_day() -> dt.date:
    """Signatures are dated in UTC: a key made after midnight in Almaty signs on what is still the day before there."""
    return clock.now().astimezone(dt.UTC).date()


@action("keys.make", may=one_of(roles("administrator", "leader", of="organisation.pk"), system))
def make_key(*, by: Any, organisation: Any, on: dt.date) -> OrganisationKey:
    """A new key of an organisation that works here; the one before it is retired. Its private half is written to a file that only
    the installation may read; it is never in the database nor in a dump of it."""
    OrganisationKey.objects.filter(organisation=organisation, valid_to=None).update(valid_to=max(on, _utc_day()))
    key = new_key(organisation.slug)
    file = _file(key.public)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_key(key, file)
    made = OrganisationKey(organisation=organisation, public=key.public, valid_from=min(on, _utc_day()))
    made.save()
    return made


@action("keys.register", may=one_of(roles("administrator", "leader", "office", of="keeper.pk"), system))
def register_key(
    *, by: Any, keeper: Any, organisation: Any, public: str, valid_from: dt.date, valid_to: dt.date | None = None
) -> OrganisationKey:
    """Note another organisation's public key, as it gave it out. Raises BadInput."""
    try:
        raw = base64.b64decode(public.strip(), validate=True)
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise BadInput(Fault("public", _("This is no public key. Copy the whole word that “tertia key make” printed.")))
    there = OrganisationKey.objects.filter(public=public.strip()).first()
    if there is not None and there.organisation_id != organisation.pk:
        raise BadInput(Fault("public", _("This key is registered for another organisation already.")))
    if there is not None:
        return there
    made = OrganisationKey(organisation=organisation, public=public.strip(), valid_from=valid_from, valid_to=valid_to)
    made.save()
    return made


@action("keys.retire", may=one_of(roles("administrator", "leader", "office", of="keeper.pk"), system), about="key")
def retire_key(*, by: Any, keeper: Any, key: OrganisationKey, on: dt.date) -> OrganisationKey:
    """From the day after `on` the key counts no more; what it signed before stays good."""
    key = lock(key)
    key.valid_to = max(on, key.valid_from)
    key.save()
    return key


def own_key(organisation: Any, on: dt.date) -> Key:
    """The organisation's key that lies here; it is made when there is none yet."""
    found = signing_key(organisation)
    if found is None:
        make_key(by=Actor.system("keys"), organisation=organisation, on=on)
        found = signing_key(organisation)
    assert found is not None
    return found


def signing_key(organisation: Any) -> Key | None:
    """The organisation's key in force whose private half lies here, None where there is none."""
    for row in OrganisationKey.objects.filter(organisation=organisation, valid_to=None).order_by("-valid_from", "-pk"):
        if _file(row.public).exists():
            return read_key(_file(row.public))
    return None
