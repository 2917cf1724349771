"""A detached electronic signature (CMS SignedData, RFC 5652) checked against the bytes that were signed, without asking anybody. No Django.

What is checked: the digest of the content, the signature over the signed attributes, and that the signer's certificate is in the file.
What is not: who issued the certificate, and whether it was valid or revoked on the day. Kazakhstan's GOST 34.310 algorithms are not
known to the library that computes, so such a file is told to be not checked.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

__all__ = ["Checked", "check_detached"]

_DIGESTS = {"sha256": "sha256", "sha384": "sha384", "sha512": "sha512"}


@dataclass(frozen=True)
class Checked:
    """`state`: fits, not-this-text, wrong, not-checked, unreadable; `algorithm`, `signer` (as the certificate says), its span as ISO days."""

    state: str
    algorithm: str = ""
    signer: str = ""
    valid_from: str = ""
    valid_to: str = ""

    def words(self) -> dict[str, str]:
        return {k: v for k, v in vars(self).items() if k != "state" and v}


def check_detached(content: bytes, data: bytes) -> Checked:
    """Check a signature file (DER or PEM) over `content`. Never raises: what cannot be read or checked is said."""
    from asn1crypto import cms, pem  # slow library

    try:
        if pem.detect(data):
            _, _, data = pem.unarmor(data)
        outer = cms.ContentInfo.load(data, strict=True)
        if outer["content_type"].native != "signed_data":
            return Checked("unreadable")
        body = outer["content"]
        infos = list(body["signer_infos"])
        if not infos:
            return Checked("unreadable")
        return _signer(content, body, infos[0])
    except (ValueError, TypeError, KeyError):
        return Checked("unreadable")


def _signer(content: bytes, body: Any, info: Any) -> Checked:
    certificate = _certificate(body, info)
    told = _told(certificate)
    digest_name = info["digest_algorithm"]["algorithm"].native
    algorithm = f"{info['signature_algorithm']['algorithm'].native} {digest_name}"
    if digest_name not in _DIGESTS or certificate is None:
        return Checked("not-checked", algorithm, **told)
    digest = hashlib.new(_DIGESTS[digest_name], content).digest()
    attributes = info["signed_attrs"]
    signed = content
    if attributes:
        stated = next((a["values"][0].native for a in attributes if a["type"].native == "message_digest"), None)
        if stated != digest:
            return Checked("not-this-text", algorithm, **told)
        signed = attributes.untag().dump(force=True)
    state = _verified(certificate, info, signed, digest_name)
    if state == "wrong" and not attributes:
        state = "not-this-text"
    return Checked(state, algorithm, **told)


def _certificate(body: Any, info: Any) -> Any:
    """The certificate of the signer among those that the file carries."""
    wanted = info["sid"]
    for choice in body["certificates"] or ():
        if choice.name != "certificate":
            continue
        one = choice.chosen
        if wanted.name == "issuer_and_serial_number":
            named = wanted.chosen
            if one.serial_number == named["serial_number"].native and one.issuer == named["issuer"]:
                return one
        elif one.key_identifier == wanted.chosen.native:
            return one
    return None


def _told(certificate: Any) -> dict[str, str]:
    if certificate is None:
        return {}
    span = certificate["tbs_certificate"]["validity"]
    names = certificate.subject.native
    return {
        "signer": str(names.get("common_name") or certificate.subject.human_friendly)[:200],
        "valid_from": span["not_before"].native.date().isoformat(),
        "valid_to": span["not_after"].native.date().isoformat(),
    }


def _verified(certificate: Any, info: Any, signed: bytes, digest_name: str) -> str:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # slow library
    from cryptography.hazmat.primitives import hashes  # slow library
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa  # slow library
    from cryptography.x509 import load_der_x509_certificate  # slow library

    digest = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[digest_name]
    try:
        key = load_der_x509_certificate(certificate.dump()).public_key()
        name, value = info["signature_algorithm"].signature_algo, info["signature"].native
        if isinstance(key, rsa.RSAPublicKey) and name == "rsassa_pkcs1v15":
            key.verify(value, signed, padding.PKCS1v15(), digest)
        elif isinstance(key, rsa.RSAPublicKey) and name == "rsassa_pss":
            salt = info["signature_algorithm"]["parameters"]["salt_length"].native
            key.verify(value, signed, padding.PSS(mgf=padding.MGF1(digest), salt_length=salt), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and name == "ecdsa":
            key.verify(value, signed, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(value, signed)
        else:
            return "not-checked"
    except InvalidSignature:
        return "wrong"
    except (UnsupportedAlgorithm, ValueError, KeyError, TypeError):
        return "not-checked"
    return "fits"
