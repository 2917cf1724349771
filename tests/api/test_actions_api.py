"""Every action as an operation of the API: the same door as the page's, opened or closed with a reason, and none of it breaks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from tests.api.hostile import Hostile
from tests.cast import TODAY, make_need, make_resolution

import tertia
from tertia.core.access.actions import create_api_token
from tertia.core.access.api import SCOPES
from tertia.core.actions.action import ACTIONS
from tertia.core.actions.models import Event
from tertia.core.parties.models import Account
from tertia.plan.conferences.models import Conference
from tertia.web.api import urls
from tertia.web.api.actions import CLOSED, Closed, Opened, all_actions, open_one
from tertia.web.api.contract import broken_by

KEPT = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"


def token(actor, *scopes):
    return create_api_token(by=actor, person=actor.person, name="t", scopes=list(scopes or SCOPES)).secret


def do(secret, name, body, **headers):
    return Client().post(
        f"/api/v1/actions/{name}",
        json.dumps(body),
        content_type="application/json",
        headers={"authorization": f"Bearer {secret}", **headers},
    )


def test_every_action_is_an_operation_or_closed_with_a_reason():
    found = all_actions()
    assert len(found) == len(ACTIONS)
    assert [one.name for one in found if isinstance(one, Closed) and not one.reason.strip()] == []
    opened = {one.declared.name for one in found if isinstance(one, Opened)}
    # whoever may do it on a page may do it by a program, but for what is closed here by name
    closed = {one.name for one in found if isinstance(one, Closed)}
    assert {name for name in CLOSED if "." in name} <= closed
    assert len(opened) > 350 and {one.scope for one in found if isinstance(one, Opened)} <= set(SCOPES)
    for name in (
        "needs.publish", "conferences.announce", "conferences.adopt_resolution", "strategy.plan_measure", "activities.write", "activities.claim_hours",
        "volunteering.offer", "learning.assess", "councils.decide", "partnerships.draft", "research.register", "stories.publish", "mentions.add",
        "targets.propose", "parties.found_organisation", "needs.answer", "reports.write_chapter", "accreditation.write",
    ):  # fmt: skip
        assert name in opened, (name, open_one(name))


def test_no_action_is_declared_in_a_module_that_the_contract_does_not_load():
    """What is in the contract must not hang on what else a process has imported."""
    root = Path(tertia.__file__).parents[1]
    code = "import django; django.setup(); from tertia.web.api.actions import all_actions; all_actions(); import sys; print('\\n'.join(sys.modules))"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": "tertia.settings"}).stdout.split())  # fmt: skip
    declaring = {
        ".".join(file.with_suffix("").relative_to(root).parts): file
        for file in root.rglob("*.py")
        if re.search(r"^@action\(", file.read_text(), re.MULTILINE)
    }
    assert len(declaring) > 50 and sorted(set(declaring) - loaded) == []


def test_the_contract_that_is_kept_is_the_one_that_is_served_and_nothing_of_it_was_broken():
    """CI's question: run `./run contract` when the API grows; what would break a program is refused here before that."""
    now = json.loads(urls.contract())
    kept = json.loads(KEPT.read_text())
    assert broken_by(kept, now) == []
    changed = sorted(different(kept, now))
    assert not changed, f"{len(changed)} places of the API changed, run `./run contract` and keep what it writes: {changed[:20]}"


def different(old, new, place=""):
    """The places at which two documents differ, for a message that a person can read."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {*old, *new}:
            yield from different(old.get(key), new.get(key), f"{place} > {key}")
    elif old != new:
        yield f"{place}: {str(old)[:80]} -> {str(new)[:80]}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c["paths"].pop("/api/v1/records"), "GET /api/v1/records is gone"),
        (lambda c: c["components"]["schemas"]["RecordOut"]["properties"].pop("slug"), "slug is gone"),
        (lambda c: c["components"]["schemas"]["NeedIn"].update(required=["summary"]), "summary is asked for now"),
        (lambda c: c["components"]["schemas"]["NeedIn"]["properties"]["kk"].update(maxLength=10), "maxLength is 10 now"),
        (lambda c: c["components"]["schemas"]["NeedIn"]["properties"]["kk"].update(type="integer"), "string is not taken any more"),
        (lambda c: c["components"]["schemas"]["RecordOut"]["properties"]["slug"].update(type="integer"), "may be integer now"),
        (lambda c: c["components"]["schemas"]["Page"]["required"].remove("next"), "next may be missing now"),
    ],
)
def test_what_would_break_a_program_is_told(change, words):
    old, new = json.loads(KEPT.read_text()), json.loads(KEPT.read_text())
    change(new)
    assert any(words in line for line in broken_by(old, new)), broken_by(old, new)
    assert broken_by(old, old) == []


def test_a_program_does_what_the_page_does_with_the_same_event(world):
    need = make_need(world, "No ramp", public=False)
    secret = token(world.office)
    answer = do(secret, "needs.publish", {"need": need.pk})
    assert answer.status_code == 200, answer.content
    assert answer.json()["record"]["title"]["en"] == "No ramp" and answer.json()["id"] == need.pk
    event = Event.objects.get(action="needs.publish")
    assert event.person_id == world.people["office"].pk
    made = do(
        secret,
        "conferences.announce",
        {
            "owner": world.university.pk,
            "title": {"kk": "Форум", "en": "Forum"},
            "starts_on": "2026-12-01",
            "ends_on": "2026-12-02",
            "visibility": "public",
        },
    )
    assert made.status_code == 200, made.content
    conference = Conference.objects.get(pk=made.json()["id"])
    assert conference.title.original == "kk" and conference.title.read("en").text == "Forum"
    talk = do(
        secret,
        "conferences.add_session",
        {
            "conference": conference.pk,
            "kind": "section",
            "title": {"en": "One"},
            "starts_at": "2026-12-01T10:00:00+05:00",
            "ends_at": "2026-12-01T11:00:00+05:00",
        },
    )
    assert talk.status_code == 200 and conference.sessions.count() == 1
    wrong = do(
        secret,
        "conferences.announce",
        {"owner": world.university.pk, "title": {"en": "x"}, "starts_on": "2026-12-02", "ends_on": "2026-12-01"},
    )
    assert wrong.status_code == 400 and wrong.json()["faults"][0]["where"] == "ends_on"


def test_who_may_not_is_refused_and_nothing_changes(world):
    need = make_need(world, public=False)
    before = Event.objects.count()
    for actor, name, body, status in (
        (world.member, "needs.publish", {"need": need.pk}, 400),  # not seen by him, so it does not exist
        (world.other_office, "needs.publish", {"need": need.pk}, 400),
        (world.other_office, "conferences.announce", {"owner": world.university.pk, "title": {"en": "x"}, "starts_on": "2026-12-01", "ends_on": "2026-12-01"}, 403),
        (world.office, "conferences.vote", {}, 403),
        (world.office, "needs.nothing", {}, 404),
        (world.office, "needs.publish", {"need": "one"}, 422),
        (world.office, "needs.publish", {}, 422),
        (world.office, "needs.publish", {"need": 2**62}, 400),
    ):  # fmt: skip
        secret = token(actor)
        before = Event.objects.count()
        answer = do(secret, name, body)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), (name, answer.content)
        assert Event.objects.count() == before
    weak = token(world.office, "read", "tell:write")
    assert "lacks the scope listen:write" in do(weak, "needs.publish", {"need": need.pk}).json()["detail"]
    assert do("wrong", "needs.publish", {"need": need.pk}).status_code == 401
    broken = Client().post(
        "/api/v1/actions/needs.publish", "{", content_type="application/json", headers={"authorization": f"Bearer {token(world.office)}"}
    )
    assert broken.status_code == 400 and "no JSON" in broken.json()["detail"]


def test_an_action_is_done_once_for_one_key(world):
    secret = token(world.office)
    body = {"owner": world.university.pk, "title": {"en": "Once"}, "starts_on": "2026-12-01", "ends_on": "2026-12-02"}
    first, again = (do(secret, "conferences.announce", body, **{"idempotency-key": "k"}) for _ in range(2))
    assert first.json() == again.json() and Conference.objects.count() == 1


def test_parts_of_one_call_hang_on_one_record(world):
    """A section of another conference cannot be slipped under a paper, as no page would offer it."""
    secret = token(world.office)
    ids = []
    for title in ("A", "B"):
        made = do(
            secret,
            "conferences.announce",
            {
                "owner": world.university.pk,
                "title": {"en": title},
                "starts_on": "2026-12-01",
                "ends_on": "2026-12-02",
                "visibility": "public",
            },
        ).json()
        do(
            secret,
            "conferences.add_session",
            {
                "conference": made["id"],
                "kind": "section",
                "title": {"en": title},
                "starts_at": "2026-12-01T10:00:00Z",
                "ends_at": "2026-12-01T11:00:00Z",
            },
        )
        ids.append(Conference.objects.get(pk=made["id"]))
    assert (
        do(
            secret, "conferences.call_for_papers", {"conference": ids[0].pk, "until": "2026-12-01", "words": {"en": "Send them."}}
        ).status_code
        == 200
    )
    paper = {
        "conference": ids[0].pk,
        "title": {"en": "P"},
        "abstract": {"en": "words"},
        "authors": [{"name": "A", "affiliation": "", "orcid": ""}],
    }
    crossed = do(secret, "conferences.send_paper", {**paper, "section": ids[1].sessions.get().pk})
    assert crossed.status_code == 400 and crossed.json()["faults"][0]["code"] == "another", crossed.content
    good = do(secret, "conferences.send_paper", {**paper, "section": ids[0].sessions.get().pk})
    assert good.status_code == 200, good.content


def filled(hostile, schema, name=""):
    """A body of the right form: the first row of each kind, plain words, the day."""
    schema = hostile.follow(schema)
    if "anyOf" in schema:
        return filled(hostile, schema["anyOf"][0], name)
    if "number of a row: " in (words := schema.get("description", "")):
        return hostile.first(words.split(": ")[1])
    kind = schema.get("type")
    if "enum" in schema:
        return schema["enum"][-1]
    if kind == "object":
        return {
            n: filled(hostile, part, n) for n, part in schema.get("properties", {}).items() if n in schema.get("required", []) or n == "en"
        }
    if kind == "array":
        return [filled(hostile, s, name) for s in schema["prefixItems"]] if "prefixItems" in schema else []
    return {
        "string": {"date": "2026-11-24", "date-time": "2026-11-24T10:00:00Z"}.get(schema.get("format", ""), "words"),
        "integer": 1,
        "number": 1,
        "boolean": True,
    }.get(kind, 1)


@pytest.mark.once
def test_no_action_of_another_university_reaches_what_is_this_ones(demonstration_rows, world_beside):
    """Every opened action, with rows of the demonstration's university, by the office and administrator of another one."""
    hostile = demonstration_rows
    before = Event.objects.count()
    reached = []
    for path, schema in hostile.operations():
        if not path.startswith("/api/v1/actions/"):
            continue
        body = filled(hostile, schema)
        for secret in world_beside:
            with transaction.atomic():
                answer = do(secret, path.rsplit("/", 1)[1], body)
                if answer.status_code >= 500:
                    reached.append((path, answer.status_code))
                elif answer.status_code == 200:
                    last = Event.objects.order_by("-pk").first()
                    reached.append((path, last.organisation_id if last else None, answer.json()["kind"]))
                transaction.set_rollback(True)
    assert Event.objects.count() == before
    assert [r for r in reached if len(r) == 2] == []
    # what any signed-in person may do, on the page of a record that he sees
    anybody = {one.declared.name for one in all_actions() if isinstance(one, Opened) and "signed in" in one.declared.may.words}
    assert [r for r in reached if r[0].rsplit("/", 1)[1] not in anybody] == []


@pytest.fixture
def demonstration_rows(kept_demonstration, db):
    from tests.kept import put_back

    put_back()
    return Hostile(json.loads(KEPT.read_text()), 1)


@pytest.fixture
def world_beside(demonstration_rows):
    from tests.cast import SYSTEM, text

    from tertia.core.actions.actor import Actor
    from tertia.core.parties.actions import found_organisation, give_role

    other = found_organisation(by=SYSTEM, slug="beside", kind="university", name=text("Beside"), hosts=True)
    found = []
    for role in ("office", "administrator"):
        from tertia.core.parties.actions import claim_person

        person = claim_person(by=SYSTEM, account=Account.objects.create_user(f"{role}@beside.example.org"), today=TODAY)
        person.home = other
        from tests.cast import write_directly

        write_directly(person)
        give_role(by=SYSTEM, person=person, organisation=other, role=role, valid_from=TODAY)
        found.append(token(Actor.of(person, TODAY)))
    return found


@pytest.fixture
def offices(demonstration_rows):
    from tertia.core.actions.actor import Actor

    return [
        token(Actor.of(Account.objects.get(email=f"{role}@demonstration.invalid").person, TODAY))
        for role in ("office", "administrator", "leader", "student")
    ]


def test_hostile_requests_break_nothing(demonstration_rows, offices, request):
    count = 10_000 if request.config.getoption("--long") else 400
    broken = []
    for turn, (path, body) in enumerate(demonstration_rows.requests(count)):
        with transaction.atomic():
            answer = Client(raise_request_exception=False).post(
                path, json.dumps(body), content_type="application/json", headers={"authorization": f"Bearer {offices[turn % len(offices)]}"}
            )
            if answer.status_code not in {200, 201, 400, 403, 404, 409, 413, 422}:
                broken.append((path, answer.status_code, body))
            transaction.set_rollback(True)
    assert broken == []


def test_numbers_of_rows_are_learned_by_reading(world):
    """Those who work there read what hangs on a record; nobody else, and nothing of persons."""
    resolution = make_resolution(world)

    def get(actor, kind):
        return Client().get(f"/api/v1/records/{resolution.pk}/rows", {"kind": kind}, headers={"authorization": f"Bearer {token(actor)}"})

    rows = get(world.office, "conferences.addressee").json()
    assert [r["id"] for r in rows["items"]] == list(resolution.addressees.order_by("pk").values_list("pk", flat=True)) and rows[
        "next"
    ] is None
    assert get(world.other_office, "conferences.addressee").status_code == 403
    assert get(world.office, "nothing.nothing").status_code == 422
    assert Client().get(f"/api/v1/records/{resolution.pk}/rows", {"kind": "conferences.addressee"}).status_code == 401
