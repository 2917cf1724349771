"""Conversations through the browser's address: without JavaScript, as a device sends votes, at the desk, in the hall."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client
from tests.cast import TODAY, make_conversation, make_measure, make_need, text
from tests.web.test_matrix import signed_in

from tertia.core.access.voices import COOKIE, Speaker
from tertia.core.messages.models import Message
from tertia.core.records.models import Link, Record
from tertia.listen.dialogue.actions import Cast, cast_votes, close_conversation, decline, say
from tertia.listen.dialogue.jobs import draw
from tertia.listen.dialogue.models import Conversation, Statement, Voice, Vote
from tertia.listen.moderation.models import Ruling

pytestmark = pytest.mark.django_db


def page_of(talk, rest="", language="en"):
    return f"/{language}/conversations/{talk.slug}/{rest}"


def test_a_guest_votes_without_javascript_changes_his_mind_and_reads_what_he_did(world):
    talk, client = make_conversation(world), Client()
    first = client.get(page_of(talk, "vote/"))
    assert first.status_code == 200 and COOKIE in first.cookies and first["Cache-Control"] == "no-store"
    after = client.post(page_of(talk, "vote/"), {"number": "2", "value": "1"}, follow=True)
    assert "Your answer to No 2:" in after.content.decode() and Vote.objects.get().value == 1
    client.post(page_of(talk, "vote/"), {"number": "2", "value": "-1"})
    assert Vote.objects.get().value == -1 and Voice.objects.count() == 1
    mine = client.get(page_of(talk, "mine/")).content.decode()
    assert "disagree" in mine and "Claim number 2 is right" in mine
    assert "You have not voted here yet" in Client().get(page_of(talk, "mine/")).content.decode()


def test_a_device_sends_votes_together_twice_and_gets_its_next_cards(world):
    talk, client = make_conversation(world, statements=20), Client()
    body = {"votes": [{"number": n, "value": 1, "turn": 1000 + n} for n in (1, 2, 3)], "deck": True}
    for _again in range(2):
        answer = client.post(page_of(talk, "vote/"), json.dumps(body), content_type="application/json")
    assert answer.json()["taken"] == 3 and answer.json()["answered"] == 3 and Vote.objects.count() == 3
    assert not {1, 2, 3} & {c["number"] for c in answer.json()["cards"]}


@pytest.mark.parametrize(
    "body",
    ["no json", "[]", '{"votes": 3}', '{"votes": [{"number": 1, "value": 2}]}', '{"votes": [{"number": -1, "value": 1}]}', '{"votes": [7]}',
     '{"votes": [{"number": 1, "value": 1, "turn": 99999999999999999999}]}', json.dumps({"votes": [{"number": 1, "value": 1}] * 51})],
)  # fmt: skip
def test_what_is_no_vote_is_refused_with_a_sentence(world, body):
    talk = make_conversation(world)
    answer = Client().post(page_of(talk, "vote/"), body, content_type="application/json")
    assert answer.status_code == 400 and answer.json()["sentence"] and not Vote.objects.exists()


def test_a_forged_mark_is_a_new_guest_and_a_vote_after_the_end_is_told(world):
    talk, client = make_conversation(world), Client()
    client.cookies[COOKIE] = "somebody-else:forged"
    client.post(page_of(talk, "vote/"), {"number": "1", "value": "1"})
    assert Voice.objects.count() == 1
    close_conversation(by=world.office, conversation=talk, on=TODAY)
    late = client.post(page_of(talk, "vote/"), json.dumps({"votes": [{"number": 2, "value": 1}]}), content_type="application/json")
    assert late.status_code == 409 and "not counted" in late.json()["sentence"] and Vote.objects.count() == 1
    assert "Voting has ended" in client.get(page_of(talk, "vote/")).content.decode()


def test_where_identity_is_asked_a_guest_is_sent_to_sign_in(world):
    talk = make_conversation(world, identity=True)
    page = Client().get(page_of(talk, "vote/")).content.decode()
    assert "Here each person has one voice" in page and '<form method="post" class="thumb"' not in page
    sent = Client().post(page_of(talk, "vote/"), json.dumps({"votes": [{"number": 1, "value": 1}]}), content_type="application/json")
    assert sent.status_code == 403 and not Vote.objects.exists()


def test_a_script_in_a_statement_is_text(world):
    talk, client = make_conversation(world, read_first=False), Client()
    client.post(page_of(talk, "say/"), {"words": "<script>alert(1)</script> & more"})
    one = Statement.objects.get(seed=False)
    assert str(one.words) == "<script>alert(1)</script> & more"
    for rest in ("mine/", "statements/", f"vote/?show={one.number}", "results/", "hall/", "hall/live/"):
        cast_votes(by=world.office, conversation=talk, speaker=Speaker(mark=rest), votes=[Cast(one.number, 1)], day=TODAY)
        assert "<script>alert" not in client.get(page_of(talk, rest)).content.decode(), rest
    assert "<script>alert" in client.get(page_of(talk, "data/comments.csv")).getvalue().decode()


def test_a_statement_of_one_s_own_comes_back_when_it_is_refused_and_appeals_when_it_is_declined(world):
    talk, client = make_conversation(world), Client()
    refused = client.post(page_of(talk, "say/"), {"words": "claim number 1 is RIGHT"})
    assert (
        refused.status_code == 400
        and "claim number 1 is RIGHT" in refused.content.decode()
        and "Statement 1 says this already" in refused.content.decode()
    )
    done = client.post(page_of(talk, "say/"), {"words": "Ask the drivers"}, follow=True).content.decode()
    assert "Ask the drivers" in done and "The office has not read it yet" in done
    decline(by=world.office, statement=Statement.objects.get(seed=False), rule="unclear", words=text("What shall they be asked?"), on=TODAY)
    assert "What shall they be asked?" in client.get(page_of(talk, "mine/")).content.decode()
    ruling = Ruling.objects.get()
    assert Client().post(page_of(talk, "mine/"), {"ruling": ruling.pk, "words": "x"}).status_code == 404  # of another device
    assert client.post(page_of(talk, "mine/"), {"ruling": ruling.pk, "words": ""}).status_code == 400
    client.post(page_of(talk, "mine/"), {"ruling": ruling.pk, "words": "Whether they want it."})
    leader = signed_in(world, "leader")
    assert "Ask the drivers" in leader.get("/en/moderation/appeals/").content.decode()
    assert leader.post("/en/moderation/appeals/", {"ruling": ruling.pk, "do": "reverse", "words": ""}).status_code == 400
    leader.post("/en/moderation/appeals/", {"ruling": ruling.pk, "do": "reverse", "words": "Clear enough."})
    assert Statement.objects.get(seed=False).state == "open"
    log = client.get("/en/moderation/").content.decode()
    assert "appealed, published after all" in log and "Ask the drivers" not in log


def test_the_office_prepares_opens_reads_and_tells_what_became(world):
    office, need = signed_in(world, "office"), make_need(world)
    measure = make_measure(world)
    form = {"title_en": "How shall we get home?", "ends_on": str(TODAY + dt.timedelta(days=9)), "read_first": "on", "may_say": "on"}
    bad = office.post(f"/en/conversations/new/?from={need.pk}", form | {"seeds": "One is right\nOne is right"})
    assert "says this already" in bad.content.decode() and not Conversation.objects.exists()
    office.post(f"/en/conversations/new/?from={need.pk}", form | {"seeds": "One is right\nTwo is right"})
    talk = Conversation.objects.get()
    assert Link.objects.filter(lower=talk, upper=need, relation="discusses").exists() and talk.statements.count() == 2
    assert Client().get(page_of(talk)).status_code == 404  # a draft
    office.post(page_of(talk), {"do": "open"})
    say(
        by=world.member,
        conversation=Conversation.objects.get(),
        speaker=Speaker(person=world.people["member"]),
        words=text("Three is right"),
        on=TODAY,
    )
    assert "Three is right" in office.get(page_of(talk, "desk/")).content.decode()
    assert "Read them" in office.get("/en/today/").content.decode()
    office.post(page_of(talk, "desk/"), {"do": "admit", "number": "3"})
    office.post(page_of(talk, "desk/3/"), {"do": "translate", "language": "kk", "words": "Үшеуі дұрыс"})
    assert "Үшеуі дұрыс" in Client().get(page_of(talk, "vote/?show=3", "kk")).content.decode()
    refused = office.post(page_of(talk, "desk/3/"), {"do": "became", "became": "taken", "words": ""})
    assert refused.status_code == 400
    office.post(
        page_of(talk, "desk/3/"), {"do": "became", "became": "taken", "words": "It grew into a measure.", "record": str(measure.pk)}
    )
    three = Statement.objects.get(number=3)
    assert (three.became, three.became_record_id) == ("taken", measure.pk)
    assert Message.objects.filter(person=world.people["member"], body__contains="It grew into a measure.").exists()
    assert "It grew into a measure." in signed_in(world, "member").get(page_of(talk, "mine/")).content.decode()
    office.post(page_of(talk, "desk/"), {"do": "seed", "lines": "Four is right"})
    office.post(page_of(talk, "desk/4/"), {"do": "join", "to": "1"})
    office.post(page_of(talk, "desk/2/"), {"do": "anew", "words": "Two and a half is right"})
    office.post(page_of(talk, "desk/1/"), {"do": "decline", "rule": "off-topic", "words": "It is about shoes."})
    assert dict(Statement.objects.values_list("number", "state")) == {1: "declined", 2: "closed", 3: "open", 4: "closed", 5: "open"}
    office.post(page_of(talk), {"do": "close"})
    answer = office.post(page_of(talk), {"do": "ask", "party": world.akimat.pk}, follow=True)
    assert "days left" in answer.content.decode()
    signed_in(world, "akimat").post(page_of(talk), {"do": "answer", "state": "accepted", "words_en": "Yes."})
    assert Record.objects.get(pk=talk.pk).state == "answered"
    office.post(f"/en/measures/new/?from={talk.pk}", {"title_en": "A later bus", "starts_on": "2026-09-01", "ends_on": "2027-08-31"})
    assert Link.objects.filter(upper=talk, relation="answers").exists()


def test_the_result_shows_groups_unity_and_division_and_the_reader_s_own_group(world):
    talk = make_conversation(world, statements=14)
    for n in range(60):
        rows = [Cast(s, 1 if s in (1, 2) or (n < 30) == (s % 2 == 0) else -1) for s in range(1, 15) if (s + n) % 5]
        cast_votes(by=world.office, conversation=talk, speaker=Speaker(mark=f"v{n}"), votes=rows, day=TODAY)
    assert "being drawn" in Client().get(page_of(talk, "results/")).content.decode()
    draw(talk.pk)
    client = Client()
    client.post(
        page_of(talk, "vote/"),
        json.dumps({"votes": [{"number": n, "value": 1 if n % 2 else -1} for n in range(3, 9)]}),
        content_type="application/json",
    )
    for language in ("kk", "ru", "en"):
        page = client.get(page_of(talk, "results/", language)).content.decode()
        assert page.count('class="crowd"') == 2 and page.count("№ 1<") >= 1
    assert "you vote as they do" in page and "2 groups, and what they have in common" in page
    assert "you vote as they do" not in Client().get(page_of(talk, "results/")).content.decode()
    lines = Client().get(page_of(talk, "data/participants-votes.csv")).getvalue().decode().splitlines()
    assert len(lines) == 62 and {line.split(",")[1] for line in lines[1:]} == {"0", "1"}
    assert Client().get(page_of(talk, "data/secrets.csv")).status_code == 404
    for order in ("", "?order=agreed", "?order=disputed", "?order=passed"):
        assert Client().get(page_of(talk, "statements/" + order)).status_code == 200
