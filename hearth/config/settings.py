"""Settings. Every one that a person may change is an environment variable listed in docs/reference/settings.md."""

import os
from pathlib import Path

from hearth.config import environment as env

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("HEARTH_VAR", ROOT / "var"))

DEMONSTRATION = env.flag("HEARTH_DEMONSTRATION", default=False)
DEBUG = False
SECRET_KEY = env.secret("HEARTH_SECRET_KEY", fallback_file=VAR / "secret-key")
ALLOWED_HOSTS = env.words("HEARTH_HOSTS", default="localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = env.words("HEARTH_ORIGINS", default="")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("HEARTH_BEHIND_TLS", default=False) else None
HTTPS = env.flag("HEARTH_BEHIND_TLS", default=False)

PRACTICE = os.environ.get("PRACTICE", "lancashire")
PRACTICE_DIR = Path(os.environ.get("HEARTH_PRACTICE_DIR", ROOT / "practice"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "hearth.foundation.core",
    "hearth.foundation.audit",
    "hearth.foundation.ui",
    "hearth.foundation.accounts",
    "hearth.foundation.messages",
    "hearth.records.people",
    "hearth.records.directory",
    "hearth.records.pathways",
    "hearth.records.money",
    "hearth.records.sharing",
    "hearth.records.documents",
    "hearth.intelligence.feeds",
    "hearth.intelligence.insight",
    "hearth.intelligence.matching",
    "hearth.casework.cases",
    "hearth.casework.cases.notes",
    "hearth.casework.cases.steps",
    "hearth.casework.front_door",
    "hearth.casework.assessments",
    "hearth.casework.plans",
    "hearth.casework.panels",
    "hearth.casework.universal",
    "hearth.casework.panels.unmet",
    "hearth.commissioning.needs",
    "hearth.commissioning.procurement",
    "hearth.commissioning.procurement.grants",
    "hearth.commissioning.contracts",
    "hearth.commissioning.contracts.returns",
    "hearth.commissioning.value",
    "hearth.desk",
    "hearth.desk.counts",
    "hearth.desk.imports",
    "hearth.doorstep",
    "hearth.oversight.programmes",
    "hearth.oversight.quality",
    "hearth.oversight.quality.volunteers",
    "hearth.oversight.quality.workforce",
    "hearth.oversight.governance",
    "hearth.oversight.governance.risks",
    "hearth.oversight.governance.member_requests",
    "hearth.oversight.governance.strategy",
    "hearth.oversight.performance.exports",
    "hearth.oversight.performance.reports",
    "hearth.oversight.performance",
    "hearth.invented",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = None

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hearth.foundation.core.middleware.HealthMiddleware",
    "csp.middleware.CSPMiddleware",
    "hearth.foundation.core.middleware.TransactionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hearth.foundation.accounts.middleware.ReaderMiddleware",
    "hearth.foundation.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hearth.foundation.audit.middleware.LookMiddleware",
    "hearth.foundation.ui.middleware.RefusalMiddleware",
    "hearth.foundation.ui.middleware.SentMiddleware",
]
ROOT_URLCONF = "hearth.config.urls"
WSGI_APPLICATION = "hearth.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "hearth.foundation.ui.jinja.environment",
            "context_processors": ["hearth.foundation.accounts.page.around"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "hearth.foundation.ui.renderer.Renderer"
# What lower rooms are given from above as data, by name: links, the frame of a family's pages, where refusals are kept.
NAVIGATION = "hearth.config.navigation.NAVIGATION"
TEMPLATE_FUNCTIONS = {
    "reports_waiting": "hearth.oversight.performance.reports.queries.reports_waiting",
    "audits_waiting": "hearth.oversight.quality.queries.audits_waiting",
    "buying_of_item": "hearth.desk.buying.queries.buying_of_item",
    "by_reference": "hearth.desk.references.by_reference",
    "delivery_of": "hearth.foundation.messages.queries.delivery_of",
    "due_of_family": "hearth.desk.queries.due_of",
    "family_frame": "hearth.desk.frame.family_frame",
    "governance_waiting": "hearth.oversight.governance.waiting.governance_waiting",
    "panels_of_theme": "hearth.casework.panels.items.themes.queries.panels_of_theme",
    "panels_escalate": "hearth.casework.panels.running.escalating.to_escalate",
    "panels_for_theme": "hearth.casework.panels.items.themes.queries.panels_for_theme",
    "bought_for_theme": "hearth.commissioning.needs.queries.bought_for_theme",
    "bought_in_area": "hearth.commissioning.needs.queries.bought_in_area",
    "tenders_of_intention": "hearth.commissioning.procurement.queries.tenders_of_intention",
    "may_write_tender": "hearth.commissioning.procurement.queries.may_write_tender",
    "contracts_bought": "hearth.commissioning.contracts.told.contracts_bought",
    "contracts_to_write": "hearth.commissioning.contracts.told.contracts_to_write",
    "intentions_for_theme": "hearth.commissioning.needs.queries.intentions_for_theme",
    "quiet_checks": "hearth.desk.quiet.quiet_checks",
    "training_waiting": "hearth.oversight.quality.workforce.waiting.training_waiting",
    "unmet_of_case": "hearth.casework.panels.unmet.queries.unmet_of_case",
    "unmet_of_request": "hearth.casework.panels.unmet.queries.unmet_of_request",
    "volunteers_of_case": "hearth.oversight.quality.volunteers.helping.queries.volunteers_of_case",
    "volunteers_waiting": "hearth.oversight.quality.volunteers.helping.queries.volunteers_waiting",
    "with_social_care": "hearth.casework.cases.steps.queries.with_social_care",
    "needs_said": "hearth.records.directory.finding.saying.needs_said",
}
HEARTH_REFUSAL_RECORDER = "hearth.foundation.audit.looks.refused"
HEARTH_LEDGER_UNDOES = "hearth.commissioning.contracts.undoing.undone_with"
CSRF_FAILURE_VIEW = "hearth.foundation.ui.errors.csrf_failed"

# Three connections to one database. `default` is what people's requests run on; `audit` is a second connection so that
# a look or a refusal is kept even when the request is rolled back; `owner` migrates and is never used to serve a page.
DATABASES = env.databases(VAR)
DATABASE_ROUTERS = ["hearth.foundation.core.routers.OneDatabase"]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
SESSION_ENGINE = "hearth.foundation.accounts.sign_in.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 12
HEARTH_IDLE_MINUTES = int(os.environ.get("HEARTH_IDLE_MINUTES", "20"))
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"

# Columnar files of what partners sent: written and read by the worker and commands alone, and part of the backup.
FEEDS_FOLDER = VAR / "feeds"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

HEARTH_ADDRESS = os.environ.get("HEARTH_ADDRESS", "http://localhost:8000")

AUTHENTICATION_BACKENDS = ["hearth.foundation.accounts.backend.SignInBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

from hearth.config.settings_browser import *  # noqa: E402, F403 - content security policy
from hearth.config.settings_documents import *  # noqa: E402, F403 - files: how large, where kept, who checks them
from hearth.config.settings_messages import *  # noqa: E402, F403 - SMTP, GOV.UK Notify
from hearth.config.settings_sign_in import *  # noqa: E402, F403 - allauth's own settings, kept together

PGHISTORY_APPEND_ONLY = True
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # each room's jobs.py
PROCRASTINATE_IMPORT_PATHS = ["hearth.config.jobs"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("HEARTH_LOG_LEVEL", "WARNING")},
}
