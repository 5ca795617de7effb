"""ATENSI: one person's case from assessment to closure, its plan by component, and what was served (domain.md 3.3)."""

from django.db import models

from assistance.models.people import Beneficiary
from personnel.models import Assignment
from pilar.core.access import Scope, Via
from pilar.core.models import Programme, Region, TargetGroup
from pilar.core.scoping import RegionScopedQuerySet


class AtensiCase(models.Model):
    """One person in the care of a Sentra or a Dinas. The value varies per person: it is the sum of the plan."""

    scope = Scope(region="region_id", programme="programme_id", group="group_id")

    class State(models.TextChoices):
        ASSESSED = "dinilai", "dinilai, menunggu rencana"
        PLANNED = "direncanakan", "direncanakan, menunggu layanan"
        SERVED = "dilayani", "sedang dilayani"
        CLOSED = "selesai", "selesai"
        STOPPED = "dihentikan", "dihentikan"

    class Setting(models.TextChoices):
        FAMILY = "keluarga", "dalam keluarga"
        COMMUNITY = "komunitas", "dalam komunitas"
        RESIDENTIAL = "residensial", "residensial (di Sentra)"

    OPEN = (State.ASSESSED, State.PLANNED, State.SERVED)

    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="atensi_cases", verbose_name="penerima manfaat"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    group = models.ForeignKey(TargetGroup, models.PROTECT, verbose_name="kelompok PAS")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    setting = models.CharField("tempat layanan", max_length=12, choices=Setting.choices)
    sentra = models.CharField("Sentra", max_length=80, blank=True)
    sentra_region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name="kabupaten/kota Sentra"
    )
    state = models.CharField("keadaan", max_length=12, choices=State.choices, default=State.ASSESSED)
    assessed_on = models.DateField("asesmen pada")
    assessor = models.ForeignKey(
        Assignment, models.PROTECT, related_name="atensi_assessments", verbose_name="pelaksana asesmen"
    )
    needs = models.CharField("kebutuhan menurut asesmen", max_length=300)
    planned_on = models.DateField("rencana pada", null=True)
    closed_on = models.DateField("ditutup pada", null=True)
    closing_note = models.CharField("catatan penutupan", max_length=200, blank=True)
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kasus ATENSI"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary"],
                condition=models.Q(state__in=["dinilai", "direncanakan", "dilayani"]),
                name="atensi_one_open",
                violation_error_message="Kasus ATENSI orang ini masih berjalan.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["selesai", "dihentikan"], closed_on__isnull=False)
                | (~models.Q(state__in=["selesai", "dihentikan"]) & models.Q(closed_on__isnull=True)),
                name="atensi_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(setting="residensial") | ~models.Q(sentra=""),
                name="atensi_residential_has_sentra",
                violation_error_message="Layanan residensial memerlukan nama Sentra.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.state}"


class AtensiItem(models.Model):
    """One component of a plan: what is given, its value, and when it was."""

    scope = Scope(via=Via("assistance_atensicase", "case_id"))

    class Component(models.IntegerChoices):
        """Permensos 7/2021 and its successors."""

        LIVING = 1, "dukungan pemenuhan kebutuhan hidup layak"
        CARE = 2, "perawatan sosial dan/atau pengasuhan anak"
        FAMILY = 3, "dukungan keluarga"
        THERAPY = 4, "terapi fisik, psikososial, dan mental spiritual"
        TRAINING = 5, "pelatihan vokasional dan pembinaan kewirausahaan"
        ASSISTANCE = 6, "bantuan dan asistensi sosial"
        ACCESS = 7, "dukungan aksesibilitas"

    case = models.ForeignKey(AtensiCase, models.CASCADE, related_name="items", verbose_name="kasus")
    component = models.SmallIntegerField("komponen", choices=Component.choices)
    what = models.CharField("bentuk layanan", max_length=120)
    amount = models.BigIntegerField("nilai")
    served_on = models.DateField("dilayani pada", null=True)
    served_note = models.CharField("bukti atau catatan layanan", max_length=120, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "butir ATENSI"
        ordering = ["component"]
        constraints = [
            models.UniqueConstraint(fields=["case", "component"], name="atensi_component_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="atensi_amount_not_negative"),
            models.CheckConstraint(
                condition=models.Q(component__gte=1, component__lte=7), name="atensi_component_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.component}"
