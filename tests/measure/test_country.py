"""The country in the browser: what comes in is checked, explained, kept in versions, asked about, and drawn."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import SYSTEM, TODAY, make_person, text

from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.files.sheets import write_sheet
from tertia.core.keys.actions import register_key
from tertia.core.keys.models import OrganisationKey
from tertia.core.keys.signing import new_key
from tertia.core.parties.actions import found_organisation
from tertia.core.places.models import Place
from tertia.measure.country.actions import answer_question, ask_about, decide_hand_in, expect, receive
from tertia.measure.country.disclosure import counted_of, exposed, exposed_across, is_small, suppress
from tertia.measure.country.estimates import Part, estimate, spread
from tertia.measure.country.intake import look_at
from tertia.measure.country.models import HandIn, NationalFigure
from tertia.measure.country.package import write_package
from tertia.measure.country.plausibility import odd_figures
from tertia.measure.indicators.actions import hide_small, look_at_closed
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.figures import Figure, ratio

SHARE = "student-volunteers-share"
NOVEMBER = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)


def share(above, below=1000, period="2025-26", organisation="uni", breakdown=""):
    a, b = Decimal(above), Decimal(below)
    return Figure(SHARE, "1", organisation, period, breakdown, a, b, ratio(a, b, 100), "percent", "value", scale=100)


# the pure cores


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=8),
    st.lists(st.none() | st.integers(1, 500), max_size=5),
)
def test_a_group_is_the_ratio_of_sums_and_its_interval_holds_it(pairs, missing):
    parts = [Part(Decimal(min(n, d)), Decimal(d)) for n, d in pairs]
    found = estimate(parts, [None if m is None else Decimal(m) for m in missing], scale=100)
    assert found is not None
    assert found.value == (sum(p.numerator for p in parts) * 100 / sum(p.denominator for p in parts)).quantize(Decimal("0.000001"))
    assert found.low <= found.value <= found.high <= 100 and found.low >= 0
    assert (found.low == found.high) if not missing else True
    assert found == estimate(parts, [None if m is None else Decimal(m) for m in missing], scale=100)


def test_nobody_handed_in_is_no_zero_and_a_sum_may_only_grow():
    assert estimate([], [None]) is None
    assert estimate([Part(Decimal(0), Decimal(0))], []) is None
    found = estimate([Part(Decimal(10)), Part(Decimal(20))], [None])
    assert (found.value, found.handed_in, found.expected) == (30, 2, 3) and found.low >= 30


def test_what_is_missing_in_a_region_is_drawn_from_the_whole_country():
    one, country = [Part(Decimal(10), Decimal(100))], [Part(Decimal(n), Decimal(100)) for n in (10, 50, 90)]
    assert estimate(one, [None], scale=100).low == estimate(one, [None], scale=100).high  # alone it would know too much
    found = estimate(one, [None], donors=country, scale=100)
    assert found.value == 10 and found.high >= 50


@given(st.lists(st.decimals(0, 10_000, places=2), min_size=3, max_size=200))
def test_the_spread_holds_every_university_once(values):
    found = spread(values)
    assert sum(n for _, _, n in found.bins) == len(values) and len(found.bins) <= 17
    assert found.bins[0][0] == 0 and found.bins[-1][1] >= float(max(values))
    assert found.lower <= found.median <= found.upper


def test_odd_figures_are_found_and_even_ones_are_not():
    random = np.random.default_rng(3)
    peers = {(SHARE, "2025-26"): [Decimal(str(round(30 + 5 * x, 2))) for x in random.normal(size=20)]}
    last = {(SHARE, "2024-25"): share(300, period="2024-25")}
    assert odd_figures([share(320)], last, peers) == []
    assert [o.why for o in odd_figures([share(950)], last, {})] == ["jump"]
    assert [o.why for o in odd_figures([share(990)], {}, peers)] == ["far"]
    gone = replace(share(0), state="missing", value=None, numerator=None)
    assert [o.why for o in odd_figures([gone], last, {})] == ["vanished"]
    assert odd_figures([share(9, 20)], {(SHARE, "2024-25"): share(1, 20, "2024-25")}, {}) == []  # few people jump by chance
    assert odd_figures([share(990, breakdown="unit=a")], last, peers) == []  # totals only


def false_alarms(universities=40):
    random, found = np.random.default_rng(5), 0
    for _n in range(universities):
        peers = {(SHARE, "2025-26"): [Decimal(str(round(100 * random.beta(4, 6), 3))) for _ in range(universities)]}
        found += bool(odd_figures([share(round(1000 * random.beta(4, 6)))], {}, peers))
    return found


def test_universities_that_differ_as_universities_do_are_not_asked():
    assert false_alarms() == 0


cells = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 20), min_size=2, max_size=4)


def table(parts, organisation="uni"):
    rows = [share(n, 100, breakdown=f"unit={unit}", organisation=organisation) for unit, n in sorted(parts.items())]
    return [share(sum(parts.values()), 100 * len(parts), organisation=organisation), *rows]


@given(cells)
def test_two_versions_of_the_same_records_give_nobody_away_when_the_second_knows_the_first(parts):
    counted = counted_of(definitions())
    first = suppress(table(parts), counted)
    second = suppress(table(parts), counted, before=first)
    assert exposed_across(first, second, counted) == []


def test_a_version_that_hides_other_cells_gives_them_away_together():
    counted = counted_of(definitions())
    true = table({"a": 3, "b": 30, "c": 40})

    def hide(units):
        return [
            replace(f, numerator=None, denominator=None, value=None, state="suppressed") if f.breakdown[5:] in units else f for f in true
        ]

    first, second = hide({"a", "b"}), hide({"a", "c"})
    assert exposed(first, counted) == exposed(second, counted) == []
    found = exposed_across(first, second, counted)
    assert {(e.figure.breakdown, e.least) for e in found if e.count == "numerator"} == {("unit=a", 3)} and is_small(3)
    corrected = [
        replace(f, numerator=f.numerator + 1, value=ratio(f.numerator + 1, f.denominator, 100)) if f.breakdown in ("", "unit=b") else f
        for f in second
    ]
    assert exposed_across(first, corrected, counted) == []  # between them the records were corrected: nothing can be subtracted


# in the site


@pytest.fixture
def ministry(world):
    keeper = found_organisation(by=SYSTEM, slug="ministry", kind="ministry", name=text("The Ministry"))
    world.people["ministry"] = make_person(None, "ministry", keeper, "analyst")
    place = Place.objects.get(code="KZ-71")
    world.third = found_organisation(by=SYSTEM, slug="third", kind="university", name=text("The Third"), place=place)
    expect(by=world.ministry, keeper=keeper, organisations=[world.university, world.other, world.third], since=dt.date(2024, 9, 1))
    world.keys = {}
    for organisation in (world.university, world.other, world.third):
        world.keys[organisation.slug] = new_key(organisation.slug)
        register_key(
            by=SYSTEM, keeper=keeper, organisation=organisation, public=world.keys[organisation.slug].public, valid_from=dt.date(2026, 9, 1)
        )
    return keeper


def package(world, tmp_path, figures, slug="uni", key=None, at=NOVEMBER, **more):
    out = tmp_path / f"{slug}-{at:%H%M%S}.zip"
    write_package(out, figures, organisation=slug, title=slug, key=key or world.keys[slug], made_at=at, **more)
    return out.read_bytes()


def client_of(world, key):
    client = Client()
    client.force_login(world.people[key].account)
    return client


def send(client, data, organisation="uni", name="p.zip"):
    return client.post("/en/country/hand-in/", {"organisation": organisation, "file": SimpleUploadedFile(name, data)}, follow=True)


def test_a_signed_package_comes_in_and_stands_on_the_map(world, ministry, tmp_path):
    page = send(client_of(world, "office"), package(world, tmp_path, [share(400)])).content.decode()
    assert (
        "In force" in page
        and "In force" in Client().get("/en/country/hand-ins/1/").content.decode()
        or HandIn.objects.get().state == "accepted"
    )
    assert NationalFigure.objects.get().value == 40
    page = Client().get(f"/en/country/?indicator={SHARE}").content.decode()
    assert "1 of 3 universities handed in" in page and "The Third" in page and "40 %" in page
    file = b"".join(Client().get(f"/en/country/hand-ins/{HandIn.objects.get().pk}/file/").streaming_content)
    (tmp_path / "again.zip").write_bytes(file)
    (tmp_path / "keys.json").write_bytes(Client().get("/keys.json").content)
    run = subprocess.run(
        [sys.executable, "-m", "tertia", "package", "check", "again.zip", "--keys", "keys.json"], cwd=tmp_path, check=False
    )
    assert run.returncode == 0


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("forged", "key is not registered"), ("altered", "changed after the package was made"), ("unsigned", "not signed"), ("foreign", "of another university"),
        ("last-year", "The year that is asked for is not in it"), ("small", "fewer than five people"), ("no-package", "cannot be taken"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_reason_and_changes_nothing(world, ministry, tmp_path, case, said):
    good = package(world, tmp_path, [share(400)])
    office = client_of(world, "office")
    send(office, good)
    if case == "forged":
        data = package(world, tmp_path, [share(999)], key=new_key("uni"))
    elif case == "altered" or case == "small":
        data = rewritten(good, lambda body: body.replace(b",400,", b",401," if case == "altered" else b",3,"))
    elif case == "unsigned":
        data = rewritten(package(world, tmp_path, [share(410)]), lambda body: body, drop="signature.json")
    elif case == "foreign":
        data = package(world, tmp_path, [share(400, organisation="second")], slug="second")
    elif case == "last-year":
        data = package(world, tmp_path, [share(400, period="2024-25")])
    else:
        data = b"PK\x03\x04 nothing"
    page = send(office, data).content.decode()
    assert "It was refused" in page and said in page
    assert NationalFigure.objects.get().value == 40 and HandIn.objects.filter(state="accepted").count() == 1
    assert HandIn.objects.filter(state="rejected").count() == 1
    assert Client().get(f"/en/country/hand-ins/{HandIn.objects.get(state='rejected').pk}/").status_code == 404  # not for the public


def rewritten(data, change, drop=""):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            if name != drop:
                body = source.read(name)
                made.writestr(name, change(body) if name == "figures.csv" else body)
    return out.getvalue()


def test_versions_follow_one_another(world, ministry, tmp_path):
    office = client_of(world, "office")
    first = package(world, tmp_path, [share(400), share(380, period="2024-25")])
    send(office, first)
    assert "handed in before" in send(office, first).content.decode()
    older = package(world, tmp_path, [share(405)], at=NOVEMBER - dt.timedelta(days=1))
    assert "older than the version in force" in send(office, older).content.decode()
    later = NOVEMBER + dt.timedelta(days=1)
    other = package(world, tmp_path, [share(405)], at=later, replaces="0" * 64)
    assert "another version than the one in force" in send(office, other).content.decode()
    name = HandIn.objects.get(state="accepted").name
    assert "In force" in send(office, package(world, tmp_path, [share(405)], at=later, replaces=name)).content.decode()
    assert dict(NationalFigure.objects.values_list("period", "value")) == {"2025-26": Decimal("40.5"), "2024-25": Decimal("38")}
    assert sorted(HandIn.objects.values_list("number", "state"))[-1] == (5, "accepted")


def test_a_university_that_runs_nothing_fills_in_a_table(world, ministry):
    rows = [(SHARE, "2025-26", "", 400, 1000), (SHARE, "2025-26", "unit=a", 3, 100), (SHARE, "2025-26", "unit=b", 397, 900)]
    heads = [(h, 9) for h in ("indicator", "period", "breakdown", "numerator", "denominator")]
    office = client_of(world, "other-office")
    page = send(office, write_sheet("x", heads, rows), "second", "t.xlsx").content.decode()
    assert "In force" in page
    made = {f.breakdown: f for f in NationalFigure.objects.all()}
    assert made[""].value == 40 and made["unit=a"].state == made["unit=b"].state == "suppressed"
    kept = b"".join(Client().get(f"/en/country/hand-ins/{HandIn.objects.get().pk}/file/").streaming_content)
    assert b",3," not in kept and b"397" not in kept  # what was sent is not kept, only what may be published
    page = send(office, write_sheet("x", heads, [(SHARE, "2025-26", "", "ten", 1000)]), "second", "t.xlsx").content.decode()
    assert "This is no number" in page and "D2" in page
    form = office.get("/kk/country/hand-in/?format=xlsx")
    assert form.status_code == 200 and form.content[:2] == b"PK"
    assert "holds no figures" in send(office, form.content, "second", "t.xlsx").content.decode() or HandIn.objects.count() == 3


def test_only_its_own_people_and_the_keeper_hand_in_for_a_university(world, ministry, tmp_path):
    data = package(world, tmp_path, [share(400)])
    assert send(client_of(world, "other-office"), data).status_code == 400
    assert send(client_of(world, "citizen"), data).status_code == 404
    received = look_at(data, organisation=world.university, keeper=ministry, today=TODAY)
    for key in ("member", "other_office", "citizen", "analyst"):
        with pytest.raises(NotAllowed):
            receive(by=getattr(world, key), keeper=ministry, received=received)
    assert send(client_of(world, "ministry"), data).status_code == 200 and HandIn.objects.get().late_days == 24


def test_what_is_odd_waits_for_the_keeper_who_asks_and_decides(world, ministry, tmp_path):
    office, analyst = client_of(world, "office"), client_of(world, "ministry")
    send(office, package(world, tmp_path, [share(200), share(210, period="2024-25")]))
    later = package(world, tmp_path, [share(900)], at=NOVEMBER + dt.timedelta(days=2))
    assert "something is odd" in send(office, later).content.decode().lower()
    version = HandIn.objects.get(state="asked")
    assert NationalFigure.objects.get(period="2025-26").value == 20  # the version before stays in force
    assert "wait for your decision" in analyst.get("/en/today/").content.decode()
    page = f"/en/country/hand-ins/{version.pk}/"
    assert office.post(page, {"do": "accept", "words": "me"}).status_code == 404
    asked = analyst.post("/en/country/universities/uni/", {"indicator": SHARE, "period": "2025-26", "words": "Is it true?"}, follow=True)
    assert "Is it true?" in asked.content.decode()
    assert (
        "Is it true?" in office.get("/en/today/").content.decode()
        or "Students who volunteered" in office.get("/en/today/").content.decode()
    )
    question = asked.redirect_chain[-1][0]
    assert office.post(question, {"words": ""}).status_code == 400
    assert office.post(question, {"words": "Yes: the flood."}).status_code == 302
    assert "Yes: the flood." in Client().get(question).content.decode()
    assert "Is it true?" in Client().get(f"/en/country/?indicator={SHARE}").content.decode()
    assert analyst.post(page, {"do": "accept", "words": ""}).status_code == 400
    assert analyst.post(page, {"do": "accept", "words": "The flood."}).status_code == 302
    assert NationalFigure.objects.get(period="2025-26").value == 90
    version.refresh_from_db()
    with pytest.raises(WrongState):
        decide_hand_in(by=world.ministry, hand_in=version, accept=False, words="no", figures=[], on=TODAY)


def test_strangers_neither_ask_nor_answer(world, ministry):
    with pytest.raises(NotAllowed):
        ask_about(
            by=world.office, keeper=ministry, organisation=world.university, indicator=SHARE, period="2025-26", words=text("?"), on=TODAY
        )
    with pytest.raises(BadInput):
        ask_about(
            by=world.ministry, keeper=ministry, organisation=world.university, indicator="none", period="2025-26", words=text("?"), on=TODAY
        )
    made = ask_about(
        by=world.ministry, keeper=ministry, organisation=world.university, indicator=SHARE, period="2025-26", words=text("?"), on=TODAY
    )
    with pytest.raises(NotAllowed):
        answer_question(by=world.other_office, owed=made.owed_answers.get(), words=text("x"), on=TODAY)


def test_a_node_makes_its_package_the_ministry_registers_its_key_and_the_package_is_accepted(world, ministry, tmp_path, settings):
    """Two parts of one journey: the university's own site, and the ministry's."""
    settings.HOME = tmp_path
    from tests.cast import make_activity, make_sheet

    sheet = make_sheet(world, make_activity(world, on=dt.date(2026, 3, 5)), people=6)
    assert sheet.pk
    office = client_of(world, "office")
    assert office.get("/en/country/package/").status_code == 200
    data = office.post("/en/country/package/").content
    assert "key is not registered" not in send(office, data).content.decode()  # on one installation the key is known at once
    public = OrganisationKey.objects.filter(organisation=world.university).order_by("-pk")[0].public
    world.people["clerk"] = make_person(None, "clerk", ministry, "office")
    clerk, page = client_of(world, "clerk"), "/en/country/universities/third/"
    assert "registered for another" in clerk.post(page, {"do": "key", "public": public}).content.decode()
    assert "no public key" in clerk.post(page, {"do": "key", "public": "abc"}).content.decode()
    fresh = new_key("third").public
    assert clerk.post(page, {"do": "key", "public": fresh}).status_code == 302
    key = OrganisationKey.objects.get(public=fresh)
    assert clerk.post(page, {"do": "retire", "key": key.pk}).status_code == 302
    key.refresh_from_db()
    assert key.valid_to == TODAY
    assert client_of(world, "citizen").post(page, {"do": "key", "public": fresh}).status_code == 404


def test_the_desk_shows_who_has_not_handed_in(world, ministry, tmp_path):
    send(client_of(world, "office"), package(world, tmp_path, [share(400)]))
    page = client_of(world, "ministry").get("/en/country/desk/").content.decode()
    assert "1 of 3 handed in" in page and page.count("not handed in") == 2
    for key in ("office", "citizen", "other-office"):
        assert client_of(world, key).get("/en/country/desk/").status_code == 404


def test_the_page_of_the_country_takes_the_same_queries_for_three_and_for_thirty(world, ministry, tmp_path, django_assert_max_num_queries):
    received = look_at(package(world, tmp_path, [share(400)]), organisation=world.university, keeper=ministry, today=TODAY)
    receive(by=world.office, keeper=ministry, received=received)
    version = HandIn.objects.get()
    Client().get("/en/country/")  # what is kept between readers is made once
    counts = []
    for some in (3, 30):
        from tertia.core.actions import guard

        token = guard._open.set(guard.OpenAction("test"))
        for n in range(some):
            o = found_organisation(by=SYSTEM, slug=f"u{some}-{n}", kind="university", name=text(f"U {n}"), place=world.third.place)
            expect(by=world.ministry, keeper=ministry, organisations=[o], since=dt.date(2024, 9, 1))
            NationalFigure(
                hand_in=version,
                keeper=ministry,
                organisation=o,
                indicator=SHARE,
                version="1",
                period="2025-26",
                numerator=10,
                denominator=100,
                value=10,
                unit="percent",
                state="value",
            ).save()
        guard._open.reset(token)
        with django_assert_max_num_queries(40) as captured:
            assert Client().get(f"/en/country/?indicator={SHARE}").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_public_sees_no_count_of_few_people_on_a_university_s_own_pages(world):
    from tests.cast import make_activity, make_sheet

    from tertia.act.activities.actions import attest_hours
    from tertia.core.actions.actor import Actor
    from tertia.measure.indicators.actions import choose_indicator
    from tertia.measure.indicators.models import Figure as Row
    from tertia.measure.indicators.nightly import recompute

    choose_indicator(by=world.office, owner=world.university, catalogue_id=SHARE)
    sheet = make_sheet(world, make_activity(world), people=3)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    recompute(world.university, TODAY)
    assert Row.objects.get(period="2026-27", breakdown="").hidden
    inside, outside = client_of(world, "office"), Client()
    page = "/en/figures/student-volunteers-share/?period=2026-27"
    assert "Open the" not in outside.get(page).content.decode() and "Open the 3 records" in inside.get(page).content.decode()
    records = "/en/figures/student-volunteers-share/records/?period=2026-27"
    assert outside.get(records).status_code == 404 and inside.get(records).status_code == 200
    rows = {r["period"]: r for r in outside.get("/api/v1/figures").json() if not r["breakdown"]}
    assert (rows["2026-27"]["state"], rows["2026-27"]["numerator"], rows["2026-27"]["rows"]) == ("suppressed", None, 0)


def test_only_tertia_itself_hides_figures_and_looks_at_closed_periods(world):
    for action, more in ((hide_small, {"hidden": set()}), (look_at_closed, {"facts": None})):
        with pytest.raises(NotAllowed):
            action(by=world.leader, owner=world.university, **more)
