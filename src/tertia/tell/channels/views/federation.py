"""What servers of the fediverse ask: who is there, what was told, and their inbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from tertia import __version__
from tertia.core.access.queries import id_of
from tertia.core.actions.pages import Pages
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation
from tertia.tell.channels.federation import documents
from tertia.tell.channels.federation.signatures import public_pem
from tertia.tell.channels.inbox import LARGEST, keep
from tertia.tell.channels.keys import account_of, private_key
from tertia.tell.channels.models import Followed, Follower, Settings, Telling
from tertia.tell.channels.snapshot import address_in, snapshot_of
from tertia.tell.stories.models import Story
from tertia.tell.stories.queries import published

__all__ = [
    "account",
    "ap_activity",
    "ap_followers",
    "ap_following",
    "ap_outbox",
    "ap_story",
    "inbox",
    "nodeinfo",
    "nodeinfo_links",
    "webfinger",
]

PAGE = 20


def _said(body: Any, status: int = 200, kind: str = "application/activity+json") -> JsonResponse:
    answer = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = f"{kind}; charset=utf-8"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _owner(slug: str) -> Organisation:
    """A university that has opened this channel; of others nobody hears that they are here."""
    found = Organisation.objects.filter(slug=slug, hosts=True, pk__in=Settings.objects.filter(fediverse=True).values("owner")).first()
    if found is None:
        raise Http404
    return found


def _reads_pages(request: Any) -> bool:
    said = request.headers.get("Accept", "")
    return "text/html" in said and "json" not in said


def webfinger(request: Any) -> HttpResponse:
    """RFC 7033: `acct:slug@host`, or the account's own address."""
    asked = request.GET.get("resource", "")
    host = settings.BASE_URL.split("://", 1)[-1].rstrip("/")
    slug = asked.rsplit("/", 1)[-1] if asked.startswith(settings.BASE_URL) else ""
    if asked.startswith("acct:") and asked.endswith(f"@{host}"):
        slug = asked.removeprefix("acct:").removesuffix(f"@{host}")
    of = account_of(_owner(slug))
    page = address_in("kk", "organisation", slug=of.slug)
    links = [
        {"rel": "self", "type": "application/activity+json", "href": of.id},
        {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page},
    ]
    return _said({"subject": f"acct:{of.slug}@{host}", "aliases": [of.id, page], "links": links}, kind="application/jrd+json")


def nodeinfo_links(request: Any) -> HttpResponse:
    return _said(
        {"links": [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": f"{settings.BASE_URL.rstrip('/')}/nodeinfo/2.1"}]},
        kind="application/json",
    )


def nodeinfo(request: Any) -> HttpResponse:
    return _said(
        {
            "version": "2.1", "software": {"name": "tertia", "version": __version__}, "protocols": ["activitypub"], "services": {"inbound": [], "outbound": ["atom1.0", "rss2.0"]},
            "openRegistrations": False, "usage": {"users": {"total": Settings.objects.filter(fediverse=True).count()}, "localPosts": published().count()}, "metadata": {},
        },
        kind="application/json",
    )  # fmt: skip


def account(request: Any, slug: str) -> HttpResponse:
    owner = _owner(slug)
    if _reads_pages(request):
        return redirect("organisation", slug=slug)
    page = address_in("kk", "organisation", slug=slug)
    return _said(documents.account(account_of(owner), plain(owner.name), plain(owner.name), page, public_pem(private_key(owner))))


@csrf_exempt
def inbox(request: Any, slug: str = "") -> HttpResponse:
    """Kept and read later: 202 says that it came, not that it is believed."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    owner = _owner(slug) if slug else None
    if int(request.headers.get("Content-Length") or 0) > LARGEST or len(request.body) > LARGEST:
        return HttpResponse(status=413)
    if "signature" not in {k.lower() for k in request.headers}:
        return HttpResponse(status=401)
    return HttpResponse(status=202) if keep(request, owner) else HttpResponse(status=503, headers={"Retry-After": "600"})


def _collection(request: Any, slug: str, name: str, total: int, items: Any = None) -> HttpResponse:
    """A count, and pages of items where they are public. Who follows is nobody's business, so of followers there is a count alone."""
    here = f"{account_of(_owner(slug)).id}/{name}"
    head = {"@context": documents.CONTEXT, "id": here, "type": "OrderedCollection", "totalItems": total}
    if items is None:
        return _said(head)
    number = id_of(request.GET.get("page"))
    if not number:
        return _said({**head, "first": f"{here}?page=1"})
    page = Pages(items, PAGE).get_page(number)
    body = {
        "@context": documents.CONTEXT,
        "id": f"{here}?page={page.number}",
        "type": "OrderedCollectionPage",
        "partOf": here,
        "totalItems": total,
    }
    of = account_of(_owner(slug))
    body["orderedItems"] = [documents.activity(of, t.pk, t.verb, t.snapshot) for t in page.object_list]
    if page.has_next():
        body["next"] = f"{here}?page={page.number + 1}"
    return _said(body)


def ap_outbox(request: Any, slug: str) -> HttpResponse:
    """What came out and stands; the latest first."""
    owner = _owner(slug)
    rows = Telling.objects.filter(owner=owner, verb="out", story__state="published").order_by("-pk")
    return _collection(request, slug, "outbox", rows.count(), rows)


def ap_followers(request: Any, slug: str) -> HttpResponse:
    return _collection(request, slug, "followers", Follower.objects.filter(owner=_owner(slug)).count())


def ap_following(request: Any, slug: str) -> HttpResponse:
    return _collection(request, slug, "following", Followed.objects.filter(owner=_owner(slug), state="accepted").count())


def ap_story(request: Any, pk: int) -> HttpResponse:
    """A story as an article; a withdrawn one as a tombstone."""
    found = (
        Story.objects.filter(pk=pk, state__in=("published", "withdrawn"), owner__in=Settings.objects.filter(fediverse=True).values("owner"))
        .select_related("owner")
        .first()
    )
    if found is None:
        raise Http404
    if _reads_pages(request):
        return redirect("story", slug=found.slug)
    if found.state == "withdrawn":
        return _said(
            {"@context": documents.CONTEXT, "id": snapshot_of(found)["id"], "type": "Tombstone", "formerType": "Article"}, status=410
        )
    return _said({"@context": documents.CONTEXT, **documents.article(account_of(found.owner), snapshot_of(found))})


def ap_activity(request: Any, pk: int) -> HttpResponse:
    found = (
        Telling.objects.filter(pk=pk, owner__in=Settings.objects.filter(fediverse=True).values("owner"))
        .select_related("owner", "story")
        .first()
    )
    if found is None or (found.story.state != "published" and found.verb != "gone"):
        raise Http404
    return _said(documents.activity(account_of(found.owner), found.pk, found.verb, found.snapshot))
