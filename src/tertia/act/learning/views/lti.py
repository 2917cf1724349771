"""Doors for learning platforms: login and launch in the browser, the key, what a link shows, and the platforms' list."""

from __future__ import annotations

import hmac
import secrets
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tertia.act.learning.forms import PlatformForm
from tertia.act.learning.lti.actions import add_platform, connect_user, note_launch, retire_platform, show_course
from tertia.act.learning.lti.messages import Launch, deep_link_answer, login_url
from tertia.act.learning.lti.people import keeps_records, person_of
from tertia.act.learning.lti.platform import LtiRefused, platform_of, tool_key, verified
from tertia.act.learning.lti.rounds import MOST
from tertia.act.learning.lti.words import refusal_words
from tertia.act.learning.platform_models import CourseLink, LearningPlatform
from tertia.act.learning.queries import courses_of
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.messages.calls import CallFailed
from tertia.core.parties.actions import give_account
from tertia.core.parties.queries import home_of

__all__ = ["lti_answer", "lti_choose", "lti_connect", "lti_deep_link", "lti_keys", "lti_launch", "lti_login", "platforms"]

BY = Actor.system("learning platform")
SALT, GOOD_FOR = "tertia.lti.state", 600
COOKIE = "tertia-lti"


def lti_keys(request: HttpRequest) -> JsonResponse:
    """Our public key, with which platforms verify what we send."""
    return JsonResponse({"keys": [tool_key().public]})


@csrf_exempt
def lti_login(request: Any) -> HttpResponse:
    """Third-party initiated login: the platform asks us to ask it who this is."""
    said = request.POST if request.method == "POST" else request.GET
    rows = LearningPlatform.objects.filter(issuer=said.get("iss", ""), retired_at=None)
    if said.get("client_id"):
        rows = rows.filter(client_id=said["client_id"])
    found = list(rows[:2])
    if len(found) != 1 or not said.get("login_hint"):
        return _refuse(request, "platform")
    nonce = secrets.token_urlsafe(24)
    state = signing.dumps({"platform": found[0].pk, "nonce": nonce}, salt=SALT)
    answer = HttpResponseRedirect(
        login_url(
            platform_of(found[0]), launch_url=f"{settings.BASE_URL}{reverse('lti_launch')}", login_hint=said["login_hint"],
            message_hint=said.get("lti_message_hint", ""), state=state, nonce=nonce,
        )
    )  # fmt: skip
    # the answer comes by POST from the platform's page, with which a browser sends only cookies that say None
    secure = settings.BASE_URL.startswith("https://")
    answer.set_cookie(f"{COOKIE}-{nonce[:12]}", nonce, max_age=GOOD_FOR, secure=secure, httponly=True, samesite="None" if secure else "Lax")
    return answer


@csrf_exempt
def lti_launch(request: Any) -> HttpResponse:
    """The platform's answer, by POST: verified, used once, then the person is led to the course."""
    try:
        state = signing.loads(request.POST.get("state", ""), salt=SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired:
        return _refuse(request, "expired")
    except signing.BadSignature:
        return _refuse(request, "state")
    nonce = state["nonce"]
    if not hmac.compare_digest(request.COOKIES.get(f"{COOKIE}-{nonce[:12]}", ""), nonce):
        return _refuse(request, "browser")
    platform = LearningPlatform.objects.select_related("owner").filter(pk=state["platform"], retired_at=None).first()
    if platform is None:
        return _refuse(request, "platform")
    try:
        launch = verified(platform, request.POST.get("id_token", ""), nonce)
        person = person_of(platform, launch)
        link = note_launch(by=BY, platform=platform, launch=launch, person=person)
    except LtiRefused as error:
        return _refuse(request, error.code)
    except CallFailed:
        return _refuse(request, "no-keys", status=502)
    return _enter(request, platform, launch, link, person)


def _enter(request: Any, platform: LearningPlatform, launch: Launch, link: CourseLink | None, person: Any) -> HttpResponse:
    """Sign the person in where the platform's word suffices, then go where the launch leads."""
    if launch.kind == "deep-link":
        where = reverse("lti_deep_link")
    else:
        assert link is not None
        where = reverse("lti_choose", args=[link.pk])
    here = request.actor.person_id
    request.session.pop("lti-connect", None)
    if person is None:
        _remember(request, platform, launch)
        request.session["lti-connect"] = {"platform": platform.pk, "subject": launch.subject, "next": where}
        return redirect("lti_connect")
    if here != person.pk:
        if keeps_records(person):
            # whoever keeps records signs in with the own second factor, not with the word of another server
            _remember(request, platform, launch)
            messages.info(request, _("You keep records here: sign in yourself once, then the link leads on."))
            return redirect(f"{reverse('account_login')}?next={where}")
        try:
            person = give_account(by=BY, person=person, email=launch.email)
        except BadInput:
            request.session["lti-connect"] = {"platform": platform.pk, "subject": launch.subject, "next": where}
            return redirect("lti_connect")
        login(request, person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    _remember(request, platform, launch)
    return redirect(where)


def _remember(request: Any, platform: LearningPlatform, launch: Launch) -> None:
    if launch.kind == "deep-link":
        request.session["lti-deep-link"] = {
            "platform": platform.pk, "deployment": launch.deployment, "subject": launch.subject, "return_url": launch.return_url, "data": launch.data
        }  # fmt: skip


@login_required
def lti_connect(request: Any) -> HttpResponse:
    """Somebody whom the university's lists do not tell us: signed in, he says once that the platform's user is himself."""
    waiting = request.session.get("lti-connect")
    if not waiting:
        raise Http404
    platform = scoped_or_404(LearningPlatform.objects.filter(retired_at=None), pk=waiting["platform"])
    fault = ""
    if request.method == "POST":
        try:
            connect_user(by=request.actor, platform=platform, subject=waiting["subject"])
            request.session.pop("lti-connect")
            return redirect(waiting["next"])
        except TertiaError as error:
            fault = error.sentence()
    return render(request, "learning/lti_connect.html", {"platform": platform, "fault": fault, "stage": "act"})


@login_required
def lti_choose(request: Any, pk: int) -> HttpResponse:
    """What a link of the platform shows: its course; a teacher chooses it once."""
    actor = request.actor
    mine = LearningPlatform.objects.filter(users__person=actor.person_id)
    link = scoped_or_404(CourseLink.objects.select_related("course", "platform").filter(platform__in=mine), pk=pk)
    if link.course is not None and request.method != "POST":
        return redirect("course", slug=link.course.slug)
    courses = courses_of(actor).filter(owner=link.platform.owner_id, service=True)
    if request.method == "POST":
        show_course(by=actor, link=link, course=scoped_or_404(courses, pk=request.POST.get("course") or 0))
        return redirect("lti_choose", pk=pk)
    return render(request, "learning/lti_choose.html", {"link": link, "courses": courses, "stage": "act"})


@login_required
def lti_deep_link(request: Any) -> HttpResponse:
    """The courses that a teacher may take back into the platform."""
    waiting = request.session.get("lti-deep-link")
    if not waiting:
        raise Http404
    platform = scoped_or_404(LearningPlatform.objects.filter(retired_at=None), pk=waiting["platform"])
    courses = courses_of(request.actor).filter(owner=platform.owner_id, service=True)
    return render(request, "learning/lti_deep_link.html", {"courses": courses, "platform": platform, "stage": "act"})


@login_required
def lti_answer(request: Any) -> HttpResponse:
    """The signed answer with the chosen course, by POST, as a form that goes to the platform."""
    waiting = request.session.get("lti-deep-link")
    if not waiting or request.method != "POST":
        raise Http404
    platform = scoped_or_404(LearningPlatform.objects.filter(retired_at=None), pk=waiting["platform"])
    course = scoped_or_404(courses_of(request.actor).filter(owner=platform.owner_id, service=True), pk=request.POST.get("course") or 0)
    item = {
        "title": course.title.read("en").text, "text": course.summary.read("en").text if course.summary else "", "custom": {"course": course.slug},
        "url": f"{settings.BASE_URL}{reverse('lti_launch')}", "grade": MOST if request.POST.get("graded") else None, "number": f"course-{course.slug}",
    }  # fmt: skip
    launch = Launch("deep-link", waiting["deployment"], waiting["subject"], "", return_url=waiting["return_url"], data=waiting["data"])
    token = deep_link_answer(tool_key(), platform_of(platform), launch, [item], now=timezone.now())
    request.session.pop("lti-deep-link")
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(launch.return_url))

    @csp_update({"form-action": [origin]})
    def page(request: Any) -> HttpResponse:
        return render(
            request, "learning/lti_answer.html", {"token": token, "return_url": launch.return_url, "course": course, "platform": platform, "stage": "act"}
        )  # fmt: skip

    return page(request)


@login_required
def platforms(request: Any) -> HttpResponse:
    """The learning platforms of the university: register one, see what to tell its administrator, retire one."""
    owner = home_of(request.actor, "administrator")
    if owner is None:
        raise Http404
    form = PlatformForm(request.POST if request.POST.get("do") == "add" else None)
    rows = LearningPlatform.objects.filter(owner=owner)
    if request.method == "POST" and request.POST.get("do") == "retire":
        retire_platform(by=request.actor, platform=scoped_or_404(rows, pk=request.POST.get("platform") or 0))
        return redirect("platforms")
    if request.method == "POST" and form.is_valid():
        try:
            add_platform(by=request.actor, owner=owner, **form.cleaned_data)
            messages.success(request, _("The platform is registered."))
            return redirect("platforms")
        except BadInput as error:
            add_refusal(form, error)
    told = [
        (label, f"{settings.BASE_URL}{reverse(name)}")
        for label, name in (
            (_("Login initiation"), "lti_login"),
            (_("Launch and redirection"), "lti_launch"),
            (_("Public keys"), "lti_keys"),
        )
    ]
    return render(request, "learning/platforms.html", {"form": form, "rows": rows, "told": told, "stage": "act"})


def _refuse(request: Any, code: str, status: int = 403) -> HttpResponse:
    return render(request, "learning/lti_refused.html", {"sentence": refusal_words(code), "code": code}, status=status)
