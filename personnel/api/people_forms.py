"""What clients write about people and their assignments; `source` names a field as the services do."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from rest_framework import serializers

from personnel.api.entry import EntrySerializer
from personnel.models import Assignment, Personnel
from personnel.rules import AssignmentEntry, PersonEntry
from personnel.services import (
    TAKEN,
    nik_holder,
    personnel_register,
)
from pilar.core.api.fields import RegionField
from pilar.core.models import Pillar, User


class AssignmentInput(EntrySerializer):
    pilar = serializers.SlugRelatedField(source="pillar", slug_field="code", queryset=Pillar.objects.all())
    jabatan = serializers.CharField(source="position", max_length=60)
    wilayah = RegionField(source="work_region")
    mulai = serializers.DateField(source="valid_from")
    utama = serializers.BooleanField(source="is_primary", default=True)
    melanjutkan = serializers.BooleanField(
        source="continues", default=False, help_text="true: sudah bertugas sebelumnya, bukan rekrutmen baru"
    )
    nomor_sk = serializers.CharField(source="sk_number", max_length=80, default="", allow_blank=True)
    tanggal_sk = serializers.DateField(source="sk_date", allow_null=True, default=None)
    sk_sampai = serializers.DateField(source="sk_until", allow_null=True, default=None)
    penerbit_sk = serializers.CharField(source="sk_issuer", max_length=120, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"region": attrs.pop("work_region"), **attrs}


class PersonInput(EntrySerializer):
    nama = serializers.CharField(source="name", max_length=120)
    jenis_kelamin = serializers.ChoiceField(source="sex", choices=Personnel.Sex.choices)
    tanggal_lahir = serializers.DateField(source="birth_date")
    status_kepegawaian = serializers.ChoiceField(source="employment", choices=Personnel.Employment.choices)
    telepon = serializers.CharField(source="phone", max_length=20, default="", allow_blank=True)
    wilayah = RegionField(source="region", help_text="kabupaten/kota pengelola")
    nia = serializers.CharField(max_length=20, default="", allow_blank=True)
    pendidikan = serializers.ChoiceField(
        source="education", choices=Personnel.Education.choices, default="", allow_blank=True
    )
    jurusan = serializers.CharField(source="major", max_length=80, default="", allow_blank=True)


class ChangeInput(PersonInput):
    versi = serializers.IntegerField(source="version", help_text="dari bacaan terakhir")


class PersonnelInput(PersonInput):
    nik = serializers.CharField(max_length=24, help_text="16 angka")
    penugasan = AssignmentInput()
    orang_berbeda = serializers.BooleanField(
        source="different", default=False, help_text="true: sudah dibandingkan dengan yang mirip, dan orangnya berbeda"
    )

    def register(self, actor: User) -> Personnel:
        """Raises DRF's ValidationError with this entry's own names, those of the assignment below `penugasan`."""
        data = dict(self.validated_data)
        number, assignment = data.pop("nik"), AssignmentEntry(**data.pop("penugasan"))
        different = data.pop("different")
        try:
            return personnel_register(
                actor=actor,
                nik_text=number,
                person=PersonEntry(**data),
                assignment=assignment,
                today=timezone.localdate(),
                different=different,
            )
        except ValidationError as error:
            raise serializers.ValidationError(self._placed(error, actor, number)) from error

    def _placed(self, error: ValidationError, actor: User, number: str) -> dict[str, Any]:
        if any(e.code == TAKEN for e in error.error_dict.get("nik", ())):
            return {"nik": [nik_holder(actor=actor, nik_text=number).sentence]}
        own = {field.source: name for name, field in self.fields.items()}
        below = {field.source: name for name, field in AssignmentInput().fields.items()}
        found: dict[str, Any] = {}
        for source, sentences in error.message_dict.items():
            place = found.setdefault("penugasan", {}) if source in below else found
            place[below.get(source, own.get(source, source))] = sentences
        return found


class EndInput(EntrySerializer):
    terakhir = serializers.DateField(source="on", help_text="hari terakhir bertugas")
    sebab = serializers.ChoiceField(source="reason", choices=Assignment.EndReason.choices)


class EmploymentInput(EntrySerializer):
    status_kepegawaian = serializers.ChoiceField(source="became", choices=Personnel.Employment.choices)
    sejak = serializers.DateField(source="on")
    dasar = serializers.CharField(source="source", max_length=120, default="", allow_blank=True)


class FindInput(EntrySerializer):
    cari = serializers.CharField(source="text", max_length=120, help_text="awal nama, NIK, NIA, atau nomor telepon")


class AccountInput(EntrySerializer):
    bank = serializers.CharField(max_length=40)
    nomor = serializers.CharField(source="number", max_length=30)
    atas_nama = serializers.CharField(source="holder", max_length=120)
    sejak = serializers.DateField(source="since")


class ReasonInput(EntrySerializer):
    alasan = serializers.CharField(source="reason", max_length=200, help_text="untuk apa nomor dilihat; dicatat")
