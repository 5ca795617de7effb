"""What people did: the kinds of activity as data, each activity, and the history of its steps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from personnel.models.people import Personnel
from pilar.core.access import Access, Scope, own_by
from pilar.core.models import Pillar, Programme, Region, User
from pilar.core.scoping import RegionScopedQuerySet

#: the order of every list of activities; the index `activity_newest` has it
NEWEST_FIRST = ("-date", "-id")


class ActivityKind(models.Model):
    """A kind of activity, whose it is and what it asks; `personnel.kinds` reads `fields`."""

    access = Access.REFERENCE

    id = models.SmallIntegerField(primary_key=True)
    code = models.CharField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=100)
    pillars = ArrayField(models.SmallIntegerField(), default=list, verbose_name="pilar yang melakukannya")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, verbose_name="program")
    groups = ArrayField(
        models.SmallIntegerField(), default=list, blank=True, verbose_name="kelompok PAS yang biasa dijangkau"
    )
    reach_label = models.CharField("sebutan jumlah", max_length=60, default="Jumlah orang yang dijangkau")
    fields = models.JSONField("isian", default=list, blank=True)
    by_hand = models.BooleanField("diisi dengan tangan", default=True)
    source = models.CharField("sumber", max_length=200, blank=True)

    class Meta:
        verbose_name = "jenis kegiatan"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ActivityQuerySet(RegionScopedQuerySet["Activity"]):
    def verified(self) -> "ActivityQuerySet":
        return self.filter(state=Activity.State.VERIFIED)


class Activity(models.Model):
    """What a person did on a day; only verified ones count. Partitioned by year.

    Attributes:
        details: values of the kind's own fields, by their names.
        batch_id: the list of payments that a monitoring visit looked at; the app above keeps lists.
        act: what in the apps above made this activity, e.g. "verval:12"; such a one is never entered by hand.
    """

    scope = Scope(
        region="region_id",
        pillar="pillar_id",
        programme="programme_id",
        own=own_by(
            "person_id",
            adds="state IN ('draf', 'diajukan') AND filed_by_id = {user} AND verified_by_id IS NULL AND act IS NULL",
            changes="state IN ('draf', 'dikembalikan') AND act IS NULL",
        ),
    )
    partitioned_by = "year"

    class State(models.TextChoices):
        DRAFT = "draf", "draf"
        FILED = "diajukan", "menunggu pemeriksaan"
        VERIFIED = "terverifikasi", "terverifikasi"
        RETURNED = "dikembalikan", "dikembalikan dengan catatan"

    id = models.BigAutoField(primary_key=True)
    year = models.SmallIntegerField()
    date = models.DateField("tanggal")
    person = models.ForeignKey(Personnel, models.PROTECT, related_name="activities", verbose_name="personel")
    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    kind = models.ForeignKey(ActivityKind, models.PROTECT, verbose_name="jenis kegiatan")
    target_groups = ArrayField(models.SmallIntegerField(), default=list, verbose_name="kelompok PAS yang dijangkau")
    quantity = models.IntegerField("jumlah orang yang dijangkau")
    details = models.JSONField("isian jenis kegiatan", default=dict, blank=True)
    note = models.CharField("uraian", max_length=500, blank=True, default="")
    batch_id = models.BigIntegerField("daftar penyaluran yang dipantau", null=True, blank=True)
    act = models.CharField("tindakan asal", max_length=40, null=True, blank=True)  # noqa: DJ001 - unique when given
    state = models.CharField("keadaan", max_length=20, choices=State.choices, default=State.FILED)
    filed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diajukan oleh")
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diperiksa oleh")
    returned_note = models.CharField("catatan pengembalian", max_length=300, blank=True, default="")
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        ordering = list(NEWEST_FIRST)

    def __str__(self) -> str:
        return f"{self.kind} {self.date}"


class ActivityStep(models.Model):
    """Riwayat: what went from which state to which, when, by whom of which office and why."""

    scope = Scope(
        region="region_id",
        pillar="pillar_id",
        programme="programme_id",
        append_only=True,
        own=own_by("person_id", adds="actor_id = {user}"),
    )

    activity_id = models.BigIntegerField("kegiatan")  # with `year` the key of a partitioned table
    year = models.SmallIntegerField()
    person = models.ForeignKey(Personnel, models.PROTECT, related_name="+", verbose_name="personel")
    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+", verbose_name="pilar")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+", verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    was = models.CharField("dari", max_length=20, blank=True)
    became = models.CharField("menjadi", max_length=20)
    on = models.DateField("tanggal kejadian")
    at = models.DateTimeField("dicatat pada", db_default=Now())
    actor_id = models.BigIntegerField("petugas", null=True)
    actor_name = models.CharField("nama petugas", max_length=120)
    office = models.CharField("kantor", max_length=120, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah kegiatan"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["activity_id", "year"], name="activitystep_activity")]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
