"""A badge's page on which anybody verifies it, its files, the list of what was taken back, the volunteer book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from tertia.act.learning.badges import badge_picture, revoke_badge, write_public_files
from tertia.act.learning.book import book_pdf
from tertia.act.learning.credentials import NoBadge, extract, verify
from tertia.act.learning.models import Badge
from tertia.act.learning.papers import PAPERS, paper_pdf
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.keys.queries import register
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock

__all__ = ["badge", "badge_file", "badge_list", "badge_paper", "verify_page"]


def _badges() -> Any:
    """Whoever knows a badge's address may see it: its holder gave it away. The address cannot be guessed."""
    return Badge.objects.select_related("owner", "person", "course").filter(person__erased_at=None)


def badge(request: Any, uuid: Any) -> HttpResponse:
    found = scoped_or_404(_badges(), uuid=uuid)
    may_revoke = request.actor.has(found.owner_id, "office", "leader", "administrator")
    fault = ""
    if request.method == "POST":
        if not may_revoke:
            raise Http404
        try:
            revoke_badge(by=request.actor, badge=found, reason=request.POST.get("reason", ""))
            return redirect("badge", uuid=uuid)
        except TertiaError as error:
            fault = error.sentence()
    verdict = verify(found.token, register(), now=clock.now())
    state = "revoked" if found.revoked_at else verdict.state
    picture = mark_safe(badge_picture(found).decode().partition("?>")[2])
    context = {
        "badge": found,
        "state": state,
        "may_revoke": may_revoke,
        "mine": request.actor.person_id == found.person_id,
        "fault": fault,
        "picture": picture,
        "stage": "act",
    }
    answer = render(request, "learning/badge.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def badge_file(request: Any, uuid: Any, kind: str) -> HttpResponse:
    """The baked drawing (`svg`) or the token alone (`jwt`)."""
    found = scoped_or_404(_badges(), uuid=uuid)
    if kind not in ("svg", "jwt"):
        raise Http404
    if kind == "svg":
        answer = HttpResponse(badge_picture(found), content_type="image/svg+xml")
    else:
        answer = HttpResponse(found.token, content_type="application/vc+jwt")
    answer["Content-Disposition"] = f'attachment; filename="badge-{str(uuid)[:8]}.{kind}"'
    return answer


def badge_paper(request: Any, uuid: Any, what: str) -> HttpResponse:
    """The volunteer book, the supplement to the transcript, the letter of thanks: for the holder and for whoever keeps people here."""
    found = scoped_or_404(_badges(), uuid=uuid)
    if request.actor.person_id != found.person_id and not request.actor.has(found.owner_id, "office", "leader", "administrator"):
        raise Http404
    if what != "book" and what not in PAPERS:
        raise Http404
    language = (get_language() or "en")[:2]
    data = book_pdf(found, language) if what == "book" else paper_pdf(found, what, language)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{what}-{str(uuid)[:8]}.pdf"'
    return answer


def badge_list(request: Any, slug: str) -> HttpResponse:
    """The signed list of what a university has taken back."""
    owner = scoped_or_404(Organisation.objects.filter(hosts=True), slug=slug)
    file = Path(settings.HOME) / "badges" / f"list-{owner.slug}.jwt"
    if not file.exists():
        write_public_files(owner)
    return HttpResponse(file.read_text(encoding="utf-8"), content_type="application/vc+jwt")


def verify_page(request: Any) -> HttpResponse:
    """Anybody lays a badge's file here and is told whether it is genuine. Nothing is kept."""
    verdict, fault = None, ""
    if request.method == "POST":
        given = request.FILES.get("file")
        try:
            token = extract(given.read(6 * 1024 * 1024) if given else request.POST.get("token", "").encode())
            own = Badge.objects.filter(token=token).first()
            verdict = verify(token, register(), now=clock.now())
            if own is not None and own.revoked_at and verdict.state == "valid":
                return redirect("badge", uuid=own.uuid)
        except NoBadge as error:
            fault = str(error)
    return render(request, "learning/verify.html", {"verdict": verdict, "fault": fault, "stage": "act"}, status=400 if fault else 200)
