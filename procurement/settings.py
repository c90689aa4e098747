"""Settings of an installation, from environment variables only.

| variable | meaning | default |
| --- | --- | --- |
| DATABASE_URL | PostgreSQL 17 or later, as the role that web processes and workers use | embedded server |
| DATABASE_OWNER_URL | the same database as its owner, for migrations and the demo | DATABASE_URL |
| DATABASE_NAME | another database of the same server, while a new demo is made | that of the address |
| DB_ROLE | `web` or `owner`: which of the two this process uses; manage.py chooses by command | web |
| REDIS_URL | broker and cache | embedded server |
| SECRET_KEY, RECEIPT_SIGNING_KEY | Django's key; 64 hex digits that seed the Ed25519 key signing receipts | made once |
| ALLOWED_HOSTS | host names, comma-separated | this machine |
| HTTPS | whether visitors come over HTTPS (a proxy in front sets X-Forwarded-Proto) | on unless embedded |
| TRUSTED_PROXIES | how many proxies in a row stand in front, each writing its caller into X-Forwarded-For | 0 |
| PUBLIC_URL | where visitors reach this installation; mail links there | this machine |
| EMAIL_URL, DEFAULT_FROM_EMAIL | where mail is sent from | files below var/mail |
| CONTACT | whom visitors ask: words, a telephone number, an address of mail; shown on the public page | nobody |
| TRAIL_HEADS_TO | who keeps the trail's heads: files, folders, mailto: or https: addresses, by commas | below var/ |
| DEMO_LANGUAGE | `en` or `zh-hans`: what the names of a new demo are in | that of the terminal, else English |
| PLATFORM_TIME_ZONE, CURRENCY, TIME_STAMP_URL, DEMO, DEBUG, VAR | see below | |

Values without a default are required as soon as DATABASE_URL is set: a missing or malformed one stops the
start. Without DATABASE_URL the embedded servers describe themselves (`procurement/embedded.py`).
"""

import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from procurement import embedded, schema

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = embedded.folder()
EMBEDDED = not os.environ.get("DATABASE_URL")

env = environ.Env()
if EMBEDDED:
    env.ENVIRON = {**embedded.environment(VAR), **os.environ}


def checked(name: str, pattern: str, meaning: str, default=environ.Env.NOTSET) -> str:
    """A variable whose whole value must match, or the start is refused with the reason."""
    value = env.str(name, default=default)
    if not re.fullmatch(pattern, value):
        raise ImproperlyConfigured(f"{name} must be {meaning}")
    return value


def required(name: str, *, embedded: str) -> str:
    """A variable with a default on one machine only: an installation with servers of its own has to say."""
    return env.str(name, default=embedded if EMBEDDED else environ.Env.NOTSET)


# --- What this installation is ---
DEBUG = env.bool("DEBUG", default=False)
# Demonstration accounts and data; on by default only where nothing but this machine is touched.
DEMO = env.bool("DEMO", default=EMBEDDED)
CONTACT = env.str("CONTACT", default="")
HTTPS = env.bool("HTTPS", default=not EMBEDDED)
# As many entries at the end of X-Forwarded-For are believed, and no other header about who called.
_NONE = "0" if EMBEDDED else environ.Env.NOTSET
TRUSTED_PROXIES = int(checked("TRUSTED_PROXIES", r"\d", "how many proxies stand in front", default=_NONE))
CURRENCY = checked("CURRENCY", "[A-Z]{3}", "an ISO 4217 code such as CNY", default="CNY")
PLATFORM_TIME_ZONE = env.str("PLATFORM_TIME_ZONE", default="Asia/Shanghai")
try:
    ZoneInfo(PLATFORM_TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError) as unknown:
    raise ImproperlyConfigured("PLATFORM_TIME_ZONE must name a zone such as Asia/Shanghai") from unknown

PUBLIC_URL = required("PUBLIC_URL", embedded=f"http://localhost:{env.str('PORT', default='') or 8000}")
SECRET_KEY = checked("SECRET_KEY", r"\S{50,}", "at least 50 characters without blanks")
RECEIPT_SIGNING_KEY = checked("RECEIPT_SIGNING_KEY", "[0-9a-f]{64}", "64 hexadecimal digits")
TIME_STAMP_URL = checked("TIME_STAMP_URL", r"(https?://\S+)?", "like http://host/path", default="")  # stamps each close
ALLOWED_HOSTS = required("ALLOWED_HOSTS", embedded="localhost,127.0.0.1,[::1]").split(",")

# --- Applications: the rooms in the order in which they may import each other, then the packages ---
AUTH_USER_MODEL = "accounts.Person"
INSTALLED_APPS = [
    *("core", "accounts", "catalogue", "demand", "tenders", "awards", "contracts", "payments", "oversight"),
    "procurement",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "csp",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "django_celery_beat",
]
MIDDLEWARE = [
    "core.origin.OriginMiddleware",
    "core.parsing.AddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.access.SeatMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.skins.RefusalMiddleware",
]
ROOT_URLCONF = "procurement.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "procurement.shell.context",
            ],
        },
    },
]

# --- Database, broker, cache ---
DB_ROLE = checked("DB_ROLE", "web|owner", "web or owner", default="web")
DATABASES = {"default": env.db_url("DATABASE_URL")}
WEB_DATABASE_ROLE = DATABASES["default"]["USER"]
if DB_ROLE == "owner" and env.str("DATABASE_OWNER_URL", default=""):
    DATABASES["default"] = env.db_url("DATABASE_OWNER_URL")
DATABASES["default"]["NAME"] = env.str("DATABASE_NAME", default=DATABASES["default"]["NAME"])
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database: postgresql://user:password@host/name")
# What a connection asks for the fifth time is planned once and for all: a quarter less work for an order.
OPTIONS = DATABASES["default"].get("OPTIONS", {}) | {"server_side_binding": True, "prepare_threshold": 5}
if DB_ROLE == "web":
    # Nobody waits for ever, and a stuck request keeps no locks; migrations and the demo may take longer.
    OPTIONS["options"] = "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
# Behind a pooler the address says ?conn_max_age=0: a session is given back with the answer.
DATABASES["default"] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | DATABASES["default"] | {"OPTIONS": OPTIONS}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = checked("REDIS_URL", r"rediss?://\S+", "like redis://:password@host:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Longer than the longest task with its retries, or a task still running would be given out again.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 300, 240  # seconds
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# --- Language, time, files ---
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Names of the demo are data: they are made in one language, that of whoever makes it unless another is asked for.
_TERMINAL = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
_SPOKEN = "zh-hans" if _TERMINAL.startswith("zh") else "en"
DEMO_LANGUAGE = checked("DEMO_LANGUAGE", "en|zh-hans", "en or zh-hans", default=_SPOKEN)
TIME_ZONE = PLATFORM_TIME_ZONE  # what people read and type; PostgreSQL stores instants
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = VAR / "media"
# Hashed names need a built manifest; development and tests read the sources.
BUILT_STATIC = env.bool("BUILT_STATIC", default=not DEBUG)
STATIC_BACKEND = "procurement.static_files.Built" if BUILT_STATIC else "django.contrib.staticfiles.storage."
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"{STATIC_BACKEND}StaticFilesStorage"},
}
vars().update(env.email_url_config(required("EMAIL_URL", embedded=f"filemail:///{VAR / 'mail'}")))
TRAIL_HEADS_TO = required("TRAIL_HEADS_TO", embedded=f"{VAR / 'trail-heads.txt'}").split(",")
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", embedded="procurement@localhost")
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs keeps no worker

# --- Login and browser security ---
LOGIN_URL = LOGOUT_REDIRECT_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "accounts.unsent.csrf_failure"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    *({"NAME": f"{_VALIDATION}.{name}Validator"} for name in ("UserAttributeSimilarity", "CommonPassword")),
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
]

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{f"{kind}-src": [SELF] for kind in ("script", "style", "font", "connect", "manifest")},
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- HTTP API ---
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api_access.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "EXCEPTION_HANDLER": "core.api.answer_exception",
    # Every endpoint names the permissions that it needs; one that forgot lets nobody in.
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api_access.SeatMay"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsing.JsonParser"],
    "DEFAULT_PAGINATION_CLASS": "core.paging.KeyPages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.EndpointSchema",
    "PAGE_SIZE": 50,
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = schema.SETTINGS

# --- Logs: which request failed and why, never what it carried ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "procurement.logs.WithoutValues"}},
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["standard_error"], "level": "INFO"},
    # Django's own handlers would mail whole requests to administrators.
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "fido2": {"level": "WARNING"}},
}
