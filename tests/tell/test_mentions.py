"""Mentions: by hand, from feeds, from a list; reprints joined; tied by a person's word; what nobody told, and claims without proof."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import tarfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import SYSTEM, TODAY, make_activity, text
from tests.tell.outside import outside
from tests.tell.test_stories import make_story, out
from tests.web.test_matrix import signed_in

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.actions.policies import system
from tertia.core.languages.text import Text
from tertia.core.messages import calls
from tertia.core.periods import clock
from tertia.core.records.actions import write_version
from tertia.measure.indicators.engine.compute import compute
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.queries import current_facts
from tertia.tell.mentions.actions import (
    add_mention,
    add_outlet,
    bear_out,
    change_outlet,
    drop_mention,
    join_reprint,
    judge_mention,
    keep_mention,
    look_at_claims,
    note_reading,
    part_reprint,
    refuse_suggestion,
    suggest_records,
    tie_mention,
    untie_mention,
)
from tertia.tell.mentions.models import Mention, Outlet, StoryClaim, Suggestion
from tertia.tell.mentions.pieces import New
from tertia.tell.mentions.queries import kept_mentions, precision_of, unproven_claims, waiting_mentions, without_word
from tertia.tell.mentions.rounds import hold_beside_records, look_at_claims_again, look_at_claims_of_stories, read_feeds
from tertia.tell.mentions.texts.about import Done, Register, names_in
from tertia.tell.mentions.texts.claims import claims_of, figures_in, unproven
from tertia.tell.mentions.texts.feeds import FeedUnreadable, read_feed, words_only
from tertia.tell.mentions.texts.reprints import Register as Reprints
from tertia.tell.mentions.texts.reprints import Written, address_key

DATA = Path(__file__).parents[3] / "shared" / "data"
RIVER = "Students and the club cleaned two kilometres of the river bank on Saturday"


def make_outlet(world: Any, name: str = "The Evening", **more: Any) -> Outlet:
    return add_outlet(by=world.office, owner=world.university, name=name, **more)


def piece(title: str = RIVER, *, address: str = "", on: dt.date = TODAY, words: str = "", **more: Any) -> New:
    return New(title, words, address, on, **more)


def make_mention(world: Any, outlet: Outlet | None = None, **more: Any) -> Mention:
    return add_mention(by=world.office, outlet=outlet or make_outlet(world), piece=piece(**more), today=TODAY)


def test_a_mention_by_hand_is_public_and_stands_with_what_it_speaks_of(world):
    activity = make_activity(world)
    made = make_mention(world, address="https://evening.example.org/river")
    with pytest.raises(NotAllowed):
        tie_mention(by=world.other_office, mention=made, record=activity, on=TODAY)
    tie_mention(by=world.office, mention=made, record=activity, on=TODAY)
    for address in ("/en/mentions/", made.get_absolute_url(), activity.get_absolute_url(), "/en/tell/"):
        page = Client().get(address).content.decode()
        assert RIVER in page or "River clean-up" in page, address
    assert RIVER in Client().get(activity.get_absolute_url()).content.decode()
    untie_mention(by=world.office, mention=made, record=activity, on=TODAY)
    assert RIVER not in Client().get(activity.get_absolute_url()).content.decode()
    with pytest.raises(BadInput, match="on record already"):
        make_mention(world, made.outlet, address="http://www.evening.example.org/river/?utm_source=mail")


def test_tone_and_origin_are_a_persons_word_and_reach_needs_its_source(world):
    made = make_mention(world)
    with pytest.raises(BadInput):
        judge_mention(by=world.office, mention=made, tone="wild", origin="", on=TODAY)
    made = judge_mention(by=world.office, mention=made, tone="hard", origin="independent", on=TODAY)
    assert (made.judged_by, made.judged_on) == (world.people["office"], TODAY)
    page = Client().get(made.get_absolute_url()).content.decode()
    assert "critical" in page and "written by the outlet" in page and "the press office, " in page
    with pytest.raises(BadInput, match="who counted the reach"):
        make_outlet(world, "B", reach=100)
    with pytest.raises(BadInput, match="who counted the reach"):
        make_mention(world, made.outlet, title="Another one", reach=5)


def test_a_reprint_counts_with_its_first_piece_and_reach_is_summed_nowhere(world):
    first = make_mention(
        world,
        address="https://evening.example.org/1",
        words="Forty bags of glass and tyres went to the sorting station.",
        reach=1234,
        reach_source="counter",
    )
    cut = make_mention(
        world, make_outlet(world, "The City", reach=4321, reach_source="counter"), title=f"{RIVER} morning", address="https://city.example.org/7", words="Forty bags of glass."
    )  # fmt: skip
    other = make_mention(
        world, first.outlet, title="Rents near the university went up by seven percent this year", address="https://evening.example.org/2"
    )
    assert (cut.reprint_of, other.reprint_of) == (first, None) and cut.shared >= 0.6
    assert list(kept_mentions(world.office)) == [other, first] and kept_mentions(world.office).get(pk=first.pk).again == 1
    client = Client()
    assert (
        "1 reprint" in client.get("/en/mentions/").content.decode()
        and "A reprint of" in client.get(cut.get_absolute_url()).content.decode()
    )
    assert "5555" not in client.get("/en/mentions/").content.decode().replace(",", "").replace("\u202f", "")
    table = b"".join(client.get("/en/mentions/mentions.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(table) == 3 and table[0].endswith("reach,reach source,reprints")
    part_reprint(by=world.office, mention=cut)
    assert kept_mentions(world.office).count() == 3
    join_reprint(by=world.office, mention=other, of=cut)
    drop_mention(by=world.office, mention=cut)
    assert Mention.objects.get(pk=other.pk).reprint_of is None and kept_mentions(world.office).count() == 2


def test_only_kept_pieces_of_others_are_counted(world):
    judge_mention(by=world.office, mention=make_mention(world), tone="", origin="independent", on=TODAY)
    make_mention(world, Outlet.objects.get(), title="Something quite different about a library that stays open")
    make_mention(world, make_outlet(world, "Our own", kind="own"), title="What we wrote about ourselves in our channel")
    make_mention(world, make_outlet(world, "Copies"), title=f"{RIVER} again")
    with current_facts(world.university, "mention") as facts:
        found = {}
        for name in ("outside-mentions", "independent-mention-share"):
            figure = next(f for f in compute(definitions()[name], facts) if f.period == "2026" and not f.breakdown)
            found[name] = (figure.numerator, figure.denominator)
    assert found == {"outside-mentions": (2, None), "independent-mention-share": (1, 2)}


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Лента</title><id>a</id><updated>2026-11-20T10:00:00Z</updated>
<entry><id>1</id><title>{name} чистит реку</title><link href="/n/1"/><updated>2026-11-20T10:00:00Z</updated><summary type="html">&lt;b&gt;Сорок&lt;/b&gt; мешков &lt;script&gt;alert(1)&lt;/script&gt;</summary></entry>
<entry><id>2</id><title>Погода на неделю</title><link href="/n/2"/><updated>2026-11-21T10:00:00Z</updated></entry></feed>"""


@action("test.due", may=system)
def _due(*, by: Any, outlet: Outlet) -> Outlet:
    outlet = lock(outlet)
    outlet.next_at = None
    outlet.save()
    return outlet


def due(outlet: Outlet) -> None:
    """Its time has come again."""
    _due(by=SYSTEM, outlet=outlet)


@pytest.fixture
def inner(settings):
    settings.TERTIA_INNER_CALLS = True


def test_a_feed_brings_what_names_the_university_once_and_a_person_decides(world, inner):
    activity = make_activity(world, words="Чистим реку: сорок мешков")
    with outside() as server:
        server.answers["/feed"] = (
            200,
            {"Content-Type": "application/atom+xml", "ETag": '"a1"'},
            ATOM.format(name="The University").encode(),
        )
        outlet = make_outlet(world, "Lenta", feed=f"{server.url}/feed")
        assert read_feeds() == 1
        due(outlet)
        server.answers["/feed"] = lambda handler: (304, {}, b"") if handler.headers.get("If-None-Match") == '"a1"' else (500, {}, b"")
        assert read_feeds() == 0 and Outlet.objects.get().trouble == ""
        assert read_feeds() == 0 and len(server.asked) == 2, "it is not read again before its time"
    made = Mention.objects.get()
    assert (made.state, made.language, made.address, str(made.summary)) == ("found", "ru", f"{outlet.feed[:-5]}/n/1", "Сорок мешков")
    assert Client().get(made.get_absolute_url()).status_code == 404 and not kept_mentions(world.office)
    assert hold_beside_records() == 1 and hold_beside_records() == 0
    suggestion = Suggestion.objects.get()
    assert suggestion.record_id == activity.pk and suggestion.why["shared"]
    page = signed_in(world, "office").get("/en/mentions/desk/").content.decode()
    assert "The University чистит реку" in page and "Чистим реку: сорок" in page and "too few to say" in page
    signed_in(world, "office").post("/en/mentions/desk/", {"mention": made.pk, "record": activity.pk, "do": "yes"})
    assert Mention.objects.get().state == "kept" and precision_of(world.university).right == 1
    assert "чистит реку" in Client().get(activity.get_absolute_url()).content.decode() and not waiting_mentions(world.university)


def test_what_a_server_may_do_to_us_is_noted_and_the_next_feed_is_read(world, inner, monkeypatch):
    monkeypatch.setattr(calls, "WHOLE_SECONDS", 1.5)
    monkeypatch.setattr(calls.fetch, "__kwdefaults__", {**calls.fetch.__kwdefaults__, "seconds": 1.5})
    bomb = gzip.compress(b"<rss><channel><title>" + b"a" * 40_000_000)
    entities = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>'

    def slow(handler: Any) -> Any:
        server.stop.wait(60)
        return 200, {}, b""

    with outside() as server:
        server.answers |= {
            "/bomb": (200, {"Content-Encoding": "gzip"}, bomb), "/entities": (200, {}, entities), "/loop": (302, {"Location": "/loop"}, b""), "/slow": slow,
            "/page": (200, {"Content-Type": "text/html"}, b"<html><body>No feed</body></html>"), "/gone": (410, {}, b""), "/empty": (200, {}, b" "),
            "/inward": (302, {"Location": "ftp://127.0.0.1/etc"}, b""), "/good": (200, {}, ATOM.format(name="The University").encode()),
        }  # fmt: skip
        for path in server.answers:
            make_outlet(world, path[1:], feed=server.url + path)
        assert read_feeds() == 1
    troubles = dict(Outlet.objects.values_list("name", "trouble"))
    assert troubles == {
        "bomb": "too-long", "entities": "entities", "loop": "redirects", "slow": "unreachable", "page": "no-feed", "gone": "http-410", "empty": "empty", "inward": "address", "good": "",
    }  # fmt: skip
    page = signed_in(world, "office").get("/en/mentions/outlets/").content.decode()
    assert "larger than 5 MB" in page and "leads on and on" in page and "attackers use" in page


def test_a_feed_leads_to_no_inner_address(world):
    with pytest.raises(BadInput):
        make_outlet(world, feed="http://127.0.0.1/feed")
    outlet = make_outlet(world)
    with pytest.raises(BadInput):
        change_outlet(by=world.office, outlet=outlet, feed="https://127.0.0.1/feed")


def test_the_list_of_a_monitoring_service_is_taken_in_and_undone(world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tertia.core.intake.models import IntakeRun
    from tertia.core.jobs.queue import run_waiting

    lines = [
        "Дата;Источник;Заголовок;Ссылка;Язык;Тональность;Охват;Источник охвата",
        f"20.11.2026;Вечерний;{RIVER};https://e.example.org/1;русский;позитив;;",
        f"21.11.2026;Город;{RIVER} утром;https://c.example.org/9;рус;;4000;Mediascope",
        "32.11.2026;Город;Не тот день;;;;;", "22.11.2026;Город;Охват без источника;;;;900;",
        "20.11.2026;Вечерний;Тот же адрес;https://www.e.example.org/1/;;;;",
    ]  # fmt: skip
    client = signed_in(world, "office")
    client.post("/en/lists/", {"kind": "mentions", "file": SimpleUploadedFile("m.csv", "\n".join(lines).encode("cp1251"))})
    run_waiting()
    run = IntakeRun.objects.get()
    client.post(f"/en/lists/{run.pk}/", {"do": "take"})
    run_waiting()
    found = {m.outlet.name: m for m in Mention.objects.all()}
    assert set(found) == {"Вечерний", "Город"} and found["Город"].reach == 4000 and found["Вечерний"].tone == ""
    assert found["Город"].reprint_of == found["Вечерний"] and found["Вечерний"].language == "ru" and found["Вечерний"].state == "found"
    keep_mention(by=world.office, mention=found["Вечерний"])
    client.post(f"/en/lists/{run.pk}/", {"do": "undo"})
    run_waiting()
    assert list(Mention.objects.values_list("pk", flat=True)) == [found["Вечерний"].pk] and Outlet.objects.get().name == "Вечерний"


def test_the_two_lists_what_nobody_told_and_what_nothing_bears_out(world):
    told, spoken, silent = (make_activity(world, words=w) for w in ("Told", "Spoken of", "Silent"))
    out(world, make_story(world, told))
    tie_mention(by=world.office, mention=make_mention(world), record=spoken, on=TODAY)
    assert list(without_word(world.office, world.university)) == [silent.record_ptr]
    body = Text.of("ru", ru="Пришли 340 человек. Всё началось 20 ноября 2026 года. Такое было впервые в области.")
    story = make_story(world, told, body=body)
    assert look_at_claims_of_stories() == 2 and look_at_claims_of_stories() == 0
    claims = list(unproven_claims(world.university))
    assert [c.words for c in claims] == ["Пришли 340 человек.", "Такое было впервые в области."]
    page = signed_in(world, "office").get("/en/mentions/untold/").content.decode()
    assert "Silent" in page and "Told" not in page.replace("told", "") and "Пришли 340 человек." in page
    assert "Claims that no record supports" in signed_in(world, "office").get(story.get_absolute_url()).content.decode()
    with pytest.raises(BadInput):
        bear_out(by=world.office, claim=claims[0], on=TODAY, source=Text({}))
    signed_in(world, "office").post("/en/mentions/untold/", {"claim": claims[0].pk, "source": "List of guests, museum"})
    bear_out(by=world.office, claim=claims[1], on=TODAY, source=text("Letter of the akimat"), proof=told)
    assert not unproven_claims(world.university) and StoryClaim.objects.filter(state="person").count() == 2


def test_a_claim_is_borne_out_when_its_record_says_so_later(world):
    told = make_activity(world, words="Told")
    make_story(world, told, body=Text.of("ru", ru="Пришли 340 человек."))
    assert look_at_claims_of_stories() == 1 and look_at_claims_again() == 0
    assert [c.words for c in unproven_claims(world.university)] == ["Пришли 340 человек."]
    write_version(by=world.office, record=told, field="summary", language="ru", text="Гостей было 340.")
    assert look_at_claims_of_stories() == 0 and look_at_claims_again() == 1 and look_at_claims_again() == 0
    assert not unproven_claims(world.university)


def test_a_suggestion_that_is_refused_does_not_come_again(world):
    activity = make_activity(world, words="Cleaning two kilometres of the river bank")
    made = make_mention(world)
    hold_beside_records()
    refuse_suggestion(by=world.office, mention=made, record=activity, on=TODAY)
    assert "Does it speak of one of these" not in signed_in(world, "office").get(made.get_absolute_url()).content.decode()
    found = precision_of(world.university)
    assert (found.right, found.judged, found.share) == (0, 1, None)


def test_every_sample_feed_is_read_or_refused_with_a_reason():
    """1,159 feeds of feedparser's own suite, among them attacks; nothing of them is markup afterwards."""
    file = DATA / "feeds" / "wellformed_two_thirds.tar.gz"
    if not file.exists():
        pytest.skip("the samples are not here")
    read, refused = 0, []
    with tarfile.open(file) as archive:
        for member in archive:
            if not member.isfile() or not member.name.endswith(".xml"):
                continue
            data = archive.extractfile(member).read()  # type: ignore[union-attr]
            try:
                feed = read_feed(data, "https://outlet.example.org/feed")
            except FeedUnreadable as error:
                refused.append(error.code)
                continue
            read += 1
            for one in feed.pieces:
                assert one.address == "" or one.address.lower().startswith(("http://", "https://")), member.name
    assert read + len(refused) == 1159 and read >= 1150 and set(refused) <= {"no-feed", "entities"}


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fall(data):
    for whole in (
        data,
        b"<rss version='2.0'><channel><item><title>" + data,
        b'{"version":"https://jsonfeed.org/version/1.1","items":[' + data,
    ):
        try:
            read_feed(whole)
        except FeedUnreadable as error:
            assert error.code


def test_json_feed_and_words_only():
    feed = read_feed(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "content_html": "<p>A<script>x</script> b</p>", "url": "https://a.example/1", "date_published": "2026-11-20T10:00:00+05:00"}, {}]}).encode()
    )  # fmt: skip
    assert feed.pieces[0].words == "A b" and feed.pieces[0].published.hour == 10 and feed.unread == [(2, "nothing")]
    assert words_only("a &lt;b&gt; <img src=x onerror=alert(1)> c") == "a <b> c"


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("Пришли 1 200 человек и 35 % жителей", [1200, 35]), ("1,5 млн тенге", [1500000]), ("20 ноября 2026 года в 10:30, приказ № 118", []),
        ("Қатысқан 40 адам, 12 мың теңге", [40, 12000]), ("On 3 May 1,250 people came", [1250]), ("2024–2026 жылдары", []), ("24.11.2026", []), ("0,5 %", [Decimal("0.5")]),
    ],
)  # fmt: skip
def test_what_is_a_figure_and_what_is_a_day(words, figures):
    assert list(figures_in(words)) == figures


def test_claims_are_borne_out_by_what_records_say():
    claims = claims_of("Сорок студентов вышли. Вывезли 40 мешков. Работали 4 часа. Это единственный клуб в городе!")
    assert [c.words for c in claims] == ["Вывезли 40 мешков.", "Работали 4 часа.", "Это единственный клуб в городе!"]
    assert [c.words for c in unproven(claims, ["40 мешков", "4,0 ч"])] == ["Это единственный клуб в городе!"]


def test_names_are_found_with_their_endings_and_not_inside_other_words():
    assert names_in("Студенты Евразийского национального университета", ["Евразийский национальный университет"])
    assert names_in("Еуразия ұлттық университетінің студенттері", ["Еуразия ұлттық университеті"])
    assert not names_in("Менуэт и минута", ["ЕНУ"]) and names_in("в ЕНУ прошла", ["ЕНУ"]) and not names_in("", ["ЕНУ"])


def test_an_activity_is_suggested_by_words_names_and_days():
    done = [
        Done("1", "Уборка берега реки Есиль", dt.date(2026, 11, 20), ("Экоклуб",)), Done("2", "Чтение вслух в библиотеке", dt.date(2026, 11, 20), ()),
        Done("3", "Уборка берега реки Есиль", dt.date(2026, 3, 1), ()),
    ]  # fmt: skip
    found = Register(done).nearest("Экоклуб и студенты провели уборку берега Есиля", dt.date(2026, 11, 21))
    assert [f.key for f in found] == ["1"] and found[0].named == ("Экоклуб",) and found[0].days == 1


def test_addresses_and_reprints():
    assert (
        address_key("https://www.a.kz/b/?utm_source=x&id=2#top") == address_key("http://a.kz/b?id=2") != address_key("http://a.kz/b?id=3")
    )
    register = Reprints([Written("a", RIVER, TODAY)])
    assert register.repeats(Written("b", f"{RIVER}, says the club", TODAY)) == ("a", 1.0)
    assert register.repeats(Written("b", RIVER, TODAY + dt.timedelta(days=40))) is None
    assert register.repeats(Written("b", "River bank", TODAY)) is None


def test_nobody_else_gets_at_it(world):
    made = make_mention(world)
    for call in (
        lambda: suggest_records(by=world.leader, mention=made, found=[]), lambda: note_reading(by=world.leader, outlet=made.outlet, now=clock.now()),
        lambda: look_at_claims(by=world.leader, story=make_story(world), said=[]),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            call()
    with pytest.raises(NotAllowed):
        drop_mention(by=world.other_office, mention=made)
    assert signed_in(world, "other-office").get("/en/mentions/outlets/evening/").status_code == 404
    assert SYSTEM.is_system
