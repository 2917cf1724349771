"""SAML 2.0 as service provider, on `python3-saml` (xmlsec): asked by redirect, answered by POST, assertions signed and used once.

Sources: OASIS SAML 2.0 Core, Bindings and Profiles (§4.1, web browser SSO). A sign-in that did not begin here is refused; so is an
assertion that is not signed itself, whatever else around it is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from tertia.core.signin.claims import Claims, Refused, read_claims
from tertia.core.signin.models import IdentityProvider

__all__ = ["Door", "claims_of_answer", "login_url", "our_description", "read_description"]

MOST_BYTES = 500_000
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
#: lasting names of a person that are better than the NameID of a session (SAML subject-id, eduPersonPrincipalName, eduPersonUniqueId)
SUBJECTS = ("urn:oasis:names:tc:SAML:attribute:subject-id", "eduPersonUniqueId", "urn:oid:1.3.6.1.4.1.5923.1.1.1.13", "eduPersonPrincipalName", "urn:oid:1.3.6.1.4.1.5923.1.1.1.6")  # fmt: skip
_log = logging.getLogger(__name__)


class Door:
    """Our two addresses for one provider: where its answers come in, and where our description (and our name) is."""

    def __init__(self, acs: str, metadata: str) -> None:
        self.acs, self.metadata = acs, metadata


def read_description(text: str) -> dict[str, Any]:
    """What a provider's metadata say: entity id, address of sign-in, certificates. Raises Refused (description)."""
    if len(text) > MOST_BYTES or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused("description")
    try:
        said = OneLogin_Saml2_IdPMetadataParser.parse(text, required_sso_binding=REDIRECT).get("idp", {})
    except (OneLogin_Saml2_Error, etree.XMLSyntaxError, ValueError, KeyError) as error:
        raise Refused("description") from error
    found = said.get("x509certMulti", {}).get("signing") or [said["x509cert"]] if said.get("x509cert") or said.get("x509certMulti") else []
    url = said.get("singleSignOnService", {}).get("url", "")
    if not said.get("entityId") or urlsplit(url).scheme not in ("https", "http") or not found:
        raise Refused("description")
    return {"issuer": said["entityId"], "auth_url": url, "certificates": list(found)}


def _settings(provider: IdentityProvider, door: Door) -> dict[str, Any]:
    return {
        "strict": True,
        "sp": {"entityId": door.metadata, "assertionConsumerService": {"url": door.acs, "binding": POST}, "NameIDFormat": PERSISTENT},
        "idp": {
            "entityId": provider.issuer, "singleSignOnService": {"url": provider.endpoints["auth_url"], "binding": REDIRECT},
            "x509certMulti": {"signing": provider.endpoints["certificates"], "encryption": provider.endpoints["certificates"][:1]},
        },
        "security": {
            "wantAssertionsSigned": True, "wantMessagesSigned": False, "wantNameId": True, "requestedAuthnContext": False,
            "rejectDeprecatedAlgorithm": True, "wantAttributeStatement": False, "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
        },
    }  # fmt: skip


def _asked(door: Door, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The request as the library reads it: the address is the one that we gave out, not what the request claims."""
    where = urlsplit(door.acs)
    return {
        "https": "on" if where.scheme == "https" else "off", "http_host": where.netloc, "script_name": where.path, "path_info": "",
        "get_data": {}, "post_data": dict(form or {}),
    }  # fmt: skip


def login_url(provider: IdentityProvider, door: Door, *, state: str) -> tuple[str, str]:
    """Where the browser goes, and the number of the question, which the answer has to name."""
    auth = OneLogin_Saml2_Auth(_asked(door), _settings(provider, door))
    url = auth.login(return_to=state)
    return url, auth.get_last_request_id()


def claims_of_answer(provider: IdentityProvider, door: Door, form: Mapping[str, str], *, question: str) -> Claims:
    """A verified answer to our question. Raises Refused: unsigned, audience, expired, not-yet, question, forged, malformed, cancelled."""
    if not form.get("SAMLResponse") or len(form["SAMLResponse"]) > MOST_BYTES:
        raise Refused("malformed")
    try:
        answer = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(_settings(provider, door)), form["SAMLResponse"])
        answer.is_valid(_asked(door, form), question, raise_exceptions=True)
        if answer.get_in_response_to() != question:
            raise Refused("question")
        # the library lets an assertion pass that names nobody for whom it was made
        if door.metadata not in answer.get_audiences():
            raise Refused("audience")
        said, friendly = answer.get_attributes(), answer.get_friendlyname_attributes()
        name, form_of_name, once = answer.get_nameid(), answer.get_nameid_format(), answer.get_assertion_id()
    except Refused:
        raise
    except OneLogin_Saml2_ValidationError as error:
        _log.warning("saml answer refused: %s", error.code)
        raise Refused(_code(error)) from error
    except Exception as error:  # the library and its parsers raise of many kinds on what is no answer
        _log.warning("saml answer not understood: %s", type(error).__name__)
        raise Refused("malformed") from error
    lasting = next((said[known][0] for known in SUBJECTS if said.get(known)), "")
    subject = lasting or ("" if form_of_name == TRANSIENT else name or "")
    return read_claims({**said, **friendly}, subject=subject, once=f"assertion {once}", names=provider.names, email_verified=True)


def _code(error: Any) -> str:
    kind = OneLogin_Saml2_ValidationError
    return {
        kind.NO_SIGNED_ASSERTION: "unsigned", kind.NO_SIGNED_MESSAGE: "unsigned", kind.NO_SIGNATURE_FOUND: "unsigned",
        kind.INVALID_SIGNATURE: "forged", kind.WRONG_SIGNED_ELEMENT: "forged", kind.UNEXPECTED_SIGNED_ELEMENTS: "forged",
        kind.INVALID_SIGNED_ELEMENT: "forged", kind.WRONG_NUMBER_OF_SIGNATURES: "forged", kind.WRONG_NUMBER_OF_ASSERTIONS: "forged",
        kind.DEPRECATED_SIGNATURE_METHOD: "algorithm", kind.DEPRECATED_DIGEST_METHOD: "algorithm",
        kind.WRONG_AUDIENCE: "audience", kind.WRONG_DESTINATION: "audience", kind.WRONG_ISSUER: "issuer", kind.ISSUER_NOT_FOUND_IN_ASSERTION: "issuer",
        kind.ASSERTION_TOO_EARLY: "not-yet", kind.ASSERTION_EXPIRED: "expired", kind.SESSION_EXPIRED: "expired", kind.RESPONSE_EXPIRED: "expired",
        kind.WRONG_INRESPONSETO: "question", kind.WRONG_SUBJECTCONFIRMATION: "question", kind.NO_NAMEID: "no-user", kind.EMPTY_NAMEID: "no-user",
        kind.STATUS_CODE_IS_NOT_SUCCESS: "cancelled",
    }.get(error.code, "malformed")  # fmt: skip


def our_description(provider: IdentityProvider, door: Door) -> str:
    """Our metadata for the provider's administrator."""
    made: bytes | str = OneLogin_Saml2_Settings(_settings(provider, door), sp_validation_only=True).get_sp_metadata()
    return made.decode() if isinstance(made, bytes) else made
