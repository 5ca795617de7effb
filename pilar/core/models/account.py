from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from pilar.core.access import Access, Scope, own_by
from pilar.core.models.region import Region
from pilar.core.rights import MEMBER, RIGHT_CHOICES, Right
from pilar.core.scoping import RegionScopedQuerySet


class Role(models.Model):
    """A bundle of rights; the defaults stand in `pilar.core.rights`."""

    access = Access.REFERENCE

    code = models.CharField("kode", primary_key=True, max_length=30)
    name = models.CharField("nama", max_length=80)
    rights = ArrayField(models.CharField(max_length=20, choices=RIGHT_CHOICES), verbose_name="hak")
    levels = ArrayField(models.SmallIntegerField(), verbose_name="tingkat wilayah yang mungkin")

    class Meta:
        verbose_name = "peran"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager.from_queryset(RegionScopedQuerySet["User"])):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user: User = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A login. `region` is the office's area; what an officer may see follows from grants.

    A member of a pillar has his number in the register here instead, and sees what is about himself.
    """

    scope = Scope(region="region_id", write_right="users", own=own_by("personnel_id"))

    username = models.CharField(
        "nama pengguna",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9._-]+$", "Hanya huruf kecil, angka, titik, garis bawah, dan tanda hubung.")
        ],
        error_messages={"unique": "Nama pengguna ini sudah dipakai; pilih yang lain."},
    )
    name = models.CharField("nama lengkap", max_length=120)
    office = models.CharField("kantor", max_length=120)
    role = models.ForeignKey(Role, models.PROTECT, verbose_name="peran")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah kantor")
    personnel_id = models.BigIntegerField("nomor anggota pilar", null=True, blank=True, unique=True)
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ()  # type: ignore[assignment]

    class Meta:
        verbose_name = "pengguna"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=MEMBER, personnel_id__isnull=False)
                | (~models.Q(role=MEMBER) & models.Q(personnel_id__isnull=True)),
                name="user_member_is_personnel",
                violation_error_message="Akun anggota dibuat dari halaman personelnya.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class RegionGrantQuerySet(RegionScopedQuerySet["RegionGrant"]):
    def valid_on(self, day: date) -> "RegionGrantQuerySet":
        return self.filter(models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day), valid_from__lte=day)


class RegionGrant(models.Model):
    """Where a user may look, and what he may do there; empty pillars or programmes mean all."""

    scope = Scope(region="region_id", write_right="users")

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    may_enter = models.BooleanField("boleh mengisi data", default=False)
    may_approve = models.BooleanField("boleh menyetujui", default=False)
    may_view_personal_data = models.BooleanField("boleh membuka data pribadi", default=False)
    pillars = ArrayField(models.SmallIntegerField(), default=list, blank=True, verbose_name="hanya pilar")
    programmes = ArrayField(models.SmallIntegerField(), default=list, blank=True, verbose_name="hanya program")

    objects = RegionGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "wewenang wilayah"
        ordering = ["region_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="grant_period_forward",
                violation_error_message="“Berlaku sampai” tidak boleh sebelum “berlaku sejak”.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.region_id}"

    def clean(self) -> None:
        if (
            self.may_approve
            and Right.DECIDE not in self.user.role.rights
            and Right.ENDORSE not in self.user.role.rights
        ):
            raise ValidationError({"may_approve": f"Peran {self.user.role} tidak memuat hak menyetujui."})


class ApiToken(models.Model):
    """A REST client's key; only its SHA-256 is kept, the key itself is shown once."""

    access = Access.OWN

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField("untuk apa", max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=8, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("berlaku sampai")
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "token API"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"
