"""Stories: begun out of an activity, reviewed, out at their hour once, corrected in the open, withdrawn with a reason; read by feed readers."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.act.test_activities import _picture
from tests.cast import SYSTEM, TODAY, make_activity, text
from tests.web.test_matrix import signed_in

from tertia.act.activities.actions import add_photo
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.files.store import Taken, take
from tertia.core.languages.text import STALE, WRITTEN, Text
from tertia.core.periods import clock
from tertia.measure.indicators.engine.compute import compute
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.queries import current_facts
from tertia.tell.stories.actions import (
    add_picture,
    change_story,
    correct_story,
    drop_piece,
    publish_due,
    publish_story,
    quote_partner,
    send_back,
    send_story,
    show_picture,
    translate_story,
    withdraw_story,
    write_story,
)
from tertia.tell.stories.markup import as_html, as_words
from tertia.tell.stories.models import Story
from tertia.tell.stories.rounds import come_out

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
BODY = Text.of("ru", ru="Река **чище**.", kk="Өзен тазарды.", en="The river is cleaner.")


def make_story(world: Any, tells: Any = None, **more: Any) -> Story:
    given = {
        "title": Text.of("ru", ru="Чистая река", kk="Таза өзен", en="A clean river"),
        "summary": text("Forty students."),
        "body": BODY,
        **more,
    }
    return write_story(by=world.office, owner=world.university, tells=tells, **given)


def out(world: Any, story: Story, **more: Any) -> Story:
    return publish_story(by=world.leader, story=send_story(by=world.editor, story=story), now=NOW, **more)


def test_a_story_goes_through_the_review_and_everybody_reads_it(world):
    story = make_story(world, make_activity(world))
    assert Client().get(story.get_absolute_url()).status_code == 404
    with pytest.raises(WrongState):
        publish_story(by=world.leader, story=story, now=NOW)
    send_story(by=world.editor, story=story)
    with pytest.raises(NotAllowed):
        publish_story(by=world.editor, story=story, now=NOW)
    send_back(by=world.leader, story=story)
    story = out(world, story)
    page = Client().get(story.get_absolute_url()).content.decode()
    assert "The river is cleaner." in page and "River clean-up" in page
    for address in ("/en/", "/en/tell/"):
        assert "A clean river" in Client().get(address).content.decode(), address
    assert "<strong>чище</strong>" in Client().get(f"/ru/stories/{story.slug}/").content.decode()
    assert (
        "A clean river" in Client().get("/en/stories/").content.decode()
        and "A clean river" in Client().get("/en/activities/river-clean-up/").content.decode()
    )


@pytest.mark.parametrize(
    ("more", "where"),
    [({"summary": Text({})}, "summary"), ({"body": Text({})}, "body")],
)
def test_what_is_not_whole_does_not_come_out(world, more, where):
    with pytest.raises(BadInput) as refused:
        send_story(by=world.office, story=make_story(world, **more))
    assert refused.value.faults[0].where == where


def test_nobody_is_shown_without_a_consent_and_nobody_quoted_without_an_agreement(world):
    story = make_story(world)
    given = {"title": story.title, "summary": story.summary, "body": story.body}
    change_story(by=world.office, story=story, shows_people=True, consent_words="", **given)
    quote = quote_partner(by=world.office, story=story, organisation=world.partner, words=text("It helped"))
    with pytest.raises(BadInput) as refused:
        send_story(by=world.office, story=story)
    assert {f.where for f in refused.value.faults} == {"consent_words", "quotes"}
    drop_piece(by=world.office, piece=quote)
    change_story(by=world.office, story=story, shows_people=True, consent_words="Signed", **given)
    quote_partner(
        by=world.office, story=story, organisation=world.partner, words=text("It helped"), agreed_on=TODAY, agreed_how="by letter"
    )
    out(world, story)
    page = Client().get(story.get_absolute_url()).content.decode()
    assert "It helped" in page and "Signed" not in page and "by letter" not in page


def test_the_hour_comes_once_though_two_workers_look(world):
    story = out(world, make_story(world), at=NOW + dt.timedelta(hours=2))
    assert story.state == "scheduled"
    with pytest.raises(BadInput):
        out(world, make_story(world), at=NOW - dt.timedelta(hours=1))
    publish_due(by=SYSTEM, story=story, now=NOW + dt.timedelta(hours=1))
    assert Story.objects.get(pk=story.pk).state == "scheduled"
    with clock.at(TODAY, 23):
        assert come_out() == 1 and come_out() == 0
    found = Story.objects.get(pk=story.pk)
    assert found.published_at == NOW + dt.timedelta(hours=2)
    publish_due(by=SYSTEM, story=found, now=NOW + dt.timedelta(days=1))
    assert Story.objects.get(pk=story.pk).published_at == NOW + dt.timedelta(hours=2)


def test_what_comes_out_after_midnight_is_of_the_new_day(world):
    night = timezone.make_aware(dt.datetime(2026, 11, 24, 0, 30))  # in UTC it is the 23rd
    story = publish_story(by=world.leader, story=send_story(by=world.editor, story=make_story(world)), now=night)
    assert story.starts_on == TODAY


def test_changing_the_original_makes_the_others_stale_and_nobody_is_written_over(world):
    story = make_story(world)
    seen = story.changed_at.isoformat()
    given = {"title": story.title, "summary": story.summary, "shows_people": False, "consent_words": ""}
    story = change_story(
        by=world.office,
        story=story,
        body=Text.of("ru", ru="Река мутная.", kk="Өзен тазарды.", en="The river is muddy."),
        seen=seen,
        **given,
    )
    assert (story.body.state("ru"), story.body.state("kk"), story.body.state("en")) == (WRITTEN, STALE, WRITTEN)
    with pytest.raises(BadInput, match="changed it meanwhile"):
        change_story(by=world.editor, story=story, body=text("Mine"), seen=seen, **given)


def test_what_is_published_changes_in_the_open_and_goes_with_a_reason(world):
    story = out(world, make_story(world))
    given = {
        "title": story.title,
        "summary": story.summary,
        "body": Text.of("ru", ru="Реки чище."),
        "shows_people": False,
        "consent_words": "",
    }
    with pytest.raises(WrongState):
        change_story(by=world.office, story=story, **given)
    with pytest.raises(BadInput):
        correct_story(by=world.office, story=story, words=Text({}), on=TODAY, **given)
    correct_story(by=world.office, story=story, words=text("Two rivers, not one"), on=TODAY, **given)
    assert "Two rivers, not one" in Client().get(story.get_absolute_url()).content.decode()
    with pytest.raises(BadInput):
        withdraw_story(by=world.leader, story=story, reason=Text({}))
    withdraw_story(by=world.leader, story=story, reason=text("Consent was taken back"))
    page = Client().get(story.get_absolute_url()).content.decode()
    assert "Consent was taken back" in page and "Реки чище" not in page
    assert "A clean river" not in Client().get("/en/stories/").content.decode()


def test_feeds_are_read_by_parsers_of_others(world):
    story = out(world, make_story(world))
    atom = etree.fromstring(Client().get("/ru/stories/feed.atom").content)
    entry = atom.find("{http://www.w3.org/2005/Atom}entry")
    assert entry.findtext("{http://www.w3.org/2005/Atom}title") == "Чистая река" and f"/ru/stories/{story.slug}/" in entry.find(
        "{http://www.w3.org/2005/Atom}link"
    ).get("href")
    rss = etree.fromstring(Client().get("/kk/stories/feed.rss").content)
    assert rss.findtext("channel/item/title") == "Таза өзен" and "Өзен тазарды" in rss.findtext("channel/item/description")
    feed = json.loads(Client().get("/en/stories/feed.json").content)
    assert (
        feed["version"].endswith("1.1")
        and feed["items"][0]["title"] == "A clean river"
        and feed["items"][0]["date_published"].startswith("2026-11-24")
    )
    assert Client().get("/en/stories/feed.xls").status_code == 404


def test_the_office_tells_an_activity_in_one_step_through_the_pages(world):
    activity = make_activity(world)
    office = signed_in(world, "office")
    page = office.get(f"/en/stories/new/?from={activity.pk}").content.decode()
    assert "Together with The Club." in page and "River clean-up" in page
    made = office.post(f"/en/stories/new/?from={activity.pk}", {"title_en": "Clean", "summary_en": "Lead", "body_en": "Text"})
    story = Story.objects.get()
    address = f"/en/stories/{story.slug}/"
    assert made.url == address
    office.post(address, {"do": "quote", "organisation": world.partner.pk, "words_en": "Good", "agreed_on": "2026-11-20"})
    office.post(address, {"do": "send"})
    leader = signed_in(world, "leader")
    assert b"Stories that wait for you" in leader.get("/en/today/").content
    leader.post(address, {"do": "publish", "at": ""})
    story.refresh_from_db()
    assert story.state == "published"
    assert b"Correct the story" in office.get(address + "change/").content
    office.post(
        address + "change/",
        {"title_en": "Clean", "summary_en": "Lead", "body_en": "Text two", "words_en": "A word", "seen": story.changed_at.isoformat()},
    )
    assert story.corrections.count() == 1
    assert b"Clean" in office.get("/en/stories/desk/?state=published").content
    leader.post(address, {"do": "withdraw", "reason": "Over"})
    assert Story.objects.get().state == "withdrawn"


def test_indicators_of_stories(world):
    activity = make_activity(world)
    story = make_story(world, activity)
    quote_partner(by=world.office, story=story, organisation=world.partner, words=text("Good"), agreed_on=TODAY)
    out(world, story)
    out(world, make_story(world, body=Text.of("ru", ru="Одна")))
    with current_facts(world.university, "story", "activity") as facts:
        found = {}
        for name in ("stories-three-languages-share", "stories-with-partner-voice-share", "stories-with-consent-share"):
            figure = next(f for f in compute(definitions()[name], facts) if f.period == "2026-27" and not f.breakdown)
            found[name] = (figure.numerator, figure.denominator)
    assert found["stories-three-languages-share"] == (1, 2) and found["stories-with-partner-voice-share"] == (1, 1)
    assert found["stories-with-consent-share"][1] == 0


def test_a_translation_is_written_beside_the_original_and_the_stale_one_is_told(world):
    story = out(
        world,
        make_story(world, title=Text.of("ru", ru="Чистая река"), summary=Text.of("ru", ru="Коротко"), body=Text.of("ru", ru="Река чище.")),
    )
    address = f"/en/stories/{story.slug}/translate/kk/"
    client = signed_in(world, "editor")
    assert "Река чище." in client.get(address).content.decode() and client.get(address.replace("/kk/", "/ru/")).status_code == 404
    seen = story.changed_at.isoformat()
    given = {"title": "Таза өзен", "summary": "Қысқаша", "body": "Өзен таза.", "seen": seen}
    assert "a half is shown to nobody" in client.post(address, {**given, "summary": ""}).content.decode()
    assert client.post(address, given).status_code == 302
    page = client.post(address, {**given, "body": "Басқа"}).content.decode()
    assert "changed it meanwhile" in page and "Басқа" in page, "what was written stays"
    story = Story.objects.get(pk=story.pk)
    assert story.body.state("kk") == WRITTEN and "Өзен таза." in Client().get(f"/kk/stories/{story.slug}/").content.decode()
    with pytest.raises(BadInput):
        translate_story(by=world.office, story=story, language="ru", title="x", summary="x", body="x", seen=story.changed_at.isoformat())
    words = {"title": story.title, "summary": story.summary, "shows_people": False, "consent_words": ""}
    story = correct_story(by=world.office, story=story, body=Text.of("ru", ru="Река грязнее."), words=text("x"), on=TODAY, **words)
    assert story.body.state("kk") == STALE and "changed after this was written" in client.get(address).content.decode()


def test_what_is_written_is_kept_while_somebody_writes_and_nobody_is_written_over(world):
    story = make_story(world)
    address = f"/en/stories/{story.slug}/change/"
    given = {"title_en": "A", "summary_en": "B", "body_en": "C", "seen": story.changed_at.isoformat()}
    answer = signed_in(world, "editor").post(address, given, headers={"x-tertia-autosave": "yes"})
    seen = json.loads(answer.content)["seen"]
    assert answer.status_code == 200 and str(Story.objects.get().title.read("en").text) == "A" and seen != given["seen"]
    late = signed_in(world, "office").post(address, {**given, "body_en": "D"}, headers={"x-tertia-autosave": "yes"})
    assert late.status_code == 400 and "changed it meanwhile" in json.loads(late.content)["sentence"]
    assert (
        signed_in(world, "editor").post(address, {**given, "seen": seen, "title_en": ""}, headers={"x-tertia-autosave": "yes"}).status_code
        == 400
    )
    out(world, Story.objects.get())
    published = {**given, "seen": Story.objects.get().changed_at.isoformat(), "body_en": "E"}
    assert signed_in(world, "editor").post(address, published, headers={"x-tertia-autosave": "yes"}).status_code == 400, (
        "what readers see changes in the open only"
    )


def test_a_picture_is_drawn_anew_and_one_of_a_hundred_megapixels_is_refused(world):
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    story = make_story(world)
    client = signed_in(world, "editor")
    huge = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(huge, "PNG")
    for data in (huge.getvalue(), b"GIF89a", b"%PDF-1.4 no picture"):
        page = client.post(story.get_absolute_url(), {"do": "picture", "words_en": "A river", "file": SimpleUploadedFile("a.png", data)})
        assert page.status_code == 200 and not story.pictures.exists()
    client.post(
        story.get_absolute_url(),
        {"do": "picture", "words_en": "A river", "consent": "Signed sheets", "file": _picture()},
    )
    kept = story.pictures.get()
    assert kept.consent == "Signed sheets" and Story.objects.get().shows_people and kept.file.media_type == "image/jpeg"
    assert Client().get(f"/en/files/{kept.file_id}/").status_code == 404
    out(world, Story.objects.get())
    assert Client().get(f"/en/files/{kept.file_id}/").status_code == 200
    with pytest.raises(BadInput):
        add_picture(by=world.office, story=story, taken=Taken(b"%PDF-", "application/pdf"), name="x", words=text("x"), consent="")


def test_marks_of_a_text():
    assert as_html("# Head\n\nA **b** and [c](https://example.org/x) <b>d</b>\n\n- e\n- f") == (
        '<h2>Head</h2>\n<p>A <strong>b</strong> and <a rel="noopener" href="https://example.org/x">c</a> &lt;b&gt;d&lt;/b&gt;</p>\n<ul>\n<li>e</li>\n<li>f</li>\n</ul>\n'
    )
    for bad in (
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "<script>alert(1)</script>",
        "![x](https://example.org/a.png)",
        '[x](https://a" onclick="b)',
        "&lt;script&gt;",
    ):
        made = as_html(bad)
        assert (
            "<script" not in made and "<img" not in made and "javascript:" not in made.split("href=")[-1][:12] and 'onclick="' not in made
        )
    assert as_words("**A** &amp; [b](https://example.org)") == "A & b"


@given(st.text(st.sampled_from(list("<>\"'&[]()*#-` \n\\:/abjhtps")), max_size=60))
def test_no_text_makes_an_element_that_is_not_meant(body):
    tree = etree.HTML(f"<div>{as_html(body)}</div>")
    allowed = {"html", "body", "div", "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}
    assert {e.tag for e in tree.iter()} <= allowed
    assert all(set(e.attrib) <= {"rel", "href", "start"} and e.get("href", "http").startswith("http") for e in tree.iter())


def test_a_picture_of_an_activity_comes_along_with_its_words_and_goes_when_consent_does(world):
    activity = make_activity(world)
    photo = add_photo(
        by=world.office,
        activity=activity,
        taken=take(_picture()),
        file_name="a.jpg",
        words=text("Two people at the river"),
        consent="asked",
        on=TODAY,
    )
    story = make_story(world, activity)
    assert story.shows_people and [str(p.words) for p in story.pictures.all()] == ["Two people at the river"]
    with pytest.raises(BadInput):
        show_picture(by=world.office, story=story, file=photo.file, words=Text({}), consent="")
    show_picture(by=world.office, story=story, file=photo.file, words=text("Two volunteers"), consent="asked once more")
    change_story(
        by=world.office, story=story, title=story.title, summary=story.summary, body=story.body, shows_people=True, consent_words="Asked"
    )
    out(world, story)
    page = Client().get(story.get_absolute_url()).content.decode()
    assert 'alt="Two volunteers"' in page and "asked once more" not in page
    drop_piece(by=world.office, piece=story.pictures.get())
    assert "Two volunteers" not in Client().get(story.get_absolute_url()).content.decode()
