"""A learning platform for tests: a server of its own at loopback, with keys, access tokens and a grade book, that can also lie."""

from __future__ import annotations

import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

from tertia.act.learning.lti.messages import ToolKey, new_tool_key

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
SCOPES = ["https://purl.imsglobal.org/spec/lti-ags/scope/score", "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"]


class MockPlatform:
    """`url` is its address. `scores` holds what it was told, `items` the columns of its grade book, `refuses` makes it say 500."""

    client_id, deployment = "tertia-client", "1"

    def __init__(self, tool_keys: Any) -> None:
        self.key: ToolKey = new_tool_key()
        self.tool_keys, self.scores, self.items, self.tokens, self.refuses = tool_keys, [], [], set(), False
        #: where Tertia is, and what a launch says beside the usual, for a walk in a browser
        self.tool, self.says, self.returned = "", {}, ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://localhost:{self.server.server_port}"  # the same site as the test server: without TLS browsers send no cookie across sites
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def registration(self) -> dict[str, Any]:
        return {
            "title": "Campus Moodle", "issuer": self.url, "client_id": self.client_id, "deployments": [self.deployment], "auth_url": f"{self.url}/auth",
            "token_url": f"{self.url}/token", "keys_url": f"{self.url}/keys",
        }  # fmt: skip

    def launch(self, nonce: str, *, kind: str = "LtiResourceLinkRequest", key: ToolKey | None = None, head: Any = None, grades: Any = None, without: str = "", **more: Any) -> str:  # fmt: skip
        """A signed launch; `more` overwrites claims, `without` leaves one out."""
        now = int(time.time())
        body: dict[str, Any] = {
            "iss": self.url, "aud": self.client_id, "sub": "user-1", "iat": now, "exp": now + 300, "nonce": nonce, f"{CLAIM}version": "1.3.0",
            f"{CLAIM}message_type": kind, f"{CLAIM}deployment_id": self.deployment, f"{CLAIM}target_link_uri": "x",
            f"{CLAIM}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"], f"{CLAIM}context": {"id": "c", "title": "Sociology"},
        }  # fmt: skip
        if kind == "LtiResourceLinkRequest":
            body[f"{CLAIM}resource_link"] = {"id": "link-1", "title": "Service"}
            body["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"] = grades or {
                "lineitems": f"{self.url}/items?course=7",
                "scope": SCOPES,
            }
        else:
            body["https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"] = {
                "accept_types": ["ltiResourceLink"], "deep_link_return_url": f"{self.url}/return", "data": "keep me",
            }  # fmt: skip
        body |= more
        body.pop(without, None)
        key = key or self.key
        return jwt.encode(body, key.pem, algorithm="RS256", headers=head or {"kid": self.key.public["kid"]})

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                if urlsplit(self.path).path == "/keys":
                    return self._say(200, {"keys": [platform.key.public]})
                if urlsplit(self.path).path == "/auth":
                    return self._page(self._auth(parse_qs(urlsplit(self.path).query)))
                if urlsplit(self.path).path == "/course":
                    start = f"{platform.tool}/lti/login/?iss={platform.url}&login_hint=h&client_id={platform.client_id}"
                    return self._page(f"<a href='{start}'>Service</a>")
                if urlsplit(self.path).path == "/moved":
                    self.send_response(302)
                    self.send_header("Location", "/keys")
                    return self.end_headers()
                return self._say(404, {})

            def _auth(self, asked: dict[str, list[str]]) -> str:
                """The platform knows who is signed in there, and sends the browser back with its word."""
                token = platform.launch(asked["nonce"][0], **platform.says)
                return (
                    f"<form method=post action='{asked['redirect_uri'][0]}'><input type=hidden name=id_token value='{token}'>"
                    f"<input type=hidden name=state value='{asked['state'][0]}'><button>Go on</button></form>"
                )

            def _page(self, words: str) -> None:
                raw = f"<!doctype html><title>Moodle</title>{words}".encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def do_POST(self) -> None:
                raw, where = self.rfile.read(int(self.headers["Content-Length"])), urlsplit(self.path)
                if where.path == "/return":
                    platform.returned = parse_qs(raw.decode())["JWT"][0]
                    return self._page("taken")
                if platform.refuses:
                    return self._say(500, {})
                if where.path == "/token":
                    return self._token(parse_qs(raw.decode()))
                if self.headers.get("Authorization", "").removeprefix("Bearer ") not in platform.tokens:
                    return self._say(401, {})
                if where.path == "/items":
                    made = {**json.loads(raw), "id": f"{platform.url}/items/{len(platform.items) + 1}?course=7"}
                    platform.items.append(made)
                    return self._say(201, made)
                if where.path.endswith("/scores"):
                    platform.scores.append((f"{where.path}?{where.query}", json.loads(raw)))
                    return self._say(204, None)
                return self._say(404, {})

            def _token(self, form: dict[str, list[str]]) -> None:
                key = jwt.PyJWK(platform.tool_keys()["keys"][0], algorithm="RS256").key
                try:
                    said = jwt.decode(
                        form["client_assertion"][0], key, algorithms=["RS256"], audience=f"{platform.url}/token", issuer=platform.client_id
                    )
                except jwt.PyJWTError:
                    return self._say(400, {"error": "invalid_client"})
                assert said["sub"] == platform.client_id and set(SCOPES) == set(form["scope"][0].split())
                token = uuid.uuid4().hex
                platform.tokens.add(token)
                return self._say(200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600})

            def _say(self, status: int, body: Any) -> None:
                raw = b"" if body is None else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

        return Handler
