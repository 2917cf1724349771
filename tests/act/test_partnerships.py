"""Agreements: written, fixed, signed by equal sides without an account, renewed, ended; contacts; registration; merging."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import translation
from tests.cast import BEGAN, SYSTEM, TODAY, make_activity, make_person, make_sheet, text
from tests.web.test_matrix import signed_in

from tertia.act.activities.actions import ask_host, attest_hours
from tertia.act.partnerships import rounds
from tertia.act.partnerships.actions import (
    Side,
    answer_assessment,
    ask_assessment,
    attach_signature,
    change_agreement,
    decide_registration,
    draft_agreement,
    end_by_term,
    erase_contact,
    forget_registration,
    give_notice,
    go_on,
    invite_to_desk,
    join_activity,
    keep_contact,
    offer_agreement,
    offer_renewal,
    propose_agreement,
    refuse,
    register,
    say_not_twins,
    sign,
    take_back,
    take_over_contacts,
    warn_of_end,
    withdraw_agreement,
    write_contact,
)
from tertia.act.partnerships.models import Agreement, Assessment, Contact, Registration, Signature
from tertia.act.partnerships.queries import agreements_for, alike_pairs, ending, sleeping, who_knows_whom
from tertia.act.partnerships.text import digest_of
from tertia.core.access.links import pass_url
from tertia.core.access.models import Pass
from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.actions.errors import BadInput, NotAllowed, PassRefused, WrongState
from tertia.core.actions.models import Event
from tertia.core.messages.models import Message
from tertia.core.parties.actions import end_membership, found_organisation
from tertia.core.parties.erasure import held_about
from tertia.core.parties.merging import describe_organisation, merge_organisations, write_identifiers
from tertia.core.parties.models import Membership, Organisation
from tertia.core.records.models import Link


def make_agreement(world, words="Students help in the club", *, starts=TODAY, ends=TODAY + dt.timedelta(days=365), **more):
    sides = [
        Side(world.university, text("Students")),
        Side(world.partner, text("A place"), text("Hands"), "A. Director", "director", "charter"),
    ]
    return draft_agreement(
        by=world.office, owner=world.university, title=text(words), sides=sides, form="cooperation", starts_on=starts, ends_on=ends, terms=text("We help each other."), **more
    )  # fmt: skip


def links(agreement):
    """The open links by which sides sign, by organisation."""
    rows = Pass.objects.filter(record=agreement, purpose="partnerships.sign", used_at=None, revoked_at=None)
    return {p.organisation.slug: p for p in rows.select_related("organisation")}


def signature(held):
    return Signature.objects.select_related("term__agreement__owner", "party__organisation").get(pk=held.subject_id)


def sign_all(agreement, on=TODAY):
    for held in links(agreement).values():
        sign(by=Actor.holding(held), signature=signature(held), name="Somebody", duty="director", on=on)
    return Agreement.objects.get(pk=agreement.pk)


def make_signed(world, *, on=TODAY, **more):
    return sign_all(offer_agreement(by=world.office, agreement=make_agreement(world, **more), on=on), on)


def test_both_sides_sign_the_same_text_by_their_links_and_it_is_in_force(world):
    agreement = offer_agreement(by=world.office, agreement=make_agreement(world), on=TODAY)
    assert agreement.state == "offered" and set(links(agreement)) == {"uni", "club"}
    assert not agreements_for(ANONYMOUS).filter(pk=agreement.pk).exists()
    letter = Message.objects.get(key__startswith="sign:", to="club@example.org")
    assert pass_url(links(agreement)["club"]) in letter.body
    held = links(agreement)["club"]
    done = sign(by=Actor.holding(held), signature=signature(held), name="Aigul D.", duty="director", on=TODAY)
    assert done.receipt.startswith("A-2026-") and str(done.signed_as) == "The Club"
    assert Agreement.objects.get(pk=agreement.pk).state == "offered"
    with pytest.raises(PassRefused):
        sign(by=Actor.holding(held), signature=signature(held), name="Again", duty="director", on=TODAY)
    one = Signature.objects.get(party__organisation=world.university)
    sign(by=world.leader, signature=one, name="Rector", duty="rector", on=TODAY)
    agreement.refresh_from_db()
    assert agreement.state == "in-force" and agreement.signed_on == TODAY and agreements_for(ANONYMOUS).filter(pk=agreement.pk).exists()
    assert digest_of(one.term.text) == one.term.digest


def test_what_is_missing_or_wrong_is_told_at_once(world):
    with pytest.raises(BadInput) as refused:
        draft_agreement(
            by=world.office, owner=world.university, title=text(""), sides=[Side(world.partner), Side(world.partner)], form="?", starts_on=TODAY,
            ends_on=TODAY - dt.timedelta(days=1), renewal_months=0,
        )  # fmt: skip
    assert {f.where for f in refused.value.faults} == {"title", "form", "ends_on", "partner", "renewal_months"}
    bare = draft_agreement(
        by=world.office, owner=world.university, title=text("X"), sides=[Side(world.university), Side(world.partner)], form="memorandum", starts_on=TODAY, ends_on=None, renewal="none",
    )  # fmt: skip
    with pytest.raises(BadInput) as refused:
        offer_agreement(by=world.office, agreement=bare, on=TODAY)
    assert len(refused.value.faults) == 3 and bare.spans.count() == 0
    with pytest.raises(BadInput):
        make_agreement(world, ends=None, renewal="automatic")
    with pytest.raises(NotAllowed):
        offer_agreement(by=world.citizen, agreement=bare, on=TODAY)


def test_a_text_that_is_taken_back_cannot_be_signed_any_more(world):
    agreement = offer_agreement(by=world.office, agreement=make_agreement(world), on=TODAY)
    old = links(agreement)["club"]
    one = signature(old)
    agreement = take_back(by=world.office, agreement=agreement, on=TODAY)
    with pytest.raises((PassRefused, WrongState)):
        sign(by=Actor.holding(Pass.objects.get(pk=old.pk)), signature=one, name="A", duty="b", on=TODAY)
    sides = [Side(world.university, text("Students and a bus")), Side(world.partner, text("A place"))]
    agreement = change_agreement(by=world.office, agreement=agreement, sides=sides, title=text("Better words"))
    agreement = offer_agreement(by=world.office, agreement=agreement, on=TODAY)
    first, second = agreement.spans.order_by("pk")
    assert first.dropped_on == TODAY and first.digest != second.digest
    assert sign_all(agreement).state == "in-force"
    with pytest.raises(WrongState):
        change_agreement(by=world.office, agreement=agreement, sides=sides)


def test_a_side_that_does_not_sign_says_why_and_the_other_links_end(world):
    agreement = offer_agreement(by=world.office, agreement=make_agreement(world), on=TODAY)
    held = links(agreement)["club"]
    with pytest.raises(BadInput):
        refuse(by=Actor.holding(held), signature=signature(held), reason=text(""), on=TODAY)
    refuse(by=Actor.holding(held), signature=signature(held), reason=text("Too long."), on=TODAY)
    agreement.refresh_from_db()
    assert agreement.state == "refused" and links(agreement) == {}
    assert withdraw_agreement(by=world.office, agreement=agreement).state == "withdrawn"


def test_an_agreement_that_ends_on_29_february_goes_on_without_losing_the_day(world):
    ends = dt.date(2028, 2, 29)
    agreement = make_signed(world, starts=dt.date(2027, 3, 1), ends=ends, renewal="automatic", renewal_months=12)
    agreement = go_on(by=SYSTEM, agreement=agreement, on=dt.date(2028, 3, 1))
    assert agreement.ends_on == dt.date(2029, 2, 28)
    agreement = go_on(by=SYSTEM, agreement=agreement, on=dt.date(2031, 3, 5))
    assert agreement.ends_on == dt.date(2032, 2, 29)
    assert [t.how for t in agreement.spans.all()] == ["first", *["automatic"] * 4]
    assert [t.starts_on for t in agreement.spans.all()][1:3] == [dt.date(2028, 3, 1), dt.date(2029, 3, 1)]
    assert go_on(by=SYSTEM, agreement=agreement, on=dt.date(2032, 2, 29)).ends_on == dt.date(2032, 2, 29)


def test_notice_stops_what_goes_on_by_itself_and_the_round_ends_it(world, monkeypatch):
    agreement = make_signed(world, starts=TODAY - dt.timedelta(days=300), ends=TODAY + dt.timedelta(days=20), renewal="automatic")
    with pytest.raises(BadInput):
        give_notice(by=world.office, agreement=agreement, organisation=world.akimat, on=TODAY)
    agreement = give_notice(by=world.actor("partner"), agreement=agreement, organisation=world.partner, on=TODAY)
    assert (
        agreement.ends_on == TODAY + dt.timedelta(days=20)
        and Message.objects.filter(key__startswith="notice:", to="club@example.org").exists()
    )
    with pytest.raises(BadInput):
        give_notice(by=world.office, agreement=agreement, organisation=world.university, on=TODAY)
    monkeypatch.setattr("tertia.act.partnerships.rounds.clock.today", lambda: TODAY + dt.timedelta(days=21))
    rounds.terms()
    agreement.refresh_from_db()
    assert agreement.state == "ended"


def test_an_open_agreement_ends_after_its_days_of_notice(world):
    agreement = make_signed(world, ends=None, renewal="none", notice_days=45)
    agreement = give_notice(by=world.office, agreement=agreement, organisation=world.university, on=TODAY)
    assert agreement.ends_on == TODAY + dt.timedelta(days=45)
    assert end_by_term(by=SYSTEM, agreement=agreement, on=agreement.ends_on).state == "in-force"
    assert end_by_term(by=SYSTEM, agreement=agreement, on=agreement.ends_on + dt.timedelta(days=1)).state == "ended"


def test_a_renewal_is_signed_by_all_and_a_refused_one_leaves_the_term(world):
    ends = TODAY + dt.timedelta(days=30)
    agreement = make_signed(world, starts=TODAY - dt.timedelta(days=300), ends=ends)
    agreement = offer_renewal(by=world.office, agreement=agreement, months=12, on=TODAY)
    with pytest.raises(BadInput):
        offer_renewal(by=world.office, agreement=agreement, months=12, on=TODAY)
    held = links(agreement)["club"]
    refuse(by=Actor.holding(held), signature=signature(held), reason=text("Not now"), on=TODAY)
    agreement.refresh_from_db()
    assert agreement.state == "in-force" and agreement.ends_on == ends
    agreement = offer_renewal(by=world.office, agreement=agreement, months=12, on=TODAY)
    agreement = sign_all(agreement)
    assert agreement.state == "in-force" and agreement.ends_on == ends.replace(year=ends.year + 1)


def test_both_sides_are_told_once_before_the_end(world):
    agreement = make_signed(world, starts=TODAY - dt.timedelta(days=300), ends=TODAY + dt.timedelta(days=40))
    assert list(ending(world.university, TODAY)) == [agreement]
    rounds.terms()
    rounds.terms()
    assert Message.objects.filter(key__startswith="ends:", to="club@example.org").count() == 1
    agreement.refresh_from_db()
    assert warn_of_end(by=SYSTEM, agreement=agreement, on=TODAY).warned_on == TODAY


def test_an_activity_with_the_partner_is_done_under_the_one_agreement_in_force(world):
    agreement = make_signed(world, starts=TODAY - dt.timedelta(days=400))
    assert sleeping(world.university, TODAY) == [agreement]
    sheet = make_sheet(world)
    assert Link.objects.filter(relation="under", lower=sheet.activity, upper=agreement).exists()
    assert sleeping(world.university, TODAY) == [agreement], "claimed hours wake nothing"
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    assert sleeping(world.university, TODAY) == []
    make_signed(world, words="A second one", starts=TODAY - dt.timedelta(days=400))
    other = make_activity(world, words="Another day")
    assert not Link.objects.filter(relation="under", lower=other).exists(), "of two agreements nobody can tell"
    join_activity(by=world.office, activity=other, agreement=agreement)
    assert Link.objects.filter(relation="under", lower=other, upper=agreement).exists()


def test_the_host_is_asked_how_it_went_and_both_sides_see_both(world):
    sheet = make_sheet(world)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    asked = Assessment.objects.get(record=sheet.activity, party=world.partner)
    held = Pass.objects.get(purpose="partnerships.assess", subject_id=asked.pk)
    page = Client().get(pass_url(held).removeprefix("http://127.0.0.1:8000"))
    assert page.status_code == 200 and "How did it go?" in page.content.decode()
    with pytest.raises(BadInput):
        answer_assessment(by=Actor.holding(held), assessment=asked, met="perhaps", again="", good=text(""), change=text(""), on=TODAY)
    answer_assessment(
        by=Actor.holding(held), assessment=asked, met="partly", again="yes", good=text("Cheerful"), change=text("Come earlier"), on=TODAY
    )
    ours = ask_assessment(by=world.office, record=sheet.activity, party=world.university, on=TODAY)
    answer_assessment(by=world.office, assessment=ours, met="yes", again="yes", good=text("Warm"), change=text(""), on=TODAY)
    with translation.override("en"):
        shown = Client().get(sheet.activity.get_absolute_url()).content.decode()
    assert "Come earlier" in shown and "Warm" in shown
    again = Client().get(pass_url(held).removeprefix("http://127.0.0.1:8000")).content.decode()
    assert "The University: Yes, it met our need" in again


def test_a_partner_without_an_account_signs_proposes_and_sees_what_came_of_it(world):
    offer_agreement(by=world.office, agreement=make_agreement(world), on=TODAY)
    held = invite_to_desk(by=world.office, owner=world.university, organisation=world.partner)
    address = pass_url(held).removeprefix("http://127.0.0.1:8000")
    page = Client().get(address).content.decode()
    assert "Students help in the club" in page and "Read and sign" in page and pass_url(links(Agreement.objects.get())["club"]) in page
    body = {"do": "propose", "title_en": "A tree day", "gives_en": "Seedlings", "gets_en": "Diggers", "months": "6"}
    assert Client().post(address, body).status_code == 302
    proposed = Agreement.objects.get(proposed_by=world.partner)
    assert proposed.state == "draft" and proposed.parties.count() == 2 and not agreements_for(ANONYMOUS).filter(pk=proposed.pk).exists()
    assert agreements_for(world.actor("partner")).filter(pk=proposed.pk).exists()
    with pytest.raises(NotAllowed):
        propose_agreement(
            by=Actor.holding(held), organisation=world.akimat, owner=world.university, title=text("X"), gives=text("y"), gets=text("z"), months=3, on=TODAY
        )  # fmt: skip


def test_the_pages_of_signing_say_what_is_wrong_and_keep_what_was_written(world):
    agreement = offer_agreement(by=world.office, agreement=make_agreement(world), on=TODAY)
    address = pass_url(links(agreement)["club"]).removeprefix("http://127.0.0.1:8000")
    client = Client()
    page = client.get(address).content.decode()
    assert "We help each other." in page and "A. Director" in page
    answer = client.post(address, {"do": "sign", "name": "Aigul", "duty": ""})
    assert answer.status_code == 200 and 'value="Aigul"' in answer.content.decode()
    assert client.post(address, {"do": "sign", "name": "Aigul", "duty": "director"}).status_code == 302
    done = client.get(address).content.decode()
    assert "Signed. Thank you." in done and "not signed yet" in done
    raw = client.post(address, {"do": "text"})
    assert json.loads(raw.content)["title"] == {"en": "Students help in the club"}


def test_a_detached_signature_is_checked_without_asking_anybody(world):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs7
    from cryptography.x509.oid import NameOID

    from tertia.act.partnerships.cms import check_detached

    def signer(key):
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Invented Signer")])
        return (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
            .not_valid_before(dt.datetime(2026, 1, 1)).not_valid_after(dt.datetime(2027, 1, 1)).sign(key, hashes.SHA256())
        )  # fmt: skip

    def made(key, content, *options):
        builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(signer(key), key, hashes.SHA256())
        return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, *options])

    content = "Мәтін".encode()
    for key in (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())):
        told = check_detached(content, made(key, content))
        assert told.state == "fits" and told.signer == "Invented Signer" and told.valid_to == "2027-01-01"
        assert check_detached(content, made(key, content, pkcs7.PKCS7Options.NoAttributes)).state == "fits"
        assert check_detached(content + b"!", made(key, content)).state == "not-this-text"
        data = bytearray(made(key, content))
        data[-3] ^= 1
        assert check_detached(content, bytes(data)).state in ("wrong", "unreadable")
    assert check_detached(content, b"no signature").state == "unreadable"
    assert check_detached(content, b"").state == "unreadable"
    agreement = offer_agreement(by=world.office, agreement=make_agreement(world), on=TODAY)
    held = links(agreement)["club"]
    one = signature(held)
    with pytest.raises(WrongState):
        attach_signature(by=Actor.holding(held), signature=one, data=b"x", file_name="x.p7s")
    one = sign(by=Actor.holding(held), signature=one, name="A", duty="b", on=TODAY)
    raw = Client().post(pass_url(held).removeprefix("http://127.0.0.1:8000"), {"do": "text"}).content
    key = rsa.generate_private_key(65537, 2048)
    one = attach_signature(by=Actor.holding(held), signature=one, data=made(key, raw), file_name="x.p7s")
    assert one.check_state == "fits" and one.check_words["signer"] == "Invented Signer"
    one = attach_signature(by=world.office, signature=one, data=b"garbage", file_name="x.p7s")
    assert one.check_state == "unreadable"


def test_contacts_have_purpose_and_consent_and_are_erased_when_nobody_confirms(world, monkeypatch):
    with pytest.raises(BadInput) as refused:
        write_contact(by=world.office, owner=world.university, organisation=world.partner, name="", purpose="", consent="", on=TODAY)
    assert {f.where for f in refused.value.faults} == {"name", "purpose", "consent", "email"}
    made = write_contact(
        by=world.office, owner=world.university, organisation=world.partner, name="Invented Person", purpose="to arrange tree days", consent="by letter", on=TODAY, email="p@example.org"
    )  # fmt: skip
    made = keep_contact(by=world.office, contact=made, consent="in a talk", on=TODAY + dt.timedelta(days=10))
    monkeypatch.setattr("tertia.act.partnerships.rounds.clock.today", lambda: made.keep_until + dt.timedelta(days=1))
    assert rounds.contacts() == 1
    made.refresh_from_db()
    assert (made.name, made.email, made.erased_on is not None) == ("", "", True)
    assert "Invented Person" not in json.dumps([e.changes for e in Event.objects.filter(action="partnerships.write_contact")])
    with pytest.raises(NotAllowed):
        erase_contact(by=world.member, contact=made, on=TODAY)
    assert held_about(world.people["office"]) is not None


def test_when_a_coordinator_leaves_the_partners_without_anybody_are_named(world):
    make_signed(world)
    agreement = Agreement.objects.get()
    assert agreement.responsible is None or agreement.responsible == world.people["office"]
    keeper = make_person(None, "keeper", world.university, "office")
    write_contact(
        by=Actor.of(keeper, TODAY), owner=world.university, organisation=world.akimat, name="X", purpose="y", consent="z", on=TODAY, email="x@example.org", kept_by=keeper
    )  # fmt: skip
    make_activity(world, host=world.akimat, words="With the akimat")
    state = {k.organisation.slug: k.state for k in who_knows_whom(world.university, TODAY)}
    assert state["akimat"] == "one"
    end_membership(by=SYSTEM, membership=Membership.objects.get(person=keeper), on=TODAY - dt.timedelta(days=1))
    rows = who_knows_whom(world.university, TODAY)
    assert rows[0].state == "none" and {k.organisation.slug: k.state for k in rows}["akimat"] == "none"
    assert take_over_contacts(by=world.office, owner=world.university, from_person=keeper, to_person=world.people["office"]) == 1
    assert {k.organisation.slug: k.state for k in who_knows_whom(world.university, TODAY)}["akimat"] == "one"


BIN = "010140000143"


def test_an_organisation_registers_itself_and_gets_its_own_link(world):
    with pytest.raises(BadInput) as refused:
        register(
            by=ANONYMOUS,
            owner=world.university,
            name=text(""),
            kind="unit",
            contact="",
            email="a@example.org",
            words=text(""),
            on=TODAY,
            bin="123",
        )
    assert {f.where for f in refused.value.faults} == {"name", "kind", "contact", "bin"}
    with pytest.raises(BadInput) as refused:
        register(
            by=ANONYMOUS,
            owner=world.university,
            name=text("A"),
            kind="business",
            contact="B",
            email="a@example.org",
            words=text(""),
            on=TODAY,
            bin="900101300123",
        )
    assert "IIN" in refused.value.sentence()
    made = register(by=ANONYMOUS, owner=world.university, name=text("The Mill"), kind="business", contact="B", email="A@example.org", words=text("Help"), on=TODAY, bin=BIN, network="n")  # fmt: skip
    assert not Organisation.objects.filter(name__icontains="The Mill").exists()
    made = decide_registration(by=world.office, registration=made, decision="accept", on=TODAY)
    assert made.organisation.identifiers.get().value == BIN
    letter = Message.objects.get(key=f"registered:{made.pk}")
    assert "/p/" in letter.body and letter.to == "a@example.org"
    with pytest.raises(WrongState):
        decide_registration(by=world.office, registration=made, decision="decline", on=TODAY, reason=text("x"))
    twice = register(
        by=ANONYMOUS,
        owner=world.university,
        name=text("Mill Ltd"),
        kind="business",
        contact="B",
        email="c@example.org",
        words=text(""),
        on=TODAY,
        bin=BIN,
    )
    with pytest.raises(BadInput):
        decide_registration(by=world.office, registration=twice, decision="accept", on=TODAY)
    twice = decide_registration(by=world.office, registration=twice, decision="join", on=TODAY, join_to=made.organisation)
    assert twice.state == "joined" and twice.organisation == made.organisation
    third = register(
        by=ANONYMOUS,
        owner=world.university,
        name=text("Spam"),
        kind="business",
        contact="B",
        email="d@example.org",
        words=text(""),
        on=TODAY,
    )
    assert decide_registration(by=world.office, registration=third, decision="decline", on=TODAY, reason=text("No.")).state == "declined"
    assert forget_registration(by=SYSTEM, registration=made).network == ""


def test_registrations_from_one_network_are_bounded(world):
    for n in range(10):
        register(
            by=ANONYMOUS,
            owner=world.university,
            name=text(f"O{n}"),
            kind="business",
            contact="B",
            email="a@example.org",
            words=text(""),
            on=TODAY,
            network="same",
        )
    with pytest.raises(BadInput):
        register(
            by=ANONYMOUS,
            owner=world.university,
            name=text("O11"),
            kind="business",
            contact="B",
            email="a@example.org",
            words=text(""),
            on=TODAY,
            network="same",
        )
    assert Registration.objects.count() == 10


def test_two_that_are_one_are_merged_with_history_while_one_of_them_signs(world):
    twin = found_organisation(
        by=SYSTEM, slug="club-2", kind="nonprofit", name=text("Club, public foundation"), email="club2@example.org", letter_language="en"
    )
    sides = [Side(world.university, text("Students")), Side(twin, text("A place"))]
    agreement = draft_agreement(
        by=world.office, owner=world.university, title=text("With the twin"), sides=sides, form="cooperation", starts_on=TODAY, ends_on=None, renewal="none", terms=text("x")
    )  # fmt: skip
    agreement = offer_agreement(by=world.office, agreement=agreement, on=TODAY)
    held = links(agreement)["club-2"]
    make_person(None, "twin", twin, "partner")
    with pytest.raises(BadInput):
        merge_organisations(by=world.office, within=world.university, into=world.partner, gone=twin, reason=" ")
    merge_organisations(by=world.office, within=world.university, into=world.partner, gone=twin, reason="The same club")
    held = Pass.objects.get(pk=held.pk)
    done = sign(by=Actor.holding(held), signature=signature(held), name="A", duty="b", on=TODAY)
    assert done.party.organisation == world.partner and str(done.signed_as) == "The Club"
    assert Membership.objects.filter(organisation=world.partner, person__email="twin@example.org").exists()
    answer = Client().get("/en/organisations/club-2/")
    assert answer.status_code == 302 and answer.url == "/en/organisations/club/"
    page = Client().get("/en/organisations/club/").content.decode()
    assert "Club, public foundation" in page and "With the twin" not in Client().get("/en/organisations/").content.decode()
    merger = world.partner.mergers.get()
    assert merger.reason == "The same club" and merger.moved["partnerships.agreementparty"] == 1
    with pytest.raises(BadInput):
        merge_organisations(by=world.office, within=world.university, into=world.partner, gone=twin, reason="again")


def test_sides_of_one_agreement_and_different_numbers_are_not_merged(world):
    twin = found_organisation(by=SYSTEM, slug="club-2", kind="nonprofit", name=text("The Club"))
    sides = [Side(world.university, text("a")), Side(world.partner, text("b")), Side(twin, text("c"))]
    agreement = draft_agreement(
        by=world.office, owner=world.university, title=text("All three"), sides=sides, form="network", starts_on=TODAY, ends_on=None, renewal="none", terms=text("x")
    )  # fmt: skip
    with pytest.raises(BadInput) as refused:
        merge_organisations(by=world.office, within=world.university, into=world.partner, gone=twin, reason="one")
    assert "All three" in refused.value.sentence()
    withdraw_agreement(by=world.office, agreement=agreement)
    write_identifiers(by=world.office, organisation=world.partner, within=world.university, given={"wikidata": "Q1"})
    write_identifiers(by=world.office, organisation=twin, within=world.university, given={"wikidata": "Q2"})
    with pytest.raises(BadInput):
        merge_organisations(by=world.office, within=world.university, into=world.partner, gone=twin, reason="one")
    with pytest.raises(BadInput):
        merge_organisations(by=world.office, within=world.university, into=world.university, gone=twin, reason="one")
    with pytest.raises(NotAllowed):
        describe_organisation(by=world.office, organisation=world.other, within=world.university, email="x@example.org")


def test_numbers_are_checked_and_belong_to_one(world):
    given = {"bin": "010140000144", "ror": "02mhbdp95", "wikidata": "Q"}
    with pytest.raises(BadInput) as refused:
        write_identifiers(by=world.office, organisation=world.partner, within=world.university, given=given)
    assert [f.where for f in refused.value.faults] == ["bin", "ror", "wikidata"] and world.partner.identifiers.count() == 0
    write_identifiers(
        by=world.office,
        organisation=world.partner,
        within=world.university,
        given={"bin": BIN, "ror": "https://ror.org/02mhbdp94", "wikidata": "q42"},
    )
    assert {i.value for i in world.partner.identifiers.all()} == {BIN, "02mhbdp94", "Q42"}
    with pytest.raises(BadInput):
        write_identifiers(by=world.office, organisation=world.akimat, within=world.university, given={"bin": BIN})
    write_identifiers(by=world.office, organisation=world.partner, within=world.university, given={"bin": ""})
    assert world.partner.identifiers.count() == 2


def test_names_that_only_look_alike_are_put_aside(world):
    a = found_organisation(by=SYSTEM, slug="school-12", kind="school", name=text("Gymnasium 12 of Astana"))
    found_organisation(by=SYSTEM, slug="school-21", kind="school", name=text("Gymnasium 21 of Astana"))
    b = found_organisation(by=SYSTEM, slug="school-12b", kind="school", name=text("Gymnasium No. 12, Astana"))
    pairs = {(x.slug, y.slug) for _t, x, y in alike_pairs(world.university)}
    assert pairs == {("school-12", "school-12b")}
    say_not_twins(by=world.office, within=world.university, first=b, second=a)
    assert alike_pairs(world.university) == []


def test_pages_of_the_office_work_and_the_public_sees_no_contact(world):
    agreement = make_signed(world, starts=TODAY - dt.timedelta(days=400), ends=TODAY + dt.timedelta(days=10))
    write_contact(
        by=world.office,
        owner=world.university,
        organisation=world.partner,
        name="Hidden Name",
        purpose="x",
        consent="y",
        on=TODAY,
        email="h@example.org",
    )
    office = signed_in(world, "office")
    for page in ("/en/partnerships/watch/", "/en/partnerships/registrations/", "/en/partnerships/doubles/", "/en/today/"):
        assert office.get(page).status_code == 200
    assert "Hidden Name" in office.get("/en/organisations/club/contacts/").content.decode()
    for page in ("/en/organisations/club/", "/en/agreements/", agreement.get_absolute_url()):
        assert "Hidden Name" not in Client().get(page).content.decode()
    paper = Client().get(f"/kk/agreements/{agreement.slug}/paper/")
    assert paper.status_code == 200 and paper.content[:2] == b"PK"
    body = {
        "title_en": "A new one", "partner": world.partner.pk, "form": "memorandum", "starts_on": "2026-12-01", "ends_on": "", "our_gives_en": "a", "partner_gives_en": "b",
        "terms_en": "c", "renewal": "none", "renewal_months": "12", "notice_days": "30",
    }  # fmt: skip
    answer = office.post("/en/agreements/new/", body)
    assert answer.status_code == 302
    made = Agreement.objects.get(slug="a-new-one")
    assert office.post(f"/en/agreements/{made.slug}/change/", {**body, "ends_on": "2027-11-30"}).status_code == 302
    assert office.post(f"/en/agreements/{made.slug}/", {"do": "offer"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "offered" and made.ends_on == dt.date(2027, 11, 30)
    partner = signed_in(world, "partner")
    page = partner.get(f"/en/agreements/{made.slug}/").content.decode()
    assert "Sign for The Club" in page
    which = Signature.objects.get(term__agreement=made, party__organisation=world.partner).pk
    assert partner.post(f"/en/agreements/{made.slug}/", {"do": "sign", "which": which, "name": "P", "duty": "d"}).status_code == 302
    assert Signature.objects.get(pk=which).signed_at is not None
    assert "The Club" in partner.get("/en/partnerships/").content.decode()
    assert Contact.objects.count() == 1 and BEGAN < TODAY and ask_host is not None


def test_of_many_organisations_the_pairs_that_the_night_found_are_shown(world, monkeypatch):
    from tertia.act.partnerships import queries
    from tertia.act.partnerships.rounds import doubles

    found_organisation(by=SYSTEM, slug="twin-a", kind="nonprofit", name=text("Jasyl Orman ecological society"))
    found_organisation(by=SYSTEM, slug="twin-b", kind="nonprofit", name=text("Jasyl Orman ecological society"))
    monkeypatch.setattr(queries, "COMPARED_AT_ONCE", 0)
    at_once = [t for t, _a, _b in alike_pairs(world.university)]
    assert doubles() >= 1
    assert [t for t, _a, _b in alike_pairs(world.university)] == at_once
    found_organisation(by=SYSTEM, slug="twin-c", kind="nonprofit", name=text("Jasyl Orman ecological society"))
    assert {o.slug for _t, *pair in alike_pairs(world.university) for o in pair} == {"twin-a", "twin-b"}, "until the next night"
