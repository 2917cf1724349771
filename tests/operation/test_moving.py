"""An organisation taken out of one installation and put into an empty one: the same pages, figures, files and journal, nothing of others."""

from __future__ import annotations

import json
import re
import tarfile

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from tests.cast import SYSTEM, make_measure, make_need, make_resolution, make_sheet, write_directly
from tests.kept import put_back
from tests.operation.emptying import empty_installation

from tertia.core.access.secrets import seal
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.journal import seal as seal_journal
from tertia.core.actions.journal import verify
from tertia.core.actions.models import Event, Seal
from tertia.core.parties.models import Account, Membership, Organisation, Person
from tertia.core.records.actions import link_records
from tertia.core.records.models import Link, Record
from tertia.core.search.queries import search
from tertia.measure.indicators.models import Figure
from tertia.operation.archive import NotABackup
from tertia.operation.belonging import NOT_TAKEN, Belonging, local_fields, taken_models
from tertia.operation.moving import NotMoved, export, take_in


def quiet(_words):
    pass


@pytest.fixture
def elsewhere(settings, tmp_path):
    """An empty installation: the same database without a row, another place for files."""

    def make():
        settings.MEDIA_ROOT = str(tmp_path / "other-files")
        empty_installation()
        assert not Organisation.objects.exists() and not Record.objects.exists() and not Event.objects.exists()

    return make


def pages(university):
    """Every page of every record of the university as three readers see it, and the lists."""
    paths = [
        f"/en/{name}/"
        for name in (
            "needs",
            "resolutions",
            "measures",
            "activities",
            "figures",
            "silence",
            "stories",
            "conversations",
            "opportunities",
            "councils",
            "agreements",
        )
    ]
    for model in taken_models():
        if issubclass(model, Record) and model is not Record:
            paths += [row.get_absolute_url() for row in model.objects.filter(owner=university).order_by("pk")[:4]]
    found = {}
    for email in ("", "office@demonstration.invalid", "student@demonstration.invalid"):
        client = Client()
        if email:
            client.force_login(Account.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
        for path in paths:
            answer = client.get(path)
            assert answer.status_code in (200, 302, 403, 404), (path, answer.status_code)
            found[email, path] = (answer.status_code, re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", answer.content.decode()))
    assert sum(status == 200 for status, _text in found.values()) > 150
    return found


def test_of_every_table_it_is_known_to_whom_a_row_belongs():
    for model in taken_models():
        assert Belonging.rows(type("B", (), {"own": {1}})(), model) is not None, model
    assert all(reason for reason in NOT_TAKEN.values())
    order = {model: at for at, model in enumerate(taken_models())}
    assert order[Organisation] < order[Record] < order[Link]


@pytest.mark.production  # a whole installation out and in again; what may go along is looked at on both
def test_the_round_trip_gives_the_same_pages_figures_search_and_journal(kept_demonstration, db, elsewhere, tmp_path):
    put_back()
    seal_journal()
    university = kept_demonstration.university
    belonging = Belonging(university)
    rows = {m._meta.label: belonging.rows(m).count() for m in taken_models()}
    before, figures = pages(university), list(Figure.objects.filter(indicator__owner=university).order_by("pk").values())
    found = [r.pk for r in search(ANONYMOUS, "library")]
    file = tmp_path / "out" / "university.tar"
    counts = export(university, file, quiet)
    assert all(counts[label] >= count for label, count in rows.items()) and counts["records.Record"] > 100
    elsewhere()
    taken = take_in(file, quiet)
    assert taken == counts and Account.objects.filter(is_superuser=True).count() == 0
    assert not any(a.has_usable_password() for a in Account.objects.all())
    after = pages(Organisation.objects.get(slug=university.slug))
    wrong = [key for key in before if before[key] != after[key]]
    assert wrong == []
    assert list(Figure.objects.filter(indicator__owner=university).order_by("pk").values()) == figures
    assert [r.pk for r in search(ANONYMOUS, "library")] == found and found
    assert list(verify()) == [] and Seal.objects.exists()
    # whoever goes on working there gets the next numbers
    assert Record.objects.order_by("-pk").first().pk < make_after(university).pk


def make_after(university):
    from tests.cast import TODAY

    from tertia.core.languages.text import Text
    from tertia.listen.needs.actions import raise_need

    return raise_need(
        by=SYSTEM, owner=Organisation.objects.get(pk=university.pk), title=Text.of("en", en="After"), summary=Text({}), raised_on=TODAY
    )


def test_nothing_of_another_university_goes_along(world, elsewhere, tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "files")
    from tests.cast import TODAY, text

    from tertia.core.files.store import store, take
    from tertia.listen.needs.actions import raise_need

    make_resolution(world)
    mine = make_measure(world)
    sheet = make_sheet(world)
    public = raise_need(by=SYSTEM, owner=world.other, title=text("Theirs, open"), summary=text("x"), raised_on=TODAY)
    hidden = raise_need(by=SYSTEM, owner=world.other, title=text("Theirs, hidden"), summary=text("x"), raised_on=TODAY)
    public.visibility = "public"
    write_directly(public)
    for need in (public, hidden):
        link_records(by=SYSTEM, lower=mine, relation="answers", upper=need)
    own = make_need(world, "Ours")

    from tertia.core.actions.action import action
    from tertia.core.actions.policies import system

    @action("test.keep_file", may=system)
    def keep_file(*, by):
        return store(take(ContentFile(b"%PDF-1.4 a paper")), name="a.pdf", owner=world.university, record=own)

    kept = keep_file(by=SYSTEM)
    file = tmp_path / "uni.tar"
    export(world.university, file, quiet)
    with tarfile.open(file) as tar:
        about = json.loads(tar.extractfile("MANIFEST.json").read())["about"]
        whole = b"".join(tar.extractfile(m).read() for m in tar if m.name.startswith("rows/"))
    assert b"Theirs, hidden" not in whole and b"Theirs, open" in whole
    assert b"other-office" not in whole and about["left_out"] == {"records.Link": 1}
    elsewhere()
    take_in(file, quiet)
    assert set(Record.objects.values_list("owner__slug", flat=True)) == {"uni", "second"}
    assert Record.objects.filter(owner__slug="second").get().pk == public.pk
    assert Link.objects.filter(lower=mine.pk, upper=public.pk).exists() and not Link.objects.filter(upper=hidden.pk).exists()
    second = Organisation.objects.get(slug="second")
    assert second.hosts is False and not Membership.objects.filter(organisation=second).exists()
    assert Organisation.objects.get(slug="uni").hosts and Record.objects.filter(pk=sheet.pk).exists()
    assert (tmp_path / "other-files" / kept.path).read_bytes() == b"%PDF-1.4 a paper"
    assert list(verify()) == []


def test_secrets_stay_behind(world, tmp_path):
    from tertia.core.signin.actions import add_provider

    add_provider(
        by=world.administrator,
        owner=world.university,
        kind="oidc",
        title="C",
        issuer="https://i.example.org",
        endpoints={},
        client_id="c",
        secret="the secret",
    )
    account = world.people["office"].account
    account.set_password("a good long password")
    account.save()
    file = tmp_path / "uni.tar"
    export(world.university, file, quiet)
    with tarfile.open(file) as tar:
        whole = b"".join(tar.extractfile(m).read() for m in tar if m.isfile())
    assert (
        account.password.encode() not in whole
        and seal("the secret", "signin")[:10].encode() not in whole
        and b"office@example.org" in whole
    )


def test_what_cannot_be_taken_in_is_refused_and_nothing_is_half_written(world, elsewhere, tmp_path):
    file = tmp_path / "uni.tar"
    export(world.university, file, quiet)
    with pytest.raises(NotMoved, match="not empty"):
        take_in(file, quiet)
    whole = file.read_bytes()
    for name, raw in (
        ("cut.tar", whole[: len(whole) // 2]),
        ("altered.tar", whole.replace(b"The University", b"The Universitz", 1)),
        ("none.tar", b"no tar"),
    ):
        (tmp_path / name).write_bytes(raw)
    elsewhere()
    for name in ("cut.tar", "altered.tar", "none.tar"):
        with pytest.raises(NotABackup):
            take_in(tmp_path / name, quiet)
    from tertia.operation.archive import Part, write

    (tmp_path / "x").write_text("{}")
    write(tmp_path / "backup.tar", [Part("database", tmp_path / "x")], {"tertia": "0"})
    with pytest.raises(NotMoved, match="restore"):
        take_in(tmp_path / "backup.tar", quiet)
    with tarfile.open(file) as tar:
        about = json.loads(tar.extractfile("MANIFEST.json").read())["about"]
        parts = {m.name: tar.extractfile(m).read() for m in tar if m.isfile() and m.name != "MANIFEST.json"}

    def again(changed, **more):
        made = []
        for number, (name, raw) in enumerate({**parts, **changed}.items()):
            place = tmp_path / f"part-{number}"
            place.write_bytes(raw)
            made.append(Part(name, place))
        write(tmp_path / "again.tar", made, {**about, **more})
        return tmp_path / "again.tar"

    with pytest.raises(NotMoved, match="same version"):
        take_in(again({}, migrations=["x.0001"]), quiet)
    with pytest.raises(NotMoved, match="line 1"):
        take_in(again({"rows/parties.Person.jsonl": b"[1]\n"}), quiet)
    with pytest.raises(NotMoved, match="rows came in"):
        take_in(again({"rows/parties.Person.jsonl": b""}), quiet)
    assert not Organisation.objects.exists() and not Person.objects.exists()
    assert len(local_fields(Person)) > 5
    take_in(file, quiet)
    assert Organisation.objects.filter(slug="uni").exists()
