"""Operation: a backup that comes back whole, a doctor who names what is wrong, figures for a monitor, logs without persons, a database that is gone."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from tests.database import address_on_this_server

from tertia import __version__
from tertia.operation.archive import NotABackup, Part, check, unpack, write

ROOT = Path(__file__).resolve().parents[2]
DUMPS = sorted((ROOT / "tests" / "upgrades").glob("*/"), key=lambda p: [int(n) for n in p.name.split(".")] if p.name[0].isdigit() else [-1])
PAGES = [
    "/en/",
    "/ru/needs/",
    "/kk/measures/",
    "/en/resolutions/2019-third-mission/",
    "/ru/stories/",
    "/en/figures/",
    "/kk/reports/",
    "/en/facts/",
    "/ru/organisations/",
    "/keys.json",
]
READ = f"""
import hashlib, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tertia.settings")
import django; django.setup()
from django.test import Client
client = Client()
for page in {PAGES!r}:
    answer = client.get(page)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    print(page, answer.status_code, hashlib.sha256(body).hexdigest())
"""
GONE = "postgresql://nobody@127.0.0.1:1/nothing"


def run(*command, home, database="", code=0, limit=None, **more):
    environment = {**os.environ, "TERTIA_HOME": str(home), "TERTIA_TODAY": "2026-11-24", "TERTIA_BASE_URL": "http://127.0.0.1:8000", **more}
    environment.pop("TERTIA_DATABASE", None)
    if database:
        environment["TERTIA_DATABASE"] = database
    before = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
    done = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, cwd=ROOT, preexec_fn=before, check=False
    )
    assert done.returncode == code, (command, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout + "".join(
        line for line in done.stderr.splitlines(True) if "mw_instance" not in line and "No directory at" not in line
    )


def fresh_database(name, home):
    """An empty database of the kind on which the suite runs, and its address."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{home}/tertia.sqlite3"
    host = connection.settings_dict["HOST"]
    base = ["psql", "-q", "-h", host, "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1"]
    subprocess.run([*base, "-c", f"DROP DATABASE IF EXISTS {name}", "-c", f"CREATE DATABASE {name}"], check=True)
    return address_on_this_server(name)


@pytest.fixture
def site(tmp_path, db):
    """The demonstration of the last version in a home of its own, with a kept file."""
    home = tmp_path / "home"
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "picture.jpg").write_bytes(os.urandom(3000))
    address = fresh_database("backup_from", home)
    if connection.vendor == "sqlite":
        (home / "tertia.sqlite3").write_bytes(gzip.decompress((DUMPS[-1] / "sqlite.gz").read_bytes()))
    else:
        base = ["psql", "-q", "-h", connection.settings_dict["HOST"], "-U", "postgres", "-d", "backup_from", "-v", "ON_ERROR_STOP=1"]
        subprocess.run(base, input=gzip.decompress((DUMPS[-1] / "postgres.sql.gz").read_bytes()), check=True, stdout=subprocess.DEVNULL)
    run("-m", "tertia.manage", "migrate", "-v0", home=home, database=address)
    return home, address


def test_a_backup_restored_into_an_empty_place_gives_the_same_pages_figures_and_journal(site, tmp_path):
    home, address = site
    before = run("-c", READ, home=home, database=address)
    assert before.count(" 200 ") == len(PAGES)
    said = run("-m", "tertia", "backup", "--out", str(tmp_path / "night"), home=home, database=address)
    (file,) = (tmp_path / "night").iterdir()
    assert str(file) in said and file.stat().st_mode & 0o077 == 0
    assert json.loads(run("-m", "tertia", "verify-backup", str(file), "--json", home=home)) == {
        "valid": True,
        "state": "valid",
        "problems": [],
    }
    (tmp_path / "new").mkdir()
    there = fresh_database("backup_into", tmp_path / "new")
    told = run("-m", "tertia", "restore", str(file), "--home", str(tmp_path / "new"), "--database", there, home=tmp_path / "elsewhere")
    assert "Restored: " in told and not (tmp_path / "elsewhere").exists()
    assert run("-c", READ, home=tmp_path / "new", database=there) == before
    assert "The journal is whole." in run("-m", "tertia", "journal", "verify", home=tmp_path / "new", database=there)
    for name in ("files/ab/picture.jpg", "secret-key"):
        assert (tmp_path / "new" / name).read_bytes() == (home / name).read_bytes()
    again = run("-m", "tertia", "restore", str(file), "--home", str(tmp_path / "new"), "--database", there, home=home, code=2)
    assert "is not empty" in again
    full = run("-m", "tertia", "restore", str(file), "--home", str(tmp_path / "third"), "--database", there, home=home, code=2)
    assert "database is not empty" in full and not (tmp_path / "third").exists()
    kept = run("-m", "tertia", "backup", "--out", str(tmp_path / "night"), "--keep", "1", home=home, database=address)
    assert "removed" in kept and len(list((tmp_path / "night").iterdir())) == 1


@pytest.mark.once
def test_a_disk_that_is_full_leaves_no_half_backup(site, tmp_path):
    home, address = site
    said = run("-m", "tertia", "backup", "--out", str(tmp_path / "night"), home=home, database=address, limit=400_000, code=2)
    assert "No backup was made" in said and list((tmp_path / "night").iterdir()) == []


def test_what_was_changed_cut_off_or_slipped_in_is_named(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 5000)
    out = tmp_path / "b.tar"
    write(out, [Part("database", tmp_path / "a"), Part("files/gone", tmp_path / "nothing")], {"tertia": __version__})
    assert set(check(out).files) == {"database"}
    body = out.read_bytes()
    place = body.index(b"x" * 100)
    for name, changed in (
        ("altered", body[: place + 7] + b"y" + body[place + 8 :]),
        ("cut", body[:3000]),
        ("empty", b""),
        ("text", b"hello" * 500),
    ):
        (tmp_path / name).write_bytes(changed)
        with pytest.raises(NotABackup) as caught:
            check(tmp_path / name)
        assert [p.code for p in caught.value.problems] == (["altered"] if name == "altered" else [])
        assert run("-m", "tertia", "verify-backup", str(tmp_path / name), home=tmp_path / "h", code=1)
    run("-m", "tertia", "verify-backup", str(tmp_path / "not-there"), home=tmp_path / "h", code=2)
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo("../escaped"), io.BytesIO(b""))
    with pytest.raises(NotABackup):
        unpack(tmp_path / "evil.tar", tmp_path / "inside")
    assert not (tmp_path / "escaped").exists()


@pytest.mark.once
def test_the_doctor_names_what_is_wrong_and_what_to_do(site, tmp_path):
    home, address = site
    (home / "secret-key").chmod(0o644)
    found = json.loads(run("-m", "tertia", "doctor", "--json", home=home, database=address, code=1))
    codes = {p["code"]: p for p in found["problems"]}
    assert found["valid"] is False and {"secret-key", "worker", "static", "letters", "backup", "files"} >= {
        c for c, p in codes.items() if p["where"] == "bad"
    }
    assert f"chmod 600 {home}/secret-key" in codes["secret-key"]["sentence"] and "tertia backup" in codes["backup"]["sentence"]
    (home / "secret-key").chmod(0o600)
    run("-m", "tertia", "backup", "--out", str(tmp_path / "night"), home=home, database=address)
    said = run("-m", "tertia", "doctor", home=home, database=address, code=1)
    assert "good  secret-key" in said and "good  backup" in said and "good  print" in said
    gone = run("-m", "tertia", "doctor", home=tmp_path / "other", database=GONE, code=1)
    assert "BAD   database" in gone and "does not answer" in gone and "could not be looked at" not in gone


@pytest.mark.once
def test_without_its_database_the_site_says_so_in_each_language(tmp_path):
    asked = (
        "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'tertia.settings')\n"
        "import django; django.setup()\nfrom django.test import Client\nclient = Client(raise_request_exception=False)\n"
        "for page in ('/en/needs/', '/ru/', '/kk/accounts/login/', '/readyz', '/healthz'):\n"
        "    answer = client.get(page); print(answer.status_code, answer.get('Retry-After'), answer.content.decode().replace(chr(10), ' ')[:900])"
    )
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    lines = [
        line
        for line in run("-c", asked, home=tmp_path, database=GONE, TERTIA_STATIC_STORAGE=plain).splitlines()
        if line[:4] in ("503 ", "200 ")
    ]
    for line, words in zip(
        lines, ("The site rests for a moment", "Сайт ненадолго остановился", "Сайт аз уақытқа тоқтады", "database", "ok"), strict=True
    ):
        assert words in line
    assert [line.split()[:2] for line in lines] == [["503", "15"]] * 3 + [["503", "None"], ["200", "None"]]


def test_the_monitor_reads_figures_with_its_token_and_nobody_else(client, settings, world):
    assert client.get("/metrics").status_code == 404
    settings.TERTIA_METRICS_TOKEN = "monitor"
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
    client.get("/en/needs/?q=secret-words")
    client.get("/en/p/some-secret-token/")
    answer = client.get("/metrics", headers={"authorization": "Bearer monitor"})
    body = answer.content.decode()
    found = {f.name: f for f in text_string_to_metric_families(body)}
    assert {
        "tertia_requests",
        "tertia_request_seconds",
        "tertia_jobs",
        "tertia_job_wait_seconds",
        "tertia_letters_waiting",
        "tertia_events_unsealed",
    } <= set(found)
    assert any(s.labels.get("page") == "needs" for s in found["tertia_requests"].samples)
    assert (
        found["tertia_events_unsealed"].samples[0].value > 0
        and "secret" not in body
        and answer["Content-Type"].startswith("application/openmetrics-text")
    )
    assert client.get("/readyz").content == b"ok" and client.get("/healthz").content == b"ok"


@pytest.mark.once
def test_logs_are_lines_of_json_without_addresses(site):
    home, address = site
    asked = (
        "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'tertia.settings')\n"
        "import django; django.setup()\nfrom django.test import Client\nclient = Client()\n"
        "client.get('/en/p/some-secret-token/'); client.get('/en/search/?q=somebody'); client.get('/en/nothing-secret/')"
    )
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    said = run(
        "-c",
        asked,
        home=home,
        database=address,
        TERTIA_LOG_JSON="yes",
        TERTIA_LOG_REQUESTS="yes",
        TERTIA_LOG_LEVEL="WARNING",
        TERTIA_STATIC_STORAGE=plain,
    )
    rows = [json.loads(line) for line in said.splitlines()]
    assert "secret" not in said and "somebody" not in said
    assert {"pass", "search", "none"} <= {r.get("page") for r in rows} and all(r["level"] in ("info", "warning") for r in rows)


def test_the_bill_of_materials_has_every_pinned_package_with_its_sums(tmp_path):
    found = json.loads(run("-m", "tertia", "parts", home=tmp_path))
    there = {c["name"]: c for c in found["components"]}
    pinned = [
        line.split("==")[0].split("[")[0]
        for line in (ROOT / "requirements" / "demo.txt").read_text().splitlines()
        if "==" in line and line[0].isalnum()
    ]
    assert len(found["components"]) == len(pinned) > 50 and (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert there["django"]["purl"] == f"pkg:pypi/django@{there['django']['version']}" and there["django"]["licenses"] == [
        {"license": {"name": "BSD-3-Clause"}}
    ]
    assert all(c["hashes"] and all(len(h["content"]) == 64 for h in c["hashes"]) for c in found["components"])
    run("-m", "tertia", "parts", "--requirements", str(tmp_path / "nothing"), home=tmp_path, code=2)
