"""50,000 works taken in: works a second and memory; duplicates on a labelled sample: precision and recall. `./run bench works FILE.jsonl` names a list of Crossref's works to begin with."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tertia.listen.research.references import Work, open_source, read_source
from tertia.listen.research.references.duplicates import Register, traits
from tertia.listen.research.references.writing import as_bibtex

SAMPLE = Path(__file__).resolve().parents[1] / "tests/listen/research/samples/works.jsonl"
COUNT = 50_000


def main(argv: list[str]) -> None:
    file = Path(argv[0]) if argv else SAMPLE
    items = [w.item for w in read_source(open_source(file)) if isinstance(w, Work) and w.item.get("title")]
    duplicates(items)
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder:
        beside(Path(folder), items)
        os.environ |= {"TERTIA_HOME": folder, "DJANGO_SETTINGS_MODULE": "tertia.settings"}
        taken_in(Path(folder), file)


def duplicates(items: list[dict[str, Any]]) -> None:
    """Each work once more as another index has it (the same), and beside it what only looks like it (another). Labels are made with the pairs."""
    pick = random.Random(15)
    known = Register(traits(str(n), item) for n, item in enumerate(items))
    sure_right = sure_wrong = asked_right = asked_wrong = same = 0
    for n, item in enumerate(items):
        for other, is_same in [(_elsewhere(item, pick), True), *((o, False) for o in _alike(item, pick))]:
            same += is_same
            match = known.match(traits("x", other))
            if match is None:
                continue
            right = is_same and match.key == str(n)
            sure_right += match.sure and right
            sure_wrong += match.sure and not right
            asked_right += (not match.sure) and right
            asked_wrong += (not match.sure) and not right
    print(f"{len(items)} works, each once more as another index has it, and {2 * len(items)} that only look like one")
    print(f"joined by itself: precision {sure_right / max(1, sure_right + sure_wrong):.3f}, recall {sure_right / same:.3f}")
    both = sure_right + asked_right
    print(f"with what a person is asked about: precision {both / max(1, both + sure_wrong + asked_wrong):.3f}, recall {both / same:.3f}")


def _elsewhere(item: dict[str, Any], pick: random.Random) -> dict[str, Any]:
    """As a library or a reference manager has it: no DOI, initials, another spelling, a missing subtitle or year."""
    made = {k: v for k, v in item.items() if k not in ("DOI", "custom", "abstract", "id")}
    title = made["title"]
    roll = pick.random()
    if roll < 0.2:
        title = title.upper()
    elif roll < 0.4:
        title = title.replace(",", "").replace("-", " ").replace(":", " –") + "."
    elif roll < 0.5 and ":" in title:
        title = title.split(":")[0]
    elif roll < 0.7 and len(title) > 20:
        at = pick.randrange(5, len(title) - 5)
        title = title[:at] + title[at + 1 :]
    made["title"] = title
    if made.get("author"):
        made["author"] = [{**a, "given": a["given"][:1] + "."} if a.get("given") else a for a in made["author"][: pick.choice((1, 3, 99))]]
    roll = pick.random()
    if roll < 0.1:
        made.pop("issued", None)
    elif roll < 0.2 and made.get("issued"):
        made["issued"] = {"date-parts": [[made["issued"]["date-parts"][0][0] + 1]]}
    if pick.random() < 0.5:
        made.pop("page", None)
    return made


def _alike(item: dict[str, Any], pick: random.Random) -> list[dict[str, Any]]:
    """Another work of a like name: the next part by the same author, and one of the same name by somebody else."""
    bare = {k: v for k, v in item.items() if k not in ("DOI", "custom", "abstract", "id", "page")}
    part = {**bare, "title": f"{item['title']}, part {pick.choice((2, 3))}"}
    somebody = {**bare, "author": [{"family": "Zzyzx", "given": "Quentin"}]}
    return [part, somebody]


def many(file: Path) -> Iterator[str]:
    rows = [json.loads(line) for line in _lines(file)]
    for n in range(COUNT):
        row = dict(rows[n % len(rows)])
        row["DOI"], row["title"] = f"{row['DOI']}.{n}", [f"{t} {n}" for t in row["title"][:1]]
        yield json.dumps(row, ensure_ascii=False)


def _lines(file: Path) -> list[str]:
    source = open_source(file)
    return [line for line in source.lines() if line.strip() and json.loads(line).get("title")]


def beside(folder: Path, items: list[dict[str, Any]]) -> None:
    """10,000 entries of BibTeX, read by us and by bibtexparser 2 where that is installed."""
    bib = folder / "many.bib"
    with bib.open("w", encoding="utf-8") as out:
        for n in range(10_000):
            item = {k: v for k, v in items[n % len(items)].items() if k != "abstract"}
            out.writelines(as_bibtex([{**item, "id": f"k{n}"}]))
    began = time.perf_counter()
    count = sum(isinstance(f, Work) for f in read_source(open_source(bib)))
    ours = time.perf_counter() - began
    print(f"BibTeX, {count} entries, {bib.stat().st_size / 1e6:.1f} MB: {ours:.2f} s, {count / ours:,.0f} a second")
    if importlib.util.find_spec("bibtexparser") is None:
        print("the peer is not installed: pip install bibtexparser==2.1.0")
        return
    import bibtexparser  # optional library

    began = time.perf_counter()
    library = bibtexparser.parse_file(str(bib))
    peer = time.perf_counter() - began
    print(
        f"bibtexparser {bibtexparser.__version__}: {len(library.entries)} entries, {peer:.2f} s, without names, dates and LaTeX; ratio {ours / peer:.2f}"
    )


def taken_in(folder: Path, file: Path) -> None:
    import django  # app start

    django.setup()
    from django.core.management import call_command  # app start
    from tests.cast import SYSTEM, make_world  # app start

    from tertia.core.intake.actions import begin_taking, keep_file, send_list  # app start
    from tertia.core.intake.work import check_list, taking  # app start
    from tertia.core.parties.setup import load_basics  # app start
    from tertia.listen.research.models import Study  # app start

    call_command("migrate", verbosity=0)
    load_basics(SYSTEM)
    world = make_world()
    path = folder / "many.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for line in many(file):
            out.write(line + "\n")
    print(f"Crossref, {COUNT} works, {path.stat().st_size / 1e6:.0f} MB; memory before {_peak()} MB")
    for turn in ("new", "once more"):
        with path.open("rb") as opened:
            if turn == "once more":
                opened.readline()  # another file, the same works but one
            draft, digest, size = keep_file(iter(lambda: opened.read(1 << 20), b""))
        run = send_list(
            by=world.office, organisation=world.university, kind="works", name="many", draft=draft, digest=digest, size=size, language="en"
        )
        began = time.perf_counter()
        check_list(run.pk)
        looked = time.perf_counter() - began
        run.refresh_from_db()
        run = begin_taking(by=world.office, run=run)
        began = time.perf_counter()
        for step, now in enumerate(taking(run, world.office)):
            run = now
            if step in (2, 12):
                print(f"  after {run.done_lines} works: peak {_peak()} MB")
        took = time.perf_counter() - began
        print(
            f"{turn}: looked through in {looked:.1f} s ({run.rows / looked:,.0f} a second), taken in in {took:.1f} s ({run.rows / took:,.0f} a second); "
            f"{run.new} new, {run.changed} changed, {run.same} the same, {run.faulty} wrong; {Study.objects.count()} on record; peak {_peak()} MB"
        )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
