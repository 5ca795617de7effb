"""Catalogues that grants, activities and assistance all name (ADR 0003)."""

from django.db import models

from pilar.core.access import Access


class Pillar(models.Model):
    """A kind of field workforce or institution; data, not code (domain.md 2)."""

    access = Access.REFERENCE

    class Shape(models.TextChoices):
        PERSON = "orang", "orang"
        INSTITUTION = "lembaga", "lembaga"

    class AreaLevel(models.IntegerChoices):
        NATION = 0, "nasional"
        PROVINCE = 1, "provinsi"
        REGENCY = 2, "kabupaten/kota"
        DISTRICT = 3, "kecamatan"
        VILLAGE = 4, "desa/kelurahan"

    id = models.SmallIntegerField(primary_key=True)
    code = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=100)
    shape = models.CharField("bentuk", max_length=10, choices=Shape.choices)
    area_level = models.SmallIntegerField("tingkat wilayah kerja", choices=AreaLevel.choices)
    aliases = models.JSONField("nama lain", default=list, blank=True)
    positions = models.JSONField("jabatan/jenjang", default=list, blank=True)
    legal_basis = models.CharField("dasar hukum", max_length=200, blank=True)

    class Meta:
        verbose_name = "pilar"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def caseload_positions(self) -> list[str]:
        """Names, in small letters, of the positions "memiliki dampingan": only they look after families or clients."""
        return [row["name"].lower() for row in self.positions if row.get("caseload")]

    def looks_after(self, position: str) -> bool:
        """Whether whoever holds the position looks after families; a position that is not in the catalogue does not."""
        return " ".join(position.lower().split()) in self.caseload_positions


class Programme(models.Model):
    """An assistance programme (domain.md 3)."""

    access = Access.REFERENCE

    class Unit(models.TextChoices):
        PERSON = "orang", "orang"
        FAMILY = "keluarga", "keluarga"

    id = models.SmallIntegerField(primary_key=True)
    code = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=100)
    unit = models.CharField("satuan", max_length=10, choices=Unit.choices)
    channel = models.CharField("saluran", max_length=100, blank=True)
    legal_basis = models.CharField("dasar hukum", max_length=200, blank=True)

    class Meta:
        verbose_name = "program"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """ "YAPI": without what its name explains in brackets."""
        return self.name.partition(" (")[0]


class TargetGroup(models.Model):
    """One of the 12 PAS (id 1 to 12) or a sub-category below it (domain.md 1)."""

    access = Access.REFERENCE

    id = models.SmallIntegerField(primary_key=True)
    code = models.CharField("kode", max_length=60, unique=True)
    name = models.CharField("nama", max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subcategories")
    definition = models.TextField("pengertian", blank=True)
    sensitive = models.BooleanField("data pribadi spesifik", default=False)
    legal_basis = models.CharField("dasar hukum", max_length=200, blank=True)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    definitions = models.JSONField("pengertian menurut sumber, bertanggal", default=list, blank=True)

    class Meta:
        verbose_name = "kelompok PAS"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class GroupAlias(models.Model):
    """Another printed name of a group, recognised on import."""

    access = Access.REFERENCE

    group = models.ForeignKey(TargetGroup, models.CASCADE, related_name="aliases")
    name = models.CharField("nama lain", max_length=120)

    class Meta:
        verbose_name = "nama lain PAS"
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


class PpksMapping(models.Model):
    """One of the 26 PPKS names and a PAS group it may mean: one-to-many where sources differ."""

    access = Access.REFERENCE

    ppks = models.CharField("nama PPKS", max_length=120)
    group = models.ForeignKey(TargetGroup, models.PROTECT, related_name="ppks")

    class Meta:
        verbose_name = "padanan PPKS"
        ordering = ["ppks", "group_id"]
        constraints = [models.UniqueConstraint(fields=["ppks", "group"], name="ppks_group_once")]

    def __str__(self) -> str:
        return f"{self.ppks} → {self.group_id}"
