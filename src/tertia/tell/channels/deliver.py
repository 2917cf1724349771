"""Telling the places: each in the order of what happened, with growing pauses where a place does not answer, for three days.

ActivityPub and other systems know what they are sent by an id that stays the same, so what may have got lost is sent again and counts
once. Telegram knows no such id: where the machine stopped between sending and noting, a person is asked instead of sending twice.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import html
import json
import time
from typing import Any

from django.conf import settings

from tertia.core.jobs.queue import job
from tertia.core.jobs.rounds import declare_round
from tertia.core.messages.calls import Answer, CallFailed, ask
from tertia.core.periods import clock
from tertia.tell.channels.federation.documents import activity
from tertia.tell.channels.federation.signatures import signed_headers
from tertia.tell.channels.keys import account_of, private_key
from tertia.tell.channels.models import Delivery, Settings

__all__ = ["deliver_due", "deliver_now", "hook_request"]

#: minutes after which it is tried again; together a little more than three days
PAUSES = (1, 2, 5, 15, 30, 60, 120, 240, 360, 480, 720, 1440, 1440)
LEASE = dt.timedelta(minutes=2)
#: for how long one round goes on
SECONDS = 45
ACTIVITY_JSON = "application/activity+json"


class Later(Exception):
    """The place did not take it: `code` says why, `after` how many seconds it wants to be left alone, `never` that it will not change its mind."""

    def __init__(self, code: str, after: int = 0, never: bool = False) -> None:
        super().__init__(code)
        self.code, self.after, self.never = code[:60], after, never


@declare_round("channels.deliver", every="minute", alone=True)
def deliver_due() -> int:
    """Everything whose time has come, the oldest first; a place that fails is left alone for the rest of the round."""
    now, until, count = clock.now(), time.monotonic() + SECONDS, 0
    _take_back(now)
    failed: set[str] = set()
    while time.monotonic() < until:
        due = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=clock.now()).exclude(target__in=failed)
        rows = list(due.select_related("telling__owner", "owner", "hook").order_by("pk")[:100])
        if not rows:
            break
        done = 0
        for row in rows:
            if row.target in failed or _earlier(row) or time.monotonic() >= until:
                continue
            done += 1
            if _deliver(row):
                count += 1
            else:
                failed.add(row.target)
        if not done:
            break
    return count


@job("channels.deliver_now", alone=True)
def deliver_now() -> int:
    """Right after something was put out, so that nobody waits for the minute."""
    return deliver_due()


def _take_back(now: dt.datetime) -> None:
    """What a worker took that is no more: sent again where the place knows it again by its id, else a person is asked."""
    lost = Delivery.objects.filter(state=Delivery.State.SENDING, lease_until__lt=now)
    lost.filter(channel=Delivery.Channel.TELEGRAM).update(state=Delivery.State.UNCLEAR, lease_until=None)
    lost.exclude(channel=Delivery.Channel.TELEGRAM).update(state=Delivery.State.WAITING, lease_until=None)


def _earlier(row: Delivery) -> bool:
    """Something about the same story is still to be told to this place first."""
    if row.telling_id is None or row.telling is None:
        return False
    unsettled = (Delivery.State.WAITING, Delivery.State.SENDING, Delivery.State.UNCLEAR)
    before = Delivery.objects.filter(channel=row.channel, target=row.target, telling__story=row.telling.story_id, pk__lt=row.pk)
    return before.filter(state__in=unsettled).exists()


def _deliver(row: Delivery) -> bool:
    """Take it, send it, note it. False where the place did not take it."""
    now = clock.now()
    mine = Delivery.objects.filter(pk=row.pk, state=Delivery.State.WAITING)
    if not mine.update(state=Delivery.State.SENDING, lease_until=now + LEASE, attempts=row.attempts + 1):
        return True
    held = Delivery.objects.filter(pk=row.pk, state=Delivery.State.SENDING)
    try:
        remote = {"fediverse": _to_fediverse, "telegram": _to_telegram, "hook": _to_hook}[row.channel](row)
    except Later as later:
        pause = PAUSES[row.attempts] if row.attempts < len(PAUSES) else 0
        ended = later.never or not pause
        held.update(
            state=Delivery.State.GIVEN_UP if ended else Delivery.State.WAITING, lease_until=None, answer=later.code,
            next_at=now + max(dt.timedelta(minutes=pause), dt.timedelta(seconds=later.after)),
        )  # fmt: skip
        return False
    held.update(state=Delivery.State.SENT, lease_until=None, sent_at=clock.now(), answer="", remote=remote)
    return True


def _sent(url: str, data: bytes, headers: dict[str, str]) -> Answer:
    """The answer of a place that took it. Raises Later."""
    try:
        answer = ask(url, data, headers)
    except CallFailed as error:
        raise Later(error.code, never=error.code == "address") from error
    if 200 <= answer.status < 300:
        return answer
    wait = answer.headers.get("retry-after", "")
    refused = 400 <= answer.status < 500 and answer.status not in (401, 403, 404, 408, 409, 421, 425, 429)
    raise Later(f"http-{answer.status}", after=min(int(wait), 86_400) if wait.isdecimal() else 0, never=refused)


def _to_fediverse(row: Delivery) -> str:
    account = account_of(row.owner)
    said = row.body if row.telling is None else activity(account, row.telling.pk, row.telling.verb, row.telling.snapshot)
    data = json.dumps(said, ensure_ascii=False).encode()
    # the real moment, not the day of a demonstration: the other server compares it with its own clock
    moment = dt.datetime.now(dt.UTC)
    head = signed_headers("post", row.target, data, private_key(row.owner), account.key_id, moment)
    head.pop("Host")
    _sent(row.target, data, {**head, "Content-Type": ACTIVITY_JSON, "Accept": ACTIVITY_JSON})
    return ""


def hook_request(row: Delivery) -> tuple[bytes, dict[str, str]]:
    """The body and the headers by the Standard Webhooks: the same id and body however often it is sent, signed anew each time."""
    assert row.telling is not None and row.hook is not None
    words = {"out": "story.published", "changed": "story.changed", "gone": "story.withdrawn"}[row.telling.verb]
    body = json.dumps(
        {"type": words, "timestamp": row.telling.at.isoformat(), "data": row.telling.snapshot}, ensure_ascii=False, sort_keys=True
    ).encode()
    number, stamp = f"msg_{row.telling.pk}_{row.hook.pk}", str(int(time.time()))
    key = base64.b64decode(row.hook.secret.removeprefix("whsec_"))
    mark = base64.b64encode(hmac.digest(key, f"{number}.{stamp}.".encode() + body, hashlib.sha256)).decode()
    return body, {"Content-Type": "application/json", "webhook-id": number, "webhook-timestamp": stamp, "webhook-signature": f"v1,{mark}"}


def _to_hook(row: Delivery) -> str:
    if row.hook is None or not row.hook.active:
        raise Later("closed", never=True)
    body, head = hook_request(row)
    _sent(row.target, body, head)
    return ""


def _to_telegram(row: Delivery) -> str:
    """A message of the bot, changed or deleted where the story is."""
    assert row.telling is not None
    if not settings.TERTIA_TELEGRAM_TOKEN:
        raise Later("no-token")
    chosen = Settings.objects.filter(owner=row.owner).values_list("telegram_language", flat=True).first() or "kk"
    told = Delivery.objects.filter(
        channel=row.channel, target=row.target, telling__story=row.telling.story_id, state=Delivery.State.SENT, pk__lt=row.pk
    ).exclude(remote="")
    before = told.order_by("-pk").values_list("remote", flat=True).first() or ""
    if row.telling.verb == "gone":
        if before:
            _bot("deleteMessage", {"chat_id": row.target, "message_id": int(before)})
        return before
    text = _telegram_text(row.telling.snapshot, chosen)
    said: dict[str, Any] = {"chat_id": row.target, "text": text, "parse_mode": "HTML"}
    if before:
        _bot("editMessageText", {**said, "message_id": int(before)})
        return before
    return str(_bot("sendMessage", said).get("message_id", ""))


def _telegram_text(story: dict[str, Any], language: str) -> str:
    spoken = language if language in story["title"] else story["original"]
    lead = story["summary"].get(spoken, "")
    parts = [
        f"<b>{html.escape(story['title'][spoken], quote=False)}</b>",
        html.escape(lead, quote=False),
        html.escape(story["url"][spoken], quote=False),
    ]
    return "\n\n".join(p for p in parts if p)


def _bot(method: str, said: dict[str, Any]) -> dict[str, Any]:
    url = f"{settings.TERTIA_TELEGRAM_API}/bot{settings.TERTIA_TELEGRAM_TOKEN}/{method}"
    try:
        answer = _sent(url, json.dumps(said).encode(), {"Content-Type": "application/json"})
    except Later as later:
        if later.code == "http-400" and method != "sendMessage":
            return {}  # nothing to change, or the message is gone there already
        raise
    try:
        found = json.loads(answer.data).get("result")
    except (ValueError, AttributeError):
        found = None
    return found if isinstance(found, dict) else {}
