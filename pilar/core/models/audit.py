from django.db import models

from pilar.core.access import Scope
from pilar.core.scoping import RegionScopedQuerySet


class AuditEvent(models.Model):
    """Who did or read what, append-only and partitioned by year; written by `pilar.core.audit`.

    `seal` chains each row to the one before it, set by a task after the commit.
    Neither plain NIK nor ciphertext is ever stored here.
    """

    scope = Scope(region="region_id", right="audit", read_only=True)
    partitioned_by = "year"

    class Action(models.TextChoices):
        CREATE = "buat", "membuat"
        CHANGE = "ubah", "mengubah"
        DELETE = "hapus", "menghapus"
        READ_PERSONAL = "buka_data", "membuka data pribadi"
        EXPORT = "unduh", "mengunduh daftar"
        PROBE = "periksa_nik", "memeriksa NIK"
        REFUSED = "tolak", "ditolak"
        SIGN_IN = "masuk", "masuk"
        RIGHTS = "wewenang", "mengatur wewenang"

    id = models.BigAutoField(primary_key=True)
    year = models.SmallIntegerField()
    at = models.DateTimeField("waktu")
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField("pelaku", max_length=120, blank=True)
    action = models.CharField("tindakan", max_length=20, choices=Action.choices)
    region_id = models.BigIntegerField("wilayah")
    object_type = models.CharField("jenis objek", max_length=60)
    object_id = models.CharField("objek", max_length=40, blank=True)
    summary = models.CharField("ringkasan", max_length=300, blank=True)
    reason = models.CharField("alasan", max_length=300, blank=True)
    seal = models.BinaryField(null=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "jejak audit"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
