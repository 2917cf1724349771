"""The desk of channels: what is open, what was sent to whom, what failed; and what others tell."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.forms import carried_out
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import KEEPERS, WORKERS
from tertia.core.messages.calls import CallFailed
from tertia.core.parties.queries import home_of
from tertia.tell.channels.actions import (
    add_hook,
    drop_hook,
    follow_account,
    open_channels,
    replay_hook,
    settle_unclear,
    unfollow_account,
)
from tertia.tell.channels.forms import FollowForm, HookForm, ReplayForm, SettingsForm
from tertia.tell.channels.inbox import look_up
from tertia.tell.channels.keys import account_of
from tertia.tell.channels.models import Delivery, Followed, Follower, Hook, Received, Settings, Subscriber, Telling

__all__ = ["channels", "neighbours"]


def _home(request: Any) -> Any:
    home = home_of(request.actor, *WORKERS)
    if home is None:
        raise Http404
    return home


@login_required
def channels(request: Any) -> HttpResponse:
    home = _home(request)
    keeps = request.actor.has(home.pk, *KEEPERS)
    chosen = Settings.objects.filter(owner=home).first()
    given, doing = (request.POST if request.method == "POST" else None), request.POST.get("do", "")
    forms: dict[str, Any] = {}
    if keeps:
        initial = {f: getattr(chosen, f) for f in ("fediverse", "telegram", "telegram_language")} if chosen else {"telegram_language": "kk"}
        forms = {
            "settings": SettingsForm(given if doing == "settings" else None, initial=initial, auto_id="settings_%s"), "hook": HookForm(given if doing == "hook" else None, auto_id="hook_%s"),
            "replay": ReplayForm(given if doing == "replay" else None, auto_id=False),
        }  # fmt: skip
    if request.method == "POST" and _act(request, home, forms, doing):
        return redirect("channels")
    told = Telling.objects.filter(owner=home).select_related("story").annotate(
        sent=Count("deliveries", filter=Q(deliveries__state="sent")), waiting=Count("deliveries", filter=Q(deliveries__state__in=("waiting", "sending"))),
        lost=Count("deliveries", filter=Q(deliveries__state__in=("unclear", "given-up"))),
    )  # fmt: skip
    context = {
        "forms": forms, "keeps": keeps, "chosen": chosen, "stage": "tell", "tellings": list(told.order_by("-pk")[:20]), "hooks": list(Hook.objects.filter(owner=home, active=True)[:50]),
        "trouble": list(Delivery.objects.filter(owner=home, state__in=("unclear", "given-up")).select_related("telling__story").order_by("-pk")[:30]),
        "subscribers": Subscriber.objects.filter(owner=home, confirmed_at__isnull=False, left_at=None).count(), "followers": Follower.objects.filter(owner=home).count(),
        "account": f"@{home.slug}@{settings.BASE_URL.split('://', 1)[-1].rstrip('/')}", "account_page": account_of(home).id, "bot": bool(settings.TERTIA_TELEGRAM_TOKEN),
        "frame": settings.BASE_URL.rstrip("/") + reverse("embed_stories"),
    }  # fmt: skip
    return render(request, "channels/channels.html", context)


def _act(request: Any, home: Any, forms: dict[str, Any], doing: str) -> bool:
    form, by = forms.get(doing), request.actor

    def act() -> None:
        if doing == "settings" and form is not None:
            open_channels(by=by, owner=home, **form.cleaned_data)
        elif doing == "hook" and form is not None:
            add_hook(by=by, owner=home, **form.cleaned_data)
        elif doing in ("drop", "replay"):
            hook = scoped_or_404(Hook.objects.filter(owner=home), pk=id_of(request.POST.get("hook")))
            if doing == "drop":
                drop_hook(by=by, hook=hook)
            elif form is not None:
                replay_hook(by=by, hook=hook, since=form.cleaned_data["since"])
        elif doing in ("there", "again"):
            delivery = scoped_or_404(Delivery.objects.filter(owner=home), pk=id_of(request.POST.get("delivery")))
            settle_unclear(by=by, delivery=delivery, there=doing == "there")

    return carried_out(request, form, act)


@login_required
def neighbours(request: Any) -> HttpResponse:
    """Stories of universities, and others, whom this one follows."""
    home = _home(request)
    keeps = request.actor.has(home.pk, *KEEPERS)
    doing = request.POST.get("do", "")
    form = FollowForm(request.POST if doing == "follow" else None) if keeps else None
    if request.method == "POST":
        followed = (
            scoped_or_404(Followed.objects.filter(owner=home), pk=id_of(request.POST.get("followed"))) if doing == "unfollow" else None
        )
        if carried_out(request, form if doing == "follow" else None, lambda: _follow(request, home, form, followed)):
            return redirect("neighbours")
    rows = Received.objects.filter(owner=home, gone_at=None).select_related("followed")
    page = Pages(rows, 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "form": form,
        "keeps": keeps,
        "followed": list(Followed.objects.filter(owner=home)[:100]),
        "stage": "tell",
    }
    return render(request, "channels/neighbours.html", context)


def _follow(request: Any, home: Any, form: Any, followed: Followed | None) -> None:
    if followed is not None:
        unfollow_account(by=request.actor, followed=followed)
        return
    try:
        account = look_up(form.cleaned_data["who"])
    except (CallFailed, ValueError, AttributeError) as error:
        raise BadInput(
            Fault("who", _("There is no account at this address, or its server does not answer. Check how it is written."))
        ) from error
    follow_account(by=request.actor, owner=home, account=account)
