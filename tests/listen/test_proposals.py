"""Proposals: amended with a visible difference, argued, voted on in secret, decided, and everybody told."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.test import Client
from tests.cast import SYSTEM, TODAY, make_conversation, make_need, text
from tests.web.test_matrix import signed_in

from tertia.cli import main
from tertia.core.access.voices import Speaker
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.actions.models import Event
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.records.models import Link, Record
from tertia.listen.moderation.actions import appeal, decide_appeal
from tertia.listen.moderation.models import Ruling
from tertia.listen.proposals.actions import amend, argue, convince, decide, decide_amendment, hide_argument, propose
from tertia.listen.proposals.bringing import bring_proposals
from tertia.listen.proposals.city import read_city
from tertia.listen.proposals.models import Amendment, Argument, Ballot, Entitled, Poll, Proposal
from tertia.listen.proposals.polls import cast_ballot, close_poll, open_poll, published_ballots, stands
from tertia.listen.proposals.rounds import count_polls, tell_measures
from tertia.listen.proposals.views import difference
from tertia.plan.strategy.models import Measure

pytestmark = pytest.mark.django_db


def make_proposal(world, **more):
    return propose(
        by=world.citizen,
        owner=world.university,
        title=text("Open the gate"),
        words=text("The gate stays open until nine."),
        on=TODAY,
        **more,
    )


def make_poll(world, proposal, method="choice", options=("for", "against"), voters="leaders", quorum="0.5"):
    return open_poll(
        by=world.office,
        proposal=proposal,
        method=method,
        options=list(options),
        quorum=Decimal(quorum),
        voters=voters,
        on=TODAY,
        ends_on=TODAY,
    )


def test_an_amendment_shows_its_difference_changes_the_text_and_makes_others_stale(world):
    made = make_proposal(world)
    one = amend(by=world.member, proposal=made, words=text("The gate stays open until ten."), reason=text("Nine is early."), on=TODAY)
    two = amend(by=world.leader, proposal=made, words=text("The gate is removed."), reason=text("Why a gate?"), on=TODAY)
    assert difference(one.before, one.words) == [("same", "The gate stays open until"), ("out", "nine."), ("in", "ten.")]
    for words, reason in ((made.summary, text("x")), (Text({}), text("x")), (text("y"), Text({})), (text("z" * 6001), text("x"))):
        with pytest.raises(BadInput):
            amend(by=world.member, proposal=made, words=words, reason=reason, on=TODAY)
    with pytest.raises(NotAllowed):
        decide_amendment(by=world.member, amendment=one, take=True, words=text("Yes"), on=TODAY)
    with pytest.raises(BadInput):
        decide_amendment(by=world.citizen, amendment=one, take=False, words=Text({}), on=TODAY)
    decide_amendment(by=world.citizen, amendment=one, take=True, words=text("Yes"), on=TODAY)
    made.refresh_from_db()
    two.refresh_from_db()
    assert str(made.summary) == "The gate stays open until ten." and two.state == Amendment.State.STALE
    with pytest.raises(WrongState):
        decide_amendment(by=world.citizen, amendment=two, take=True, words=text("Yes"), on=TODAY)
    assert Message.objects.filter(person=world.people["member"], key__startswith="amendment:").count() == 1


def test_everybody_supports_once_and_takes_it_back(world):
    made = make_proposal(world)
    one = argue(by=world.member, proposal=made, side="for", words=text("People work late."), on=TODAY)
    for expected in (True, False, True):
        assert convince(by=ANONYMOUS, proposal=made, speaker=Speaker(mark="a")) is expected
    convince(by=ANONYMOUS, proposal=made, speaker=Speaker(mark="a"), argument=one)
    convince(by=ANONYMOUS, proposal=made, speaker=Speaker(mark="b"), argument=one)
    one.refresh_from_db()
    assert made.supports.filter(argument=None).count() == 1 and one.weight == 2
    with pytest.raises(BadInput):
        argue(by=world.member, proposal=made, side="perhaps", words=text("x"), on=TODAY)


def test_a_reason_that_is_hidden_is_appealed(world):
    made = make_proposal(world)
    one = argue(by=world.member, proposal=made, side="for", words=text("He is late."), on=TODAY)
    hide_argument(by=world.office, argument=one, rule="person", words=text("It names somebody."), on=TODAY)
    appeal(by=world.member, ruling=Ruling.objects.get(), words=text("It is the bus."), on=TODAY)
    decide_appeal(by=world.leader, ruling=Ruling.objects.get(), reverse=True, words=text("So it is."), on=TODAY)
    one.refresh_from_db()
    assert one.shown


def test_ballots_are_secret_cast_once_counted_and_counted_again_from_outside(world, tmp_path, capsys):
    made = make_proposal(world)
    poll = make_poll(world, made, "ranked", ("bus", "path", "taxi"))
    with pytest.raises(NotAllowed):
        cast_ballot(by=world.citizen, poll=poll, options=["o1"], on=TODAY)
    for bad in (["o9"], ["o1", "o1"]):
        with pytest.raises(BadInput):
            cast_ballot(by=world.office, poll=poll, options=bad, on=TODAY)
    receipt = cast_ballot(by=world.office, poll=poll, options=["o2", "o1"], on=TODAY)
    with pytest.raises(BadInput):
        cast_ballot(by=world.office, poll=poll, options=["o1"], on=TODAY)
    assert published_ballots(poll) == ""  # nothing before the count
    with pytest.raises(BadInput):
        close_poll(by=world.office, poll=poll, on=TODAY)  # the others may still vote
    cast_ballot(by=world.leader, poll=poll, options=["o2"], on=TODAY)
    assert not [f for f in Ballot._meta.get_fields() if f.is_relation and f.name != "poll"]
    for event in Event.objects.filter(action="proposals.cast_ballot"):
        assert (event.person_id, event.changes, event.actor) == (None, [], "")
    with pytest.raises(WrongState):
        cast_ballot(by=world.editor, poll=poll, options=["o1"], on=TODAY + dt.timedelta(days=1))
    assert count_polls() == 0
    poll = close_poll(by=SYSTEM, poll=poll, on=TODAY + dt.timedelta(days=1))
    told = poll.result
    assert (told["ballots"], told["entitled"], told["quorate"], told["winners"]) == (2, 3, True, ["o2"])
    file = tmp_path / "ballots.csv"
    file.write_text(published_ballots(poll))
    assert receipt in file.read_text()
    assert main(["ballots", "count", str(file), "--method", "ranked", "--options", "o1", "o2", "o3", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert {k: again[k] for k in ("votes", "winners", "rounds")} == {k: told[k] for k in ("votes", "winners", "rounds")}


@pytest.mark.parametrize(
    "wrong", [{"method": "lot"}, {"options": ("one",)}, {"options": ("a", "a")}, {"quorum": "1"}, {"voters": "friends"}]
)
def test_a_vote_that_cannot_be_is_not_opened(world, wrong):
    made = make_proposal(world)
    with pytest.raises(BadInput):
        make_poll(world, made, **wrong)
    assert not Poll.objects.exists() and Proposal.objects.get().state == "open"


def test_a_quorum_that_was_missed_is_told(world):
    poll = make_poll(world, make_proposal(world), voters="all", quorum="0.9")
    cast_ballot(by=world.office, poll=poll, options=[], on=TODAY)
    poll = close_poll(by=SYSTEM, poll=poll, on=TODAY + dt.timedelta(days=1))
    assert not poll.result["quorate"] and poll.result["abstained"] == 1 and stands(poll)[0]["votes"] == 0


def test_what_was_decided_reaches_everybody_who_took_part_once_and_grows_into_a_measure(world):
    need = make_need(world)
    made = make_proposal(world, about=need)
    argue(by=world.member, proposal=made, side="against", words=text("It costs."), on=TODAY)
    amend(by=world.member, proposal=made, words=text("Until ten."), reason=text("Late."), on=TODAY)
    with pytest.raises(BadInput):
        decide(by=world.office, proposal=made, accept=True, words=Text({}), on=TODAY)
    decide(by=world.office, proposal=made, accept=True, words=text("From Monday."), on=TODAY)
    for key in ("citizen", "member"):
        assert Message.objects.filter(person=world.people[key], key__startswith="proposal-decided:").count() == 1
    office = signed_in(world, "office")
    office.post(f"/en/measures/new/?from={made.pk}", {"title_en": "Open the gate", "starts_on": "2026-09-01", "ends_on": "2027-08-31"})
    measure = Measure.objects.get()
    assert Link.objects.filter(lower=measure, upper=made, relation="answers").exists()
    assert "Open the gate" in office.get(f"/en/records/{measure.pk}/thread/").content.decode()
    publish = Record.objects.get(pk=measure.pk)
    assert publish.visibility == "public" and (tell_measures(), tell_measures()) == (1, 0)
    assert Message.objects.filter(person=world.people["citizen"], key__startswith="proposal-measure:").count() == 1


def test_the_whole_way_through_the_pages(world):
    talk = make_conversation(world)
    citizen, member, office, leader = (signed_in(world, key) for key in ("citizen", "member", "office", "leader"))
    citizen.post(f"/en/proposals/new/?from={talk.pk}", {"title_en": "A later bus", "words_en": "The bus leaves at nine."})
    made = Proposal.objects.get()
    page = f"/en/proposals/{made.slug}/"
    assert Link.objects.filter(lower=made, upper=talk, relation="proposes").exists()
    guest = Client()
    guest.post(page, {"do": "support"})
    member.post(page, {"do": "for", "words": "People work late. <script>alert(1)</script>"})
    member.post(page, {"do": "against", "words": "It costs."})
    refused = member.post(page, {"do": "against", "words": ""})
    assert refused.status_code == 400 and Client().post(page, {"do": "for", "words": "x"}).status_code == 403
    guest.post(page, {"do": "convinced", "number": Argument.objects.first().pk})
    member.post(f"{page}amend/", {"words_en": "The bus leaves at ten.", "reason_en": "Nine is early."})
    shown = guest.get(page).content.decode()
    assert "<del>nine.</del>" in shown and "<ins>ten.</ins>" in shown and "1 person supports it" in shown and "<script>alert" not in shown
    citizen.post(page, {"do": "take", "number": "1", "words": "Yes."})
    office.post(page, {"do": "hide", "number": Argument.objects.get(side="against").pk, "rule": "unclear", "words": "What costs?"})
    assert "It costs." not in guest.get(page).content.decode()
    office.post(
        f"{page}vote/open/", {"method": "ranked", "options": "bus\npath", "voters": "leaders", "quorum": "0", "ends_on": str(TODAY)}
    )
    poll = Poll.objects.get()
    assert "Votes that wait for you" in leader.get("/en/today/").content.decode()
    twice = leader.post(f"{page}vote/", {"place-o1": "1", "place-o2": "1"})
    assert "same place" in twice.content.decode() and not Ballot.objects.exists()
    done = leader.post(f"{page}vote/", {"place-o1": "2", "place-o2": "1"}).content.decode()
    assert Ballot.objects.get().receipt in done and Ballot.objects.get().options == ["o2", "o1"]
    assert Ballot.objects.get().receipt not in leader.get(f"{page}vote/").content.decode()
    assert guest.get(f"{page}ballots.csv").status_code == 404
    for key in ("office", "editor"):
        signed_in(world, key).post(f"{page}vote/", {"place-o1": "1"})
    office.post(f"{page}vote/", {"do": "count"})
    poll.refresh_from_db()
    assert poll.state == "closed" and poll.result["winners"] == ["o1"]
    told = guest.get(page).content.decode()
    assert "A minority position goes with it:" in told and "path (33 %)" in told
    assert poll.digest in guest.get(f"{page}vote/").content.decode()
    assert guest.get(f"{page}ballots.csv").content.decode().count("\n") == 4
    office.post(page, {"do": "accept", "words": "From Monday."})
    assert Proposal.objects.get().state == "accepted" and "From Monday." in guest.get(page).content.decode()
    assert Entitled.objects.filter(voted=True).count() == 3


def test_a_page_of_reasons_costs_the_same_with_few_and_with_many(world, django_assert_max_num_queries):
    made = make_proposal(world)

    def more(n):
        from tests.cast import write_new

        for i in range(n):
            write_new(Argument(proposal=made, side="for" if i % 2 else "against", words=text(f"Reason {i}"), said_on=TODAY))

    from tests.web.test_pages import _count

    more(2)
    client, page = Client(), f"/en/proposals/{made.slug}/"
    one = _count(client, page)
    more(80)
    assert _count(client, page) == one
    assert client.get(page + "?for-page=2").status_code == 200


def test_a_city_s_proposals_come_in_once(world, tmp_path):
    file = tmp_path / "city.csv"
    file.write_text("id;title;description;created_at;url\n1;Парк;<p>Деревья</p>;03.11.2025;https://city.example/1\n2;Мост;;;\n")
    rows = read_city(file)
    given = {"by": world.office, "owner": world.university, "rows": rows, "source": "City", "language": "ru", "on": TODAY}
    assert (bring_proposals(**given), bring_proposals(**given)) == (2, 0)
    park = Proposal.objects.get(source="City · 1")
    assert (str(park.title), park.title.original, str(park.summary), park.proposed_on) == ("Парк", "ru", "Деревья", dt.date(2025, 11, 3))
    assert "city.example/1" in Client().get(f"/ru/proposals/{park.slug}/").content.decode()
