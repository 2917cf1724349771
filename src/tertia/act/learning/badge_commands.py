"""`tertia badge verify`: a badge is verified without a server and without a database."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tertia.settings_store import HOME

__all__ = ["add_badges"]


def add_badges(rows: Any, add: Any) -> None:
    group = rows.add_parser("badge", help="badges").add_subparsers(required=True, metavar="COMMAND")
    check = add(
        group, "verify", verify_badge,
        "Verify an Open Badges 3.0 badge (SVG, PNG, token or JSON) offline. States: valid, revoked, tampered, expired, unknown-issuer, not-yet-valid. "
        "Without --keys and --status the register and the lists of this installation are used, where there are some.",
    )  # fmt: skip
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--keys", type=Path, metavar="FILE", help="register of the issuers' public keys, such as a site's /keys.json")
    check.add_argument("--status", type=Path, metavar="FILE", help="the issuer's list of revoked badges, as the site serves it")
    check.add_argument("--json", action="store_true")


def verify_badge(arguments: argparse.Namespace) -> int:
    """0 valid, 1 not valid, 2 unreadable."""
    from tertia.act.learning.credentials import NoBadge, extract, verify  # slow library
    from tertia.core.keys.signing import BadKey  # slow library

    try:
        token = extract(arguments.file.read_bytes())
        status = arguments.status.read_text(encoding="utf-8") if arguments.status else _own_status(token)
        verdict = verify(token, _register(arguments.keys), status=status)
    except (NoBadge, BadKey, OSError, UnicodeDecodeError) as error:
        sentence = f"{arguments.file}: {error.strerror}. Check the name of the file." if isinstance(error, OSError) else str(error)
        code = error.code if isinstance(error, NoBadge) else "not-found" if isinstance(error, OSError) else "register"
        if arguments.json:
            print(
                json.dumps(
                    {
                        "valid": False,
                        "state": "unreadable",
                        "problems": [{"code": code, "where": str(arguments.file), "sentence": sentence}],
                    },
                    ensure_ascii=False,
                )
            )
        print(sentence, file=sys.stderr)
        return 2
    _tell(verdict, arguments.json)
    return 0 if verdict.state == "valid" else 1


def _tell(verdict: Any, as_json: bool) -> None:
    body = verdict.credential
    subject = body.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    issuer = body.get("issuer")
    told = {
        "name": body.get("name") or "", "issuer": issuer.get("name", "") if isinstance(issuer, dict) else "", "valid_from": body.get("validFrom") or "",
        "holder": next((i.get("identityHash", "") for i in subject.get("identifier") or [] if isinstance(i, dict) and not i.get("hashed")), ""),
    }  # fmt: skip
    if as_json:
        problems = [asdict(p) for p in verdict.problems]
        print(
            json.dumps(
                {
                    "valid": verdict.state == "valid",
                    "state": verdict.state,
                    "problems": problems,
                    "notes": list(verdict.notes),
                    "badge": told,
                },
                ensure_ascii=False,
            )
        )
        return
    print(f"{verdict.state}: {told['name']}, {told['holder']}, {told['issuer']}, {told['valid_from'][:10]}")
    for problem in verdict.problems:
        print(f"  {problem.where}: {problem.sentence}")
    for note in verdict.notes:
        print(f"  {note}")


def _register(given: Path | None) -> Any:
    """The register that was given, else this installation's own, else None."""
    from tertia.core.keys.signing import Register  # slow library

    if given is not None:
        return Register.read(given)
    own = HOME / "badges" / "keys.json"
    return Register.read(own) if own.exists() else None


def _own_status(token: str) -> str | None:
    """The list that the badge points to, where this installation has written it."""
    from tertia.act.learning.credentials import status_file  # slow library

    file = HOME / "badges" / status_file(token)
    return file.read_text(encoding="utf-8") if file.exists() else None
