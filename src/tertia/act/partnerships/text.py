"""What is signed: the text of an agreement in one canonical form, and its digest."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from tertia.core.checks.canonical import canonical
from tertia.core.languages.text import Text

__all__ = ["digest_of", "signed_text"]


def signed_text(agreement: Any, parties: list[Any], starts_on: dt.date, ends_on: dt.date | None) -> dict[str, Any]:
    """Everything that the sides agree on, in all languages in which it was written."""
    return {
        "title": _words(agreement.title), "form": agreement.form, "summary": _words(agreement.summary), "terms": _words(agreement.terms),
        "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else None,
        "renewal": agreement.renewal, "renewal_months": agreement.renewal_months if agreement.renewal == "automatic" else None, "notice_days": agreement.notice_days,
        "parties": [
            {"name": _words(p.organisation.name), "gives": _words(p.gives), "gets": _words(p.gets), "signatory": p.signatory, "duty": p.duty, "basis": p.basis}
            for p in parties
        ],
    }  # fmt: skip


def _words(text: Text) -> dict[str, str]:
    return {language: words for language, (words, _state) in sorted(text.versions.items())}


def digest_of(text: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of the text, in hexadecimal."""
    return hashlib.sha256(canonical(text)).hexdigest()
