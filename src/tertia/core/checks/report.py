"""The form of every check: `{"valid", "state", "problems": [{"code", "where", "sentence"}]}`; exits 0 valid, 1 invalid, 2 unreadable."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

__all__ = ["Problem", "report"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a code for programs, a place, and a sentence that says what to do."""

    code: str
    where: str
    sentence: str


def report(state: str, problems: Sequence[Problem], *, as_json: bool, whole: str, most: int = 20) -> int:
    """Print what was found and give the exit code. `whole` is the sentence for a check that found nothing."""
    if as_json:
        print(json.dumps({"valid": state == "valid", "state": state, "problems": [asdict(p) for p in problems]}, ensure_ascii=False))
    elif not problems:
        print(whole)
    else:
        for problem in problems[:most]:
            print(f"{problem.where}: {problem.sentence}")
        if len(problems) > most:
            print(f"and {len(problems) - most} more; --json prints all")
        print(f"{state}: {len(problems)} problems")
    return {"valid": 0, "unreadable": 2}.get(state, 1)
