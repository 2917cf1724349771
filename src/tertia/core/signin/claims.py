"""What a server said of somebody, in one form whichever language it spoke. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["USUAL", "Claims", "Refused", "read_claims"]

#: the names under which servers usually say things: OpenID Connect Core §5.1; eduPerson and SCHAC as SAML attributes (friendly names and OIDs)
USUAL: dict[str, tuple[str, ...]] = {
    "name": ("name", "displayName", "urn:oid:2.16.840.1.113730.3.1.241", "cn", "urn:oid:2.5.4.3"),
    "given": ("given_name", "givenName", "urn:oid:2.5.4.42", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname"),
    "family": ("family_name", "sn", "urn:oid:2.5.4.4", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"),
    "email": ("email", "mail", "urn:oid:0.9.2342.19200300.100.1.3", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"),
    "number": ("employee_number", "employeeNumber", "urn:oid:2.16.840.1.113730.3.1.3", "schacPersonalUniqueCode", "urn:oid:1.3.6.1.4.1.25178.1.2.14"),
    "groups": ("groups", "roles", "isMemberOf", "urn:oid:1.3.6.1.4.1.5923.1.5.1.1", "eduPersonAffiliation", "urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "http://schemas.xmlsoap.org/claims/Group"),
}  # fmt: skip


class Refused(ValueError):
    """A sign-in that is not acted upon. `code` says why; the words are in `words.py`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Claims:
    """Who somebody is, as the server says. `once` names the word itself, so that it is acted upon once."""

    subject: str
    once: str
    name: str = ""
    email: str = ""
    #: that the server itself has looked whether the address is the person's
    email_verified: bool = False
    number: str = ""
    groups: frozenset[str] = frozenset()


def read_claims(said: Mapping[str, Any], *, subject: str, once: str, names: Mapping[str, str], email_verified: bool) -> Claims:
    """Find name, address, number and groups in what was said: `names` overrides the usual names. Raises Refused (no-user) without a subject.

    A value may be a text or a list of texts, as SAML gives it.
    """
    if not subject.strip():
        raise Refused("no-user")

    def values(what: str) -> list[str]:
        wanted = (names[what],) if names.get(what) else USUAL[what]
        found: list[str] = []
        for name in wanted:
            value = said.get(name)
            rows = value if isinstance(value, list | tuple) else [value]
            found += [str(v).strip() for v in rows if isinstance(v, str | int) and not isinstance(v, bool) and str(v).strip()]
            if found and what != "groups":
                break
        return found

    def first(what: str) -> str:
        return next(iter(values(what)), "")

    name = first("name") or " ".join(filter(None, (first("given"), first("family"))))
    return Claims(
        subject.strip()[:255], once[:200], name=name[:200], email=first("email").lower()[:254], email_verified=email_verified,
        number=first("number")[:60], groups=frozenset(values("groups")),
    )  # fmt: skip
