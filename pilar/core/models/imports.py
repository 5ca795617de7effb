"""Impor berkas: one file that somebody brings in, from its upload to its undoing."""

from django.db import models

from pilar.core.access import Scope, Via
from pilar.core.machines import Machine, table
from pilar.core.models.account import User
from pilar.core.models.region import Region
from pilar.core.scoping import RegionScopedQuerySet


class ImportSession(models.Model):
    """One file of one kind for one area. Its rows wait in a staging table until somebody decides."""

    scope = Scope(region="region_id", engine_writes=True)

    class State(models.TextChoices):
        MAPPING = "kolom", "menunggu kepastian kolom"
        CHECKING = "memeriksa", "sedang diperiksa"
        CHECKED = "diperiksa", "diperiksa, menunggu keputusan"
        APPLYING = "menyimpan", "sedang disimpan"
        APPLIED = "selesai", "tersimpan"
        UNDOING = "mengurungkan", "sedang diurungkan"
        UNDONE = "diurungkan", "diurungkan"
        DROPPED = "dibuang", "dibuang tanpa disimpan"

    class Mode(models.TextChoices):
        ALL = "semua", "semua baris atau tidak sama sekali"
        GOOD = "baik", "baris yang benar sekarang, sisanya menyusul"

    kind = models.CharField("jenis", max_length=20)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    office = models.CharField("kantor", max_length=120)
    name = models.CharField("nama berkas", max_length=120)
    digest = models.CharField("sidik (SHA-256)", max_length=64)
    size = models.IntegerField("ukuran (byte)")
    user = models.ForeignKey(User, models.PROTECT, related_name="imports", verbose_name="diunggah oleh")
    created_at = models.DateTimeField("diunggah pada", auto_now_add=True)
    state = models.CharField("keadaan", max_length=12, choices=State.choices, default=State.MAPPING)
    mode = models.CharField("cara menyimpan", max_length=6, choices=Mode.choices, blank=True)
    layout = models.JSONField("letak judul dan kolom", default=dict)
    mapping = models.JSONField("kolom menurut PILAR", default=list)
    choices = models.JSONField("pilihan petugas", default=dict)
    questions = models.JSONField("yang perlu dipilih petugas", default=list)
    excluded = models.JSONField("baris yang bukan data", default=list)
    counts = models.JSONField("banyaknya baris", default=dict)
    applied_at = models.DateTimeField("disimpan pada", null=True)
    undone_at = models.DateTimeField("diurungkan pada", null=True)
    cleared = models.BooleanField("isi berkas sudah dihapus", default=False)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "impor berkas"
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "digest"], name="import_same_file")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["selesai", "mengurungkan", "diurungkan"])
                | models.Q(applied_at__isnull=False, mode__in=["semua", "baik"]),
                name="import_applied_complete",
                violation_error_message="Impor yang tersimpan memerlukan cara dan waktunya.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="diurungkan") | models.Q(undone_at__isnull=False),
                name="import_undone_has_time",
                violation_error_message="Impor yang diurungkan memerlukan waktunya.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


_State = ImportSession.State
#: what a session falls back to when its job ended without an end: nothing was saved or taken back
FALLBACK = {_State.CHECKING: _State.MAPPING, _State.APPLYING: _State.CHECKED, _State.UNDOING: _State.APPLIED}
IMPORT = Machine(
    "impor berkas",
    _State,
    (_State.MAPPING.value,),
    table(
        {
            _State.MAPPING: (_State.CHECKING, _State.DROPPED),
            _State.CHECKING: (_State.CHECKED, _State.MAPPING),
            _State.CHECKED: (_State.CHECKING, _State.APPLYING, _State.DROPPED),
            _State.APPLYING: (_State.APPLIED, _State.CHECKED),
            _State.APPLIED: (_State.UNDOING,),
            _State.UNDOING: (_State.UNDONE, _State.APPLIED),
        }
    ),
)


class ImportPiece(models.Model):
    """A piece of the file as it was uploaded, encrypted; deleted when the session is cleared."""

    scope = Scope(via=Via("core_importsession", "session_id"), engine_writes=True)

    session = models.ForeignKey(ImportSession, models.CASCADE, related_name="pieces")
    number = models.IntegerField()
    cipher = models.BinaryField()

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "potongan berkas impor"
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="import_piece_once")]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.number}"


class ImportFault(models.Model):
    """One thing wrong with one cell; a row with any is not saved. Values are masked where they are personal."""

    scope = Scope(via=Via("core_importsession", "session_id"), engine_writes=True)

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(ImportSession, models.CASCADE, related_name="faults")
    number = models.IntegerField("baris ke-")
    column = models.CharField("kolom", max_length=30, blank=True)
    rule = models.CharField("aturan", max_length=30)
    value = models.CharField("isi sel", max_length=80, blank=True)
    detail = models.CharField("keterangan", max_length=300, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kesalahan baris impor"
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["session", "rule", "number", "id"], name="import_fault_rule")]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.number} {self.rule}"


class ImportedRow(models.Model):
    """What one row of the file made or changed, as it was before; by these rows an import is undone."""

    scope = Scope(via=Via("core_importsession", "session_id"), engine_writes=True)

    class Act(models.TextChoices):
        CREATE = "baru", "dibuat"
        UPDATE = "ubah", "diubah"

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(ImportSession, models.CASCADE, related_name="imported")
    number = models.IntegerField("baris ke-")
    noun = models.CharField("tentang", max_length=30)
    object_id = models.BigIntegerField("nomor")
    act = models.CharField("tindakan", max_length=5, choices=Act.choices)
    before = models.JSONField("sebelumnya", default=dict)
    mark = models.CharField("tanda sesudah disimpan", max_length=80, blank=True)
    kept = models.CharField("mengapa tidak diurungkan", max_length=120, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "baris yang diimpor"
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["noun", "object_id"], name="imported_object")]
        constraints = [
            models.UniqueConstraint(fields=["session", "noun", "object_id"], name="imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.number} {self.noun} {self.object_id}"


class ImportMapping(models.Model):
    """What an office said a heading means in files of one kind; "" for a heading to pass over (abaikan)."""

    scope = Scope(region="region_id")

    kind = models.CharField("jenis", max_length=20)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah kantor")
    office = models.CharField("kantor", max_length=120)
    heading = models.CharField("judul di berkas", max_length=120)
    column = models.CharField("kolom", max_length=30, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "padanan judul kolom"
        constraints = [
            models.UniqueConstraint(fields=["kind", "region", "office", "heading"], name="import_mapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.column or 'abaikan'}"
