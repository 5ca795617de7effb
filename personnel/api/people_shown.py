"""How people, their assignments and accounts look in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from personnel.models import Assignment, BankAccount, Personnel
from personnel.services.twins import twins_of
from pilar.core.api.fields import RegionCodeField
from pilar.core.scoping import narrow_choices


class AccountSerializer(serializers.ModelSerializer[BankAccount]):
    nomor_samar = serializers.CharField(source="number_masked", help_text="empat angka terakhir")
    atas_nama = serializers.CharField(source="holder")
    sejak = serializers.DateField(source="valid_from")

    class Meta:
        model = BankAccount
        fields: tuple[str, ...] = ("bank", "nomor_samar", "atas_nama", "sejak")


class PersonnelSerializer(serializers.ModelSerializer[Personnel]):
    nama = serializers.CharField(source="name")
    nik_samar = serializers.CharField(source="nik_masked", help_text="empat angka terakhir")
    jenis_kelamin = serializers.ChoiceField(source="sex", choices=Personnel.Sex.choices)
    status_kepegawaian = serializers.ChoiceField(source="employment", choices=Personnel.Employment.choices)
    wilayah = RegionCodeField(source="region_id")
    nia = serializers.CharField(help_text="nomor induk anggota; kosong bila belum ada")
    pendidikan = serializers.ChoiceField(source="education", choices=[("", ""), *Personnel.Education.choices])
    jurusan = serializers.CharField(source="major")
    versi = serializers.IntegerField(source="version", help_text="kirimkan kembali saat mengubah")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Personnel
        fields: tuple[str, ...] = (
            "id", "nama", "nik_samar", "jenis_kelamin", "status_kepegawaian", "wilayah", "nia", "pendidikan",
            "jurusan", "versi", "contoh",
        )  # fmt: skip


class PersonnelDetailSerializer(PersonnelSerializer):
    mirip = serializers.SerializerMethodField(help_text="nomor personel lain yang mungkin orang yang sama")
    rekening = serializers.SerializerMethodField()

    class Meta:
        model = Personnel
        fields = (*PersonnelSerializer.Meta.fields, "mirip", "rekening")

    def get_mirip(self, person: Personnel) -> list[int]:
        user, phone = self.context["request"].user, person.phone
        found = twins_of(user, name=person.name, birth_date=person.birth_date, phone=phone, but=person.pk)
        return [row.pk for row in found]

    @extend_schema_field(AccountSerializer(allow_null=True))
    def get_rekening(self, person: Personnel) -> dict[str, Any] | None:
        rows = narrow_choices(BankAccount.objects.all(), self.context["request"].user)
        row = rows.filter(person=person).first()
        return dict(AccountSerializer(row).data) if row else None


class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    personel = serializers.IntegerField(source="person_id")
    pilar = serializers.CharField(source="pillar.code")
    jabatan = serializers.CharField(source="position")
    memiliki_dampingan = serializers.SerializerMethodField(help_text="jabatan ini mendampingi keluarga atau klien")
    wilayah = RegionCodeField(source="region_id")
    utama = serializers.BooleanField(source="is_primary")
    nomor_sk = serializers.CharField(source="sk_number")
    sk_sampai = serializers.DateField(source="sk_until", allow_null=True)
    mulai = serializers.DateField(source="valid_from")
    selesai = serializers.DateField(source="valid_until", allow_null=True)
    sebab_selesai = serializers.CharField(source="end_reason")

    class Meta:
        model = Assignment
        fields = (
            "id", "personel", "pilar", "jabatan", "memiliki_dampingan", "wilayah", "utama", "nomor_sk", "sk_sampai",
            "mulai", "selesai", "sebab_selesai",
        )  # fmt: skip

    def get_memiliki_dampingan(self, row: Assignment) -> bool:
        return row.pillar.looks_after(row.position)


class PersonnelCreated(PersonnelSerializer):
    peringatan = serializers.ListField(
        source="warnings", child=serializers.CharField(), help_text="perbedaan NIK dengan isian: boleh, tetapi periksa"
    )

    class Meta:
        model = Personnel
        fields = (*PersonnelSerializer.Meta.fields, "peringatan")


class AccountSavedSerializer(AccountSerializer):
    peringatan = serializers.ListField(child=serializers.CharField(), source="warnings")

    class Meta:
        model = BankAccount
        fields = (*AccountSerializer.Meta.fields, "peringatan")


class AccountNumberSerializer(serializers.Serializer[dict[str, str]]):
    nomor = serializers.CharField()
