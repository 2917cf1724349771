"""Sign-in of institutions against a server of its own: OpenID Connect, SAML, ORCID; lists, groups, and every lie refused."""

from __future__ import annotations

import datetime as dt
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import BEGAN, SYSTEM, TODAY, make_student, write_directly
from tests.core.signin.institution import MockInstitution

from tertia.core.access.secrets import Unreadable, seal, unseal
from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.messages.models import Message
from tertia.core.parties.actions import add_person, erase_person, give_role
from tertia.core.parties.models import Account, Membership, Person
from tertia.core.periods import clock
from tertia.core.signin.actions import (
    add_provider,
    add_rule,
    arrive,
    change_provider,
    connect,
    disconnect,
    drop_rule,
    retire_provider,
    sweep_used,
)
from tertia.core.signin.claims import Refused, read_claims
from tertia.core.signin.models import GroupRule, Identity, IdentityProvider, RuledMembership, UsedAssertion
from tertia.core.signin.people import orcid_of
from tertia.core.signin.rounds import sweep
from tertia.core.signin.saml import read_description


@pytest.fixture
def campus(settings):
    settings.TERTIA_INNER_CALLS = True
    cache.clear()
    made = MockInstitution()
    yield made
    made.close()


@pytest.fixture
def oidc(world, campus):
    """Registered through the page, as an administrator does it."""
    world.university.mail_domains = ["uni.example.org"]
    write_directly(world.university)
    client = signed_in(world, "administrator")
    said = {"do": "oidc", "title": "Campus account", "issuer": campus.url, "client_id": campus.client_id, "secret": campus.secret}
    answer = client.post("/en/sign-in/servers/", said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return IdentityProvider.objects.get(kind="oidc")


@pytest.fixture
def saml(world, campus):
    world.university.mail_domains = ["uni.example.org"]
    write_directly(world.university)
    client = signed_in(world, "administrator")
    answer = client.post("/en/sign-in/servers/", {"do": "saml", "title": "Campus SAML", "description": campus.description()})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return IdentityProvider.objects.get(kind="saml")


def signed_in(world, key):
    client = Client()
    client.force_login(world.people[key].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def listed(world, key="T7", **more):
    return add_person(by=SYSTEM, home=world.university, name="Aigerim S", **{"key": key, "email": "aigerim@uni.example.org", **more})


def allow(campus, provider, client=None, where="", **begin):
    """A browser goes to the server, allows it there and comes back."""
    client = client or Client()
    sent = client.get(f"/en/sign-in/{provider.slug}/", begin)
    assert sent.status_code == 302, sent.content.decode()[:2000]
    asked = {k: v[0] for k, v in parse_qs(urlsplit(sent["Location"]).query).items()}
    if provider.kind == "saml":
        form = {"SAMLResponse": campus.assertion(asked["SAMLRequest"]), "RelayState": asked["RelayState"]}
        return client, client.post(where or f"/sign-in/{provider.slug}/assertion/", form), form
    form = {"code": campus.give_code(asked), "state": asked["state"]}
    return client, client.get(where or f"/sign-in/{provider.slug}/return/", form), form


def person_here(client):
    return client.get("/en/today/").wsgi_request.actor.person


def test_somebody_on_the_list_comes_in_by_number_and_stays_the_same_person(world, campus, oidc):
    person = listed(world, email="")
    campus.who |= {"employee_number": "T7"}
    client, answer, _form = allow(campus, oidc, next="/en/measures/")
    assert answer.status_code == 302 and answer["Location"] == "/en/measures/", answer.content.decode()[:2000]
    assert person_here(client) == person
    person.refresh_from_db()
    assert person.account.email == "aigerim@uni.example.org" and not person.account.has_usable_password()
    # the second time the number is not needed
    campus.who.pop("employee_number")
    client, answer, _form = allow(campus, oidc)
    assert person_here(client) == person and Identity.objects.count() == 1


def test_the_local_sign_in_is_the_way_back(world, campus, oidc):
    listed(world)
    _client, answer, _form = allow(campus, oidc)
    assert answer.status_code == 302 and EmailAddress.objects.get().verified
    campus.closed = True
    cache.clear()
    sent = Client()
    began = sent.get(f"/en/sign-in/{oidc.slug}/")
    state = parse_qs(urlsplit(began["Location"]).query)["state"][0]
    dead = sent.get(f"/sign-in/{oidc.slug}/return/", {"code": "x", "state": state})
    assert dead.status_code == 502 and "does not answer now" in dead.content.decode() and "/accounts/login/" in dead.content.decode()
    # a letter sets a password for who never had one
    mail.outbox.clear()
    Client().post("/en/accounts/password/reset/", {"email": "aigerim@uni.example.org"})
    letters = Message.objects.filter(to="aigerim@uni.example.org")
    assert letters.count() == 1 and "/accounts/password/reset/key/" in letters.get().body


def test_new_people_are_written_down_only_where_the_university_wants_it(world, campus, oidc):
    _client, answer, _form = allow(campus, oidc)
    assert answer.status_code == 403 and "not in the university’s list" in answer.content.decode()
    change_provider(by=world.administrator, provider=oidc, title="Campus account", mail_domains=["uni.example.org"], creates=True, names={})
    client, answer, _form = allow(campus, oidc)
    assert answer.status_code == 302 and person_here(client).name == "Aigerim S" and person_here(client).home == world.university
    # an address of another domain is not the university's to believe, nor one that the server has not looked at
    campus.who |= {"sub": "u-2", "email": "rector@ministry.example.org"}
    assert "not in the university’s list" in allow(campus, oidc)[1].content.decode()
    campus.who |= {"sub": "u-3", "email": "new@uni.example.org", "email_verified": False}
    assert "not in the university’s list" in allow(campus, oidc)[1].content.decode()


def test_groups_become_roles_and_end_with_the_group(world, campus, oidc):
    person = listed(world)
    rule = add_rule(by=world.administrator, provider=oidc, group="tm-office", role="office", standing="staff")
    with pytest.raises(BadInput):
        add_rule(by=world.administrator, provider=oidc, group="tm-office", role="office")
    campus.who |= {"groups": ["tm-office", "library"]}
    client, answer, _form = allow(campus, oidc)
    assert person_here(client) == person
    membership = Membership.objects.get(person=person)
    assert (membership.role, membership.standing, membership.organisation) == ("office", "staff", world.university)
    assert client.get("/en/resolutions/read/").status_code in (200, 302)
    campus.who |= {"groups": ["library"]}
    client, _answer, _form = allow(campus, oidc)
    assert not Membership.objects.in_force(TODAY).filter(person=person).exists()
    # a role that somebody gave by hand is left alone
    give_role(by=SYSTEM, person=person, organisation=world.university, role="office", valid_from=BEGAN)
    campus.who |= {"groups": ["tm-office"]}
    allow(campus, oidc)
    assert not RuledMembership.objects.exists() and Membership.objects.filter(person=person, role="office").count() == 1
    campus.who |= {"groups": []}
    allow(campus, oidc)
    assert Membership.objects.in_force(TODAY).filter(person=person, role="office").exists()
    drop_rule(by=world.administrator, rule=rule)
    assert not GroupRule.objects.exists()


def test_a_role_by_rule_ends_yesterday_when_it_began_earlier(world, campus, oidc):
    person = listed(world)
    rule = add_rule(by=world.administrator, provider=oidc, group="staff", role="member")
    campus.who |= {"groups": ["staff"]}
    allow(campus, oidc)
    membership = Membership.objects.get(person=person)
    membership.valid_from = BEGAN
    write_directly(membership)
    drop_rule(by=world.administrator, rule=rule)
    membership.refresh_from_db()
    assert membership.valid_to == clock.today() - dt.timedelta(days=1)


def test_whoever_acts_elsewhere_too_joins_the_two_himself(world, campus, oidc):
    """A university's server must not be a way into the ministry."""
    person = listed(world)
    give_role(by=SYSTEM, person=person, organisation=world.akimat, role="leader", valid_from=BEGAN)
    _client, answer, _form = allow(campus, oidc)
    assert answer.status_code == 403 and "act for another organisation" in answer.content.decode() and not Identity.objects.exists()
    account = Account.objects.create_user("aigerim@home.example.org")
    person.account = account
    write_directly(person)
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    _client, answer, _form = allow(campus, oidc, client, connect="1")
    assert answer.status_code == 302 and Identity.objects.get().person == person
    client, answer, _form = allow(campus, oidc)
    assert person_here(client) == person


def test_a_second_factor_of_this_site_is_asked_for(world, campus, oidc):
    from allauth.mfa.models import Authenticator

    person = listed(world)
    allow(campus, oidc)
    person.refresh_from_db()
    Authenticator.objects.create(user=person.account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client, answer, _form = allow(campus, oidc)
    assert "2fa/authenticate" in answer["Location"] and client.get("/en/today/").wsgi_request.actor.person is None


OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)


@pytest.mark.parametrize(
    ("lies", "code"),
    [
        ({"aud": "another client"}, "audience"),
        ({"aud": ["tertia:client", "other"]}, "audience"),
        ({"azp": "other"}, "audience"),
        ({"iss": "https://other.example.org"}, "issuer"),
        ({"iat": time.time() - 3600, "exp": time.time() - 3000}, "expired"),
        ({"iat": time.time() - 3600, "exp": time.time() + 3600}, "expired"),
        ({"iat": time.time() + 900, "exp": time.time() + 1200}, "not-yet"),
        ({"iat": "now"}, "malformed"),
        ({"nonce": "of another sign-in"}, "nonce"),
        ({"key": OTHER_KEY}, "forged"),
        ({"alg": "none"}, "algorithm"),
        ({"key": b"x" * 64, "alg": "HS256"}, "algorithm"),
        ({"kid": "k2"}, "unknown-key"),
        ({"sub": "somebody else"}, "no-user"),
    ],
)
def test_every_lie_of_openid_connect_is_refused(world, campus, oidc, lies, code):
    listed(world)
    campus.lies = lies
    client, answer, _form = allow(campus, oidc)
    assert answer.status_code == 403 and f"<code>{code}</code>" in answer.content.decode(), answer.content.decode()[-900:]
    assert person_here(client) is None and not Identity.objects.exists()


def test_answers_that_were_not_asked_for_here(world, campus, oidc):
    listed(world)
    client, answer, form = allow(campus, oidc)
    assert answer.status_code == 302
    # the same answer again, from the same browser and from another one
    for browser in (client, Client()):
        assert "another browser" in browser.get(f"/sign-in/{oidc.slug}/return/", form).content.decode()
    # the browser's note is there, but the state is another one
    sent = Client()
    began = sent.get(f"/en/sign-in/{oidc.slug}/")
    state = parse_qs(urlsplit(began["Location"]).query)["state"][0]
    swapped = sent.get(f"/sign-in/{oidc.slug}/return/", {"code": "x", "state": state[:8] + "x" * 16})
    assert "<code>state</code>" in swapped.content.decode()
    for said, code in (
        ({"error": "access_denied"}, "cancelled"),
        ({"error": "server_error"}, "provider"),
        ({}, "malformed"),
        ({"code": "x"}, "code"),
        ({"code": "x", "iss": "https://other.example.org"}, "issuer"),
    ):
        began = sent.get(f"/en/sign-in/{oidc.slug}/")
        state = parse_qs(urlsplit(began["Location"]).query)["state"][0]
        refused = sent.get(f"/sign-in/{oidc.slug}/return/", {**said, "state": state})
        assert refused.status_code == 403 and f"<code>{code}</code>" in refused.content.decode(), code
    # nobody is led out of this site
    _client, answer, _form = allow(campus, oidc, next="https://evil.example.org/")
    assert answer["Location"].endswith("/today/")


def test_the_secret_is_sealed_and_sent_as_the_server_wants_it(world, campus, oidc, settings):
    assert campus.secret not in oidc.sealed_secret and oidc.secret == campus.secret
    listed(world)
    campus.basic = True
    client = signed_in(world, "administrator")
    client.post(
        "/en/sign-in/servers/", {"do": "oidc", "title": "B", "issuer": campus.url, "client_id": campus.client_id, "secret": campus.secret}
    )
    assert IdentityProvider.objects.count() == 1, "the same server twice"
    retire_provider(by=world.administrator, provider=oidc)
    client.post(
        "/en/sign-in/servers/", {"do": "oidc", "title": "B", "issuer": campus.url, "client_id": campus.client_id, "secret": campus.secret}
    )
    basic = IdentityProvider.objects.get(retired_at=None)
    assert basic.endpoints["basic"] == "yes" and basic.slug != oidc.slug
    assert allow(campus, basic)[1].status_code == 302
    settings.SECRET_KEY = "another one"
    with pytest.raises(Unreadable):
        _ = basic.secret


def test_saml_brings_the_same_person_in(world, campus, saml):
    person = listed(world)
    rule = {"do": "rule", "group": "staff", "role": "editor", "standing": "staff", "unit": world.unit.pk}
    page = f"/en/sign-in/servers/{saml.slug}/"
    client = signed_in(world, "administrator")
    assert client.post(page, rule).status_code == 302
    campus.who |= {"groups": ["staff"]}
    client, answer, form = allow(campus, saml, next="/en/measures/")
    assert answer.status_code == 302 and answer["Location"] == "/en/measures/", answer.content.decode()[-900:]
    assert person_here(client) == person
    assert Membership.objects.get(person=person).unit == world.unit
    described = Client().get(f"/sign-in/{saml.slug}/description.xml")
    assert f"/sign-in/{saml.slug}/assertion/" in described.content.decode() and 'WantAssertionsSigned="true"' in described.content.decode()


@pytest.mark.parametrize(
    ("lies", "code"),
    [
        ({"sign": "none"}, "unsigned"),
        ({"forge": "u-9"}, "forged"),
        ({"key": OTHER_KEY}, "forged"),
        ({"twice": "u-9"}, "forged"),
        ({"audience": "https://other.example.org/"}, "audience"),
        ({"audience": ""}, "audience"),
        ({"recipient": "https://other.example.org/acs"}, "audience"),
        ({"issuer": "https://other.example.org/"}, "issuer"),
        ({"late": -3600}, "expired"),
        ({"late": 3600}, "not-yet"),
        ({"question": "_another"}, "question"),
        ({"question": ""}, "question"),
    ],
)
def test_every_lie_of_saml_is_refused(world, campus, saml, lies, code):
    listed(world)
    campus.lies = lies
    client, answer, _form = allow(campus, saml)
    assert answer.status_code == 403 and f"<code>{code}</code>" in answer.content.decode(), answer.content.decode()[-900:]
    assert person_here(client) is None and not Identity.objects.exists()


def test_an_assertion_is_used_once(world, campus, saml):
    listed(world)
    client = Client()
    began = client.get(f"/en/sign-in/{saml.slug}/")
    asked = {k: v[0] for k, v in parse_qs(urlsplit(began["Location"]).query).items()}
    note = {k: v.value for k, v in client.cookies.items() if k.startswith("tertia-signin")}
    form = {"SAMLResponse": campus.assertion(asked["SAMLRequest"]), "RelayState": asked["RelayState"]}
    assert client.post(f"/sign-in/{saml.slug}/assertion/", form).status_code == 302
    assert "another browser" in client.post(f"/sign-in/{saml.slug}/assertion/", form).content.decode()
    # who has stolen the browser's note too is stopped by what was kept of the assertion
    thief = Client()
    for name, value in note.items():
        thief.cookies[name] = value
    assert "<code>used</code>" in thief.post(f"/sign-in/{saml.slug}/assertion/", form).content.decode()
    assert sweep_used(by=SYSTEM, before=timezone.now()) == 1 and not UsedAssertion.objects.exists() and sweep() == 0


@pytest.mark.parametrize(
    "words", ["", "<a/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><a>&a;</a>", "x" * 600_000, "<md:EntityDescriptor/>", '{"a": 1}']
)
def test_descriptions_that_are_none(words):
    with pytest.raises(Refused):
        read_description(words)


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda b: __import__("base64").b64encode(b).decode()))
def test_answers_that_are_none_are_refused_and_nothing_breaks(words):
    from tertia.core.signin.saml import Door, claims_of_answer

    provider = IdentityProvider(
        kind="saml", issuer="https://idp.example.org/", endpoints={"auth_url": "https://idp.example.org/sso", "certificates": ["MIIB"]}
    )
    door = Door("https://here.example.org/sign-in/x/assertion/", "https://here.example.org/sign-in/x/description.xml")
    with pytest.raises(Refused):
        claims_of_answer(provider, door, {"SAMLResponse": words}, question="_q")


def test_orcid_is_connected_by_oneself_and_then_signs_in(world, campus):
    orcid = add_provider(
        by=world.administrator, owner=world.university, kind="orcid", title="ORCID", issuer=campus.url, client_id=campus.client_id, secret=campus.secret,
        endpoints={"auth_url": f"{campus.url}/authorize", "token_url": f"{campus.url}/token", "keys_url": f"{campus.url}/keys"},
    )  # fmt: skip
    campus.who |= {"sub": "0000-0002-1825-0097"}
    _client, answer, _form = allow(campus, orcid)
    assert answer.status_code == 403 and "Nobody here is connected" in answer.content.decode()
    student = make_student(world, 3)
    student.account = Account.objects.create_user("s3@example.org")
    write_directly(student)
    client = Client()
    client.force_login(student.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Connect ORCID" in client.get("/en/me/accounts/").content.decode()
    allow(campus, orcid, client, connect="1")
    assert orcid_of(student) == "0000-0002-1825-0097"
    client, answer, _form = allow(campus, orcid)
    assert person_here(client) == student
    # nobody else connects the same iD
    other = signed_in(world, "office")
    assert "Somebody else here" in allow(campus, orcid, other, connect="1")[1].content.decode()
    with pytest.raises(NotAllowed):
        disconnect(by=world.office, identity=Identity.objects.get())
    page = client.get("/en/me/accounts/").content.decode()
    assert "0000-0002-1825-0097" in page
    client.post("/en/me/accounts/", {"identity": Identity.objects.get().pk})
    assert not Identity.objects.exists() and orcid_of(student) == ""


def test_retiring_a_server_ends_what_it_gave(world, campus, oidc):
    person = listed(world)
    add_rule(by=world.administrator, provider=oidc, group="g", role="office")
    campus.who |= {"groups": ["g"]}
    allow(campus, oidc)
    assert Membership.objects.filter(person=person).exists()
    with pytest.raises(NotAllowed):
        retire_provider(by=world.office, provider=oidc)
    signed_in(world, "administrator").post(f"/en/sign-in/servers/{oidc.slug}/", {"do": "retire"})
    assert not Membership.objects.in_force(TODAY).filter(person=person).exists()
    assert Client().get(f"/en/sign-in/{oidc.slug}/").status_code == 404
    claims = read_claims({}, subject="u-1", once="n", names={}, email_verified=False)
    oidc.refresh_from_db()
    for act in (
        lambda: arrive(by=SYSTEM, provider=oidc, claims=claims, today=TODAY),
        lambda: connect(by=world.office, provider=oidc, claims=claims),
    ):
        with pytest.raises(Refused):
            act()


def test_an_erased_person_is_not_brought_back(world, campus, oidc):
    person = listed(world)
    allow(campus, oidc)
    person.refresh_from_db()
    erase_person(by=SYSTEM, person=person)
    assert Identity.objects.get().subject is None
    _client, answer, _form = allow(campus, oidc)
    assert answer.status_code == 403
    assert Person.objects.filter(name="Aigerim S").count() == 0


def test_pages_of_the_administrator(world, campus, oidc, saml):
    client = signed_in(world, "administrator")
    page = f"/en/sign-in/servers/{oidc.slug}/"
    assert f"/sign-in/{oidc.slug}/return/" in client.get(page).content.decode()
    changed = {
        "do": "change",
        "title": "New name",
        "mail_domains": "@uni.example.org, mail.example.org",
        "creates": "on",
        "number": "staff_no",
        "groups": "",
        "secret": "",
    }
    assert client.post(page, changed).status_code == 302
    oidc.refresh_from_db()
    assert (oidc.title, oidc.creates, oidc.mail_domains, oidc.names, oidc.secret) == (
        "New name", True, ["uni.example.org", "mail.example.org"], {"number": "staff_no"}, campus.secret,
    )  # fmt: skip
    other = client.post(
        f"/en/sign-in/servers/{saml.slug}/",
        {"do": "change", "title": "S", "description": campus.description().replace("/saml", "/x"), "mail_domains": ""},
    )
    assert "another server" in other.content.decode()
    wrong = client.post("/en/sign-in/servers/", {"do": "saml", "title": "x", "description": "<a/>"})
    assert wrong.status_code == 200 and "no description of a sign-in server" in wrong.content.decode()
    dead = client.post(
        "/en/sign-in/servers/", {"do": "oidc", "title": "x", "issuer": f"{campus.url}/nothing", "client_id": "c", "secret": "s"}
    )
    assert dead.status_code == 200 and "does not answer" in dead.content.decode()
    assert signed_in(world, "office").get("/en/sign-in/servers/").status_code == 404
    assert "Sign in with New name" in Client().get("/en/accounts/login/").content.decode()


@given(st.text(max_size=200), st.sampled_from(["a", "b"]))
def test_what_is_sealed_opens_for_its_use_alone(words, use):
    sealed = seal(words, use)
    assert unseal(sealed, use) == words
    if words:
        with pytest.raises(Unreadable):
            unseal(sealed, use + "x")


@given(
    st.dictionaries(
        st.sampled_from(["name", "mail", "groups", "number", "x"]),
        st.none() | st.integers() | st.text() | st.lists(st.text() | st.integers()) | st.booleans(),
    )
)
def test_claims_of_any_form_are_read(said):
    made = read_claims(said, subject="s", once="o", names={}, email_verified=True)
    assert len(made.name) <= 200 and len(made.number) <= 60 and all(isinstance(g, str) and g for g in made.groups)
