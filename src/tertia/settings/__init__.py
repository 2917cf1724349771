"""Settings from the environment; a bad value is refused by name. `settings/sample.env` names them all."""

from __future__ import annotations

import gc
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import pgettext_lazy

from tertia.settings_store import HOME, kept

# Starting makes a million objects that all stay; looking through them every 700, as Python does, is a sixth of the time that it takes.
gc.set_threshold(50_000, 20, 20)

SRC = Path(__file__).resolve().parents[2]
_KEPT = kept()


def env(name: str, default: str = "") -> str:
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ.get(name, _KEPT.get(name, default))


def flag(name: str, default: bool = False) -> bool:
    value = env(name, "yes" if default else "no").lower()
    if value not in ("yes", "no", "1", "0", "true", "false"):
        raise ImproperlyConfigured(f"{name} is {value!r}; write yes or no")
    return value in ("yes", "1", "true")


def _secret() -> str:
    if value := env("TERTIA_SECRET_KEY"):
        return value
    file = HOME / "secret-key"
    if not file.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _database() -> dict[str, Any]:
    url = env("TERTIA_DATABASE", f"sqlite:///{HOME / 'tertia.sqlite3'}")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        query = {k: v[0] for k, v in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/") or "tertia",
            "USER": parts.username or "",
            "PASSWORD": parts.password or "",
            "HOST": query.get("host", parts.hostname or ""),
            "PORT": str(parts.port or query.get("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,  # a database that came back is found by the next page, without one that fails
            # a server that vanished is given up within seconds, not when the network's own patience ends
            "OPTIONS": {"connect_timeout": 5, "tcp_user_timeout": 30_000, "keepalives_idle": 30, "keepalives_interval": 10},
        }
    raise ImproperlyConfigured(f"TERTIA_DATABASE is {url!r}; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")


SECRET_KEY = _secret()
DEBUG = flag("TERTIA_DEBUG")
TERTIA_DEMONSTRATION = flag("TERTIA_DEMONSTRATION")
TERTIA_TODAY = env("TERTIA_TODAY")
TERTIA_PAGE_CACHE = flag("TERTIA_PAGE_CACHE", True)


def _limits() -> tuple[int, int]:
    words = env("TERTIA_API_LIMITS", "600,120").split(",")
    if len(words) != 2 or not all(w.strip().isdecimal() and int(w) for w in words):
        raise ImproperlyConfigured(
            "TERTIA_API_LIMITS: write two numbers such as 600,120: requests a minute with a token, and without one from one network"
        )
    return int(words[0]), int(words[1])


TERTIA_API_LIMITS = _limits()
TERTIA_LOG_REQUESTS = flag("TERTIA_LOG_REQUESTS")
TERTIA_METRICS_TOKEN = env("TERTIA_METRICS_TOKEN")
TERTIA_INNER_CALLS = flag("TERTIA_INNER_CALLS")
TERTIA_TELEGRAM_TOKEN = env("TERTIA_TELEGRAM_TOKEN")
TERTIA_TELEGRAM_API = env("TERTIA_TELEGRAM_API", "https://api.telegram.org")


def _proxies() -> int:
    word = env("TERTIA_PROXIES", "0")
    if not word.isdecimal() or int(word) > 9:
        raise ImproperlyConfigured(f"TERTIA_PROXIES is {word!r}; write how many servers stand in front of this one, 0 to 9")
    return int(word)


TERTIA_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = _proxies()
ALLOWED_HOSTS = env("TERTIA_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
BASE_URL = env("TERTIA_BASE_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "tertia.core.languages",
    "tertia.core.actions",
    "tertia.core.rules",
    "tertia.core.places",
    "tertia.core.parties",
    "tertia.core.access",
    "tertia.core.keys",
    "tertia.core.signin",
    "tertia.core.records",
    "tertia.core.search",
    "tertia.core.files",
    "tertia.core.jobs",
    "tertia.core.messages",
    "tertia.core.money",
    "tertia.core.intake",
    "tertia.listen.moderation",
    "tertia.listen.needs",
    "tertia.listen.dialogue",
    "tertia.listen.proposals",
    "tertia.listen.surveys",
    "tertia.listen.research",
    "tertia.listen.region",
    "tertia.plan.conferences",
    "tertia.plan.capacities",
    "tertia.plan.practice",
    "tertia.plan.strategy",
    "tertia.plan.councils",
    "tertia.plan.faculty",
    "tertia.act.activities",
    "tertia.act.partnerships",
    "tertia.act.projects",
    "tertia.act.startups",
    "tertia.act.network",
    "tertia.act.volunteering",
    "tertia.act.learning",
    "tertia.measure.facts",
    "tertia.measure.indicators",
    "tertia.measure.targets",
    "tertia.measure.country",
    "tertia.measure.involvement",
    "tertia.measure.trust",
    "tertia.tell.stories",
    "tertia.tell.mentions",
    "tertia.tell.channels",
    "tertia.tell.site",
    "tertia.tell.reports",
    "tertia.tell.accreditation",
    "tertia.tell.opendata",
    "tertia.tell.returns",
    "tertia.demonstration",
    "tertia.web",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "tertia.operation.metrics.measure",
    "tertia.core.access.quick.quick",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tertia.web.middleware.upload_limit",
    "tertia.web.middleware.here",
    "tertia.core.access.api_rules.api_rules",
    "tertia.web.page_cache.page_cache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tertia.web.middleware.actor",
    "tertia.web.middleware.refusals",
]

ROOT_URLCONF = "tertia.urls"
WSGI_APPLICATION = "tertia.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SRC / "tertia" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tertia.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tertia.core.languages.templatetags.languages",
                "tertia.web.templatetags.components",
            ],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parties.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# sign-in: e-mail confirmed, second factor and passkeys, throttled
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "tertia.web.accounts.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "en"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [SRC / "tertia" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env("TERTIA_STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")},
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
TERTIA_MAX_REQUEST = 30 * 1024 * 1024

DEFAULT_FROM_EMAIL = env("TERTIA_FROM", "Tertia <tertia@localhost>")
MESSAGE_ID_DOMAIN = urlsplit(BASE_URL).hostname or "localhost"
EMAIL_BACKEND = env("TERTIA_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env("TERTIA_SMTP_HOST", "localhost")
EMAIL_PORT = int(env("TERTIA_SMTP_PORT", "25"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env("TERTIA_SMTP_USER"), env("TERTIA_SMTP_PASSWORD")
EMAIL_TIMEOUT = 20


def _mail_safety() -> tuple[bool, bool]:
    word = env("TERTIA_SMTP_SAFETY", "no")
    if word not in ("no", "starttls", "tls"):
        raise ImproperlyConfigured(f"TERTIA_SMTP_SAFETY is {word!r}; write starttls (mostly port 587), tls (mostly port 465) or no")
    return word == "starttls", word == "tls"


EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_safety()

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
if TERTIA_PROXIES:  # only then somebody in front sets it, and a visitor cannot
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tertia.web.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SECURE_HSTS_SECONDS = 31_536_000 if BASE_URL.startswith("https://") else 0
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 1000}}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "tertia.operation.logs.JsonLines"},
    },
    "filters": {"no-addresses": {"()": "tertia.operation.logs.NoAddresses"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if flag("TERTIA_LOG_JSON") else "line",
            "filters": ["no-addresses"],
        }
    },
    "root": {"handlers": ["console"], "level": env("TERTIA_LOG_LEVEL", "WARNING")},
    "loggers": {"tertia.requests": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

#: names of the languages as the switch shows them
LANGUAGE_SHORT = {"kk": "Қаз", "ru": "Рус", "en": "Eng"}
STAGES = [
    ("listen", pgettext_lazy("stage", "Listen")),
    ("plan", pgettext_lazy("stage", "Plan")),
    ("act", pgettext_lazy("stage", "Act")),
    ("measure", pgettext_lazy("stage", "Measure")),
    ("tell", pgettext_lazy("stage", "Tell")),
]
