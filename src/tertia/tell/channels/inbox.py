"""What other servers of the fediverse send: kept unread, looked at by the worker, carried out where the signature is that of who speaks.

A request is answered at once and read later, because finding out whether it is true means to ask the other server for its key, and a
stranger must not be able to let this site's pages wait for servers of his choice.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import urlsplit

from tertia.core.actions.actor import Actor
from tertia.core.jobs.queue import enqueue, job
from tertia.core.jobs.rounds import declare_round
from tertia.core.messages.calls import CallFailed, fetch
from tertia.core.periods import clock
from tertia.tell.channels.actions.fediverse import carry_out
from tertia.tell.channels.federation.signatures import key_id_of, verify
from tertia.tell.channels.models import InboxItem, SeenActivity

__all__ = ["LARGEST", "MOST_WAITING", "RemoteAccount", "forget_inbox", "keep", "look_up", "read_account", "read_inbox"]

LARGEST, MOST_WAITING = 256_000, 2_000
ACTIVITY_JSON = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
KEPT_HEADERS = ("host", "date", "digest", "signature", "content-type")
#: keys of others, as the worker has seen them: account → (when, key)
_keys: dict[str, tuple[dt.datetime, str]] = {}
_KEY_KEPT = dt.timedelta(hours=6)


class RemoteAccount:
    """An account elsewhere, as its server describes it. Raises ValueError where it is none."""

    def __init__(self, said: Any, url: str) -> None:
        if not isinstance(said, dict) or said.get("id") != url or not isinstance(said.get("inbox"), str):
            raise ValueError("no account")
        self.id: str = url[:500]
        self.inbox: str = said["inbox"][:500]
        shared = said.get("endpoints")
        self.shared: str = str(shared.get("sharedInbox") or "")[:500] if isinstance(shared, dict) else ""
        if any(urlsplit(a).netloc != urlsplit(url).netloc for a in (self.inbox, self.shared) if a):
            raise ValueError("an inbox on another server")  # nobody lets us write to a third party
        self.name = str(said.get("name") or said.get("preferredUsername") or url)[:200]
        page = said.get("url")
        self.page = page[:500] if isinstance(page, str) and page.startswith(("https://", "http://")) else ""
        key = said.get("publicKey")
        self.public = str(key.get("publicKeyPem") or "") if isinstance(key, dict) and key.get("owner") == url else ""


def read_account(url: str) -> RemoteAccount:
    """Ask another server for an account. Raises CallFailed, ValueError."""
    answer = fetch(url, {"Accept": ACTIVITY_JSON}, seconds=10)
    if answer.status != 200:
        raise CallFailed("refused", status=answer.status)
    return RemoteAccount(json.loads(answer.data), url)


def look_up(words: str) -> RemoteAccount:
    """`@name@host` by WebFinger (RFC 7033), or an account's own address. Raises CallFailed, ValueError."""
    named = re.fullmatch(r"@?([\w.-]+)@([\w.-]+(?::\d+)?)", words.strip())
    if not named:
        return read_account(words.strip())
    name, host = named.groups()
    scheme = "http" if re.match(r"(127\.0\.0\.1|localhost)(:|$)", host) else "https"
    answer = fetch(f"{scheme}://{host}/.well-known/webfinger?resource=acct:{name}@{host}", {"Accept": "application/jrd+json"}, seconds=10)
    if answer.status != 200:
        raise CallFailed("refused", status=answer.status)
    links = json.loads(answer.data).get("links", [])
    for link in links if isinstance(links, list) else []:
        if (
            isinstance(link, dict)
            and link.get("rel") == "self"
            and "activity" in str(link.get("type", ""))
            and isinstance(link.get("href"), str)
        ):
            return read_account(link["href"])
    raise ValueError("no account")


def keep(request: Any, owner: Any) -> bool:
    """Keep a request for the worker. False where too many wait already."""
    if InboxItem.objects.count() >= MOST_WAITING:
        return False
    head = {"host": request.get_host()} | {k.lower(): v for k, v in request.headers.items() if k.lower() in KEPT_HEADERS}
    made = InboxItem.objects.create(owner=owner, path=request.get_full_path()[:300], headers=head, body=request.body, at=clock.now())
    enqueue("channels.inbox", str(made.pk), item=made.pk)
    return True


@job("channels.inbox", alone=True)
def read_inbox(item: int) -> str:
    """Find out whether it is true, carry it out once, forget it; gives what became of it."""
    found = InboxItem.objects.select_related("owner").filter(pk=item).first()
    if found is None:
        return "gone"
    outcome = _outcome(found)
    found.delete()
    return outcome


def _outcome(item: InboxItem) -> str:
    body = bytes(item.body)
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return "no JSON"
    if (
        not isinstance(said, dict)
        or not isinstance(said.get("actor"), str)
        or not isinstance(said.get("id"), str)
        or not isinstance(said.get("type"), str)
    ):
        return "no activity"
    if said["type"] == "Delete" and said.get("object") == said["actor"]:
        return "an account is gone"  # its key is too, so nothing can be checked; it is dropped when it no longer answers
    key_id = key_id_of(item.headers)
    if key_id.split("#")[0] != said["actor"] and not key_id.startswith(said["actor"] + "/"):
        return "signed by somebody else"
    for fresh in (False, True):
        try:
            public = _key_of(said["actor"], fresh)
        except (CallFailed, ValueError) as error:
            return f"no key: {error}"[:200]
        wrong = verify("post", item.path, item.headers, body, public, dt.datetime.now(dt.UTC))
        if wrong not in ("forged", "key"):
            break
    if wrong:
        return wrong
    if SeenActivity.objects.filter(activity=said["id"][:500]).exists():
        return "seen before"
    try:
        account = read_account(said["actor"]) if said["type"] == "Follow" else None
    except (CallFailed, ValueError) as error:
        return f"no account: {error}"[:200]
    return carry_out(by=Actor.system("fediverse"), said=said, account=account, now=clock.now())


def _key_of(actor: str, fresh: bool) -> str:
    now = clock.now()
    kept = _keys.get(actor)
    if kept and not fresh and now - kept[0] < _KEY_KEPT:
        return kept[1]
    account = read_account(actor)
    if len(_keys) > 5000:
        _keys.clear()
    _keys[actor] = (now, account.public)
    return account.public


@declare_round("channels.forget_inbox", every="day")
def forget_inbox() -> int:
    """Ids of activities are kept for a month, longer than any server tries again."""
    return SeenActivity.objects.filter(at__lt=clock.now() - dt.timedelta(days=30)).delete()[0]
