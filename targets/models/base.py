"""What a target is shared out by, and what of one was knowingly left unshared."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from pilar.core.access import Scope
from pilar.core.models import Programme, Region, User
from pilar.core.scoping import RegionScopedQuerySet
from targets.models.plan import Target

#: rows of a kecamatan are for its own offices, those above are public
PUBLIC: tuple[str, dict[str, object]] = ("(region_id % 1000000 = 0)", {"region__level__lte": 2})
ADDRESS = ("region_id", "kind", "programme_id")


class BaseFigureQuerySet(RegionScopedQuerySet["BaseFigure"]):
    def newest(self) -> "BaseFigureQuerySet":
        """The newest version of each dated row, in any order."""
        same = BaseFigure.objects.filter(
            Q(programme=models.OuterRef("programme_id"))
            | Q(programme__isnull=True, kind=BaseFigure.Kind.POPULATION.value),
            region=models.OuterRef("region_id"),
            kind=models.OuterRef("kind"),
            as_of=models.OuterRef("as_of"),
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(same))

    def on(self, day: date) -> "BaseFigureQuerySet":
        """Of each area, kind and programme the row dated latest up to that day; call it last."""
        return self.filter(as_of__lte=day).order_by(*ADDRESS, "-as_of", "-version").distinct(*ADDRESS)


class BaseFigure(models.Model):
    """Data dasar wilayah: how many people live in an area, or are looked after there, on a day.

    A correction is a new version of the same day; a row is never changed.
    """

    scope = Scope(region="region_id", open_when=PUBLIC, append_only=True)

    class Kind(models.TextChoices):
        POPULATION = "penduduk", "jumlah penduduk"
        CASELOAD = "dampingan", "jumlah dampingan"

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, verbose_name="program")
    as_of = models.DateField("keadaan per")
    number = models.BigIntegerField("jumlah")
    source = models.CharField("sumber", max_length=200)
    version = models.SmallIntegerField("versi", default=1)
    reason = models.CharField("alasan", max_length=300, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dicatat oleh")
    set_at = models.DateTimeField("dicatat pada", auto_now_add=True)
    is_example = models.BooleanField("data contoh", default=False)

    objects = BaseFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "data dasar wilayah"
        ordering = ["region", "kind", "programme", "-as_of", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "programme", "as_of", "version"],
                name="basefigure_version_once",
                nulls_distinct=False,
                violation_error_message="Versi data ini sudah ada; muat ulang halaman.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=0),
                name="basefigure_not_negative",
                violation_error_message="Jumlah tidak boleh kurang dari 0.",
            ),
            models.CheckConstraint(condition=Q(kind__in=["penduduk", "dampingan"]), name="basefigure_kind"),
            models.CheckConstraint(
                condition=Q(kind="dampingan", programme__isnull=False) | Q(kind="penduduk", programme__isnull=True),
                name="basefigure_caseload_of_programme",
                violation_error_message="Jumlah dampingan dicatat per program; jumlah penduduk tidak.",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="basefigure_has_source"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""),
                name="basefigure_version_has_reason",
                violation_error_message="Pembetulan memerlukan alasan.",
            ),
            models.CheckConstraint(
                condition=Q(region__gt=0) & Q(Exact(Mod(F("region"), 10_000), 0)),
                name="basefigure_to_district",
                violation_error_message="Data dasar dicatat untuk provinsi, kabupaten/kota, dan kecamatan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.region_id} per {self.as_of}"


class AcceptedRest(models.Model):
    """Who accepted that a version is not shared out whole. It holds for that amount only; never changed."""

    scope = Scope(region="region_id", append_only=True)

    target = models.ForeignKey(Target, models.PROTECT, related_name="accepted_rests", verbose_name="target")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    amount = models.BigIntegerField("sisa yang diterima")
    reason = models.CharField("alasan", max_length=300)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diterima oleh")
    accepted_by_name = models.CharField("nama", max_length=120)
    accepted_at = models.DateTimeField("diterima pada", auto_now_add=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "sisa target yang diterima"
        ordering = ["target", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="acceptedrest_not_zero"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="acceptedrest_has_reason",
                violation_error_message="Alasan belum diisi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.amount}"
