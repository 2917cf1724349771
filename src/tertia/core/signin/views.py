"""Doors: to the server and back, our description for it, the administrator's page, and what is connected with oneself."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.access.secrets import Unreadable
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.forms import add_refusal
from tertia.core.messages.calls import CallFailed
from tertia.core.parties.models import Person
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.signin import oidc, saml
from tertia.core.signin.actions import add_provider, add_rule, arrive, change_provider, connect, disconnect, drop_rule, retire_provider
from tertia.core.signin.claims import Claims, Refused
from tertia.core.signin.forms import ChangeForm, OidcForm, OrcidForm, RuleForm, SamlForm
from tertia.core.signin.models import GroupRule, Identity, IdentityProvider
from tertia.core.signin.people import providers_here
from tertia.core.signin.words import refusal_words

__all__ = ["begin", "come_back", "description", "identities", "provider_page", "providers", "take_assertion"]

BY = Actor.system("sign-in")
SALT, GOOD_FOR, COOKIE = "tertia.signin", 600, "tertia-signin"


def _door(request: HttpRequest, provider: IdentityProvider) -> saml.Door:
    acs, description = (
        request.build_absolute_uri(reverse(name, args=[provider.slug])) for name in ("signin_assertion", "signin_description")
    )
    return saml.Door(acs, description)


def _return_url(request: HttpRequest, provider: IdentityProvider) -> str:
    return request.build_absolute_uri(reverse("signin_return", args=[provider.slug]))


def begin(request: Any, slug: str) -> HttpResponse:
    """Send the browser to the server. What belongs to this sign-in goes along in a signed cookie of this browser."""
    provider = scoped_or_404(IdentityProvider.objects.filter(retired_at=None), slug=slug)
    after = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = ""
    joins = bool(request.GET.get("connect")) and request.actor.person_id
    state, nonce, verifier = (secrets.token_urlsafe(n) for n in (18, 24, 48))
    kept = {
        "provider": provider.pk, "state": state, "nonce": nonce, "verifier": verifier, "next": after, "person": request.actor.person_id if joins else None,
        "language": translation.get_language(),
    }  # fmt: skip
    if provider.kind == IdentityProvider.Kind.SAML:
        url, kept["question"] = saml.login_url(provider, _door(request, provider), state=state)
    else:
        url = oidc.login_url(provider, return_url=_return_url(request, provider), state=state, nonce=nonce, verifier=verifier)
    answer = HttpResponseRedirect(url)
    # a SAML answer comes by POST from the server's page, with which a browser sends only cookies that say None
    secure = request.is_secure()
    answer.set_cookie(
        f"{COOKIE}-{state[:8]}", signing.dumps(kept, salt=SALT, compress=True), max_age=GOOD_FOR, secure=secure, httponly=True,
        samesite="None" if secure else "Lax",
    )  # fmt: skip
    return answer


def _kept(request: Any, provider: IdentityProvider, state: str) -> dict[str, Any]:
    """What we sent along with this sign-in. Raises Refused: old, browser, state."""
    try:
        kept: dict[str, Any] = signing.loads(request.COOKIES.get(f"{COOKIE}-{state[:8]}", ""), salt=SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired as error:
        raise Refused("old") from error
    except signing.BadSignature as error:
        raise Refused("browser") from error
    if kept["provider"] != provider.pk or not hmac.compare_digest(kept["state"].encode(), state.encode()):
        raise Refused("state")
    return kept


def come_back(request: Any, slug: str) -> HttpResponse:
    """The answer of OpenID Connect."""

    def read(provider: IdentityProvider, kept: dict[str, Any]) -> Claims:
        return oidc.claims_of_answer(
            provider, request.GET.dict(), return_url=_return_url(request, provider), nonce=kept["nonce"], verifier=kept["verifier"], now=timezone.now()
        )  # fmt: skip

    return _answered(request, slug, request.GET.get("state", ""), read)


@csrf_exempt
def take_assertion(request: Any, slug: str) -> HttpResponse:
    """The answer of SAML, by POST."""

    def read(provider: IdentityProvider, kept: dict[str, Any]) -> Claims:
        return saml.claims_of_answer(provider, _door(request, provider), request.POST.dict(), question=kept.get("question", ""))

    return _answered(request, slug, request.POST.get("RelayState", ""), read)


def _answered(request: Any, slug: str, state: str, read: Any) -> HttpResponse:
    provider = scoped_or_404(IdentityProvider.objects.filter(retired_at=None), slug=slug)
    language = translation.get_language() or "en"
    try:
        kept = _kept(request, provider, state)
        language = kept["language"] or language
        claims = read(provider, kept)
        with translation.override(language):
            answer = _enter(request, provider, kept, claims)
    except (Refused, CallFailed, Unreadable) as error:
        code = error.code if isinstance(error, Refused) else "secret" if isinstance(error, Unreadable) else "unreachable"
        with translation.override(language):
            told = {"sentence": refusal_words(code), "code": code, "provider": provider}
            answer = render(request, "signin/refused.html", told, status=502 if code == "unreachable" else 403)
    answer.delete_cookie(f"{COOKIE}-{state[:8]}")
    return answer


def _enter(request: Any, provider: IdentityProvider, kept: dict[str, Any], claims: Claims) -> HttpResponse:
    """Connect with whoever began this as somebody signed in, else sign in."""
    if kept["person"]:
        person = Person.objects.filter(pk=kept["person"], erased_at=None).first()
        if person is None or request.actor.person_id not in (person.pk, None):
            raise Refused("browser")
        connect(by=Actor.of(person, clock.today()), provider=provider, claims=claims)
        messages.success(request, _("Connected. From now on you can sign in with it."))
        return redirect(kept["next"] or "identities")
    person = arrive(by=BY, provider=provider, claims=claims, today=clock.today())
    # a second factor of this site is asked for here too, where the person has set one
    answer: HttpResponse = perform_login(request, person.account, email_verification="none", redirect_url=kept["next"] or reverse("today"))
    return answer


def description(request: Any, slug: str) -> HttpResponse:
    """Our metadata for the administrator of a SAML server."""
    provider = scoped_or_404(IdentityProvider.objects.filter(kind=IdentityProvider.Kind.SAML, retired_at=None), slug=slug)
    return HttpResponse(saml.our_description(provider, _door(request, provider)), content_type="application/samlmetadata+xml")


@login_required
def identities(request: Any) -> HttpResponse:
    """What is connected with oneself."""
    rows = Identity.objects.filter(person=request.actor.person_id, provider__retired_at=None).select_related("provider")
    if request.method == "POST":
        disconnect(by=request.actor, identity=scoped_or_404(rows, pk=id_of(request.POST.get("identity"))))
        messages.success(request, _("Disconnected."))
        return redirect("identities")
    there = {row.provider_id for row in rows}
    return render(
        request, "signin/identities.html", {"rows": rows, "providers": [p for p in providers_here(None) if p.pk not in there], "stage": "today"}
    )  # fmt: skip


@login_required
def providers(request: Any) -> HttpResponse:
    """The sign-in servers of the university."""
    owner = home_of(request.actor, "administrator")
    if owner is None:
        raise Http404
    doing = request.POST.get("do", "")
    kinds = (("oidc", "OpenID Connect", OidcForm), ("saml", "SAML 2.0", SamlForm), ("orcid", "ORCID", OrcidForm))
    forms: Any = [(key, label, form(request.POST if doing == key else None, auto_id=f"{key}_%s")) for key, label, form in kinds]
    form = next((form for key, _label, form in forms if key == doing), None)
    if form is not None and form.is_valid():
        try:
            made = add_provider(by=request.actor, owner=owner, kind=doing, **_described(form.cleaned_data))
            messages.success(request, _("The server is registered. Say now what its groups mean, and try it."))
            return redirect("signin_provider", made.slug)
        except BadInput as error:
            add_refusal(form, error)
    rows = IdentityProvider.objects.filter(owner=owner)
    return render(request, "signin/providers.html", {"rows": rows, "forms": forms, "stage": "today"})


def _described(given: dict[str, Any]) -> dict[str, Any]:
    """What the server says of itself, fetched or pasted. Raises BadInput."""
    where = "description" if "description" in given else "issuer"
    try:
        if "description" in given:
            found = saml.read_description(given["description"])
            return {"title": given["title"], "issuer": found.pop("issuer"), "endpoints": found}
        found = oidc.discover(given["issuer"])
        return {**given, "issuer": found.pop("issuer"), "endpoints": found}
    except Refused as error:
        raise BadInput(Fault(where, refusal_words(error.code))) from error
    except CallFailed as error:
        raise BadInput(Fault(where, f"{refusal_words('unreachable')} ({error})")) from error


@login_required
def provider_page(request: Any, slug: str) -> HttpResponse:
    """One server: what to enter there, what its groups mean, its settings."""
    owner = home_of(request.actor, "administrator")
    provider = scoped_or_404(IdentityProvider.objects.filter(owner=owner), slug=slug)
    doing = request.POST.get("do", "")
    before = {
        "title": provider.title, "mail_domains": ", ".join(provider.mail_domains), "creates": provider.creates, "number": provider.names.get("number", ""),
        "groups": provider.names.get("groups", ""),
    }  # fmt: skip
    form = ChangeForm(request.POST if doing == "change" else None, initial=before, kind=provider.kind)
    rule_form = RuleForm(request.POST if doing == "rule" else None, owner=provider.owner, auto_id="rule_%s")
    open_one = provider.retired_at is None
    try:
        if request.method == "POST" and open_one and _done(request, provider, doing, form, rule_form):
            messages.success(request, _("Kept."))
            return redirect("signin_provider", slug)
    except BadInput as error:
        add_refusal(rule_form if doing == "rule" else form, error)
    door = _door(request, provider)
    is_saml = provider.kind == IdentityProvider.Kind.SAML
    told = (
        [(_("Our description (metadata) and entity id"), door.metadata), (_("Where assertions go (ACS, by POST)"), door.acs)]
        if is_saml
        else [(_("Redirect address"), _return_url(request, provider))]
    )
    context = {
        "provider": provider, "form": form, "rule_form": None if provider.kind == IdentityProvider.Kind.ORCID else rule_form, "told": told,
        "rules": provider.rules.select_related("unit"), "stage": "today",
    }  # fmt: skip
    return render(request, "signin/provider.html", context)


def _done(request: Any, provider: IdentityProvider, doing: str, form: ChangeForm, rule_form: RuleForm) -> bool:
    by = request.actor
    if doing == "retire":
        retire_provider(by=by, provider=provider)
    elif doing == "drop":
        drop_rule(by=by, rule=scoped_or_404(GroupRule.objects.filter(provider=provider), pk=id_of(request.POST.get("rule"))))
    elif doing == "rule" and rule_form.is_valid():
        add_rule(by=by, provider=provider, **rule_form.cleaned_data)
    elif doing == "change" and form.is_valid():
        given = form.cleaned_data
        endpoints = None
        if given.get("description"):
            found = _described({"title": given["title"], "description": given["description"]})
            if found["issuer"] != provider.issuer:
                raise BadInput(Fault("description", refusal_words("issuer")))
            endpoints = found["endpoints"]
        change_provider(
            by=by, provider=provider, title=given["title"], secret=given.get("secret", ""), endpoints=endpoints, creates=given.get("creates", False),
            mail_domains=[d for d in (part.strip() for part in given.get("mail_domains", "").split(",")) if d],
            names={name: given.get(name, "") for name in ("number", "groups")},
        )  # fmt: skip
    else:
        return False
    return True
