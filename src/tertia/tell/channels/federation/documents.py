"""What a university says in the fediverse: its account, its stories as articles, and what happens to them (ActivityStreams 2.0). No Django.

A story is an Article with a Note as its preview (FEP-b2b8, long-form text), because Mastodon shows articles as a title and a link.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["CONTEXT", "PUBLIC", "Account", "activity", "account", "article", "follow", "accept"]

CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


@dataclass(frozen=True)
class Account:
    """A university's account: `base` is the address of the installation, `slug` its name there."""

    base: str
    slug: str

    @property
    def id(self) -> str:
        return f"{self.base}/ap/{self.slug}"

    @property
    def key_id(self) -> str:
        return f"{self.id}#main-key"

    @property
    def followers(self) -> str:
        return f"{self.id}/followers"


def account(of: Account, name: str, words: str, page: str, public: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT, "id": of.id, "type": "Organization", "preferredUsername": of.slug, "name": name, "summary": html.escape(words), "url": page,
        "inbox": f"{of.id}/inbox", "outbox": f"{of.id}/outbox", "followers": of.followers, "following": f"{of.id}/following", "discoverable": True, "manuallyApprovesFollowers": False,
        "endpoints": {"sharedInbox": f"{of.base}/ap/inbox"}, "publicKey": {"id": of.key_id, "owner": of.id, "publicKeyPem": public},
    }  # fmt: skip


def article(of: Account, story: Mapping[str, Any]) -> dict[str, Any]:
    """A story from its snapshot (see channels/snapshot.py)."""
    first = story["original"]
    made: dict[str, Any] = {
        "id": story["id"], "type": "Article", "attributedTo": of.id, "to": [PUBLIC], "cc": [of.followers], "name": story["title"][first], "nameMap": story["title"],
        "content": story["html"].get(first, ""), "contentMap": story["html"], "mediaType": "text/html", "url": story["url"][first], "published": story["published"],
        "preview": {"type": "Note", "attributedTo": of.id, "content": _preview(story, first), "published": story["published"]},
        "attachment": [{"type": "Image", "mediaType": p["type"], "url": p["url"], "name": p["words"]} for p in story["pictures"]],
    }  # fmt: skip
    if story["summary"]:
        made |= {
            "summary": html.escape(story["summary"].get(first, "")),
            "summaryMap": {k: html.escape(v) for k, v in story["summary"].items()},
        }
    if story["updated"] != story["published"]:
        made["updated"] = story["updated"]
    return made


def _preview(story: Mapping[str, Any], language: str) -> str:
    lead = story["summary"].get(language, "")
    page = html.escape(story["url"][language])
    return f'<p><strong>{html.escape(story["title"][language])}</strong></p>{f"<p>{html.escape(lead)}</p>" if lead else ""}<p><a href="{page}">{page}</a></p>'


def activity(of: Account, number: int, verb: str, story: Mapping[str, Any]) -> dict[str, Any]:
    """What happened to a story: Create, Update, or Delete with a Tombstone. `number` makes its id, which stays the same however often it is sent."""
    kind = {"out": "Create", "changed": "Update", "gone": "Delete"}[verb]
    what: Any = {"id": story["id"], "type": "Tombstone", "formerType": "Article"} if verb == "gone" else article(of, story)
    return {
        "@context": CONTEXT, "id": f"{of.base}/ap/activities/{number}", "type": kind, "actor": of.id, "to": [PUBLIC], "cc": [of.followers], "published": story["updated"], "object": what,
    }  # fmt: skip


def follow(of: Account, number: int, whom: str) -> dict[str, Any]:
    return {"@context": CONTEXT, "id": f"{of.id}/follows/{number}", "type": "Follow", "actor": of.id, "object": whom}


def accept(of: Account, mark: str, followed_by: Mapping[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, "id": f"{of.id}/accepts/{mark}", "type": "Accept", "actor": of.id, "object": dict(followed_by)}
