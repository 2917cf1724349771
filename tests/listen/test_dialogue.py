"""Conversations: one voice one vote, nothing lost or doubled, statements with honest handling of votes, and what became of them."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections
from tests.cast import SYSTEM, TODAY, make_conversation, make_need, text

from tertia.core.access.voices import Speaker, network_of, speaker_of
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, WrongState
from tertia.core.actions.models import Event
from tertia.core.jobs.queue import run_waiting
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.parties.models import Person
from tertia.listen.dialogue.actions import (
    Cast,
    admit,
    answer_conversation,
    ask_about_conversation,
    cast_votes,
    change_conversation,
    close_conversation,
    count_again,
    decline,
    join_statements,
    join_voices,
    open_conversation,
    say,
    say_anew,
    seed,
    set_aside,
    tell_outcome,
    translate,
)
from tertia.listen.dialogue.actions.voting import NeedsSignIn, TooFast, VotingOver
from tertia.listen.dialogue.actions.watching import forget_networks
from tertia.listen.dialogue.exchange import bring_in, read_folder, write_folder
from tertia.listen.dialogue.jobs import draw, mark_shared, needs_drawing
from tertia.listen.dialogue.models import Conversation, Picture, Statement, Voice, Vote
from tertia.listen.dialogue.opinion.votes import VotesUnreadable, read_votes
from tertia.listen.dialogue.queries import deck, numbers_of, seen_signs
from tertia.listen.dialogue.rounds import draw_anew, end_conversations, forget
from tertia.listen.moderation.actions import appeal, decide_appeal
from tertia.listen.moderation.models import Ruling

pytestmark = pytest.mark.django_db


def guest(name: str, network: str = "") -> Speaker:
    return Speaker(mark=name, network=network)


def vote(talk, speaker, *pairs, turn=0):
    votes = [Cast(number, value, turn) for number, value in pairs]
    return cast_votes(by=SYSTEM, conversation=talk, speaker=speaker, votes=votes, day=TODAY)


def values(talk):
    return sorted(Vote.objects.filter(statement__conversation=talk).values_list("statement__number", "value"))


def test_the_last_vote_of_a_voice_counts_and_a_late_older_one_changes_nothing(world):
    talk = make_conversation(world)
    assert vote(talk, guest("a"), (1, 1), (2, -1), turn=5) == 2
    assert vote(talk, guest("a"), (1, 1), (2, -1), turn=5) == 2  # sent twice by a bad network
    vote(talk, guest("a"), (1, 0), turn=9)
    vote(talk, guest("a"), (1, 1), turn=7)  # waited in a pocket and comes late
    assert values(talk) == [(1, 0), (2, -1)]
    assert numbers_of(talk)["voices"] == 1


def test_votes_leave_no_event_and_no_person(world):
    talk = make_conversation(world)
    before = Event.objects.count()
    cast_votes(by=world.member, conversation=talk, speaker=Speaker(person=world.people["member"]), votes=[Cast(1, 1)], day=TODAY)
    assert Event.objects.count() == before
    to_people = [f for model in (Voice, Vote) for f in model._meta.get_fields() if f.is_relation and f.related_model is Person]
    assert to_people == [] and len(Voice.objects.get().key) == 32


def test_two_conversations_know_the_same_person_by_different_hashes(world):
    speaker = Speaker(person=world.people["member"], mark="m")
    assert speaker.voice_key(1) != speaker.voice_key(2)
    assert speaker.voice_key(1) not in (speaker.author_key(1), speaker.guest_key(1))
    assert network_of("10.1.2.3", TODAY) == network_of("10.1.2.99", TODAY) != network_of("10.1.3.3", TODAY)
    assert network_of("10.1.2.3", TODAY) != network_of("10.1.2.3", TODAY + dt.timedelta(days=1))
    assert network_of("2001:db8:1:2::1", TODAY) == network_of("2001:db8:1:3::1", TODAY) and network_of("nonsense", TODAY) == ""


def test_the_network_is_the_visitor_s_where_servers_in_front_are_known(rf, settings):
    def seen(**meta):
        request = rf.get("/", **meta)
        request.actor = Actor()
        return speaker_of(request, TODAY).network

    assert seen(REMOTE_ADDR="127.0.0.1") == seen(REMOTE_ADDR="::1") == "" and seen(REMOTE_ADDR="10.1.2.3") == network_of("10.1.2.9", TODAY)
    assert seen(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="10.1.2.3") == ""  # anybody may write that
    settings.TERTIA_PROXIES = 1
    forged = seen(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.1, 10.1.2.3")
    assert forged == network_of("10.1.2.3", TODAY) and seen(REMOTE_ADDR="127.0.0.1") == ""


def test_after_the_end_before_the_beginning_and_without_identity_nothing_is_counted(world):
    talk = make_conversation(world, opened=False)
    with pytest.raises(VotingOver):
        vote(talk, guest("a"), (1, 1))
    talk = open_conversation(by=world.office, conversation=talk, on=TODAY)
    with pytest.raises(VotingOver):
        cast_votes(by=SYSTEM, conversation=talk, speaker=guest("a"), votes=[Cast(1, 1)], day=talk.ends_on + dt.timedelta(days=1))
    closed = close_conversation(by=world.office, conversation=talk, on=TODAY)
    with pytest.raises(VotingOver):
        vote(closed, guest("a"), (1, 1))
    only_known = make_conversation(world, identity=True, words="Another question?")
    with pytest.raises(NeedsSignIn):
        vote(only_known, guest("a"), (1, 1))
    vote(only_known, Speaker(person=world.people["member"]), (1, 1))
    assert Vote.objects.count() == 1
    with pytest.raises(BadInput):
        change_conversation(by=world.office, conversation=only_known, on=TODAY, identity=False)
    changed = change_conversation(by=world.office, conversation=only_known, on=TODAY, ends_on=TODAY + dt.timedelta(days=40))
    assert changed.ends_on == TODAY + dt.timedelta(days=40)


def test_more_votes_than_one_can_read_are_refused_and_the_earlier_ones_stay(world):
    talk = make_conversation(world, statements=70)
    vote(talk, guest("quick"), *[(n, 1) for n in range(1, 61)])
    with pytest.raises(TooFast) as refused:
        vote(talk, guest("quick"), (61, 1))
    assert refused.value.status == 429 and "60" in refused.value.sentence()
    assert numbers_of(talk)["votes"] == 60


def test_who_signs_in_takes_the_guest_s_votes_along_and_has_one_voice(world):
    talk = make_conversation(world)
    vote(talk, guest("phone"), (1, 1), (2, -1))
    person = Speaker(person=world.people["member"], mark="phone")
    vote(talk, person, (2, 1))
    assert join_voices(by=world.member, conversation=talk, speaker=person) == 1
    assert values(talk) == [(1, 1), (2, 1)] and Voice.objects.count() == 1
    assert join_voices(by=world.member, conversation=talk, speaker=person) == 0


def test_statements_wait_are_published_and_votes_stay_with_their_words(world):
    talk = make_conversation(world)
    member = Speaker(person=world.people["member"])
    one = say(by=world.member, conversation=talk, speaker=member, words=text("Open the gate at night"), on=TODAY)
    assert one.state == "waiting"
    vote(talk, guest("a"), (one.number, 1))
    assert not Vote.objects.exists()  # it is not asked yet
    one = admit(by=world.office, statement=one)
    vote(talk, guest("a"), (one.number, 1))
    assert Message.objects.filter(person=world.people["member"], key__startswith="statement-open:").count() == 1
    with pytest.raises(BadInput) as again:
        say(by=world.member, conversation=talk, speaker=member, words=text("open the  gate AT night"), on=TODAY)
    assert again.value.faults[0].code == "again"
    first, second = say_anew(by=world.office, statement=one, texts=[text("Open the gate until ten"), text("Light the gate")], on=TODAY)
    one.refresh_from_db()
    assert one.state == "closed" and first.came_from == second.came_from == one and first.author == world.people["member"]
    assert Vote.objects.filter(statement=one).count() == 1 and not Vote.objects.filter(statement__in=[first, second]).exists()
    assert vote(talk, guest("b"), (one.number, 1)) == 0
    joined = join_statements(by=world.office, statement=second, to=first)
    assert (joined.state, joined.joined_to) == ("closed", first)
    with pytest.raises(BadInput):
        join_statements(by=world.office, statement=first, to=first)
    spoken = translate(by=world.office, statement=first, language="ru", text="Открыть ворота до десяти")
    assert spoken.words.state("ru") == "written"
    with pytest.raises(BadInput):
        translate(by=world.office, statement=first, language="en", text="Close the gate")


def test_a_person_says_so_much_a_day_and_no_more(world):
    talk = make_conversation(world)
    for n in range(5):
        say(by=SYSTEM, conversation=talk, speaker=guest("talker"), words=text(f"Thing number {n} is good"), on=TODAY)
    with pytest.raises(BadInput):
        say(by=SYSTEM, conversation=talk, speaker=guest("talker"), words=text("And one more"), on=TODAY)
    for words in (Text({}), text("x" * 201)):
        with pytest.raises(BadInput):
            say(by=SYSTEM, conversation=talk, speaker=guest("another"), words=words, on=TODAY)


def test_not_published_with_reasons_appealed_and_decided_by_somebody_else(world):
    talk = make_conversation(world)
    one = say(by=world.member, conversation=talk, speaker=Speaker(person=world.people["member"]), words=text("He is a fool"), on=TODAY)
    for rule, words in (("because", text("x")), ("insult", Text({}))):
        with pytest.raises(BadInput):
            decline(by=world.office, statement=one, rule=rule, words=words, on=TODAY)
    one = decline(by=world.office, statement=one, rule="insult", words=text("It names a person as a fool."), on=TODAY)
    ruling = Ruling.objects.get()
    assert one.state == "declined" and Message.objects.filter(person=world.people["member"]).get().key.startswith("ruling:")
    with pytest.raises(WrongState):
        appeal(by=world.citizen, ruling=ruling, words=text("No"), on=TODAY)
    with pytest.raises(BadInput):
        appeal(by=world.member, ruling=ruling, words=text("Late"), on=TODAY + dt.timedelta(days=31))
    ruling = appeal(by=world.member, ruling=ruling, words=text("It is a character of a play."), on=TODAY)
    with pytest.raises(BadInput):
        decide_appeal(by=world.office, ruling=ruling, reverse=True, words=text("Yes"), on=TODAY)  # who ruled does not decide
    ruling = decide_appeal(by=world.leader, ruling=ruling, reverse=True, words=text("It is."), on=TODAY)
    one.refresh_from_db()
    assert (ruling.appeal, one.state) == ("reversed", "open")
    assert Message.objects.filter(person=world.people["member"], key__startswith="appeal:").count() == 1


def test_the_answer_and_what_became_of_a_statement_reach_its_author(world):
    talk = make_conversation(world, discusses=make_need(world))
    one = admit(
        by=world.office,
        statement=say(
            by=world.member, conversation=talk, speaker=Speaker(person=world.people["member"]), words=text("Count first"), on=TODAY
        ),
    )
    talk = close_conversation(by=world.office, conversation=talk, on=TODAY)
    owed = ask_about_conversation(by=world.office, conversation=talk, party=world.akimat, on=TODAY)
    with pytest.raises(BadInput):
        tell_outcome(by=world.office, statement=one, became="perhaps", words=text("x"), on=TODAY)
    with pytest.raises(BadInput):
        answer_conversation(by=Actor.of(world.people["akimat"], TODAY), owed=owed, state="accepted", words=Text({}), on=TODAY)
    answer_conversation(by=world.office, owed=owed, state="accepted", words=text("We count."), on=TODAY)
    tell_outcome(by=world.office, statement=one, became="taken", words=text("Counting began."), on=TODAY, record=None)
    talk.refresh_from_db()
    keys = list(Message.objects.filter(person=world.people["member"]).order_by("pk").values_list("key", flat=True))
    assert talk.state == "answered" and [k.split(":")[0] for k in keys] == ["statement-open", "conversation-answered", "statement-became"]


def test_stuffing_is_seen_set_aside_and_counted_again(world):
    talk = make_conversation(world, statements=12)
    for n in range(20):
        vote(talk, guest(f"hall{n}", "hall"), *[(s, 1 if (s * (n + 3)) % 3 else -1) for s in range(1, 13)])
    assert seen_signs(talk) == []  # a hall has one network, and its voices differ
    for n in range(15):
        vote(talk, guest(f"robot{n}", "cellar"), *[(s, -1) for s in range(1, 13)])
    sign = seen_signs(talk)[0]
    assert sign.kind == "alike" and len(sign.voices) == 15
    assert set_aside(by=world.office, conversation=talk, voices=list(sign.voices), sign="alike") == 15
    assert numbers_of(talk) == {"voices": 20, "aside": 15, "votes": 240, "statements": 12} and seen_signs(talk) == []
    with pytest.raises(BadInput):
        set_aside(by=world.office, conversation=talk, voices=[1], sign="mood")
    assert count_again(by=world.office, conversation=talk, sign="alike") == 15 and numbers_of(talk)["voices"] == 35
    assert forget_networks(by=SYSTEM, before=TODAY + dt.timedelta(days=1)) == 35 and forget() == 0


def test_pictures_of_nobody_of_one_and_of_everybody_of_one_opinion(world):
    talk = make_conversation(world)
    assert draw(talk.pk) == {"votes": 0} and not Picture.objects.exists()
    vote(talk, guest("only"), (1, 1))
    draw(talk.pk)
    assert talk.picture.report["participants"] == 1 and all(g["protected"] for g in talk.picture.report["groups"])
    for n in range(30):
        vote(talk, guest(f"v{n}"), (1, 1), (2, -1), (3, 1))
    assert [pk for pk, _n in needs_drawing()] == [talk.pk] and draw_anew() == 1
    run_waiting()
    report = Picture.objects.get().report
    shared = Statement.objects.filter(shared=True)
    assert set(shared.values_list("number", flat=True)) == {1, 3}  # all agree with these; with the second all disagree
    assert mark_shared(by=SYSTEM, conversation=talk, statements=list(shared.values_list("pk", flat=True))) == 0
    assert len(report["groups"]) == 1 and {c["statement"] for c in report["consensus"]} == {"1", "2", "3"}
    assert not any("members" in g for g in report["groups"])


def test_a_conversation_ends_after_its_last_day_by_itself(world, settings):
    talk = make_conversation(world)
    assert end_conversations() == 0
    settings.TERTIA_TODAY = str(talk.ends_on + dt.timedelta(days=1))
    assert end_conversations() == 1
    talk.refresh_from_db()
    assert talk.state == "closed"


def test_what_is_published_can_be_read_again_and_gives_the_same_groups(world, tmp_path):
    talk = make_conversation(world, statements=13)
    seed(by=world.office, conversation=talk, texts=[text("=1+1 is two")], on=TODAY)
    for n in range(60):
        vote(talk, guest(f"v{n}"), *[(s, 1 if (n < 30) == (s % 2 == 0) else -1) for s in range(1, 15) if (s + n) % 5])
    draw(talk.pk)
    assert [f.name for f in write_folder(talk, tmp_path / "open")] == ["votes.csv", "comments.csv", "participants-votes.csv", "summary.csv"]
    votes = read_votes(tmp_path / "open")
    assert votes.shape == (60, 14) and len(votes) == numbers_of(talk)["votes"]
    head = (tmp_path / "open" / "votes.csv").read_text().splitlines()[0]
    assert head == "comment-id,voter-id,vote"  # no times
    assert ",'=1+1 is two," in (tmp_path / "open" / "comments.csv").read_text()  # no formula for a spreadsheet
    brought = read_folder(tmp_path / "open")
    assert brought.texts["14"] == "=1+1 is two"
    again = bring_in(
        by=world.office,
        owner=world.university,
        brought=brought,
        title=text("Again"),
        language="en",
        source="Test",
        licence="CC BY 4.0",
        on=TODAY,
    )
    assert numbers_of(again)["votes"] == len(votes) and again.state == "closed"
    draw(again.pk)
    assert [g["size"] for g in again.picture.report["groups"]] == [g["size"] for g in talk.picture.report["groups"]] == [30, 30]
    (tmp_path / "open" / "comments.csv").write_text("comment-id,agrees\n1,2\n")
    with pytest.raises(VotesUnreadable, match="comment-body"):
        read_folder(tmp_path / "open")
    (tmp_path / "open" / "comments.csv").unlink()
    with pytest.raises(VotesUnreadable, match="comments"):
        read_folder(tmp_path / "open")


@pytest.mark.django_db(transaction=True)
def test_votes_of_many_at_once_are_neither_lost_nor_doubled(world):
    talk = make_conversation(world, statements=5)

    def work(name: str) -> None:
        try:
            for turn in range(3):
                for n in range(1, 6):
                    vote(talk, guest(name), (n, 1 if turn == 2 else -1), turn=turn)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(f"v{n % 6}",)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers_of(talk) == {"voices": 6, "aside": 0, "votes": 30, "statements": 5}
    assert set(Vote.objects.values_list("value", flat=True)) == {1}


def test_the_next_cards_leave_out_what_was_answered_and_show_one_that_was_asked_for(world):
    talk = make_conversation(world, statements=6)
    vote(talk, guest("a"), (1, 1), (2, 1))
    standing = deck(talk, guest("a"))
    assert sorted(c.number for c in standing.cards) == [3, 4, 5, 6] and standing.answered == 2
    assert deck(talk, guest("a"), first=2).cards[0].number == 2


def test_seeds_are_checked_and_an_empty_conversation_is_not_opened(world):
    talk = make_conversation(world, statements=0, opened=False)
    with pytest.raises(BadInput):
        open_conversation(by=world.office, conversation=talk, on=TODAY)
    seed(by=world.office, conversation=talk, texts=[text("One claim")], on=TODAY)
    assert open_conversation(by=world.office, conversation=talk, on=TODAY).state == "open"
    with pytest.raises(BadInput):
        change_conversation(by=world.office, conversation=talk, on=TODAY, ends_on=TODAY - dt.timedelta(days=1))
    assert Conversation.objects.get().visibility == "public" and Statement.objects.count() == 1
