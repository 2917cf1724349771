"""The house as a whole: boundaries, translations, documents, what no file may say."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src/tertia"
#: why an import may stand inside a function
REASONS = ("app start", "slow library", "optional library")


def files(suffix, *folders):
    return [p for folder in (folders or ("src",)) for p in sorted((ROOT / folder).rglob(f"*{suffix}")) if ".venv" not in p.parts]


def test_import_boundaries_hold():
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-3000:]


def test_an_import_inside_a_function_says_why():
    wrong = []
    for file in files(".py"):
        if "migrations" in file.parts:
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Import | ast.ImportFrom):
                        said = "\n".join(lines[inner.lineno - 1 : inner.end_lineno])
                        if not any(reason in said for reason in REASONS):
                            wrong.append(f"{file.relative_to(ROOT)}:{inner.lineno}")
    assert wrong == []


def test_no_file_of_code_is_too_long_to_be_read():
    assert [str(f) for f in files(".py") if len(f.read_text(encoding="utf-8").splitlines()) > 450] == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_string_of_the_interface_is_translated(language, tmp_path):
    """Extracts the strings anew, so a string that was added and not translated fails here."""
    copy = tmp_path / "tertia"
    shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static"))
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", language, "--no-location", "--no-wrap", "--ignore", "*/migrations/*"],
        cwd=copy, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_HOME": str(tmp_path)},
    )  # fmt: skip
    catalogue = polib.pofile(str(copy / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert [e.msgid for e in catalogue.untranslated_entries()] == []
    assert [e.msgid for e in catalogue.fuzzy_entries()] == []
    assert len(catalogue) > 800


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_translation_keeps_the_places_of_its_values(language):
    catalogue = polib.pofile(str(SRC / "locale" / language / "LC_MESSAGES" / "django.po"))
    places = re.compile(r"%\((\w+)\)[sd]")
    wrong = []
    for entry in catalogue:
        for said in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            if set(places.findall(said)) - set(places.findall(entry.msgid + entry.msgid_plural)):
                wrong.append(entry.msgid)
            if not entry.msgid_plural and set(places.findall(said)) != set(places.findall(entry.msgid)):
                wrong.append(entry.msgid)
    assert wrong == []


def test_translating_functions_bear_a_name_that_extraction_knows():
    """`gettext_lazy as _lazy` would be passed over by the extraction, and its strings would stay English."""
    wrong = [
        f"{file.name}: {name}"
        for file in files(".py")
        for name in re.findall(r"import .*?n?p?gettext(?:_lazy|_noop)? as (\w+)", file.read_text(encoding="utf-8"))
        if name != "_"
    ]
    assert wrong == []


def test_templates_hold_no_untranslated_words():
    """Words between tags that stand in no translate tag. Names of formats and languages are the same everywhere."""
    same = {
        "PDF",
        "JSON",
        "CSV",
        "Tertia",
        "Қазақша",
        "Русский",
        "English",
        "schema.json",
        "datapackage.json",
        "DCAT",
        "API",
        "OpenAPI",
        "iCalendar",
        "DOCX",
        "XLSX",
        "GraphML",
        "ActivityPub",
        "Telegram",
        "GEXF",
        "RIS",
        "CSL-JSON",
        "Atom",
        "RSS",
        "JSON Feed",
        "SDMX-CSV",
        "OAI-PMH",
        "DOI",
        "BibTeX",
        "ORCID",
        "doi",
    }
    wrong = []
    for file in files(".html"):
        text = re.sub(r"{% block split %}.*?{% endblock %}", " ", file.read_text(encoding="utf-8"))
        text = re.sub(
            r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{#.*?#}|<code.*?</code>|<pre.*?</pre>|<(\w+)[^>]*\slang=\"\w+\"[^>]*>.*?</\1>",
            " ",
            text,
            flags=re.DOTALL,
        )
        text = re.sub(r"{%.*?%}|{{.*?}}|<!.*?>", " ", text, flags=re.DOTALL)
        for words in re.findall(r">([^<>]+)<", re.sub(r"\"[^\"]*\"|'[^']*'", "", text)):
            words = words.strip(" \n·/:,.;()…№₸%→–“”?#")
            if re.search(r"[A-Za-zА-Яа-я]{3,}", words) and words not in same:
                wrong.append(f"{file.name}: {words}")
    assert wrong == []


def documents():
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_links_in_documents_lead_somewhere():
    dead = []
    for file in documents():
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:", "mailto:")) and not (file.parent / target).exists():
                dead.append(f"{file.relative_to(ROOT)}: {target}")
    assert dead == []


def test_every_test_named_in_the_mission_exists():
    named = set(re.findall(r"tests/[\w/]+\.py", (ROOT / "docs/mission.md").read_text(encoding="utf-8")))
    assert named
    assert [t for t in named if not (ROOT / t).exists()] == []


def test_the_glossary_has_each_word_once_in_three_languages():
    rows = [line for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")][2:]
    words = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert all(len(w) == 4 and all(w[:3]) for w in words)
    assert len({w[0] for w in words}) == len(words)


def test_decisions_are_numbered_and_listed():
    found = sorted((ROOT / "docs/decisions").glob("0*.md"))
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    for number, file in enumerate(found, start=1):
        heading = file.read_text(encoding="utf-8").splitlines()[0]
        assert file.name.startswith(f"{number:04d}-")
        assert heading.startswith(f"# {number}. ")
        assert file.name in index


def test_requirements_are_pinned_with_hashes_and_name_no_address():
    for file in (ROOT / "requirements").glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        assert "://" not in text
        for block in re.split(r"\n(?=\S)", text.strip()):
            if not block.startswith("#"):
                assert "==" in block and "--hash=sha256:" in block, block[:80]


def test_every_direct_dependency_is_justified():
    said = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    direct = {re.split(r"[\[<>=]", line)[0] for f in (ROOT / "requirements").glob("*.in") for line in f.read_text().split()}
    assert [d for d in sorted(direct) if f"`{d.lower()}`" not in said] == []


def test_the_example_of_settings_names_every_setting():
    used = set(re.findall(r"(?:env|flag)\(\"(TERTIA_\w+)\"", (SRC / "settings/__init__.py").read_text(encoding="utf-8")))
    sample = (SRC / "settings/sample.env").read_text(encoding="utf-8")
    assert [name for name in sorted(used) if name not in sample] == []


def test_a_bad_setting_is_refused_by_name(tmp_path):
    for name, value in (("TERTIA_DATABASE", "oracle://x"), ("TERTIA_DEBUG", "perhaps")):
        run = subprocess.run(
            [sys.executable, "-m", "tertia.manage", "check"], capture_output=True, text=True, check=False,
            env={"PYTHONPATH": str(ROOT / "src"), "TERTIA_HOME": str(tmp_path), name: value, "PATH": "/usr/bin"},
        )  # fmt: skip
        assert run.returncode != 0
        assert name in run.stderr


def test_every_command_has_help_and_stands_in_the_manual():
    from tertia.cli import build_parser

    manual = (ROOT / "docs/commands.md").read_text(encoding="utf-8")

    def walk(parser, path):
        for a in parser._actions:
            if isinstance(getattr(a, "choices", None), dict):
                for name, inner in a.choices.items():
                    if inner._subparsers is None:
                        assert inner.description, name
                        assert f"tertia {' '.join([*path, name])}" in manual, name
                    else:
                        walk(inner, [*path, name])

    walk(build_parser(), [])


def test_actions_of_every_app_are_named_by_some_test():
    """Every action is exercised by the suite or by the demonstration that the suite loads."""
    from tertia.core.actions.action import ACTIONS

    spoken = "\n".join(p.read_text(encoding="utf-8") for p in [*files(".py", "tests"), *files(".py", "src/tertia/demonstration")])
    silent = sorted(name for name, declared in ACTIONS.items() if not re.search(rf"\b{declared.function.__name__}\b", spoken))
    assert silent == []


def test_days_in_forms_are_written_for_the_browsers_picker():
    """A day in the page's language leaves `<input type="date">` empty, and whoever keeps the form loses it."""
    own = ROOT / "src/tertia/core/periods/forms.py"
    wrong = [
        str(p) for p in files(".py", "src") if p != own and re.search(r"forms\.(DateInput|TimeInput)\(", p.read_text(encoding="utf-8"))
    ]
    assert wrong == []
