"""Opening a pass; handing one on as text, square code or print; one's tokens of the API."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tertia.core.access.actions import create_api_token, revoke_api_token, revoke_pass
from tertia.core.access.api import SCOPES
from tertia.core.access.links import pass_url
from tertia.core.access.models import ApiToken, Pass
from tertia.core.access.pages import PASS_PAGES, PASS_WORDS
from tertia.core.access.queries import pass_by_token, scoped_or_404
from tertia.core.actions.policies import WORKERS
from tertia.core.languages.formatting import long_date
from tertia.core.languages.text import LANGUAGES

__all__ = ["api_tokens", "open_pass", "share_pass"]


def open_pass(request: Any, token: str) -> HttpResponse:
    """The page behind a link. A used one may be opened to read what was sent; a revoked or expired one says so."""
    held = pass_by_token(token, even_used=True)
    answer: HttpResponse = PASS_PAGES[held.purpose](request, held)
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer


def share_pass(request: Any, pk: int) -> HttpResponse:
    """For the office: the link as a text for any messenger in three languages, as a square code, as a print."""
    inside = request.actor.organisations(*WORKERS)
    held = scoped_or_404(Pass.objects.select_related("organisation", "record").filter(issued_by__in=inside), pk=pk)
    if request.method == "POST":
        revoke_pass(by=request.actor, held=held)
        messages.success(request, _("The link is taken back; it opens nothing any more."))
        return redirect("pass_share", pk=pk)
    texts = []
    for language, name in settings.LANGUAGES:
        with translation.override(language):
            url = settings.BASE_URL + reverse("pass", kwargs={"token": held.token})
            until = _("The link works until %(day)s.") % {"day": long_date(timezone.localdate(held.expires_at), language)}
            texts.append({"code": language, "name": name, "text": f"{PASS_WORDS[held.purpose](held)}\n{url}\n{until}"})
    code = mark_safe(segno.make(pass_url(held), error="m").svg_inline(scale=5, border=2, omitsize=False))
    return render(
        request, "access/share.html", {"held": held, "texts": texts, "code": code, "url": pass_url(held), "languages_all": LANGUAGES}
    )


@login_required
def api_tokens(request: Any) -> HttpResponse:
    """One's own tokens. The secret of a new one is shown once."""
    person, secret = request.actor.person, ""
    if person is None:
        return redirect("today")
    if request.method == "POST":
        if request.POST.get("revoke"):
            token = scoped_or_404(ApiToken.objects.filter(person=person), pk=request.POST["revoke"])
            revoke_api_token(by=request.actor, token=token)
            return redirect("api_tokens")
        scopes = [s for s in request.POST.getlist("scope") if s in SCOPES]
        name = request.POST.get("name", "").strip()[:100] or _("Token")
        secret = create_api_token(by=request.actor, person=person, name=name, scopes=scopes or ["read"]).secret
    rows = ApiToken.objects.filter(person=person)
    return render(request, "access/tokens.html", {"rows": rows, "secret": secret, "scopes": SCOPES.items()})
