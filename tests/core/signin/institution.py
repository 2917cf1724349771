"""A university's sign-in server for tests: OpenID Connect and SAML, at loopback, on a port of its own, that can also lie.

Assertions are signed by `signxml`, which is another author's work than what verifies them.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import threading
import time
import uuid
import zlib
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from signxml import XMLSigner
from signxml.algorithms import SignatureConstructionMethod

SAML = "urn:oasis:names:tc:SAML:2.0:"
NAMES = {"samlp": f"{SAML}protocol", "saml": f"{SAML}assertion"}


class MockInstitution:
    """`url` is its address. `who` is the person who is signed in there; `lies` changes what it says (see `token`, `assertion`)."""

    client_id, secret = "tertia:client", "s&cret word"

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.pem = self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self.certificate = self._certificate()
        self.who: dict[str, Any] = {
            "sub": "u-1",
            "name": "Aigerim S",
            "email": "aigerim@uni.example.org",
            "email_verified": True,
            "groups": [],
        }
        self.lies: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.basic, self.closed = False, False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _certificate(self) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "sign-in of a university that does not exist")])
        now = dt.datetime.now(dt.UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key()).serial_number(1)
        return made.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=9)).sign(self.key, hashes.SHA256())

    # OpenID Connect

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/me", "token_endpoint_auth_methods_supported": ["client_secret_basic" if self.basic else "client_secret_post"],
        }  # fmt: skip

    def keys(self) -> dict[str, Any]:
        made = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**made, "kid": "k1", "alg": "RS256", "use": "sig"}]}

    def token(self, nonce: str) -> str:
        """The ID token; of `lies`: claims are overwritten, `key` signs with another key, `alg` with another way, `kid` names another key."""
        now = int(time.time())
        body = {"iss": self.url, "aud": self.client_id, "sub": self.who["sub"], "iat": now, "exp": now + 300, "nonce": nonce}
        lies = dict(self.lies)
        key, algorithm, kid = lies.pop("key", self.pem), lies.pop("alg", "RS256"), lies.pop("kid", "k1")
        return jwt.encode({**body, **lies}, None if algorithm == "none" else key, algorithm=algorithm, headers={"kid": kid})

    def give_code(self, asked: dict[str, str]) -> str:
        code = uuid.uuid4().hex
        self.codes[code] = asked
        return code

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        if self.basic:
            right = "Basic " + base64.b64encode(b"tertia%3Aclient:s%26cret+word").decode()
            known = authorization == right
        else:
            known = (form.get("client_id"), form.get("client_secret")) == (self.client_id, self.secret)
        asked = self.codes.pop(form.get("code", ""), None)
        if not known or asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if challenge != asked["code_challenge"] or asked["code_challenge_method"] != "S256":
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a-token", "token_type": "Bearer", "id_token": self.token(asked["nonce"])}

    # SAML

    def description(self) -> str:
        body = self.certificate.public_bytes(serialization.Encoding.PEM).decode().split("-----")[2].replace("\n", "")
        return (
            f'<md:EntityDescriptor xmlns:md="{SAML}metadata" entityID="{self.url}/saml"><md:IDPSSODescriptor protocolSupportEnumeration="{SAML}protocol">'
            f'<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{body}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>'
            f'<md:SingleSignOnService Binding="{SAML}bindings:HTTP-Redirect" Location="{self.url}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )  # fmt: skip

    def assertion(self, request: str) -> str:
        """The answer to a question, as the form carries it. Of `lies`: audience, recipient, issuer, question, late (seconds), sign
        (none, response), key, twice (an unsigned assertion stands before the signed one)."""
        asked = etree.fromstring(zlib.decompress(base64.b64decode(request), -15))
        lies, now = self.lies, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self.lies.get("late", 0))
        acs, issuer = asked.get("AssertionConsumerServiceURL"), lies.get("issuer", f"{self.url}/saml")
        question = lies.get("question", asked.get("ID"))
        audience = lies.get("audience", asked.findtext("saml:Issuer", namespaces=NAMES))
        at, until, since = (f"{now + dt.timedelta(minutes=m):%Y-%m-%dT%H:%M:%SZ}" for m in (0, 5, -1))
        in_response = f'InResponseTo="{question}"' if question else ""
        values = {
            "displayName": [self.who["name"]],
            "mail": [self.who["email"]],
            "groups": self.who["groups"],
            "employeeNumber": [self.who.get("employee_number", "")],
        }
        attributes = "".join(
            f'<saml:Attribute Name="{n}">' + "".join(f"<saml:AttributeValue>{escape(str(v))}</saml:AttributeValue>" for v in rows) + "</saml:Attribute>"
            for n, rows in values.items()
        )  # fmt: skip
        restricted = f"<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>" if audience else ""
        number = f"_{uuid.uuid4().hex}"
        body = (
            f'<saml:Assertion xmlns:saml="{NAMES["saml"]}" ID="{number}" Version="2.0" IssueInstant="{at}"><saml:Issuer>{issuer}</saml:Issuer>'
            '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"/>'
            f'<saml:Subject><saml:NameID Format="{SAML}nameid-format:persistent">{escape(self.who["sub"])}</saml:NameID>'
            f'<saml:SubjectConfirmation Method="{SAML}cm:bearer"><saml:SubjectConfirmationData {in_response} Recipient="{lies.get("recipient", acs)}" NotOnOrAfter="{until}"/></saml:SubjectConfirmation></saml:Subject>'
            f'<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}">{restricted}</saml:Conditions>'
            f'<saml:AuthnStatement AuthnInstant="{at}"><saml:AuthnContext><saml:AuthnContextClassRef>{SAML}ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>'
            f"<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
        )  # fmt: skip
        whole = etree.fromstring(
            f'<samlp:Response xmlns:samlp="{NAMES["samlp"]}" xmlns:saml="{NAMES["saml"]}" ID="_{uuid.uuid4().hex}" Version="2.0" IssueInstant="{at}" Destination="{lies.get("recipient", acs)}" {in_response}>'
            f'<saml:Issuer>{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{SAML}status:Success"/></samlp:Status></samlp:Response>'
        )  # fmt: skip
        made = etree.fromstring(body)
        placeholder = made.find("{http://www.w3.org/2000/09/xmldsig#}Signature")
        if lies.get("sign") in ("none", "response"):
            made.remove(placeholder)
        else:
            made = self._signed(made)
        if lies.get("forge"):
            made.find(".//saml:NameID", NAMES).text = lies["forge"]
        if lies.get("twice"):
            other = etree.fromstring(body)
            other.remove(other.find("{http://www.w3.org/2000/09/xmldsig#}Signature"))
            other.set("ID", f"_{uuid.uuid4().hex}")
            other.find(".//saml:NameID", NAMES).text = lies["twice"]
            whole.append(other)
        whole.append(made)
        return base64.b64encode(etree.tostring(whole)).decode()

    def _signed(self, element: Any) -> Any:
        signer = XMLSigner(method=SignatureConstructionMethod.enveloped, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")
        return signer.sign(element, key=self.lies.get("key", self.pem), cert=[self.certificate], reference_uri=element.get("ID"))

    # the server

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        institution = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                where = urlsplit(self.path)
                asked = {k: v[0] for k, v in parse_qs(where.query).items()}
                if institution.closed:
                    return self._say(503, {})
                if where.path == "/.well-known/openid-configuration":
                    return self._say(200, institution.discovery())
                if where.path == "/keys":
                    return self._say(200, institution.keys())
                if where.path == "/me":
                    good = self.headers.get("Authorization") == "Bearer a-token"
                    return self._say(200 if good else 401, institution.who if good else {})
                if where.path == "/authorize":
                    back = urlencode({"code": institution.give_code(asked), "state": asked["state"]})
                    return self._page(f"<h1>Campus</h1><a href='{asked['redirect_uri']}?{escape(back)}'>Allow</a>")
                if where.path == "/sso":
                    acs = etree.fromstring(zlib.decompress(base64.b64decode(asked["SAMLRequest"]), -15)).get("AssertionConsumerServiceURL")
                    return self._page(
                        f"<h1>Campus</h1><form method=post action='{acs}'><input type=hidden name=SAMLResponse value='{institution.assertion(asked['SAMLRequest'])}'>"
                        f"<input type=hidden name=RelayState value='{escape(asked['RelayState'])}'><button>Allow</button></form>"
                    )
                return self._say(404, {})

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {k: v[0] for k, v in parse_qs(raw).items()}
                if institution.closed:
                    return self._say(503, {})
                return self._say(*institution.exchange(form, self.headers.get("Authorization", "")))

            def _page(self, words: str) -> None:
                self._send(200, "text/html; charset=utf-8", f"<!doctype html><title>Campus</title>{words}".encode())

            def _say(self, status: int, body: Any) -> None:
                self._send(status, "application/json", json.dumps(body).encode())

            def _send(self, status: int, kind: str, raw: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

        return Handler
