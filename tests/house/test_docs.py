"""The documents: every link leads somewhere, every address of the how-tos is a page, and the three languages say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md"), *(ROOT / "clients").rglob("*.md")])
HOW_TOS = {language: ROOT / "docs" / "handbook" / f"people.{language}.md" for language in ("en", "ru", "kk")}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(paper):
    text = re.sub(r"```.*?```", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL)
    gone = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        if not (paper.parent / target.partition("#")[0]).exists():
            gone.append(target)
    assert gone == []


def addresses(text):
    return re.findall(r"`(/[a-z0-9/-]+/)`", text)


@pytest.mark.parametrize("language", HOW_TOS)
def test_every_address_of_the_how_tos_is_a_page(language):
    found = addresses(HOW_TOS[language].read_text(encoding="utf-8"))
    assert len(found) > 30
    missing = []
    with translation.override(language):
        for address in found:
            try:
                resolve(f"/{language}{address}")
            except Resolver404:
                missing.append(address)
    assert missing == []


def test_the_how_tos_say_the_same_in_three_languages():
    texts = {language: file.read_text(encoding="utf-8") for language, file in HOW_TOS.items()}
    assert len({tuple(addresses(t)) for t in texts.values()}) == 1
    shapes = {tuple(re.match(r"#* ?|\d", line).group() for line in t.splitlines() if re.match(r"##|\d\.", line)) for t in texts.values()}
    assert len(shapes) == 1


def test_addresses_named_in_the_mission_are_pages():
    found = addresses((ROOT / "docs" / "mission.md").read_text(encoding="utf-8"))
    assert len(found) > 40
    missing = set()
    for address in found:
        try:
            resolve(f"/en{address}")
        except Resolver404:
            try:
                resolve(address)
            except Resolver404:
                missing.add(address)
    assert missing == set()


def test_every_promise_of_security_has_its_mechanism_and_a_test_that_is_there():
    rows = [line for line in (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 40
    for row in rows:
        promise, mechanism, tests = re.split(r"(?<!\\) \| ", row.strip("| "))
        named = re.findall(r"`(tests/[^`]+)`", tests)
        assert promise and mechanism and named, row
        assert [t for t in named if not (ROOT / t).exists()] == []
