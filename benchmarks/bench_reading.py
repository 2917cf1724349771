"""Reading 1,000 generated resolutions in three languages: seconds, memory, and the ratio to one regular expression over the same texts."""

from __future__ import annotations

import random
import re
import resource
import time

from tertia.plan.conferences.resolution_text import read_text

LEADS = {
    "en": ("The conference recommends to universities:", "to publish the report number {} and to ask residents what they need;"),
    "ru": ("Участники конференции рекомендуют вузам:", "публиковать отчёт номер {} и спрашивать жителей об их нуждах;"),
    "kk": ("Конференция қатысушылары жоғары оқу орындарына ұсынады:", "{} нөмірлі есепті жарияласын және тұрғындардан сұрасын;"),
}


def text(pick: random.Random) -> tuple[str, int]:
    lead, item = LEADS[pick.choice(list(LEADS))]
    count = pick.randint(5, 30)
    told = "\n\n".join("During the discussion the participants spoke of many things and listened to each other. " * 6 for _ in range(8))
    return f"{told}\n\n{lead}\n" + "\n".join(f"{n}. {item.format(n)}" for n in range(1, count + 1)), count


def main(argv: list[str]) -> None:
    pick = random.Random(1)
    texts = [text(pick) for _ in range(1000)]
    began = time.perf_counter()
    found = sum(len(read_text(t).items) for t, _n in texts)
    ours = time.perf_counter() - began
    began = time.perf_counter()
    peer = sum(len(re.findall(r"^\s*\d+[.)]\s+\S.*$", t, re.MULTILINE)) for t, _n in texts)
    plain = time.perf_counter() - began
    wanted = sum(n for _t, n in texts)
    letters = sum(len(t) for t, _n in texts)
    print(f"1,000 resolutions, {letters:,} letters, {wanted} items: found {found} (regular expression {peer})")
    print(
        f"reading {ours:.2f} s, regular expression {plain:.3f} s, ratio {ours / plain:.0f}; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
