"""The words of a university's site, and addresses that never break."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import KEEPERS, OFFICE, roles
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.records.models import Record
from tertia.tell.site.models import OldAddress, SiteWords

__all__ = ["drop_address", "keep_addresses", "read_addresses", "rename_record", "write_site"]


@action("site.write", may=roles(*KEEPERS, of="owner.pk"))
def write_site(*, by: Any, owner: Any, about: Text, press_name: str, press_email: str, press_phone: str) -> SiteWords:
    made = SiteWords.objects.filter(owner=owner).first() or SiteWords(owner=owner)
    made.about, made.press_name, made.press_email, made.press_phone = about, press_name.strip(), press_email.strip(), press_phone.strip()
    made.save()
    return made


def read_addresses(words: str) -> list[tuple[str, str]]:
    """Lines of "old new" (apart by a space, a tab, a comma or a semicolon), whole addresses or paths. Raises BadInput with the line of each fault."""
    found: list[tuple[str, str]] = []
    faults = []
    own = urlsplit(settings.BASE_URL).hostname
    for number, line in enumerate(words.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [p for p in re.split(r"[\s,;]+", line.strip()) if p]
        if len(parts) != 2:
            faults.append(Fault("addresses", _("Line %(line)d: write the old address, a space, and the new one.") % {"line": number}))
            continue
        old, new = urlsplit(parts[0]), urlsplit(parts[1])
        if not old.path.startswith("/") or old.path == "/":
            faults.append(
                Fault(
                    "addresses",
                    _("Line %(line)d: the old address begins with / or https://, and is not the front page.") % {"line": number},
                )
            )
        elif not new.path.startswith("/") or (new.hostname not in (None, own)) or new.path.startswith("//"):
            faults.append(Fault("addresses", _("Line %(line)d: the new address has to be on this site.") % {"line": number}))
        elif old.path.rstrip("/") == new.path.rstrip("/"):
            faults.append(Fault("addresses", _("Line %(line)d: both are the same.") % {"line": number}))
        else:
            found.append((old.path.rstrip("/")[:500], new.path[:500]))
    if faults:
        raise BadInput(*faults[:20])
    return found


@action("site.keep_addresses", may=roles(*KEEPERS, of="owner.pk"))
def keep_addresses(*, by: Any, owner: Any, addresses: list[tuple[str, str]]) -> int:
    """Old addresses lead to new ones from now on; of one that leads to another old one the last counts, so nobody is led in a circle."""
    for old, new in addresses:
        if taken := OldAddress.objects.filter(old=old).exclude(owner=owner).first():
            raise BadInput(Fault("addresses", _("%(old)s is another university's.") % {"old": taken.old}))
        row = OldAddress.objects.filter(old=old).first() or OldAddress(owner=owner, old=old)
        row.new = new
        row.save()
        OldAddress.objects.filter(owner=owner, new__in=(old, old + "/")).update(new=new)
        OldAddress.objects.filter(owner=owner, old=new.rstrip("/")).delete()
    return len(addresses)


@action("site.drop_address", may=roles(*KEEPERS, of="address.owner_id"))
def drop_address(*, by: Any, address: OldAddress) -> OldAddress:
    address.delete()
    return address


@action("site.rename", may=roles(*OFFICE, of="record.owner_id"), about="record")
def rename_record(*, by: Any, record: Record, slug: str) -> Record:
    """Another word at the end of a record's address; the old address leads to the new one in every language."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or slug.isdecimal() or len(slug) > 100:
        raise BadInput(Fault("slug", _("Write small Latin letters, figures and hyphens, such as clean-river.")))
    if Record.objects.filter(kind=record.kind, slug=slug).exclude(pk=record.pk).exists():
        raise BadInput(Fault("slug", _("Another record has this address.")))
    record = lock(record)
    before = _addresses(record)
    record.slug = slug
    record.save()
    for old, new in zip(before, _addresses(record), strict=True):
        row = OldAddress.objects.filter(old=old.rstrip("/")).first() or OldAddress(owner_id=record.owner_id, old=old.rstrip("/"))
        row.new = new
        row.save()
        OldAddress.objects.filter(new=old).update(new=new)
        OldAddress.objects.filter(old=new.rstrip("/")).delete()
    return record


def _addresses(record: Record) -> list[str]:
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(record.get_absolute_url())
    return found
