"""The adapter: what is asked of a platform's server, and Tertia's own key towards platforms.

Times of messages are the real ones, on a demonstration's fixed day too: the other server has its own clock.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from tertia.act.learning.lti.messages import Launch as Launch
from tertia.act.learning.lti.messages import LtiRefused as LtiRefused
from tertia.act.learning.lti.messages import Platform, ToolKey, client_assertion, line_item, new_tool_key, read_launch, scores_url
from tertia.act.learning.platform_models import CourseLink, LearningPlatform
from tertia.core.keys.key_sets import with_keys
from tertia.core.messages.calls import CallFailed, call

__all__ = ["make_item", "platform_of", "send_score", "tool_key", "verified"]


def platform_of(row: LearningPlatform) -> Platform:
    return Platform(row.issuer, row.client_id, tuple(row.deployments), row.auth_url, row.token_url, row.keys_url)


def tool_key() -> ToolKey:
    """This installation's key towards platforms; made once, in a file that only the installation may read."""
    file = Path(settings.HOME) / "keys" / "lti.pem"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(new_tool_key().pem)
        with contextlib.suppress(FileExistsError):  # of two that make it at once, the first stays
            os.link(draft, file)
        draft.unlink()
    return ToolKey(file.read_bytes())


def verified(row: LearningPlatform, token: str, nonce: str) -> Launch:
    """A launch of this platform, verified with its keys of now. Raises LtiRefused, CallFailed."""
    platform = platform_of(row)
    return with_keys(f"lti-keys-{row.pk}", row.keys_url, lambda keys: read_launch(token, platform, keys, nonce=nonce, now=timezone.now()))


def _access(row: LearningPlatform) -> str:
    answer = call(row.token_url, form=client_assertion(tool_key(), platform_of(row), now=timezone.now()))
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token:
        raise CallFailed("refused", "no access token")
    return token


def make_item(link: CourseLink, label: str, number: str, most: int) -> str:
    """A line item of a link that has none yet; its address. Raises CallFailed."""
    kind = "application/vnd.ims.lis.v2.lineitem+json"
    made = call(link.items, body=line_item(label, number, most, link.link), kind=kind, accept=kind, token=_access(link.platform))
    found = made.get("id") if isinstance(made, dict) else None
    if not isinstance(found, str) or not found:
        raise CallFailed("not-json", "no id of the line item")
    return found


def send_score(link: CourseLink, item: str, told: dict[str, Any]) -> None:
    """Take one student's score to the platform's grade book. Raises CallFailed."""
    call(scores_url(item), body=told, kind="application/vnd.ims.lis.v1.score+json", token=_access(link.platform))
