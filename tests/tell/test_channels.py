"""Channels: told once whatever breaks in between, corrected and withdrawn there too; the newsletter; signatures; what strangers send."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY, text
from tests.tell.outside import outside
from tests.tell.test_stories import make_story, out
from tests.web.test_matrix import signed_in

from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.jobs.queue import run_waiting
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.periods import clock
from tertia.tell.channels.actions import (
    add_hook,
    ask_newsletter,
    carry_out,
    confirm_newsletter,
    drop_hook,
    follow_account,
    forget_unconfirmed,
    leave_newsletter,
    open_channels,
    replay_hook,
    send_newsletter,
    settle_unclear,
    unfollow_account,
)
from tertia.tell.channels.deliver import deliver_due
from tertia.tell.channels.federation import documents
from tertia.tell.channels.federation.signatures import new_key, public_pem, signed_headers, verify
from tertia.tell.channels.inbox import RemoteAccount
from tertia.tell.channels.models import Delivery, Followed, Follower, InboxItem, Received, Subscriber, Telling
from tertia.tell.channels.outbox import spread
from tertia.tell.channels.rounds import send_newsletters
from tertia.tell.channels.texts import moment_of, one_language, web_page
from tertia.tell.stories.actions import correct_story, publish_story, quote_partner, send_story, withdraw_story

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
KEY = new_key()


@pytest.fixture
def inner(settings):
    settings.TERTIA_INNER_CALLS = True
    settings.TERTIA_TELEGRAM_TOKEN = "1:t"


def correct(world: Any, story: Any, title: str = "A cleaner river") -> Any:
    given = {"title": Text.of("en", en=title), "summary": story.summary, "body": story.body, "shows_people": False, "consent_words": ""}
    return correct_story(by=world.office, story=story, words=text("The headline"), on=TODAY, **given)


def due_again() -> None:
    Delivery.objects.filter(state="waiting").update(next_at=NOW - dt.timedelta(days=9))


def opened(world: Any, **more: Any) -> Any:
    return open_channels(by=world.office, owner=world.university, **{"fediverse": False, "telegram": "", "telegram_language": "ru", **more})


# -- other systems


def test_a_hook_gets_each_thing_signed_in_order_and_once_more_on_request(world, inner):
    with outside() as server:
        server.answers["/hook"] = (204, {}, b"")
        hook = add_hook(by=world.office, owner=world.university, url=f"{server.url}/hook")
        story = out(world, make_story(world))
        run_waiting()
        story = correct(world, story)
        withdraw_story(by=world.leader, story=story, reason=text("A mistake"))
        run_waiting()
        deliver_due()
        sent = [(h, json.loads(b), b) for _m, _p, h, b in server.asked]
        assert [b["type"] for _h, b, _r in sent] == ["story.published", "story.changed", "story.withdrawn"]
        assert (
            sent[0][1]["data"]["title"]["en"] == "A clean river"
            and sent[1][1]["data"]["title"]["en"] == "A cleaner river"
            and sent[2][1]["data"]["html"] == {}
        )
        head, _said, raw = sent[0]
        key = base64.b64decode(hook.secret.removeprefix("whsec_"))
        wanted = hmac.digest(key, f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + raw, hashlib.sha256)
        assert head["webhook-signature"] == "v1," + base64.b64encode(wanted).decode()
        replay_hook(by=world.office, hook=hook, since=dt.date(2020, 1, 1))
        deliver_due()
        assert [h["webhook-id"] for _m, _p, h, _b in server.asked[3:]] == [h["webhook-id"] for h, _b, _r in sent]
        assert [b for _m, _p, _h, b in server.asked[3:]] == [r for _h, _b, r in sent], "byte by byte the same"
        drop_hook(by=world.office, hook=hook)
        with pytest.raises(BadInput):
            replay_hook(by=world.office, hook=hook, since=TODAY)


def test_a_place_that_is_down_gets_everything_in_order_when_it_is_back(world, inner):
    with outside() as server:
        add_hook(by=world.office, owner=world.university, url=f"{server.url}/hook")
        server.answers["/hook"] = (503, {"Retry-After": "7200"}, b"")
        story = out(world, make_story(world))
        correct(world, story)
        run_waiting()
        waiting = Delivery.objects.order_by("pk")
        assert [d.state for d in waiting] == ["waiting", "waiting"] and waiting[0].answer == "http-503" and waiting[1].attempts == 0
        assert waiting[0].next_at - clock.now() > dt.timedelta(minutes=110), "it is left alone as long as it asked for"
        server.answers["/hook"] = (200, {}, b"")
        count = len(server.asked)
        due_again()
        assert deliver_due() == 2 and deliver_due() == 0
        assert [json.loads(b)["type"] for _m, _p, _h, b in server.asked[count:]] == ["story.published", "story.changed"]


def test_after_three_days_it_is_given_up_and_a_person_decides(world, inner):
    with outside() as server:
        add_hook(by=world.office, owner=world.university, url=f"{server.url}/hook")
        server.answers["/hook"] = (500, {}, b"")
        out(world, make_story(world))
        run_waiting()
        for _turn in range(20):
            due_again()
            deliver_due()
        lost = Delivery.objects.get()
        assert lost.state == "given-up" and lost.attempts == len(server.asked) <= 15
        client = signed_in(world, "office")
        assert (
            "given up" in client.get("/en/channels/").content.decode()
            and "What did not arrive" in client.get("/en/today/").content.decode()
        )
        server.answers["/hook"] = (200, {}, b"")
        client.post("/en/channels/", {"do": "again", "delivery": lost.pk})
        deliver_due()
        assert Delivery.objects.get().state == "sent"


def test_a_worker_that_stops_in_the_middle_sends_under_the_same_id_again(world, inner):
    with outside() as server:
        server.answers["/hook"] = (200, {}, b"")
        add_hook(by=world.office, owner=world.university, url=f"{server.url}/hook")
        out(world, make_story(world))
        run_waiting()
        Delivery.objects.update(state="sending", lease_until=NOW - dt.timedelta(days=9))
        deliver_due()
        ids = [h["webhook-id"] for _m, _p, h, _b in server.asked]
        assert len(ids) == 2 and len(set(ids)) == 1 and Delivery.objects.get().state == "sent"
        assert spread(telling=Telling.objects.get().pk) == 1 and Delivery.objects.count() == 1


def test_addresses_of_the_inner_net_are_refused(world):
    for url in ("http://example.org/x", "https://127.0.0.1/x", "https://10.0.0.1/"):
        with pytest.raises(BadInput):
            add_hook(by=world.office, owner=world.university, url=url)
    with pytest.raises(NotAllowed):
        add_hook(by=world.editor, owner=world.university, url="https://example.org/")


# -- Telegram


def test_telegram_is_told_once_changed_and_deleted_and_in_doubt_a_person_is_asked(world, inner, settings):
    with outside() as server:
        settings.TERTIA_TELEGRAM_API = server.url
        server.answers["/bot1:t/sendMessage"] = (200, {}, b'{"ok":true,"result":{"message_id":77}}')
        server.answers["/bot1:t/editMessageText"] = (200, {}, b'{"ok":true,"result":{"message_id":77}}')
        server.answers["/bot1:t/deleteMessage"] = (200, {}, b'{"ok":true,"result":true}')
        with pytest.raises(BadInput):
            opened(world, telegram="not a channel")
        opened(world, telegram="@uni_kz")
        story = out(world, make_story(world))
        run_waiting()
        said = json.loads(server.asked[0][3])
        assert (
            said["chat_id"] == "@uni_kz" and said["text"].startswith("<b>Чистая река</b>") and f"/ru/stories/{story.slug}/" in said["text"]
        )
        Delivery.objects.update(state="sending", lease_until=NOW - dt.timedelta(days=9))
        deliver_due()
        assert Delivery.objects.get().state == "unclear" and len(server.asked) == 1, "nobody is told twice"
        settle_unclear(by=world.office, delivery=Delivery.objects.get(), there=True)
        story = correct(world, story)
        withdraw_story(by=world.leader, story=story, reason=text("A mistake"))
        run_waiting()
        deliver_due()
        assert [p.rsplit("/", 1)[1] for _m, p, _h, _b in server.asked] == ["sendMessage", "editMessageText", "deleteMessage"]
        assert json.loads(server.asked[2][3])["message_id"] == 77


# -- the newsletter


def ask(**more: Any) -> Any:
    return Client().post("/en/newsletter/", {"email": "Reader@Example.org", "language": "en", "every": "week", **more})


def link_in(message: Message) -> str:
    return re.search(r"https?://[^/]+(/\S+)", message.body)[1]  # type: ignore[index]


def test_nothing_is_sent_before_the_address_is_confirmed_and_one_click_leaves(world):
    assert ask().headers["Location"] == "/en/newsletter/?asked=yes" == ask().headers["Location"]
    letter = Message.objects.get()
    assert letter.to == "reader@example.org" and Subscriber.objects.get().confirmed_at is None
    client, link = Client(enforce_csrf_checks=True), link_in(letter)
    page = client.get(link).content.decode()
    assert Subscriber.objects.get().confirmed_at is None, "opening a link is no consent"
    out(world, make_story(world))
    assert send_newsletters() == 0
    with clock.at(TODAY, 16):
        client.post(link, {"csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]})  # type: ignore[index]
    with clock.at(TODAY, 20):
        second = send_story(by=world.editor, story=make_story(world, title=Text.of("ru", ru="Вторая", en="The second")))
        publish_story(by=world.leader, story=second, now=clock.now())
    monday = TODAY + dt.timedelta(days=6)
    with clock.at(TODAY + dt.timedelta(days=1), 6):
        assert send_newsletters() == 0, "one letter a week, on Mondays"
    with clock.at(monday, 6):
        assert send_newsletters() == 1 and send_newsletters() == 0
        run_waiting()
    sent = [m for m in mail.outbox if "1 story" in m.subject]
    assert len(sent) == 1 and "The second" in sent[0].body and "A clean river" not in sent[0].body, "what came out before is not sent"
    assert sent[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = sent[0].extra_headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert client.get(f"/{leave}").status_code == 200 and Subscriber.objects.get().left_at is None
    answer = client.post(f"/{leave}", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and (Subscriber.objects.get().email, Subscriber.objects.get().left_at is None) == ("", False)
    assert client.post(f"/{leave}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    with clock.at(monday + dt.timedelta(days=7), 6):
        assert send_newsletters() == 0
    ask()
    assert Subscriber.objects.filter(left_at=None).count() == 1, "who left may come back"


def test_a_link_of_another_opens_nothing_and_wishes_are_forgotten(world):
    made = ask_newsletter(by=world.citizen, owner=world.university, email="a@example.org", language="kk", every="day")
    forged = made.token[:-1] + ("a" if made.token[-1] != "a" else "b")
    for address in (
        f"/newsletter/leave/{forged}/",
        f"/en/newsletter/confirm/{forged}/",
        "/newsletter/leave/99-aa/",
        "/newsletter/leave/x/",
    ):
        assert Client().get(address).status_code == 404
    assert forget_unconfirmed(by=clock_actor(), before=clock.now() + dt.timedelta(days=1)) == 1
    again = ask_newsletter(by=world.citizen, owner=world.university, email="a@example.org", language="kk", every="day")
    confirm_newsletter(by=world.citizen, subscriber=again, now=clock.now())
    leave_newsletter(by=world.citizen, subscriber=again, now=clock.now())
    with pytest.raises(BadInput):
        ask_newsletter(by=world.citizen, owner=world.university, email="a@example.org", language="de", every="day")


def clock_actor() -> Any:
    from tertia.core.actions.actor import Actor

    return Actor.system("test")


def test_nobody_makes_us_write_to_thousands_of_strangers(world):
    for n in range(100):
        ask_newsletter(by=world.citizen, owner=world.university, email=f"s{n}@example.org", language="kk", every="week")
    assert "Too many people ask" in ask().content.decode()


# -- signatures


@given(st.binary(max_size=200), st.sampled_from(["/ap/inbox", "/ap/uni/inbox?x=1"]))
def test_a_signature_is_good_for_what_was_signed_and_nothing_else(body, path):
    head = {
        k.lower(): v
        for k, v in signed_headers("post", f"https://a.example{path}", body, KEY, "https://b.example/ap/u#main-key", NOW).items()
    }
    public = public_pem(KEY)
    assert verify("post", path, head, body, public, NOW + dt.timedelta(hours=1)) == ""
    assert verify("post", path, head, body + b"x", public, NOW) == "altered"
    assert verify("post", "/ap/other/inbox", head, body, public, NOW) == "forged"
    assert verify("get", path, head, body, public, NOW) == "forged"
    assert verify("post", path, {**head, "host": "c.example"}, body, public, NOW) == "forged"
    assert verify("post", path, head, body, public, NOW + dt.timedelta(hours=13)) == "stale"
    assert verify("post", path, {k: v for k, v in head.items() if k != "signature"}, body, public, NOW) == "unsigned"
    assert verify("post", path, {**head, "signature": head["signature"].replace(" digest", "")}, body, public, NOW) == "too-little"
    assert verify("post", path, head, body, "no key", NOW) == "key"


OTHER = new_key()


def test_a_signature_by_another_key_is_forged():
    head = {k.lower(): v for k, v in signed_headers("post", "https://a.example/ap/inbox", b"{}", KEY, "k", NOW).items()}
    assert verify("post", "/ap/inbox", head, b"{}", public_pem(OTHER), NOW) == "forged"


# -- the fediverse


class Stranger:
    """An account on a server of somebody else."""

    def __init__(self, server: Any, name: str = "bob") -> None:
        self.server, self.id = server, f"{server.url}/u/{name}"
        self.inbox, self.key = f"{server.url}/in", KEY
        self.path = f"/u/{name}"
        self.show()
        server.answers["/in"] = (202, {}, b"")

    def show(self, key: str = KEY) -> None:
        said = {
            "id": self.id, "type": "Person", "preferredUsername": "bob", "name": "Bob", "inbox": self.inbox, "url": f"{self.id}/page",
            "publicKey": {"id": f"{self.id}#main-key", "owner": self.id, "publicKeyPem": public_pem(key)},
        }  # fmt: skip
        self.server.answers[self.path] = (200, {"Content-Type": "application/activity+json"}, json.dumps(said).encode())

    def send(self, said: dict[str, Any], *, key: str = KEY, slug: str = "uni", actor: str = "") -> int:
        body = json.dumps({"@context": documents.CONTEXT, "actor": actor or self.id, **said}).encode()
        head = signed_headers("post", f"http://testserver/ap/{slug}/inbox", body, key, f"{self.id}#main-key", dt.datetime.now(dt.UTC))
        answer = Client().post(
            f"/ap/{slug}/inbox", body, content_type="application/activity+json", headers={k.lower(): v for k, v in head.items() if k != "Host"}
        )  # fmt: skip
        run_waiting()
        return answer.status_code


def test_who_follows_gets_stories_signed_and_they_change_and_go_there_too(world, inner):
    with outside() as server:
        bob = Stranger(server)
        ours = "http://127.0.0.1:8000/ap/uni"
        assert bob.send({"id": f"{bob.id}/f1", "type": "Follow", "object": ours}) == 404 and not Follower.objects.exists()
        opened(world, fediverse=True)
        assert bob.send({"id": f"{bob.id}/f1", "type": "Follow", "object": ours}) == 202
        assert bob.send({"id": f"{bob.id}/f1", "type": "Follow", "object": ours}) == 202
        accepts = [json.loads(b) for m, p, _h, b in server.asked if p == "/in"]
        assert len(accepts) == 1 and accepts[0]["type"] == "Accept" and accepts[0]["object"]["id"] == f"{bob.id}/f1"
        story = out(world, make_story(world))
        run_waiting()
        story = correct(world, story)
        quote_partner(by=world.office, story=story, organisation=world.partner, words=text("It helped"), agreed_on=TODAY)
        withdraw_story(by=world.leader, story=story, reason=text("A mistake"))
        run_waiting()
        deliver_due()
        told = [(p, h, b) for m, p, h, b in server.asked if p == "/in"][1:]
        account = json.loads(Client().get("/ap/uni", headers={"accept": "application/activity+json"}).content)
        for path, head, body in told:
            assert verify("post", path, head, body, account["publicKey"]["publicKeyPem"], dt.datetime.now(dt.UTC)) == ""
        said = [json.loads(b) for _p, _h, b in told]
        assert [s["type"] for s in said] == ["Create", "Update", "Update", "Delete"] and said[3]["object"]["type"] == "Tombstone"
        assert said[0]["object"]["contentMap"]["kk"] == "<p>Өзен тазарды.</p>\n" and len({s["object"]["id"] for s in said}) == 1
        bob.send({"id": f"{bob.id}/u1", "type": "Undo", "object": {"type": "Follow", "object": ours}})
        assert not Follower.objects.exists()


def test_what_is_not_signed_by_who_speaks_does_nothing(world, inner):
    opened(world, fediverse=True)
    ours = "http://127.0.0.1:8000/ap/uni"
    with outside() as server:
        bob = Stranger(server)
        eve = Stranger(server, "eve")
        follow = {"id": f"{bob.id}/f1", "type": "Follow", "object": ours}
        assert Client().post("/ap/uni/inbox", json.dumps(follow), content_type="application/json").status_code == 401
        assert bob.send(follow, key=OTHER) == 202  # another key
        assert eve.send({**follow}, actor=bob.id) == 202  # a good signature, of somebody else
        assert not Follower.objects.exists() and not InboxItem.objects.exists()
        assert Client().post("/ap/uni/inbox", b"x" * 300_000, content_type="application/json").status_code == 413
        assert Client().get("/ap/uni/inbox").status_code == 405
        bob.show(OTHER)
        assert bob.send(follow, key=OTHER) == 202 and Follower.objects.count() == 1, "a new key is asked for"
    assert not Received.objects.exists()


def test_an_account_whose_inbox_is_elsewhere_is_none():
    with pytest.raises(ValueError, match="another server"):
        RemoteAccount({"id": "https://a.example/u", "inbox": "https://victim.example/in"}, "https://a.example/u")
    with pytest.raises(ValueError, match="no account"):
        RemoteAccount({"id": "https://a.example/other", "inbox": "https://a.example/in"}, "https://a.example/u")


def test_stories_of_others_come_in_as_words_and_go_when_they_go(world, inner):
    opened(world, fediverse=True)
    with outside() as server:
        bob = Stranger(server)
        note = {
            "id": f"{bob.id}/1",
            "type": "Article",
            "attributedTo": bob.id,
            "name": "T",
            "content": "<p>A<script>x()</script> <b>b</b></p>",
            "url": "javascript:alert(1)",
        }
        bob.send({"id": f"{bob.id}/c0", "type": "Create", "object": note})
        assert not Received.objects.exists(), "nobody asked for it"
        account = RemoteAccount(json.loads(server.answers[bob.path][2]), bob.id)
        followed = follow_account(by=world.office, owner=world.university, account=account)
        run_waiting()
        assert [json.loads(b)["type"] for _m, p, _h, b in server.asked if p == "/in"] == ["Follow"]
        bob.send({"id": f"{bob.id}/a1", "type": "Accept", "object": {"type": "Follow"}})
        assert Followed.objects.get().state == "accepted"
        for number in ("c1", "c1", "c2"):
            bob.send({"id": f"{bob.id}/{number}", "type": "Create", "object": note})
        got = Received.objects.get()
        assert (got.title, got.words, got.page) == ("T", "A b", f"{bob.id}/1")
        eve = Stranger(server, "eve")
        eve.send({"id": f"{eve.id}/u", "type": "Update", "object": {**note, "attributedTo": eve.id, "name": "Mine"}})
        eve.send({"id": f"{eve.id}/d", "type": "Delete", "object": note["id"]})
        assert Received.objects.get().title == "T", "only who wrote it may change it"
        bob.send({"id": f"{bob.id}/u1", "type": "Update", "object": {**note, "name": "T2"}})
        assert "T2" in signed_in(world, "office").get("/en/neighbours/").content.decode()
        bob.send({"id": f"{bob.id}/d1", "type": "Delete", "object": {"id": note["id"], "type": "Tombstone"}})
        assert (Received.objects.get().title, Received.objects.get().gone_at is None) == ("", False)
        unfollow_account(by=world.office, followed=Followed.objects.get(pk=followed.pk))
        run_waiting()
        assert not Received.objects.exists() and json.loads(server.asked[-1][3])["type"] == "Undo"


def test_who_is_there_is_told_by_webfinger_only_where_the_channel_is_open(world):
    address = "/.well-known/webfinger?resource=acct:uni@127.0.0.1:8000"
    assert Client().get(address).status_code == 404
    opened(world, fediverse=True)
    found = json.loads(Client().get(address).content)
    assert found["links"][0]["href"] == "http://127.0.0.1:8000/ap/uni" and Client().get(address + "x").status_code == 404
    story = out(world, make_story(world))
    outbox = json.loads(Client().get("/ap/uni/outbox?page=1").content)
    assert (
        outbox["orderedItems"][0]["object"]["name"] == "Чистая река"
        and json.loads(Client().get("/ap/uni/followers").content)["totalItems"] == 0
    )
    assert json.loads(Client().get("/ap/uni/following").content)["totalItems"] == 0
    assert json.loads(Client().get(f"/ap/stories/{story.pk}").content)["type"] == "Article"
    assert Client().get(f"/ap/stories/{story.pk}", headers={"accept": "text/html"}).headers["Location"].endswith(f"/stories/{story.slug}/")
    assert json.loads(Client().get(f"/ap/activities/{Telling.objects.get().pk}").content)["type"] == "Create"
    assert (
        json.loads(Client().get("/nodeinfo/2.1").content)["software"]["name"] == "tertia"
        and Client().get("/.well-known/nodeinfo").status_code == 200
    )
    withdraw_story(by=world.leader, story=story, reason=text("A mistake"))
    assert Client().get(f"/ap/stories/{story.pk}").status_code == 410


def test_an_embed_may_stand_in_any_site_and_runs_nothing(world):
    out(world, make_story(world))
    answer = Client().get("/en/embed/stories/?most=3")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"] and "X-Frame-Options" not in answer.headers
    assert "A clean river" in answer.content.decode() and "<script" not in answer.content.decode()
    assert "frame-ancestors 'none'" in Client().get("/en/stories/").headers["Content-Security-Policy"]


def test_objects_of_others_in_odd_forms():
    assert one_language({"name": "N", "content": "<p>C</p>"}) == ("", "N", "C")
    assert one_language({"nameMap": {"ru": "Н"}, "contentMap": {"ru": "<b>Т</b>", "xx": 3}}) == ("ru", "Н", "Т")
    assert web_page([{"type": "Link", "href": "https://a.example/x"}]) == "https://a.example/x" and web_page({"href": 3}) == "" == web_page(
        "mailto:a"
    )
    assert moment_of("3000-01-01T00:00:00Z", NOW) == NOW == moment_of(None, NOW)


def test_what_tertia_does_itself_nobody_else_may_do(world):
    reader = ask_newsletter(by=world.citizen, owner=world.university, email="a@example.org", language="kk", every="day")
    for call in (
        lambda: send_newsletter(by=world.leader, subscriber=reader, now=NOW), lambda: carry_out(by=world.leader, said={}, account=None, now=NOW),
        lambda: forget_unconfirmed(by=world.leader, before=NOW),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            call()
