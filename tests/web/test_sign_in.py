"""An account is its owner's: cookies, wrong passwords without end, a second factor, the way back by a letter."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tertia.core.jobs.queue import run_waiting

PASSWORD = "a long word of one's own"


@pytest.fixture
def owner(world):
    cache.clear()
    account = world.people["office"].account
    account.set_password(PASSWORD)
    account.save()
    account.emailaddress_set.update_or_create(email=account.email, defaults={"verified": True, "primary": True})
    yield account
    cache.clear()


def sign_in(client, owner, password=PASSWORD):
    return client.post("/en/accounts/login/", {"login": owner.email, "password": password})


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(owner, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.get("/en/accounts/login/", secure=True)
    answer = client.post("/en/accounts/login/", {"login": owner.email, "password": PASSWORD}, secure=True)
    assert answer.status_code == 302
    session = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"] and session["secure"] and session["samesite"] in ("Lax", "Strict")


def test_guessing_a_password_ends_soon(owner):
    codes = [sign_in(Client(), owner, f"wrong {n}").status_code for n in range(30)]
    assert 429 in codes or sign_in(Client(), owner).status_code != 302, codes


def test_a_second_factor_is_asked_for_once_it_is_there(owner):
    secret = generate_totp_secret()
    TOTP.activate(owner, secret)
    client = Client()
    asked = sign_in(client, owner)
    assert asked.status_code == 302 and "2fa" in asked["Location"]
    assert client.get("/en/today/").status_code == 302, "the password alone opens nothing"
    assert client.post(asked["Location"], {"code": "000000"}).status_code == 200
    assert client.post(asked["Location"], {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))}).status_code == 302
    assert client.get("/en/today/").status_code == 200


def test_a_forgotten_password_comes_back_by_a_letter_to_its_owner_alone(owner):
    client = Client()
    told = client.post("/kk/accounts/password/reset/", {"email": owner.email}, follow=True).content
    unknown = client.post("/kk/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True).content
    strip = re.compile(rb'(csrfmiddlewaretoken" value|nonce)="[^"]+"|[\w.]+@[\w.]+')
    assert strip.sub(b"", told) == strip.sub(b"", unknown), "the page does not tell who has an account"
    run_waiting()
    assert [m.to for m in mail.outbox if m.to == [owner.email]]
