from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from pilar.core.access import Scope
from pilar.core.models.account import User
from pilar.core.models.region import Region
from pilar.core.scoping import RegionScopedQuerySet


class JobQuerySet(RegionScopedQuerySet["Job"]):
    def open(self) -> "JobQuerySet":
        return self.filter(state__in=Job.OPEN)

    def lease_expired(self, now: datetime) -> "JobQuerySet":
        return self.filter(state=Job.State.RUNNING, lease_until__lt=now)

    def extend_lease(self, pk: int, now: datetime) -> bool:
        """False when the lease ran out or the job was ended: the caller must stop at once."""
        until = now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        rows = self.filter(pk=pk, state=Job.State.RUNNING, lease_until__gte=now)
        return bool(rows.update(lease_until=until, heartbeat_at=now))


class Job(models.Model):
    """A background act. The row is the truth, the Celery message only a hint."""

    scope = Scope(region="region_id", engine_writes=True)

    class State(models.TextChoices):
        QUEUED = "antre", "menunggu pekerja"
        RUNNING = "berjalan", "berjalan"
        DONE = "selesai", "selesai"
        FAILED = "gagal", "gagal"
        CANCELLED = "batal", "dibatalkan"

    OPEN = (State.QUEUED, State.RUNNING)

    kind = models.CharField("jenis", max_length=30)
    key = models.CharField("kunci", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="jobs", verbose_name="diminta oleh"
    )
    params = models.JSONField(default=dict)
    state = models.CharField("keadaan", max_length=10, choices=State.choices, default=State.QUEUED)
    stage = models.CharField("tahap", max_length=80, blank=True)
    done = models.IntegerField("selesai", default=0)
    expected = models.IntegerField("seluruhnya", default=0)
    cancel_requested = models.BooleanField("diminta batal", default=False)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    task_id = models.CharField(max_length=60, blank=True)
    worker_host = models.CharField("komputer pekerja", max_length=120, blank=True)
    error = models.TextField("sebab gagal", blank=True)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    started_at = models.DateTimeField("mulai", null=True)
    finished_at = models.DateTimeField("selesai pada", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "pekerjaan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state__in=["antre", "berjalan"]),
                name="job_one_open_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
