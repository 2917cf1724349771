"""The first day: an own university, its administrator, and the demonstration beside it."""

import os
import subprocess
import sys

import pytest
from tests.cast import SYSTEM, TODAY

from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.actions import claim_person, write_down_administrator
from tertia.core.parties.models import Account, Organisation
from tertia.core.parties.setup import set_up_university


def test_whoever_confirms_the_administrator_s_address_is_the_administrator(basics):
    university = set_up_university(SYSTEM, slug="own", name=Text.of("kk", kk="Біздің университет"), admin="Admin@Example.org")
    account = Account.objects.create_user("admin@example.org")
    person = claim_person(by=SYSTEM, account=account, today=TODAY)
    assert Actor.of(person, TODAY).has(university.pk, "administrator")


def test_setting_up_twice_changes_nothing(basics):
    for _ in range(2):
        university = set_up_university(SYSTEM, slug="own", name=Text.of("kk", kk="Біздің университет"), admin="a@example.org")
        write_down_administrator(by=SYSTEM, organisation=university, email="a@example.org")
    assert (Organisation.objects.filter(hosts=True).count(), university.memberships.count()) == (1, 1)


@pytest.mark.once
def test_the_commands_set_up_and_bring_people_in_line(tmp_path):
    """On a database of its own, as an administrator would on the first day."""
    environment = {
        **os.environ,
        "TERTIA_HOME": str(tmp_path),
        "TERTIA_DATABASE": f"sqlite:///{tmp_path}/own.sqlite3",
        "TERTIA_DEMONSTRATION": "no",
    }

    def run(*command):
        return subprocess.run([sys.executable, "-m", "tertia", *command], env=environment, capture_output=True, text=True, check=False)

    assert run("setup", "--slug", "own", "--admin", "a@example.org").returncode == 2
    assert run("setup", "--slug", "own", "--name-kk", "Біздің университет", "--admin", "a@example.org").returncode == 0
    (tmp_path / "people.csv").write_text("key,name,standing\nS1,Adil B,student\n")
    assert "1 added" in run("people", str(tmp_path / "people.csv"), "--organisation", "own").stdout
    assert "0 added" in run("people", str(tmp_path / "people.csv"), "--organisation", "own").stdout
    (tmp_path / "bad.csv").write_text("key,name,standing\nS1,,wizard\n")
    refused = run("people", str(tmp_path / "bad.csv"), "--organisation", "own")
    assert refused.returncode == 2 and "Nothing was changed." in refused.stderr
    assert "The journal is whole." in run("journal", "verify").stdout
