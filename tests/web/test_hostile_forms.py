"""Every form of every page, filled in by a broken browser or by somebody who means harm: an answer in words, never a fault of ours."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from tests.web.test_matrix import EVERYBODY, SIGNED_IN, WHO, places, signed_in  # noqa: F401

HOSTILE = (
    "x", "-1", "9" * 30, "\x00", "2026-02-30", "9999-12-31", "1e999", "NaN", "0", "<script>alert(1)</script>", "a" * 30_000, "٣", "1.5", "; DROP TABLE x", "../../x",
    "00:00", "\ud7ff\ufffe\U0001f600", "{{ 7|add:7 }}", "true", "[]", "2026-11-24T25:61", "=cmd()", "", "17,", "Z",
)  # fmt: skip
ROLES = ("office", "leader", "administrator", "editor", "analyst", "member", "partner", "akimat", "citizen")


@dataclass
class Form:
    method: str
    address: str
    #: what a browser would send if somebody only pressed the button
    given: list[tuple[str, object]]
    fields: list[str]
    buttons: list[tuple[str, str]] = field(default_factory=list)


def forms_of(page: str, address: str) -> Iterator[Form]:
    for form in lxml.html.fromstring(page).forms:
        if "logout" in (form.action or ""):
            continue
        given: list[tuple[str, object]] = [(k, v) for k, v in form.form_values() if k != "csrfmiddlewaretoken"]
        files = [e.get("name") for e in form.iter("input") if e.get("type") == "file" and e.get("name")]
        given += [(name, SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")) for name in files]
        fields = sorted(
            {e.get("name") for e in form.iter("input", "select", "textarea") if e.get("name")} - {"csrfmiddlewaretoken"} - set(files)
        )
        buttons = [(e.get("name"), e.get("value", "")) for e in form.iter("button") if e.get("name")]
        yield Form(form.method.lower(), (form.action or address).split("#")[0], given, fields, buttons)


def tries(form: Form, values: Iterator[str], many: int) -> Iterator[dict[str, list[object]]]:
    """One field after the other is spoilt and the rest left as it was; then all of them at once. `many` 0: two of the fields only."""
    buttons = form.buttons or [("", "")]
    for number, name in enumerate(form.fields * many if many else form.fields[:: max(1, len(form.fields) // 2)][:2]):
        button, says = buttons[number % len(buttons)]
        yield _sent(form, button, says, {name: next(values)})
    for button, says in buttons:
        yield _sent(form, button, says, dict.fromkeys(form.fields, next(values)))
        yield _sent(form, button, next(values), {})


def _sent(form: Form, button: str, says: str, spoilt: dict[str, str]) -> dict[str, list[object]]:
    sent: dict[str, list[object]] = {}
    for key, value in form.given:
        if key not in spoilt:
            sent.setdefault(key, []).append(value)
    for key, value in spoilt.items():
        sent[key] = [value]
    if button:
        sent[button] = [says]
    return sent


def reader(world, who) -> Client:
    key = "office" if who in (EVERYBODY, SIGNED_IN) else next((r for r in ROLES if r in who), None)
    client = signed_in(world, key) if key else Client()
    client.raise_request_exception = False
    return client


@pytest.mark.production
def test_no_form_breaks(world, places, request):  # noqa: F811
    values, count, broken = itertools.cycle(HOSTILE), 0, []
    many = len(HOSTILE) if request.config.getoption("--long") else 0
    seen = set()
    for name, who in WHO.items():
        client, address = reader(world, who), places(name)
        answer = client.get(address)
        if answer.status_code != 200 or answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(answer.content.decode(), address):
            same = (form.method, form.address.split("?")[0], tuple(form.fields), tuple(form.buttons))
            if same in seen:
                continue
            seen.add(same)
            for sent in tries(form, values, many):
                with transaction.atomic():
                    for _key, uploaded in form.given:
                        if isinstance(uploaded, SimpleUploadedFile):
                            uploaded.seek(0)
                    found = client.post(form.address, sent) if form.method == "post" else client.get(form.address, sent)
                    transaction.set_rollback(True)
                count += 1
                if found.status_code >= 500:
                    broken.append((name, form.address, {k: [str(v)[:40] for v in vs] for k, vs in sent.items()}))
    assert broken == [], f"{len(broken)} of {count}"
    assert count > 500
