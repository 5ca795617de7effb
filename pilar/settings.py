"""Settings come from the environment; `docs/konfigurasi.md` lists every variable."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pilar.logins import login_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("PILAR_DEBUG", default=False)
SECRET_KEY = env("PILAR_SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "PILAR_SECRET_KEY belum diisi. Jalankan `python3 manage.py up`, atau isi variabel itu "
        "dengan teks acak sepanjang 50 huruf atau lebih."
    )
DATA_KEYS = env.list("PILAR_DATA_KEYS", default=[])
INDEX_KEY = env("PILAR_INDEX_KEY", default="")
ALLOWED_HOSTS = env.list("PILAR_ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("PILAR_CSRF_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
    "pilar.core",
    "personnel",
    "targets",
    "assistance",
    "pilar.dashboard",
    "pilar.reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pilar.core.middleware.ScopeMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "pilar.urls"
WSGI_APPLICATION = "pilar.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pilar.core.context.frame",
            ],
            "builtins": ["pilar.core.templatetags.pilar"],
        },
    }
]

# --- database -------------------------------------------------------------
# One owner migrates; the web and the worker sign in with logins that own nothing.
LOGIN = env.str("PILAR_LOGIN", default="owner")
if not os.environ.get("DATABASE_URL"):
    raise ImproperlyConfigured(
        "DATABASE_URL belum diisi. Jalankan `python3 manage.py up` untuk memakai PostgreSQL bawaan, "
        "atau isi postgres://pengguna:sandi@host:5432/basisdata."
    )
DATABASE_URL_OF = {
    login: env.str(f"PILAR_{login.upper()}_DATABASE_URL", default="")
    or login_url(env("DATABASE_URL"), login, SECRET_KEY)
    for login in ("owner", "web", "worker")
}
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL_OF[LOGIN])}
DATABASES["default"].update(
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=60),
    CONN_HEALTH_CHECKS=True,
    DISABLE_SERVER_SIDE_CURSORS=env.bool("PGBOUNCER", default=False),
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- background work ------------------------------------------------------
CELERY_BROKER_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_TASK_IGNORE_RESULT = True  # the Job row is the truth; a message is a hint
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Jakarta"
CELERY_TASK_TIME_LIMIT = 3600
# A task that is not acknowledged in this time is handed out again; it must outlive the longest one.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT}
JOB_LEASE_SECONDS = env.int("PILAR_JOB_LEASE_SECONDS", default=60)
#: a list of up to this many rows is handed out at once, a longer one as a job (pilar.core.exporting)
EXPORT_AT_ONCE = env.int("PILAR_EXPORT_AT_ONCE", default=5000)
#: hours that a file stays to be fetched
EXPORT_HOURS = env.int("PILAR_EXPORT_HOURS", default=24)
RESULT_CHUNK_ROWS = env.int("PILAR_RESULT_CHUNK_ROWS", default=5000)
DRAIN_EVERY_SECONDS = env.float("PILAR_DRAIN_EVERY_SECONDS", default=2.0)

# --- early warning --------------------------------------------------------
#: days without verified activity after which a serving companion is named (personnel.warnings)
IDLE_DAYS = env.int("PILAR_IDLE_DAYS", default=30)
#: day of the following month until which a monthly report is on time (personnel.services.monthly_reports)
REPORT_DUE_DAY = env.int("PILAR_REPORT_DUE_DAY", default=10)
#: how many days before its end an SK, and the longest term of a pillar, are warned of (personnel.warnings)
SK_WARNING_DAYS = env.int("PILAR_SK_WARNING_DAYS", default=60)
TERM_WARNING_DAYS = env.int("PILAR_TERM_WARNING_DAYS", default=180)
#: a month is a sudden jump above this many times the median of the months before (targets.warnings)
JUMP_FACTOR = env.int("PILAR_JUMP_FACTOR", default=3)

# --- assistance -----------------------------------------------------------
#: kinds of graduation that count toward a companion's target (assistance.states)
GRADUATION_KINDS_COUNTED = env.list("PILAR_GRADUATION_KINDS", default=["alamiah", "mandiri"])
#: a verval holds for this many months; work list, coverage and final closing ask (assistance.reading_verval)
VERVAL_VALID_MONTHS = env.int("PILAR_VERVAL_VALID_MONTHS", default=12)

# --- personnel ------------------------------------------------------------
#: statuses of employment that receive tali asih (personnel.services.allowance_eligibility)
ALLOWANCE_EMPLOYMENT = env.list("PILAR_ALLOWANCE_EMPLOYMENT", default=["relawan"])

# --- people and sessions --------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_ENABLE_ADMIN = False

SECURE = env.bool("PILAR_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "pilar.core.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- language, files ------------------------------------------------------
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = USE_TZ = True
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("PILAR_STATIC_ROOT", default=str(BASE_DIR / ".pilar" / "static"))
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
#: photos and documents, encrypted; never below anything that a web server hands out (pilar.core.attachments)
MEDIA_ROOT = env.str(
    "PILAR_MEDIA_ROOT", default=str(Path(env.str("PILAR_HOME", default="") or BASE_DIR / ".pilar") / "media")
)
#: lists taken away, encrypted, until they expire (pilar.core.exporting); shared by web and worker processes
EXPORT_ROOT = env.str("PILAR_EXPORT_ROOT", default=str(Path(MEDIA_ROOT).parent / "unduhan"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "exports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": EXPORT_ROOT, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "pilar.core.api.auth.TokenAuthentication",
        "pilar.core.api.auth.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "pilar.core.api.auth.OfficersOnly",
    ],
    "DEFAULT_FILTER_BACKENDS": ["pilar.core.api.listing.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "pilar.core.api.listing.KeysetPagination",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "pilar.core.api.views.problem_details",
    "DEFAULT_THROTTLE_CLASSES": ["pilar.core.api.auth.UserThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min"},
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "PILAR API",
    "VERSION": "1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "KeadaanLaporanBulanan": "personnel.models.MonthlyReport.State",
        "KeadaanKegiatan": "personnel.models.Activity.State",
        "KeadaanTaliAsih": "personnel.models.AllowanceProposal.State",
        "KeadaanBarisTaliAsih": "personnel.models.AllowanceLine.State",
        "KeadaanPengakhiran": "personnel.models.Termination.State",
        "HubunganKeluarga": "personnel.models.FamilyTie.Relation",
        "JenisKompetensi": "personnel.models.Competence.Kind",
        "SebabPengakhiran": "personnel.models.Termination.Kind",
        "JenisCatatanDisiplin": "personnel.models.Sanction.Kind",
        "DanaTaliAsih": "personnel.models.Funding",
        "DanaBantuan": "assistance.models.Batch.Funding",
        "KeadaanPenyaluran": "assistance.models.Disbursement.State",
        "KeadaanUsulan": "assistance.models.Proposal.State",
        "KeadaanKepesertaan": "assistance.models.Participation.State",
        "KeadaanSk": "assistance.models.Decree.State",
        "KeadaanBerkasHasil": "assistance.models.ResultFile.State",
        "KeadaanImpor": "pilar.core.models.ImportSession.State",
        "KeadaanAtensi": "assistance.models.AtensiCase.State",
        "KeadaanKasusGraduasi": "assistance.models.GraduationCase.State",
        "JenisGraduasi": "assistance.models.Graduation.Kind",
        "JenisUsulSanggah": "assistance.models.Objection.Kind",
        "JenisCatatanDaftar": "assistance.models.BatchNote.Code",
        "JenisAturan": "assistance.models.EligibilityRule.Kind",
        "KodeAlasan": "assistance.words.REASON_CHOICES",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
