"""The university's own account in a browser: on a telephone in Kazakh without JavaScript, by OpenID Connect and by SAML."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from tests.cast import SYSTEM
from tests.core.signin.institution import MockInstitution

from tertia.core.actions.actor import Actor
from tertia.core.parties.actions import add_person
from tertia.core.parties.models import Account, Membership
from tertia.core.signin.actions import add_provider, add_rule
from tertia.core.signin.models import Identity, IdentityProvider

pytestmark = [pytest.mark.browser, pytest.mark.production]


@pytest.fixture
def campus(demonstration, settings):
    settings.TERTIA_INNER_CALLS = True
    cache.clear()
    made = MockInstitution()
    yield made
    made.close()


def administrator():
    return Actor.of(Account.objects.get(email="administrator@demonstration.invalid").person)


def test_the_administrator_registers_it_and_a_teacher_comes_in(campus, demonstration, chromium, live_server, visit):
    page = visit("/en/demonstration/")
    page.locator("button[value=administrator]").click()
    page.goto(f"{live_server.url}/en/people/")
    page.locator("text=Let the university’s own account").click()
    page.locator("summary", has_text="OpenID Connect").click()
    form = page.locator("details", has_text="Register OpenID Connect")
    for name, value in (("title", "Campus account"), ("issuer", campus.url), ("client_id", campus.client_id), ("secret", campus.secret)):
        form.locator(f"[name={name}]").fill(value)
    form.locator("button[value=oidc]").click()
    assert "The server is registered" in page.content(), page.content()
    page.locator("summary", has_text="Say what a group means").click()
    page.locator("#rule_group").fill("tm")
    page.locator("#rule_role").select_option("editor")
    page.locator("button[value=rule]").click()
    assert "tm" in page.locator("main").inner_text()
    provider = IdentityProvider.objects.get()
    person = add_person(by=SYSTEM, home=provider.owner, name="Teacher 1", key="T-1", email="teacher1@example.org")
    campus.who |= {"sub": "t1", "employee_number": "T-1", "email": "teacher1@example.org", "groups": ["tm"]}

    context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False, locale="kk")
    page = context.new_page()
    page.goto(f"{live_server.url}/kk/accounts/login/")
    page.click("text=Campus account")
    assert page.url.startswith(campus.url)
    page.click("text=Allow")
    assert page.url == f"{live_server.url}/kk/today/", page.content()
    assert Membership.objects.get(person=person).role == "editor"
    context.close()


def test_by_saml_and_a_forged_answer_says_so(campus, demonstration, chromium, live_server):
    from tertia.core.signin.saml import read_description

    found = read_description(campus.description())
    university = demonstration.university
    provider = add_provider(
        by=administrator(), owner=university, kind="saml", title="Campus SAML", issuer=found.pop("issuer"), endpoints=found
    )
    add_rule(by=administrator(), provider=provider, group="students", role="member", standing="student")
    person = add_person(by=SYSTEM, home=university, name="Student 900", key="S-900", email="student900@example.org")
    campus.who |= {"sub": "s900", "employee_number": "S-900", "email": "student900@example.org", "groups": ["students"]}
    context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    campus.lies = {"forge": "somebody"}
    page.goto(f"{live_server.url}/ru/accounts/login/")
    page.click("text=Campus SAML")
    page.click("text=Allow")
    assert "Подпись сервера входа неверна" in page.content() and not Identity.objects.exists()
    campus.lies = {}
    page.click("text=Начать заново")
    page.click("text=Allow")
    assert page.url == f"{live_server.url}/ru/today/", page.content()
    assert Identity.objects.get().person == person
    context.close()
