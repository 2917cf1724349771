"""LTI 1.3 against a platform that is a server of its own: launch, deep link, line item, grades; replayed and forged messages."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.act.platform import CLAIM, MockPlatform
from tests.cast import SYSTEM, TODAY, make_student, make_volunteer, write_directly

from tertia.act.learning.actions import assess, hand_in, take_template, write_reflection
from tertia.act.learning.lti.actions import (
    add_platform,
    connect_user,
    note_pass_back,
    owe_pass_back,
    retire_platform,
    show_course,
    sweep_used,
)
from tertia.act.learning.lti.messages import LtiRefused, Platform, client_assertion, new_tool_key, read_launch, score, scores_url
from tertia.act.learning.lti.rounds import MOST, pass_back, sweep
from tertia.act.learning.platform_models import CourseLink, LearningPlatform, PassBack, PlatformUser, UsedMessage
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.actions.models import Event
from tertia.core.jobs.models import Job
from tertia.core.jobs.queue import run_waiting
from tertia.core.messages.calls import CallFailed, call
from tertia.core.parties.actions import erase_person, give_account
from tertia.core.parties.models import Person

WORDS = "We sat beside older residents in the library and did together what they came with. " * 4
GOOD = {"experience": 2, "outcome": 2, "society": 1, "self": 2}


@pytest.fixture
def platform(settings):
    settings.TERTIA_INNER_CALLS = True
    cache.clear()
    made = MockPlatform(lambda: Client().get("/lti/keys.json").json())
    yield made
    made.close()


@pytest.fixture
def registered(world, platform):
    return add_platform(by=world.administrator, owner=world.university, **platform.registration())


@pytest.fixture
def course(world, registered):
    return take_template(by=world.office, owner=world.university, name="service-to-society", on=TODAY)


def begin(platform, client=None, **more):
    """The platform sends the browser; we send it back to the platform. Gives the browser and what it carries."""
    client = client or Client()
    answer = client.get(
        "/lti/login/", {"iss": platform.url, "login_hint": "h", "lti_message_hint": "m", "client_id": platform.client_id, **more}
    )
    assert answer.status_code == 302, answer.content.decode()
    return client, {k: v[0] for k, v in parse_qs(urlsplit(answer["Location"]).query).items()}


def come(platform, client=None, **more):
    client, sent = begin(platform, client)
    return client, client.post("/lti/launch/", {"state": sent["state"], "id_token": platform.launch(sent["nonce"], **more)})


def numbered(world, key="S1", **more):
    person = make_student(world, 1)
    person.key = key
    for name, value in more.items():
        setattr(person, name, value)
    write_directly(person)
    return person


def test_a_student_comes_by_the_universitys_number(world, platform, course):
    person = numbered(world, email="s1@example.org")
    client, sent = begin(platform)
    assert (
        sent["scope"] == "openid" and sent["response_mode"] == "form_post" and sent["prompt"] == "none" and sent["lti_message_hint"] == "m"
    )
    token = platform.launch(sent["nonce"], **{f"{CLAIM}lis": {"person_sourcedid": "S1"}, f"{CLAIM}custom": {"course": course.slug}})
    answer = client.post("/lti/launch/", {"state": sent["state"], "id_token": token}, follow=True)
    assert answer.redirect_chain[-1][0].endswith(course.get_absolute_url()), answer.redirect_chain
    assert answer.wsgi_request.actor.person_id == person.pk
    assert PlatformUser.objects.get().person == person and CourseLink.objects.get().course == course
    assert Event.objects.filter(action="learning.note_launch").exists()
    # the number is not asked for again
    _client, again = come(platform)
    assert again.status_code == 302


def test_replayed_and_forged_messages_are_refused(world, platform, registered):
    numbered(world)
    lis = {f"{CLAIM}lis": {"person_sourcedid": "S1"}}
    client, sent = begin(platform)
    good = {"state": sent["state"], "id_token": platform.launch(sent["nonce"], **lis)}
    assert client.post("/lti/launch/", good).status_code == 302
    replayed = client.post("/lti/launch/", good)
    assert replayed.status_code == 403 and "used already" in replayed.content.decode()
    # from another browser, which was not sent to the platform by us
    assert "another browser" in Client().post("/lti/launch/", good).content.decode()
    stranger = new_tool_key()
    now = int(time.time())
    for more, words in (
        ({"key": stranger}, "signature of the learning platform is wrong"), ({"head": {"kid": "another"}}, "does not publish"),
        ({"iss": "https://elsewhere.example"}, "comes from another"), ({"aud": "another-tool"}, "meant for another tool"),
        ({"aud": [platform.client_id, "b"]}, "meant for another tool"), ({"azp": "b"}, "meant for another tool"),
        ({"exp": now - 500}, "too long ago"), ({"iat": now - 4000}, "too long ago"), ({"iat": now + 900}, "clock"), ({"nonce": "mine"}, "no answer"),
        ({f"{CLAIM}deployment_id": "9"}, "deployment"), ({"sub": ""}, "who you are"), ({f"{CLAIM}version": "1.1"}, "cannot be understood"),
        ({f"{CLAIM}message_type": "Other"}, "cannot be understood"), ({f"{CLAIM}resource_link": {}}, "cannot be understood"), ({"without": "exp"}, "cannot be understood"),
    ):  # fmt: skip
        client, sent = begin(platform)
        said = {**lis, **more}
        answer = client.post(
            "/lti/launch/", {"state": sent["state"], "id_token": platform.launch(said.pop("nonce", sent["nonce"]), **said)}
        )
        assert answer.status_code == 403 and words in answer.content.decode(), (more, words)
    client, sent = begin(platform)
    for token in ("", "a.b.c", jwt.encode({"sub": "x"}, "s" * 32, algorithm="HS256"), "x" * 200_000):
        assert client.post("/lti/launch/", {"state": sent["state"], "id_token": token}).status_code == 403
    assert client.post("/lti/launch/", {"state": sent["state"] + "x", "id_token": "x"}).status_code == 403
    assert UsedMessage.objects.count() == 1 and PlatformUser.objects.count() == 1


def test_unknown_and_retired_platforms_lead_nowhere(world, platform, registered):
    for said in (
        {"iss": "https://no.example", "login_hint": "h"},
        {"iss": platform.url},
        {"iss": platform.url, "login_hint": "h", "client_id": "x"},
    ):
        assert Client().get("/lti/login/", said).status_code == 403
    client, sent = begin(platform)
    retire_platform(by=world.administrator, platform=registered)
    answer = client.post("/lti/launch/", {"state": sent["state"], "id_token": platform.launch(sent["nonce"])})
    assert answer.status_code == 403 and "not registered" in answer.content.decode()


def test_who_keeps_records_is_not_signed_in_by_another_server(world, platform, course):
    office = world.people["office"]
    office.home, office.key = world.university, "T1"
    write_directly(office)
    client, answer = come(platform, **{f"{CLAIM}lis": {"person_sourcedid": "T1"}})
    assert answer.status_code == 302 and "accounts/login" in answer["Location"]
    assert client.get("/en/today/").status_code == 302  # still nobody
    client.force_login(office.account)
    link = CourseLink.objects.get()
    page = client.get(f"/en/study/platforms/links/{link.pk}/")
    assert page.status_code == 200 and course.code in page.content.decode()
    assert client.post(f"/en/study/platforms/links/{link.pk}/", {"course": course.pk}).status_code == 302
    link.refresh_from_db()
    assert link.course == course
    with pytest.raises(NotAllowed):
        show_course(by=world.member, link=link, course=course)


def test_somebody_unknown_connects_himself_once(world, platform, course):
    client, answer = come(platform, sub="stranger")
    assert answer["Location"].endswith("/study/platforms/me/")
    assert client.get("/en/study/platforms/me/").status_code == 302  # to the sign-in
    client.force_login(world.people["member"].account)
    assert "Campus Moodle" in client.get("/en/study/platforms/me/").content.decode()
    assert client.post("/en/study/platforms/me/").status_code == 302
    assert PlatformUser.objects.get(subject="stranger").person == world.people["member"]
    with pytest.raises(BadInput):
        connect_user(by=world.citizen, platform=LearningPlatform.objects.get(), subject="stranger")
    # nothing is chosen for this link, and a student cannot choose
    page = client.get(f"/en/study/platforms/links/{CourseLink.objects.get().pk}/")
    assert "has not chosen yet" in page.content.decode()


def test_a_teacher_takes_a_course_into_the_platform(world, platform, course):
    office = world.people["office"]
    office.home, office.key = world.university, "T1"
    write_directly(office)
    client = Client()
    client.force_login(office.account)
    client, answer = come(platform, client, kind="LtiDeepLinkingRequest", **{f"{CLAIM}lis": {"person_sourcedid": "T1"}})
    assert answer["Location"].endswith("/study/platforms/course/")
    assert course.code in client.get("/en/study/platforms/course/").content.decode()
    page = client.post("/en/study/platforms/course/answer/", {"course": course.pk, "graded": "yes"})
    assert f"form-action 'self' {platform.url}" in page["Content-Security-Policy"]
    html = page.content.decode()
    assert f'action="{platform.url}/return"' in html
    token = re.search(r'name="JWT" value="([^"]+)"', html).group(1)
    key = jwt.PyJWK(Client().get("/lti/keys.json").json()["keys"][0], algorithm="RS256").key
    body = jwt.decode(token, key, algorithms=["RS256"], audience=platform.url, issuer=platform.client_id)
    assert body["https://purl.imsglobal.org/spec/lti-dl/claim/data"] == "keep me" and body[f"{CLAIM}deployment_id"] == "1"
    item = body["https://purl.imsglobal.org/spec/lti-dl/claim/content_items"][0]
    assert item["custom"] == {"course": course.slug} and item["lineItem"]["scoreMaximum"] == MOST and item["url"].endswith("/lti/launch/")
    # used once
    assert client.post("/en/study/platforms/course/answer/", {"course": course.pk}).status_code == 404
    refused = come(platform, client, kind="LtiDeepLinkingRequest", **{"https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings": {"accept_types": ["html"]}})[1]  # fmt: skip
    assert refused.status_code == 403


def reflect(world, person, course):
    by = Actor.of(person, TODAY)
    return hand_in(by=by, reflection=write_reflection(by=by, course=course, words=WORDS))


def test_a_grade_goes_back_into_the_grade_book(world, platform, course):
    person = numbered(world, email="s1@example.org")
    come(platform, **{f"{CLAIM}lis": {"person_sourcedid": "S1"}, f"{CLAIM}custom": {"course": course.slug}})
    reflection = reflect(world, person, course)
    platform.refuses = True
    run_waiting()
    owed = PassBack.objects.get()
    assert owed.sent_at is None and "500" in owed.fault and platform.scores == []
    page = Client()
    page.force_login(world.people["office"].account)
    assert "500" in page.get(f"/en{course.get_absolute_url().removeprefix('/en')}").content.decode()
    platform.refuses = False
    Job.objects.filter(state="waiting").update(run_after=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    run_waiting()
    assert len(platform.items) == 1 and platform.items[0]["scoreMaximum"] == MOST and platform.items[0]["resourceLinkId"] == "link-1"
    where, told = platform.scores[-1]
    assert (
        where == "/items/1/scores?course=7"
        and told["userId"] == "user-1"
        and told["gradingProgress"] == "PendingManual"
        and "scoreGiven" not in told
    )
    assess(by=world.office, reflection=reflection, levels=GOOD, words="You listened.")
    run_waiting()
    where, graded = platform.scores[-1]
    assert (
        graded["scoreGiven"] == 7
        and graded["scoreMaximum"] == MOST
        and graded["gradingProgress"] == "FullyGraded"
        and graded["comment"] == "You listened."
    )
    assert graded["timestamp"] > told["timestamp"] and len(platform.items) == 1
    owed.refresh_from_db()
    assert owed.sent_at and owed.fault == "" and owed.given == 7
    count = len(platform.scores)
    run_waiting()
    assert len(platform.scores) == count
    assert owe_pass_back(by=SYSTEM, link=owed.link, reflection=reflection, given=7).pk == owed.pk
    assert pass_back(owed.pk) == "told" and pass_back(owed.pk) == "told before"
    owed.refresh_from_db()
    # an answer to what was told before says nothing of what is owed now
    late = note_pass_back(by=SYSTEM, owed=owed, at=owed.at - dt.timedelta(seconds=1), fault="late")
    assert late.fault == "" and late.sent_at
    assert sweep_used(by=SYSTEM, before=timezone.now() + dt.timedelta(days=400)) == 1


def test_two_erased_people_leave_no_name_on_the_platform(world, platform, course):
    for number in (1, 2):
        person = make_volunteer(world, number)
        connect_user(by=Actor.of(person, TODAY), platform=LearningPlatform.objects.get(), subject=f"u{number}")
        erase_person(by=Actor.of(person, TODAY), person=person)
    assert set(PlatformUser.objects.values_list("subject", flat=True)) == {None}


def test_accounts_are_given_once_and_never_taken_from_another(world):
    person = numbered(world, email="s1@example.org")
    assert give_account(by=SYSTEM, person=person, email="").account.email == "s1@example.org"
    assert give_account(by=SYSTEM, person=Person.objects.get(pk=person.pk), email="x@example.org").account.email == "s1@example.org"
    other = make_student(world, 2)
    for address in ("s1@example.org", ""):
        other.email = ""
        write_directly(other)
        with pytest.raises(BadInput):
            give_account(by=SYSTEM, person=other, email=address)


def test_only_addresses_of_the_open_web_are_called(world, settings, platform):
    settings.TERTIA_INNER_CALLS = False
    for url in ("http://example.org/keys", "https://127.0.0.1/keys", "https://localhost/", "https://[::1]/", "https://10.1.2.3/", "file:///etc/passwd", "https://u:p@example.org/"):  # fmt: skip
        with pytest.raises(BadInput):
            add_platform(by=world.administrator, owner=world.university, **{**platform.registration(), "keys_url": url})
        with pytest.raises(CallFailed):
            call(url)
    settings.TERTIA_INNER_CALLS = True
    with pytest.raises(CallFailed) as refused:
        call(f"{platform.url}/moved")  # no redirect is followed
    assert refused.value.status == 302
    with pytest.raises(NotAllowed):
        add_platform(by=world.office, owner=world.university, **platform.registration())


def test_the_administrator_registers_a_platform_in_the_browser(world, platform):
    client = Client()
    client.force_login(world.people["administrator"].account)
    said = {**platform.registration(), "deployments": "1, 2", "do": "add"}
    assert client.post("/en/study/platforms/", {**said, "keys_url": "nonsense"}).status_code == 200
    assert client.post("/en/study/platforms/", said).status_code == 302
    row = LearningPlatform.objects.get()
    assert row.deployments == ["1", "2"] and "/lti/launch/" in client.get("/en/study/platforms/").content.decode()
    assert "registered already" in client.post("/en/study/platforms/", said).content.decode()
    assert client.post("/en/study/platforms/", {"do": "retire", "platform": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.retired_at and sweep() == 0


CORE = Platform("https://lms.example", "c", ("1",), "https://lms.example/auth?x=1", "https://lms.example/token", "https://lms.example/keys")
KEY = new_tool_key()


@given(st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=8) | st.lists(st.integers(), max_size=2)))
def test_whatever_a_platform_signs_is_read_or_refused(body):
    """Nothing that a signed message may hold brings the reader down."""
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    token = jwt.encode({k: v for k, v in body.items() if k not in ("iss", "exp", "iat", "nbf", "aud", "sub", "jti")}, KEY.pem, algorithm="RS256", headers={"kid": KEY.public["kid"]})  # fmt: skip
    with pytest.raises(LtiRefused):
        read_launch(token, CORE, {"keys": [KEY.public]}, nonce="n", now=now)


def test_scores_go_before_the_query_and_assertions_are_dated():
    assert scores_url("https://l.example/item/5?x=1&y=2") == "https://l.example/item/5/scores?x=1&y=2"
    told = score("u", given=Decimal(0), most=9, words="", at=dt.datetime(2026, 1, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=5))))
    assert told["scoreGiven"] == 0 and told["timestamp"].startswith("2026-01-01T07:00")
    form = client_assertion(KEY, CORE, now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    body = jwt.decode(form["client_assertion"], options={"verify_signature": False})
    assert body["exp"] - body["iat"] == 300 and body["aud"] == CORE.token_url and json.dumps(form)
