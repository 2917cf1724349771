"""The newsletter, and a piece of the site for other sites."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from tertia.core.access.queries import id_of
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.parties.queries import university_here
from tertia.core.periods import clock
from tertia.tell.channels.actions import ask_newsletter, confirm_newsletter, leave_newsletter
from tertia.tell.channels.forms import NewsletterForm
from tertia.tell.channels.models import Subscriber
from tertia.tell.stories.queries import published

__all__ = ["embed_stories", "newsletter", "newsletter_confirm", "newsletter_leave"]


def newsletter(request: Any) -> HttpResponse:
    owner = university_here()
    if owner is None:
        raise Http404
    form = NewsletterForm(request.POST or None, initial={"language": (get_language() or "kk")[:2], "every": "week"})
    if request.method == "POST" and form.is_valid():
        try:
            ask_newsletter(by=request.actor, owner=owner, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect(request.path + "?asked=yes")
    return render(request, "channels/newsletter.html", {"form": form, "asked": "asked" in request.GET, "stage": "tell"})


def _subscriber(token: str) -> Subscriber:
    """Whoever has the link, in constant time; 404 for any other."""
    found = Subscriber.objects.select_related("owner").filter(pk=id_of(token.partition("-")[0])).first()
    if found is None or not constant_time_compare(found.token, token):
        raise Http404
    return found


def newsletter_confirm(request: Any, token: str) -> HttpResponse:
    """A page with a button: programs that look through letters open links, but press nothing."""
    found = _subscriber(token)
    if request.method == "POST" and found.left_at is None:
        found = confirm_newsletter(by=request.actor, subscriber=found, now=clock.now())
    return render(request, "channels/newsletter_link.html", {"subscriber": found, "leaving": False, "stage": "tell"})


@csrf_exempt
def newsletter_leave(request: Any, token: str) -> HttpResponse:
    """RFC 8058: one POST by a mail program, without cookies; a person who opens the link gets a button."""
    found = _subscriber(token)
    if request.method == "POST":
        found = leave_newsletter(by=request.actor, subscriber=found, now=clock.now())
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("ok", content_type="text/plain")
    with translation.override(found.language):
        return render(request, "channels/newsletter_link.html", {"subscriber": found, "leaving": True, "stage": "tell"})


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def embed_stories(request: Any) -> HttpResponse:
    """The latest stories for a frame in another site: no script, no cookie, styles from here; it works under the strictest policy there."""
    most = min(max(id_of(request.GET.get("most")) or 5, 1), 20)
    answer = render(request, "channels/embed_stories.html", {"rows": list(published()[:most])})
    answer["Cache-Control"] = "public, max-age=300"
    return answer
