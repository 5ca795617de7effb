"""The Celery application and its clock. `celery -A pilar.celery worker` runs it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilar.settings")
os.environ.setdefault("PILAR_LOGIN", "worker")

app = Celery("pilar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
