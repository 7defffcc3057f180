"""Django's settings, built from ``egide.settings``. Importing it writes nothing and needs no data folder."""

from __future__ import annotations

from csp.constants import NONE, SELF
from django.utils.functional import lazystr

from egide.workspace import configuration, databases, discovery, hosts, secret, statics
from egide.workspace.knowledge.limits import MOST_REQUEST_BYTES

EGIDE = configuration.current()
_SECURE = (EGIDE.public_url or "").startswith("https://")

DEBUG = EGIDE.debug
# Lazy: the master key, and with it the data folder, is only made when something must be signed.
SECRET_KEY = lazystr(secret.DjangoKey(EGIDE))

ALLOWED_HOSTS = hosts.allowed(EGIDE)
CSRF_TRUSTED_ORIGINS = hosts.trusted_origins(EGIDE)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before allauth and django.contrib.staticfiles: our templates replace theirs.
    *discovery.app_names(),
    "django.contrib.staticfiles",
    "servestatic",
    "csp",
    "django_htmx",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "egide.workspace.ui.headers.permissions_policy",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "egide.workspace.ui.language.spoken",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "egide.workspace.urls"
ASGI_APPLICATION = "egide.workspace.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "egide.workspace.ui.context.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "egide.workspace.ui.templatetags.ui",
            ],
        },
    }
]

DATABASES = databases.from_settings(EGIDE)
DATABASE_ROUTERS = ["egide.workspace.databases.JournalRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# ANSSI and CNIL (délibération 2022-100): 12 characters when the only factor is a password.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "egide.workspace.accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SOCIALACCOUNT_ADAPTER = "egide.workspace.sso.adapter.SignOnAdapter"
MFA_ADAPTER = "egide.workspace.accounts.adapter.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Égide"

# --- Session and cookies ------------------------------------------------------------------------
CSRF_FAILURE_VIEW = "egide.workspace.ui.views.csrf_failure"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-egide" if _SECURE else "egide"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-egide-csrf" if _SECURE else "egide-csrf"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Files given --------------------------------------------------------------------------------
# Lists of clients and confidential documents stay in memory: they are never written to the disk in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_REQUEST_BYTES

# --- Browser protections ------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Bootstrap's own icons and the two-factor QR code are data: images.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if _SECURE:
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    # The proxy that ends TLS says so; without it Django would never send HSTS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Files served -------------------------------------------------------------------------------
STATIC_URL = statics.url()
STATICFILES_DIRS = statics.folders()
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = False
# The address holds a version, so a browser may keep a file for ever.
SERVESTATIC_MAX_AGE = 0 if DEBUG else 365 * 24 * 3600
SERVESTATIC_ALLOW_ALL_ORIGINS = False

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "__Host-egide-language" if _SECURE else "egide-language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = _SECURE
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Uvicorn and the server part own the logs; Django must not mail administrators nor print requests.
LOGGING_CONFIG = None
SILENCED_SYSTEM_CHECKS: list[str] = []
