"""The Celery application and its clock. `celery -A pilar.celery worker` runs it."""

import os

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilar.settings")
if not settings.configured:  # a worker begins here; any other process has chosen its login already
    os.environ.setdefault("PILAR_LOGIN", "worker")

app = Celery("pilar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "drain": {
        "task": "targets.drain",
        "schedule": settings.DRAIN_EVERY_SECONDS,
        "options": {"expires": 10},
    },
    "redispatch": {
        "task": "core.redispatch",
        "schedule": settings.JOB_LEASE_SECONDS / 4,
        "options": {"expires": 60},
    },
    "seal-audit": {"task": "core.seal_audit", "schedule": 60.0, "options": {"expires": 60}},
    "clear-imports": {"task": "core.clear_imports", "schedule": 3600.0, "options": {"expires": 600}},
    "expire-exports": {"task": "core.expire_exports", "schedule": crontab(minute=17), "options": {"expires": 600}},
    "nightly": {"task": "targets.rollup_nightly", "schedule": crontab(hour="1-5", minute=30)},
}
