"""The public face: a university's own site, journalists, maps for search engines, pictures for networks, addresses that never break."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree
from PIL import Image
from tests.cast import TODAY, make_activity, make_conversation, make_need, text
from tests.tell.test_stories import make_story, out
from tests.web.test_matrix import signed_in

from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.files.pdf import FONTS
from tertia.core.languages.text import Text
from tertia.core.parties.merging import describe_organisation
from tertia.tell.site.actions import drop_address, keep_addresses, read_addresses, rename_record, write_site
from tertia.tell.site.models import OldAddress
from tertia.tell.site.share import SIZE, draw_share
from tertia.tell.stories.actions import withdraw_story


def test_a_university_has_its_site_and_of_another_nothing_is_on_it(world):
    out(world, make_story(world))
    make_need(world)
    make_conversation(world)
    write_site(
        by=world.leader,
        owner=world.university,
        about=text("We answer the city."),
        press_name="Press",
        press_email="press@example.org",
        press_phone="+7 700",
    )
    page = Client().get("/en/u/uni/").content.decode()
    for words in ("We answer the city.", "A clean river", "The last bus leaves too early", "What shall be done about the bus?"):
        assert words in page, words
    other = Client().get("/en/u/second/").content.decode()
    assert "A clean river" not in other and "Nothing is public here yet" in other
    assert "A clean river" in Client().get("/en/u/uni/stories/").content.decode() and Client().get("/en/u/uni/nothing/").status_code == 404
    press = Client().get("/en/u/uni/press/").content.decode()
    assert "press@example.org" in press and "A clean river" in press
    with pytest.raises(NotAllowed):
        write_site(by=world.other_leader, owner=world.university, about=text("x"), press_name="", press_email="", press_phone="")


def test_under_its_own_name_a_university_shows_its_own(world, settings):
    settings.ALLOWED_HOSTS = ["*"]
    out(world, make_story(world))
    for host in ("-x.kz", "two words.kz", "https://a.kz"):
        with pytest.raises(BadInput):
            describe_organisation(by=world.office, organisation=world.university, within=world.university, host_name=host)
    describe_organisation(by=world.office, organisation=world.university, within=world.university, host_name="third.uni.kz")
    describe_organisation(by=world.other_office, organisation=world.other, within=world.other, host_name="third.second.kz")
    with pytest.raises(BadInput):
        describe_organisation(by=world.other_office, organisation=world.other, within=world.other, host_name="third.uni.kz")
    front = Client().get("/", headers={"host": "third.second.kz", "accept-language": "ru"})
    assert front.headers["Location"] == "/ru/u/second/"
    assert "A clean river" in Client().get("/en/stories/", headers={"host": "third.uni.kz"}).content.decode()
    assert "A clean river" not in Client().get("/en/stories/", headers={"host": "third.second.kz"}).content.decode()
    assert "The Second University" in Client().get("/en/stories/", headers={"host": "third.second.kz"}).content.decode()
    make_need(world, "A lamp for the yard")
    lists = {
        host: Client().get("/en/needs/", headers={"host": host}).content.decode()
        for host in ("third.uni.kz", "third.second.kz", "127.0.0.1")
    }
    assert ["A lamp for the yard" in page for page in lists.values()] == [True, False, True]
    assert "A clean river" in Client().get("/en/stories/").content.decode()


def test_maps_of_the_site_name_each_public_page_in_three_languages_and_no_draft(world):
    story = out(world, make_story(world))
    make_story(world, title=Text.of("en", en="A draft"))
    index = etree.fromstring(Client().get("/sitemap.xml").content)
    places = [e.text for e in index.iter("{*}loc")]
    assert any(p.endswith("/sitemap-story-1.xml") for p in places)
    found: list[str] = []
    for place in places:
        answer = Client().get(place.removeprefix("http://127.0.0.1:8000"))
        tree = etree.fromstring(b"".join(answer.streaming_content))
        assert tree.tag.endswith("urlset")
        found += [e.text for e in tree.iter("{*}loc")]
    assert {f"http://127.0.0.1:8000/{lang}/stories/{story.slug}/" for lang in ("kk", "ru", "en")} <= set(found) and not any(
        "a-draft" in f for f in found
    )
    assert len(found) == len(set(found))
    for address in found[:60]:
        assert Client().get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200, address
    assert Client().get("/sitemap-story-2.xml").status_code == 404 and Client().get("/sitemap-nothing-1.xml").status_code == 404
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in Client().get("/robots.txt").content.decode()


def schema_in(page: str) -> dict[str, Any]:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index, no-any-return]


def test_pages_say_who_they_are_to_search_engines_and_networks(world):
    story = out(world, make_story(world, title=Text.of("ru", ru="</script><b>Река", en="</script><b>River")))
    page = Client().get(f"/en/stories/{story.slug}/?utm_source=x").content.decode()
    said = schema_in(page)
    assert (
        said["@type"] == "NewsArticle" and said["headline"] == "</script><b>River" and said["publisher"]["@type"] == "CollegeOrUniversity"
    )
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/en/stories/{story.slug}/">' in page
    assert f'hreflang="kk" href="http://127.0.0.1:8000/kk/stories/{story.slug}/' in page and 'hreflang="x-default"' in page
    assert re.search(r'property="og:image" content="http://127.0.0.1:8000/share/\d+-en.png"', page)
    activity = make_activity(world)
    assert schema_in(Client().get(activity.get_absolute_url()).content.decode())["@type"] == "Event"
    assert schema_in(Client().get("/en/organisations/club/").content.decode())["@type"] == "NGO"
    from tests.listen.region.test_region import make_series

    assert schema_in(Client().get(make_series(world).get_absolute_url()).content.decode())["@type"] == "Dataset"
    withdraw_story(by=world.leader, story=story, reason=text("A mistake"))
    assert "ld+json" not in Client().get(f"/en/stories/{story.slug}/").content.decode()


def test_the_picture_of_a_page_is_drawn_for_what_everybody_may_read(world):
    story = make_story(world, title=Text.of("kk", kk="Өзен жағасын тазалау: ғылым, қоғам және әкімдік біріккен жұмыс"))
    assert Client().get(f"/share/{story.pk}-kk.png").status_code == 404
    out(world, story)
    answer = Client().get(f"/share/{story.pk}-kk.png")
    assert (
        answer.headers["Content-Type"] == "image/png"
        and Image.open(io.BytesIO(answer.content)).size == SIZE
        and len(answer.content) < 100_000
    )


def test_kazakh_letters_are_drawn_and_not_left_out():
    """A letter that the font lacks is drawn as an empty box, the same for each: those of Kazakh all differ."""
    drawn = {letter: draw_share(letter, "", "", FONTS) for letter in "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸"}
    assert len(set(drawn.values())) == len(drawn) and draw_share("\ue123", "", "", FONTS) not in drawn.values()


@given(st.text(max_size=400), st.text(max_size=200))
def test_any_words_make_a_picture(title, name):
    assert draw_share(title, "Story", name, FONTS).startswith(b"\x89PNG")


def test_the_calendar_is_read_by_a_calendar_library(world):
    make_activity(world, on=TODAY + dt.timedelta(days=3), words="Reading aloud; with children, in Kazakh")
    make_activity(world, on=TODAY - dt.timedelta(days=3), words="Over")
    found = Calendar.from_ical(Client().get("/en/u/uni/calendar.ics").content)
    events = list(found.walk("VEVENT"))
    assert [str(e["summary"]) for e in events] == ["Reading aloud; with children, in Kazakh"] and "Reading aloud" in Client().get(
        "/en/u/uni/"
    ).content.decode()


def test_old_addresses_lead_to_new_ones_in_one_step(world):
    story = out(world, make_story(world))
    lines = "https://old.uni.kz/news/2019/17?id=3 /en/stories/\n/about;/kk/u/uni/\n"
    keep_addresses(by=world.office, owner=world.university, addresses=read_addresses(lines))
    for path in ("/news/2019/17", "/news/2019/17/"):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (301, "/en/stories/")
    assert Client().get("/news/2019/18").status_code == 404 and Client().post("/news/2019/17").status_code in (403, 404)
    before = {lang: f"/{lang}/stories/{story.slug}/" for lang in ("kk", "ru", "en")}
    keep_addresses(by=world.office, owner=world.university, addresses=[("/oldest", before["en"])])
    record = rename_record(by=world.office, record=story.record_ptr, slug="river")
    record = rename_record(by=world.office, record=record, slug="clean-river-2026")
    for lang, old in before.items():
        answer = Client().get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/{lang}/stories/clean-river-2026/")
    assert (
        Client().get("/oldest").headers["Location"]
        == "/en/stories/clean-river-2026/"
        == Client().get("/en/stories/river/").headers["Location"]
    )
    record = rename_record(by=world.office, record=record, slug=before["en"].split("/")[3])
    assert Client().get(before["en"]).status_code == 200, "an address that is used again leads nowhere else"
    assert Client().get("/en/stories/river/").headers["Location"] == before["en"]
    for slug in ("Ре ка", "12", "a--b", ""):
        with pytest.raises(BadInput):
            rename_record(by=world.office, record=record, slug=slug)
    drop_address(by=world.office, address=OldAddress.objects.get(old="/oldest"))
    assert Client().get("/oldest").status_code == 404


@pytest.mark.parametrize("line", ["/a", "/a /b /c", "/ /kk/", "a /kk/", "/a https://evil.example/x", "/a //evil.example/x", "/kk/x /kk/x/"])
def test_an_address_that_leads_elsewhere_is_refused_with_its_line(line):
    with pytest.raises(BadInput, match="Line 2"):
        read_addresses(f"/good /kk/\n{line}")


def test_the_desk_of_the_site(world):
    client = signed_in(world, "office")
    client.post("/en/site/", {"do": "site", "about_en": "We answer.", "press_email": "p@example.org", "host_name": "third.uni.kz"})
    client.post("/en/site/", {"do": "addresses", "addresses": "/old /en/stories/"})
    page = client.get("/en/site/").content.decode()
    assert "third.uni.kz" in page and "/old" in page
    story = out(world, make_story(world))
    client.post("/en/site/", {"do": "rename", "record": f"http://127.0.0.1:8000/en/stories/{story.slug}/", "slug": "the-river"})
    assert Client().get("/en/stories/the-river/").status_code == 200
    assert (
        "There is no such record" in client.post("/en/site/", {"do": "rename", "record": "/en/stories/none/", "slug": "x"}).content.decode()
    )
    client.post("/en/site/", {"do": "drop", "address": OldAddress.objects.get(old="/old").pk})
    assert not OldAddress.objects.filter(old="/old").exists()
    assert signed_in(world, "editor").get("/en/site/").status_code == 404
