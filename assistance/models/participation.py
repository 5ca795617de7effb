"""SK penetapan, and the participation it decides: candidate, active, suspended, ended."""

from django.db import models

from assistance.models.lists import Batch
from assistance.models.people import Beneficiary
from assistance.models.proposals import Proposal
from pilar.core.access import Scope
from pilar.core.models import BudgetYear, Programme, Region, TargetGroup, User
from pilar.core.scoping import RegionScopedQuerySet


class Decree(models.Model):
    """SK penetapan: the names whom a programme takes in. Its number and date come with the decision."""

    scope = Scope(region="region_id", programme="programme_id")

    class State(models.TextChoices):
        DRAFT = "disusun", "disusun"
        PROPOSED = "diajukan", "diajukan, menunggu penetapan"
        DECIDED = "ditetapkan", "ditetapkan"

    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    year = models.ForeignKey(BudgetYear, models.PROTECT, db_column="year", verbose_name="tahun anggaran")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    funding = models.CharField("sumber dana", max_length=10, choices=Batch.Funding.choices)
    title = models.CharField("judul", max_length=120)
    state = models.CharField("keadaan", max_length=12, choices=State.choices, default=State.DRAFT)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diajukan oleh")
    proposed_on = models.DateField("diajukan pada", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="ditetapkan oleh")
    decided_on = models.DateField("ditetapkan pada", null=True)
    number = models.CharField("nomor SK", max_length=80, blank=True)
    sk_date = models.DateField("tanggal SK", null=True)
    note = models.CharField("catatan pengembalian", max_length=300, blank=True)
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "SK penetapan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=~models.Q(number=""),
                name="decree_number_once",
                violation_error_message="Nomor SK ini sudah dipakai untuk program itu.",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="decree_four_eyes",
                violation_error_message="SK tidak dapat ditetapkan oleh pengusulnya.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ditetapkan")
                | (
                    ~models.Q(number="")
                    & models.Q(sk_date__isnull=False, decided_on__isnull=False, decided_by__isnull=False)
                ),
                name="decree_decision_complete",
                violation_error_message="Penetapan memerlukan nomor, tanggal, dan pejabat.",
            ),
        ]

    def __str__(self) -> str:
        return f"SK {self.number or self.title}"


class ParticipationQuerySet(RegionScopedQuerySet["Participation"]):
    def active(self) -> "ParticipationQuerySet":
        return self.filter(state=Participation.State.ACTIVE)

    def open(self) -> "ParticipationQuerySet":
        return self.filter(state__in=Participation.OPEN)


class Participation(models.Model):
    """A beneficiary in a programme. Ended is final: whoever comes back comes by a new proposal."""

    # The engine ends what a death ends, also where whoever records the death may not write.
    scope = Scope(region="region_id", programme="programme_id", group="group_id", engine_writes=True)

    class State(models.TextChoices):
        CANDIDATE = "calon", "calon penerima, menunggu SK"
        ACTIVE = "aktif", "penerima aktif"
        SUSPENDED = "ditangguhkan", "ditangguhkan"
        ENDED = "berakhir", "berakhir"

    OPEN = (State.CANDIDATE, State.ACTIVE, State.SUSPENDED)

    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="participations", verbose_name="penerima manfaat",
        db_index=False,  # the index `participation_person` begins with it
    )  # fmt: skip
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    group = models.ForeignKey(TargetGroup, models.PROTECT, verbose_name="kelompok PAS menurut SK")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, related_name="participation", verbose_name="usulan"
    )
    decree = models.ForeignKey(
        Decree, models.PROTECT, null=True, related_name="participations", verbose_name="SK penetapan"
    )
    state = models.CharField("keadaan", max_length=15, choices=State.choices, default=State.CANDIDATE)
    active_from = models.DateField("aktif sejak", null=True)
    ended_on = models.DateField("berakhir pada", null=True)
    reason = models.CharField("kode alasan", max_length=30, blank=True)
    note = models.CharField("catatan", max_length=200, blank=True)
    returning = models.BooleanField("kembali menerima", default=False)
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "kepesertaan"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["programme", "region", "state"], name="participation_where"),
            # without it, what `sql/standing.sql` asks of a whole list is quadratic until the table was analysed
            models.Index(fields=["beneficiary", "programme"], name="participation_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "programme"],
                condition=models.Q(state__in=["calon", "aktif", "ditangguhkan"]),
                name="participation_one_open",
                violation_error_message="Orang ini sudah menjadi peserta program itu.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="calon") | models.Q(active_from__isnull=False) | models.Q(state="berakhir"),
                name="participation_active_has_date",
            ),
            models.CheckConstraint(
                condition=(~models.Q(state="berakhir") & models.Q(ended_on__isnull=True))
                | (models.Q(state="berakhir", ended_on__isnull=False) & ~models.Q(reason="")),
                name="participation_end_complete",
                violation_error_message="Kepesertaan yang berakhir memerlukan tanggal dan alasan.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ditangguhkan") | ~models.Q(reason=""),
                name="participation_suspension_has_reason",
                violation_error_message="Penangguhan memerlukan alasan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.programme_id} {self.state}"
