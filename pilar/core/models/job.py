from django.db import models

from pilar.core.access import Scope
from pilar.core.models.account import User
from pilar.core.models.region import Region
from pilar.core.scoping import RegionScopedQuerySet


class JobQuerySet(RegionScopedQuerySet["Job"]):
    def open(self) -> "JobQuerySet":
        return self.filter(state__in=Job.OPEN)


class Job(models.Model):
    """A background act. The row is the truth, the Celery message only a hint."""

    scope = Scope(region="region_id", requester="user_id", engine_writes=True)

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
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="jobs", verbose_name="diminta oleh")
    params = models.JSONField(default=dict)
    state = models.CharField("keadaan", max_length=10, choices=State.choices, default=State.QUEUED)
    stage = models.CharField("tahap", max_length=80, blank=True)
    done = models.IntegerField("selesai", default=0)
    expected = models.IntegerField("seluruhnya", default=0)
    cancel_requested = models.BooleanField("diminta batal", default=False)
    attempt = models.IntegerField("percobaan", default=0)
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
