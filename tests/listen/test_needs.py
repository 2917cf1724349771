"""Needs: raised by anybody, answered by somebody named, closed with the asker."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.cast import SYSTEM, TODAY, make_measure, make_need, text
from tests.web.test_matrix import signed_in

from tertia.core.access.voices import Speaker
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.files.models import StoredFile
from tertia.core.files.store import open_stored
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.parties.groups import group_words
from tertia.core.records.models import OwedAnswer
from tertia.core.records.reminding import escalate_owed, remind_owed
from tertia.core.records.rounds import remind
from tertia.listen.moderation.models import Ruling
from tertia.listen.needs.actions import (
    TooMany,
    answer_need,
    ask_for_answer,
    close_by_term,
    close_need,
    forget_networks,
    object_to_answer,
    raise_need,
    support_need,
)
from tertia.listen.needs.desk_actions import attach_evidence, merge_needs, publish_need
from tertia.listen.needs.models import Need
from tertia.listen.needs.queries import board, needs_for


def test_anybody_raises_a_need_and_the_public_sees_it_only_after_the_office(world):
    need = raise_need(by=ANONYMOUS, owner=world.university, title=text("No ramp"), summary=Text({}), raised_on=TODAY)
    assert list(needs_for(ANONYMOUS)) == []
    publish_need(by=world.office, need=need)
    assert [str(n.title) for n in needs_for(ANONYMOUS)] == ["No ramp"]


@pytest.mark.parametrize("title", [Text({}), text("x" * 201)])
def test_a_need_without_words_or_with_too_many_is_refused(world, title):
    with pytest.raises(BadInput):
        raise_need(by=ANONYMOUS, owner=world.university, title=title, summary=Text({}), raised_on=TODAY)


def test_nobody_speaks_for_an_organisation_that_is_not_his(world):
    with pytest.raises(BadInput):
        raise_need(
            by=world.citizen, owner=world.university, title=text("No ramp"), summary=Text({}), raised_on=TODAY, asked_by=world.akimat
        )


def test_the_named_body_owes_the_answer_by_the_rule_of_the_day(world):
    owed = ask_for_answer(by=world.office, need=make_need(world), party=world.akimat, on=TODAY)
    assert (owed.sent_on, owed.due_on) == (TODAY, TODAY + dt.timedelta(days=15))


def test_only_the_named_body_or_the_office_answers(world):
    owed = ask_for_answer(by=world.office, need=make_need(world), party=world.akimat, on=TODAY)
    for key in ("partner", "citizen", "member", "other-office"):
        with pytest.raises(NotAllowed):
            answer_need(by=world.actor(key), owed=owed, state="accepted", words=text("Yes"), on=TODAY)
    answered = answer_need(by=world.actor("akimat"), owed=owed, state="declined", words=text("No, because"), on=TODAY)
    assert answered.record.as_need.state == "answered"


def test_a_need_closes_when_the_asker_agrees(world):
    need = make_need(world)
    owed = ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY)
    with pytest.raises(WrongState):
        close_need(by=world.citizen, need=need, on=TODAY)
    answer_need(by=world.actor("akimat"), owed=owed, state="done", words=text("Built"), on=TODAY)
    with pytest.raises(BadInput):
        close_need(by=world.office, need=need, on=TODAY)
    closed = close_need(by=world.citizen, need=need, on=TODAY)
    assert (closed.state, closed.closed_by_asker) == ("closed", True)


def test_the_asker_reads_the_answer_in_the_daily_digest(world):
    from tertia.core.jobs.queue import run_waiting
    from tertia.core.messages.models import Message
    from tertia.core.messages.outbox import send_digests

    owed = ask_for_answer(by=world.office, need=make_need(world), party=world.akimat, on=TODAY)
    answer_need(by=world.actor("akimat"), owed=owed, state="accepted", words=text("Yes, from November"), on=TODAY)
    assert Message.objects.filter(to="citizen@example.org").get().urgency == "digest"
    assert send_digests(TODAY) == 1
    run_waiting()
    letter = Message.objects.filter(to="citizen@example.org").latest("pk")
    assert letter.sent_at and "Yes, from November" in letter.body


def test_a_need_says_whom_it_concerns_in_the_words_of_its_day(world):
    def raised(on, groups):
        return raise_need(by=ANONYMOUS, owner=world.university, title=text("No ramp"), summary=Text({}), raised_on=on, groups=groups)

    assert raised(TODAY, ["kandas", "disability"]).groups == ["kandas", "disability"]
    assert raised(dt.date(2020, 5, 1), ["oralman"]).groups == ["oralman"]
    for day, group in ((TODAY, "oralman"), (dt.date(2020, 5, 1), "kandas"), (TODAY, "martians")):
        with pytest.raises(BadInput):
            raised(day, [group])
    assert [str(w) for w in group_words(["oralman"])] == ["oralman (repatriates)"]


@pytest.mark.parametrize("wrong", [{"topic": "moon"}, {"since": TODAY + dt.timedelta(days=1)}, {"pictures": [1, 2, 3, 4]}])
def test_what_cannot_be_so_is_refused(world, wrong):
    with pytest.raises(BadInput):
        raise_need(by=ANONYMOUS, owner=world.university, title=text("No ramp"), summary=Text({}), raised_on=TODAY, **wrong)


def test_of_five_thousand_needs_from_one_network_twenty_come_in_and_the_office_clears_them_at_once(world):
    for n in range(20):
        raise_need(by=ANONYMOUS, owner=world.university, title=text(f"Buy {n}"), summary=Text({}), raised_on=TODAY, network="cellar")
    for n in range(20, 60):
        with pytest.raises(TooMany):
            raise_need(by=ANONYMOUS, owner=world.university, title=text(f"Buy {n}"), summary=Text({}), raised_on=TODAY, network="cellar")
    raise_need(by=ANONYMOUS, owner=world.university, title=text("No ramp"), summary=Text({}), raised_on=TODAY, network="street")
    raise_need(by=world.citizen, owner=world.university, title=text("No light"), summary=Text({}), raised_on=TODAY, network="cellar")
    office = signed_in(world, "office")
    spam = [str(n.pk) for n in Need.objects.filter(network="cellar", author=None)]
    refused = office.post("/en/needs/desk/", {"need": spam, "do": "decline", "rule": "advertising", "words": ""})
    assert refused.status_code == 400 and Need.objects.filter(state="declined").count() == 0
    office.post("/en/needs/desk/", {"need": spam, "do": "decline", "rule": "advertising", "words": "It sells."})
    assert Need.objects.filter(state="declined").count() == 20 and Need.objects.filter(state="raised").count() == 2
    assert forget_networks(by=SYSTEM, before=TODAY + dt.timedelta(days=1)) == 22


def test_me_too_counts_everybody_once_and_goes_over_when_needs_are_joined(world):
    one, two = make_need(world), make_need(world, "The bus leaves before nine")
    for speaker in (Speaker(mark="a"), Speaker(mark="a"), Speaker(mark="b")):
        support_need(by=ANONYMOUS, need=one, speaker=speaker, on=TODAY)
    support_need(by=ANONYMOUS, need=two, speaker=Speaker(mark="c"), on=TODAY)
    assert (one.supports.count(), two.supports.count()) == (2, 1)
    ask_for_answer(by=world.office, need=two, party=world.akimat, on=TODAY)
    with pytest.raises(BadInput):
        merge_needs(by=world.office, need=two, into=two, on=TODAY)
    two.refresh_from_db()
    two = merge_needs(by=world.office, need=two, into=one, on=TODAY)
    assert two.state == "merged" and two.merged_into == one and one.supports.count() == 3 and not two.owed_answers.exists()
    assert Message.objects.filter(person=world.people["citizen"], key__startswith="need-merged:").count() == 1
    with pytest.raises(WrongState):
        support_need(by=ANONYMOUS, need=two, speaker=Speaker(mark="d"), on=TODAY)


def test_an_answer_that_does_not_settle_it_is_owed_again_and_silence_of_the_asker_closes_it(world):
    need = make_need(world)
    owed = ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY)
    answer_need(by=world.actor("akimat"), owed=owed, state="accepted", words=text("Soon"), on=TODAY, answered_with="study")
    with pytest.raises(BadInput):
        answer_need(by=world.actor("akimat"), owed=owed, state="accepted", words=text("Soon"), on=TODAY, answered_with="magic")
    need.refresh_from_db()
    assert need.answered_with == "study"
    with pytest.raises(NotAllowed):
        object_to_answer(by=world.member, need=need, words=text("No"), on=TODAY)
    need = object_to_answer(by=world.citizen, need=need, words=text("When?"), on=TODAY + dt.timedelta(days=3))
    owed.refresh_from_db()
    assert need.state == "asked" and owed.state == "sent" and owed.due_on == TODAY + dt.timedelta(days=18)
    answer_need(by=world.actor("akimat"), owed=owed, state="done", words=text("Since today"), on=TODAY + dt.timedelta(days=5))
    need.refresh_from_db()
    with pytest.raises(WrongState):
        close_by_term(by=SYSTEM, need=need, on=TODAY + dt.timedelta(days=35))
    need = close_by_term(by=SYSTEM, need=need, on=TODAY + dt.timedelta(days=36))
    assert (need.state, need.closed_by_asker) == ("closed", False)


def test_silence_is_reminded_of_each_week_and_after_a_month_the_leaders_are_told(world, settings):
    ask_for_answer(by=world.office, need=make_need(world), party=world.akimat, on=TODAY, due_on=TODAY)
    for days in range(1, 40):
        settings.TERTIA_TODAY = str(TODAY + dt.timedelta(days=days))
        remind()
    owed = OwedAnswer.objects.get()
    to_akimat = Message.objects.filter(person=world.people["akimat"], key__startswith="remind-owed:")
    assert owed.reminders == to_akimat.count() == 6
    assert Message.objects.filter(person=world.people["leader"], key__startswith="escalate-owed:").count() == 1
    row = board(TODAY + dt.timedelta(days=39))[0]
    assert (row.party, row.asked, row.answered, row.overdue, row.longest) == (world.akimat, 1, 0, 1, 39)
    remind_owed(by=world.office, owed=owed, on=TODAY + dt.timedelta(days=39))
    escalate_owed(by=SYSTEM, owed=owed, on=TODAY + dt.timedelta(days=39))
    assert Message.objects.filter(person=world.people["leader"], key__startswith="escalate-owed:").count() == 1


def test_what_is_said_already_is_offered_before_sending_and_a_photograph_loses_its_place(world):
    there = make_need(world, "The last bus leaves before the library closes")
    client = Client()
    form = {"title_en": "Last bus leaves before library is closed", "groups": ["students"], "topic": "transport", "since": "2026-01-01"}
    page = client.post("/en/needs/new/", form).content.decode()
    assert "Is it one of these?" in page and there.get_absolute_url() in page and Need.objects.count() == 1
    client.post(f"/en/needs/{there.slug}/", {"do": "support"})
    client.post(f"/en/needs/{there.slug}/", {"do": "support"})
    assert there.supports.count() == 1
    picture = SimpleUploadedFile("bus.jpg", _photograph(), "image/jpeg")
    page = client.post("/en/needs/new/", form | {"sure": "yes", "pictures": picture, "pictures_words": "A dark stop"}).content.decode()
    assert "Thank you" in page
    made = Need.objects.latest("pk")
    file = StoredFile.objects.get(record=made)
    assert (made.topic, made.groups, file.media_type, file.alternative) == ("transport", ["students"], "image/jpeg", "A dark stop")
    assert b"Exif" not in b"".join(open_stored(file)) and client.get(f"/en/files/{file.pk}/").status_code == 404
    publish_need(by=world.office, need=made)
    assert 'alt="A dark stop"' in client.get(made.get_absolute_url()).content.decode()
    text_file = SimpleUploadedFile("bus.txt", b"words", "text/plain")
    assert "Only photographs" in client.post("/en/needs/new/", form | {"pictures": text_file}).content.decode()


def _photograph():
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "a secret place"
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_the_office_attaches_evidence_joins_and_the_asker_appeals(world):
    office, one = signed_in(world, "office"), make_need(world)
    study = SimpleUploadedFile("study.txt", b"We counted 400 people.", "text/plain")
    assert office.post(f"/en/needs/{one.slug}/desk/", {"do": "attach", "words": "A count"}).status_code == 400
    office.post(f"/en/needs/{one.slug}/desk/", {"do": "attach", "file": study, "words": "A count of May"})
    assert "A count of May" in Client().get(f"/en/needs/{one.slug}/").content.decode()
    count = StoredFile.objects.get(record=one)
    assert b"400 people" in Client().get(f"/en/files/{count.pk}/").getvalue()  # as public as the need
    with pytest.raises(BadInput):
        attach_evidence(by=world.office, need=one, taken=None, name="x", words=" ")
    two = make_need(world, "The bus goes too soon", public=False)
    office.post(f"/en/needs/{two.slug}/desk/", {"do": "merge", "into": f"https://example.org/en/needs/{one.slug}/"})
    two.refresh_from_db()
    assert two.merged_into_id == one.pk
    three = make_need(world, "Buy my car", public=False)
    office.post(f"/en/needs/{three.slug}/desk/", {"do": "decline", "rule": "advertising", "words": "It sells."})
    asker = signed_in(world, "citizen")
    assert "It sells." in asker.get(f"/en/needs/{three.slug}/").content.decode()
    assert asker.post(f"/en/needs/{three.slug}/appeal/", {"words": ""}).status_code == 400
    asker.post(f"/en/needs/{three.slug}/appeal/", {"words": "It is a gift."})
    signed_in(world, "leader").post(
        "/en/moderation/appeals/", {"ruling": Ruling.objects.get().pk, "do": "reverse", "words": "A gift is fine."}
    )
    three.refresh_from_db()
    assert (three.state, three.visibility) == ("raised", "public")
    ask_for_answer(by=world.office, need=one, party=world.akimat, on=TODAY)
    measure = make_measure(world)
    signed_in(world, "akimat").post(
        f"/en/needs/{one.slug}/",
        {"do": "answer", "state": "accepted", "words_en": "Yes", "answered_with": "project", "evidence": measure.pk},
    )
    page = asker.get(f"/en/needs/{one.slug}/").content.decode()
    assert "a project" in page and measure.get_absolute_url() in page and "Does it settle your need?" in page
    asker.post(f"/en/needs/{one.slug}/", {"do": "object", "words": "Not yet."})
    assert "Not yet." in Client().get(f"/en/needs/{one.slug}/").content.decode()
    for page in ("/en/needs/?topic=transport", "/en/needs/who-answers/", "/en/moderation/"):
        assert Client().get(page).status_code == 200
