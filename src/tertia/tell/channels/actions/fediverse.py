"""What a signed word of another server does here, and following others."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import KEEPERS, roles, system
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.tell.channels.federation import documents
from tertia.tell.channels.keys import account_of
from tertia.tell.channels.models import Followed, Follower, Received, SeenActivity, Settings
from tertia.tell.channels.outbox import post
from tertia.tell.channels.texts import moment_of, one_language, plain_words, web_page

__all__ = ["carry_out", "follow_account", "unfollow_account"]


@action("channels.carry_out", may=system, traceless=True)
def carry_out(*, by: Any, said: dict[str, Any], account: Any, now: dt.datetime) -> str:
    """An activity whose signature was checked, once; gives what became of it. `account`: who speaks, where somebody wants to follow."""
    seen, fresh = SeenActivity.objects.get_or_create(activity=said["id"][:500], defaults={"at": now})
    if not fresh:
        return "seen before"
    kind, what = said["type"], said.get("object")
    if kind == "Follow":
        return _follow(said, account, now)
    if kind == "Undo" and isinstance(what, dict) and what.get("type") == "Follow":
        return _unfollow(said["actor"], str(what.get("object") or ""))
    if kind in ("Accept", "Reject"):
        return _answered(said["actor"], kind == "Accept")
    if kind in ("Create", "Update") and isinstance(what, dict):
        return _received(said["actor"], what, kind, now)
    if kind == "Delete":
        return _gone(said["actor"], str(what.get("id") if isinstance(what, dict) else what or ""), now)
    return "nothing for us"


def _ours(address: str) -> Organisation | None:
    slug = address.rsplit("/", 1)[-1]
    owner = Organisation.objects.filter(slug=slug, hosts=True).first() if slug else None
    if owner is None or account_of(owner).id != address:
        return None
    return owner if Settings.objects.filter(owner=owner, fediverse=True).exists() else None


def _follow(said: dict[str, Any], account: Any, now: dt.datetime) -> str:
    owner = _ours(str(said.get("object") or ""))
    if owner is None or account is None:
        return "nobody here"
    found = Follower.objects.filter(owner=owner, actor=account.id).first() or Follower(owner=owner, actor=account.id, since=now)
    found.inbox = account.shared or account.inbox
    found.save()
    mark = hashlib.sha256(said["id"].encode()).hexdigest()[:24]
    post(
        owner,
        f"accept:{owner.pk}:{mark}",
        account.inbox,
        documents.accept(account_of(owner), mark, {k: said[k] for k in ("id", "type", "actor", "object")}),
    )
    return "followed"


def _unfollow(actor: str, whom: str) -> str:
    owner = _ours(whom)
    rows = Follower.objects.filter(actor=actor, **({"owner": owner} if owner else {}))
    return "left" if rows.exists() and rows.delete()[0] else "did not follow"


def _answered(actor: str, yes: bool) -> str:
    for found in Followed.objects.filter(actor=actor):
        found.state = Followed.State.ACCEPTED if yes else Followed.State.REFUSED
        found.save()
    return "noted"


def _received(actor: str, what: dict[str, Any], kind: str, now: dt.datetime) -> str:
    """A story of somebody whom a university here follows: its words, without any mark of others."""
    if (
        what.get("type") not in ("Article", "Note", "Page", "Event")
        or what.get("attributedTo") != actor
        or not isinstance(what.get("id"), str)
    ):
        return "nothing for us"
    language, title, words = one_language(what)
    count = 0
    for followed in Followed.objects.filter(actor=actor, state=Followed.State.ACCEPTED).select_related("owner"):
        found = Received.objects.filter(owner=followed.owner, object_id=what["id"][:500]).first()
        if found is not None and (found.gone_at or found.followed_id != followed.pk):
            continue
        if found is None:
            found = Received(
                owner=followed.owner, followed=followed, object_id=what["id"][:500], published_at=moment_of(what.get("published"), now)
            )
        elif kind == "Update":
            found.changed_at = moment_of(what.get("updated"), now)
        found.title, found.words, found.language = title[:300] or plain_words(words)[:120], plain_words(words), language
        found.page = web_page(what.get("url")) or web_page(what["id"])
        found.save()
        count += 1
    return "received" if count else "nobody follows"


def _gone(actor: str, object_id: str, now: dt.datetime) -> str:
    rows = Received.objects.filter(object_id=object_id[:500], followed__actor=actor, gone_at=None)
    for found in rows:
        found.title, found.words, found.page, found.gone_at = "", "", "", now
        found.save()
    return "gone"


@action("channels.follow_account", may=roles(*KEEPERS, of="owner.pk"))
def follow_account(*, by: Any, owner: Any, account: Any) -> Followed:
    """Ask an account elsewhere whether the university may follow it. `account`: as `inbox.look_up` found it."""
    if account.id == account_of(owner).id:
        raise BadInput(Fault("who", _("This is the university's own account.")))
    if not Settings.objects.filter(owner=owner, fediverse=True).exists():
        raise BadInput(Fault("who", _("Open ActivityPub on the page of channels first; the other server asks who follows.")))
    found = Followed.objects.filter(owner=owner, actor=account.id).first() or Followed(owner=owner, actor=account.id, since=clock.now())
    found.inbox, found.name, found.page, found.state = account.inbox, account.name, account.page, Followed.State.ASKED
    found.save()
    post(
        owner,
        f"follow:{owner.pk}:{found.pk}:{clock.now().isoformat()}",
        account.inbox,
        documents.follow(account_of(owner), found.pk, account.id),
    )
    return found


@action("channels.unfollow_account", may=roles(*KEEPERS, of="followed.owner_id"), about="followed")
def unfollow_account(*, by: Any, followed: Followed) -> Followed:
    """The other server is told, and what came from it goes."""
    followed = lock(followed)
    account = account_of(followed.owner)
    undo = {
        "@context": documents.CONTEXT, "id": f"{account.id}/undos/{followed.pk}-{int(clock.now().timestamp())}", "type": "Undo", "actor": account.id,
        "object": documents.follow(account, followed.pk, followed.actor),
    }  # fmt: skip
    post(followed.owner, f"undo:{undo['id']}", followed.inbox, undo)
    followed.delete()
    return followed
