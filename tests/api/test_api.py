"""The API: its contract, its refusals, and fuzzing from its schema."""

import json

import pytest
import schemathesis
from hypothesis import settings as hypothesis_settings
from tests.cast import make_need, make_resolution, make_sheet

from tertia.core.access.actions import create_api_token, revoke_api_token
from tertia.core.actions.errors import NotAllowed
from tertia.listen.needs.models import Need
from tertia.wsgi import application


@pytest.fixture
def token(world):
    return create_api_token(by=world.citizen, person=world.people["citizen"], name="t", scopes=["read", "needs:write"])


def post(client, secret, body, **headers):
    return client.post("/api/v1/needs", body, content_type="application/json", headers={"authorization": f"Bearer {secret}", **headers})


@pytest.mark.once
def test_the_contract_is_openapi_3_1(client, db):
    body = client.get("/api/v1/openapi.json").json()
    assert body["openapi"].startswith("3.1")
    for operations in body["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert {"400", "401", "403", "404", "409", "413", "422", "429"} <= set(operation["responses"])


def test_public_records_are_read_without_a_token_page_by_page(client, world):
    for i in range(5):
        make_need(world, f"Need {i}")
    make_need(world, "A secret need", public=False)
    seen, cursor = [], None
    while True:
        page = client.get("/api/v1/records", {"kind": "need", "limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [r["title"]["en"] for r in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [f"Need {i}" for i in range(5)]


def test_a_need_is_raised_once_for_one_key(client, token):
    first = post(client, token.secret, {"kk": "Пандус жоқ"}, **{"idempotency-key": "a"})
    again = post(client, token.secret, {"kk": "Пандус жоқ"}, **{"idempotency-key": "a"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert Need.objects.count() == 1
    other = post(client, token.secret, {"kk": "Басқа"}, **{"idempotency-key": "a"})
    assert (other.status_code, other["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(("secret", "status"), [("", 401), ("wrong", 401)])
def test_a_wrong_token_is_refused_with_problem_details(client, world, secret, status):
    answer = post(client, secret, {"en": "x"})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert client.get("/api/v1/records", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_a_token_does_only_what_its_scopes_say(client, world):
    weak = create_api_token(by=world.citizen, person=world.people["citizen"], name="t", scopes=["read"])
    assert post(client, weak.secret, {"en": "x"}).status_code == 403
    assert Need.objects.count() == 0


def test_a_revoked_token_opens_nothing(client, world, token):
    with pytest.raises(NotAllowed):
        revoke_api_token(by=world.office, token=token)
    revoke_api_token(by=world.citizen, token=token)
    assert post(client, token.secret, {"en": "x"}).status_code == 401


def test_a_refusal_names_its_faults(client, token):
    answer = post(client, token.secret, {}).json()
    assert answer["status"] == 400
    assert [f["where"] for f in answer["faults"]] == ["title"]


def test_the_thread_and_the_answers_are_read(client, world):
    resolution = make_resolution(world)
    make_sheet(world)
    thread = client.get(f"/api/v1/records/{resolution.pk}/thread").json()
    assert {r["kind"] for r in thread["records"]} == {"resolution", "recommendation"}
    assert client.get(f"/api/v1/resolutions/{resolution.slug}/answers").json() == []
    assert client.get("/api/v1/records/999999").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_fuzzed_from_its_schema_it_never_breaks(request):
    """What is read and raised; the actions, which are many, get theirs from `hostile.py`, and here with `--long`."""
    from tests.cast import make_world

    from tertia.core.actions.actor import Actor
    from tertia.core.parties.setup import load_basics

    load_basics(Actor.system("test"))
    world = make_world()
    make_resolution(world)
    secret = create_api_token(by=world.citizen, person=world.people["citizen"], name="t", scopes=["read", "needs:write"]).secret
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    long = request.config.getoption("--long")
    count = 300 if long else 15
    broken = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if not long and "/actions/" in operation.path:
            continue

        @hypothesis_settings(max_examples=count, deadline=None, database=None)
        @__import__("hypothesis").given(case=operation.as_strategy())
        def run(case):
            answer = case.call(headers={"Authorization": f"Bearer {secret}"})
            if answer.status_code >= 500 or answer.status_code not in {200, 201, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429}:
                broken.append((case.method, case.path, answer.status_code))
            if answer.status_code >= 400 and answer.status_code != 405:
                json.loads(answer.content)

        run()
    assert broken == []


def test_what_the_caller_has_is_not_sent_again(client, world):
    make_need(world)
    first = client.get("/api/v1/records?kind=need")
    again = client.get("/api/v1/records?kind=need", headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    make_need(world, "Another")
    changed = client.get("/api/v1/records?kind=need", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_who_asks_too_often_is_told_how_long_to_wait_and_others_are_not_held_up(client, world, settings, tmp_path, token):
    settings.HOME, settings.TERTIA_API_LIMITS = tmp_path, (5, 3)
    answers = [client.get("/api/v1/records") for _turn in range(7)]
    codes = [a.status_code for a in answers]
    assert codes.count(429) >= 1 and codes[:3] == [200] * 3  # a minute may end in between
    last = next(a for a in answers if a.status_code == 429)
    assert last["Content-Type"] == "application/problem+json" and 1 <= int(last["Retry-After"]) <= 60
    assert (last["RateLimit-Limit"], last["RateLimit-Remaining"]) == ("3", "0")
    assert client.get("/api/v1/records", REMOTE_ADDR="192.0.2.7").status_code == 200
    mine = client.get("/api/v1/records", headers={"authorization": f"Bearer {token.secret}"})
    assert (mine.status_code, mine["RateLimit-Limit"]) == (200, "5")
    assert client.get("/en/needs/").headers.get("RateLimit-Limit") is None


def test_processes_count_together(tmp_path):
    import subprocess
    import sys

    words = (
        "import sys; sys.path.insert(0, 'src')\nfrom pathlib import Path\nfrom tertia.core.access.counts import SharedCounts\n"
        f"counts = SharedCounts(Path({str(tmp_path / 'counts')!r}))\nfor _ in range(3000): last = counts.bump('one', 7)\nprint(counts.bump('other', 7) >= 1)"
    )
    running = [subprocess.Popen([sys.executable, "-c", words]) for _n in range(3)]
    assert [p.wait() for p in running] == [0, 0, 0]
    from tertia.core.access.counts import SharedCounts

    counts = SharedCounts(tmp_path / "counts")
    assert counts.bump("one", 7) == 9001 and counts.bump("one", 8) == 1
