"""Packages: what is handed in is whole, signed, well-formed and gives no person away; each wrong one is refused with its reason."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
import sys
import zipfile
from decimal import Decimal

import pytest
from tests.measure.folders import write_folder

from tertia.core.checks.canonical import canonical
from tertia.core.keys.signing import BadKey, Register, new_key, read_key, sign, verify, write_key
from tertia.measure.country.checking import check_package
from tertia.measure.country.package import write_package
from tertia.measure.indicators.engine.compute import Facts, compute_all
from tertia.measure.indicators.engine.definition import definitions

Y, NOW = "2025-26", dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
KEY = new_key("uni")
REGISTER = Register(({"organisation": "uni", "public": KEY.public, "from": "2026-01-01", "to": ""},))


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Two units; in one of them three students volunteered."""
    people = [(f"p{i}", "law" if i < 40 else "math") for i in range(100)]
    member = [("uni", Y, {"person": p, "unit": u, "standing": "student"}) for p, u in people]
    took = [
        ("uni", Y, {"person": p, "unit": u, "role": "student", "attested": True, "hours": Decimal("2.5"), "hours_claimed": Decimal("2.5")})
        for p, u in [*people[:3], *people[40:70]]
    ]
    folder = write_folder(
        tmp_path_factory.mktemp("facts"),
        ["uni"],
        {"member": member, "participation": took, "need": [("uni", Y, {"external": True, "taken_up": True, "answer_days": 4})]},
    )
    with Facts(folder) as facts:
        return list(compute_all(definitions().values(), facts))


@pytest.fixture
def package(figures, tmp_path):
    def make(name="package.zip", key=KEY, organisation="uni"):
        write_package(tmp_path / name, figures, organisation=organisation, title="Test", key=key, made_at=NOW)
        return tmp_path / name

    return make


def rewritten(file, change, *, sign_again=None, describe_again=True):
    """The package with a part changed; the description follows, the signature only with a key."""
    with zipfile.ZipFile(file) as archive:
        parts = {i.filename: archive.read(i) for i in archive.infolist()}
    change(parts)
    if describe_again:
        described = json.loads(parts["datapackage.json"])
        described["resources"][0]["hash"] = "sha256:" + hashlib.sha256(parts["figures.csv"]).hexdigest()
        parts["datapackage.json"] = json.dumps(described).encode()
    if sign_again:
        parts["signature.json"] = json.dumps(sign(sign_again, parts["datapackage.json"], NOW)).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return file


def replaced(old, new):
    def change(parts):
        assert old in parts["figures.csv"]
        parts["figures.csv"] = parts["figures.csv"].replace(old, new, 1)

    return change


def codes(done):
    return done.state, {p.code for p in done.problems}


def test_a_package_as_it_is_made_is_valid_and_hides_the_three(package):
    file = package()
    done = check_package(file, REGISTER)
    assert (done.state, done.problems, done.signed_by) == ("valid", [], KEY.public)
    shares = {f.breakdown: f.state for f in done.figures if f.indicator == "student-volunteers-share" and f.period == Y}
    assert shares == {"": "value", "unit=law": "suppressed", "unit=math": "suppressed"}
    assert b",3,40," not in zipfile.ZipFile(file).read("figures.csv")


def test_it_is_a_frictionless_data_package(package):
    described = json.loads(zipfile.ZipFile(package()).read("datapackage.json"))
    (resource,) = described["resources"]
    assert (described["profile"], resource["path"], resource["encoding"]) == ("tabular-data-package", "figures.csv", "utf-8")
    assert [f["name"] for f in resource["schema"]["fields"]][0] == "indicator" and described["licenses"][0]["name"] == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("how", "state", "code"),
    [
        ("figures changed", "altered", "hash"),
        ("figures and description changed", "altered", "altered"),
        ("signed by a stranger", "unknown-key", "unknown-key"),
        ("signed for another", "forged", "foreign"),
        ("signature changed", "forged", "forged"),
        ("not signed", "unsigned", "unsigned"),
        ("signature is nonsense", "forged", "malformed"),
    ],
)
def test_a_forged_or_altered_package_is_refused(package, how, state, code):
    other = new_key("uni")
    foreign = new_key("second")
    register = Register((*REGISTER.rows, {"organisation": "second", "public": foreign.public, "from": "", "to": ""}))
    more = replaced(b"need-first-answer-days,1,uni,2025-26,,4,,4.000000", b"need-first-answer-days,1,uni,2025-26,,2,,2.000000")
    nothing = lambda parts: None  # noqa: E731
    file = package()
    if how == "figures changed":
        rewritten(file, more, describe_again=False)
    elif how == "figures and description changed":
        rewritten(file, more)
    elif how == "signed by a stranger":
        rewritten(file, more, sign_again=other)
    elif how == "signed for another":
        rewritten(file, nothing, sign_again=foreign)
    elif how == "signature changed":
        rewritten(file, lambda p: p.update({"signature.json": p["signature.json"].replace(b'"uni"', b'"inu"')}), describe_again=False)
    elif how == "not signed":
        rewritten(file, lambda p: p.pop("signature.json"), describe_again=False)
    else:
        rewritten(file, lambda p: p.update({"signature.json": b"{"}), describe_again=False)
    done = check_package(file, register)
    assert done.state == state and code in {p.code for p in done.problems}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"need-first-answer-days,1,", b"need-first-answer-weeks,1,", "indicator"),
        (b"need-first-answer-days,1,", b"need-first-answer-days,9,", "version"),
        (b",4,,4.000000,days", b",4,,4.000000,people", "unit"),
        (b",4,,4.000000,days,value", b",4,,,days,value", "value"),
        (b",4,,4.000000,days,value", b",4,,4.000000,days,missing", "value"),
        (b",4,,4.000000,days,value", b",four,,4.000000,days,value", "number"),
        (b",4,,4.000000,days,value", b",-4,,4.000000,days,value", "negative"),
        (b",4,,4.000000,days,value", b",4,,4.000000,days,good", "state"),
        (b",4,,4.000000,days,value", b",4,,4.000000,days", "cells"),
        (b"need-first-answer-days,1,uni,2025-26", b"need-first-answer-days,1,uni,2025-27", "period"),
        (b"need-first-answer-days,1,uni,2025-26", b"need-first-answer-days,1,second,2025-26", "organisation"),
        (b"33,100,33.000000", b"33,100,34.000000", "arithmetic"),
        (b"33,100,33.000000", b"103,100,103.000000", "share"),
        (b"student-volunteers-share,1,uni,2025-26,unit=law,,,,percent,suppressed", b"student-volunteers-share,1,uni,2025-26,unit=law,3,40,7.500000,percent,value", "below-threshold"),
        (b"student-volunteers-share,1,uni,2025-26,unit=math,,,,percent,suppressed", b"student-volunteers-share,1,uni,2025-26,unit=math,30,60,50.000000,percent,value", "rebuildable"),
        (b"student-volunteers-share,1,uni,2025-26,unit=law,,,,percent,suppressed", b"student-volunteers-share,1,uni,2025-26,unit=law,,40,,percent,suppressed", "shows-suppressed"),
    ],
)  # fmt: skip
def test_a_signed_package_with_a_wrong_row_is_refused_with_its_line(package, old, new, code):
    done = check_package(rewritten(package(), replaced(old, new), sign_again=KEY), REGISTER)
    assert done.state == "invalid" and code in {p.code for p in done.problems}
    assert all(p.where and p.sentence for p in done.problems)


def test_a_row_that_stands_twice_is_refused(package):
    def twice(parts):
        lines = parts["figures.csv"].splitlines(keepends=True)
        parts["figures.csv"] = b"".join([*lines, lines[-1]])

    assert "twice" in codes(check_package(rewritten(package(), twice, sign_again=KEY), REGISTER))[1]


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 no zip", b"%PDF-1.4"])
def test_a_file_that_is_no_package_is_unreadable(tmp_path, body):
    file = tmp_path / "x.zip"
    file.write_bytes(body)
    assert check_package(file).state == "unreadable"
    assert check_package(tmp_path / "nowhere.zip").problems[0].code == "not-found"


def test_a_bare_csv_and_an_unpacked_folder_are_checked_too(package, tmp_path):
    with zipfile.ZipFile(package()) as archive:
        archive.extractall(tmp_path / "open")
    assert check_package(tmp_path / "open", REGISTER).state == "valid"
    assert check_package(tmp_path / "open/datapackage.json", REGISTER).state == "valid"
    assert check_package(tmp_path / "open/figures.csv").state == "valid"
    (tmp_path / "open/figures.csv").write_bytes("\ufeffindicator;value\n".encode())
    assert codes(check_package(tmp_path / "open/figures.csv")) == ("unreadable", {"columns"})


def test_a_key_counts_from_its_day_to_its_day(tmp_path):
    content = b"figures"
    for on, found in ((dt.datetime(2025, 12, 31, tzinfo=dt.UTC), "unknown-key"), (NOW, "signed")):
        assert verify(sign(KEY, content, on), content, REGISTER) == found
    ended = Register(({**REGISTER.rows[0], "to": "2026-06-30"},))
    assert verify(sign(KEY, content, NOW), content, ended) == "unknown-key"
    assert verify(sign(KEY, content, dt.datetime(2026, 3, 1, tzinfo=dt.UTC)), content, ended) == "signed"  # rotation leaves it good
    night = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))  # in UTC it is July already
    assert verify(sign(KEY, content, night), content, ended) == "signed"
    morning = dt.datetime(2026, 7, 1, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=5)))  # in UTC it is June still
    assert verify(sign(KEY, content, morning), content, ended) == "unknown-key"
    with pytest.raises(ValueError, match="offset"):
        sign(KEY, content, dt.datetime(2026, 6, 30))
    assert canonical({"b": 1, "a": "ә"}) == '{"a":"ә","b":1}'.encode()
    write_key(KEY, tmp_path / "key.json")
    assert read_key(tmp_path / "key.json") == KEY and (tmp_path / "key.json").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        write_key(KEY, tmp_path / "key.json")
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(BadKey, match="tertia key make"):
        read_key(tmp_path / "bad.json")


def test_the_command_prints_json_and_exits_by_its_result(package, tmp_path):
    run = lambda *a: subprocess.run([sys.executable, "-m", "tertia", *map(str, a)], capture_output=True, text=True, check=False)  # noqa: E731
    done = run("package", "check", package(), "--json")
    assert done.returncode == 0 and json.loads(done.stdout) == {"valid": True, "state": "valid", "problems": []}
    done = run("package", "check", package(key=None), "--json")
    assert done.returncode == 1 and json.loads(done.stdout)["state"] == "unsigned"
    done = run("package", "check", tmp_path / "nowhere.zip", "--json")
    assert done.returncode == 2 and json.loads(done.stdout)["problems"][0].keys() == {"code", "where", "sentence"}
