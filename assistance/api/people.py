"""How one beneficiary and his rows are written and read over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assistance.api.entry import EntrySerializer
from assistance.api.family import CardSerializer, GuardianSerializer
from assistance.models import Beneficiary, Circumstance, GroupMembership, Participation
from assistance.services.entry import may_see_sensitive
from assistance.situation import Situation
from assistance.timeline import Event
from assistance.words import CIRCUMSTANCES, words_of
from personnel.models import Personnel
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.models import TargetGroup


class MembershipSerializer(serializers.ModelSerializer[GroupMembership]):
    kode = serializers.CharField(source="group.code")
    nama = serializers.CharField(source="group.name")
    sejak = serializers.DateField(source="valid_from")
    sampai = serializers.DateField(source="valid_until", allow_null=True)

    class Meta:
        model = GroupMembership
        fields = ("id", "kode", "nama", "sejak", "sampai")


class CircumstanceSerializer(serializers.ModelSerializer[Circumstance]):
    perihal = serializers.CharField(source="kind")
    nilai = serializers.CharField(source="value")
    arti = serializers.SerializerMethodField()
    per_tanggal = serializers.DateField(source="as_of")
    sumber = serializers.CharField(source="source")

    class Meta:
        model = Circumstance
        fields = ("id", "perihal", "nilai", "arti", "per_tanggal", "sumber")

    def get_arti(self, row: Circumstance) -> str:
        label, values = CIRCUMSTANCES[row.kind]
        return f"{label}: {values.get(row.value, row.value)}"


class PersonParticipationSerializer(serializers.ModelSerializer[Participation]):
    program = serializers.CharField(source="programme.code")
    keadaan = serializers.ChoiceField(source="state", choices=Participation.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    kelompok = serializers.CharField(source="group.code", help_text="kelompok PAS menurut SK")
    wilayah = RegionCodeField(source="region_id")
    aktif_sejak = serializers.DateField(source="active_from", allow_null=True)
    berakhir_pada = serializers.DateField(source="ended_on", allow_null=True)
    alasan = serializers.CharField(source="reason")
    kembali_menerima = serializers.BooleanField(source="returning")

    class Meta:
        model = Participation
        fields = (
            "id", "program", "keadaan", "arti_keadaan", "kelompok", "wilayah", "aktif_sejak", "berakhir_pada",
            "alasan", "kembali_menerima",
        )  # fmt: skip

    def get_arti_keadaan(self, row: Participation) -> str:
        return words_of(row.state, Participation.State).meaning


class SituationSerializer(serializers.Serializer[Situation]):
    kalimat = serializers.CharField(source="sentence")
    langkah_berikut = serializers.CharField(source="next_step")


class EventSerializer(serializers.Serializer[Event]):
    tanggal = serializers.DateField(source="on")
    jenis = serializers.CharField(source="kind", help_text="usulan, verval, kepesertaan, sanggah, baris, atau graduasi")
    nomor = serializers.IntegerField(source="object_id")
    program = serializers.CharField(source="programme.code")
    judul = serializers.CharField(source="title")
    keterangan = serializers.CharField(source="text")


class BeneficiarySerializer(serializers.ModelSerializer[Beneficiary]):
    nama = serializers.CharField(source="name")
    nik_samar = serializers.CharField(source="nik_masked", help_text="NIK tidak pernah keluar utuh dari sini")
    jenis_kelamin = serializers.ChoiceField(source="sex", choices=Personnel.Sex.choices)
    tanggal_lahir = serializers.DateField(source="birth_date")
    wilayah = RegionCodeField(source="region_id")
    kelompok = MembershipSerializer(source="shown_memberships", many=True)
    kelompok_lengkap = serializers.SerializerMethodField(
        help_text="false: kelompok yang merupakan data pribadi spesifik disembunyikan dari pembaca ini"
    )
    kepesertaan = PersonParticipationSerializer(source="shown_participations", many=True)
    sdm_kesos = serializers.SerializerMethodField(
        help_text="true: pada hari ini bertugas sebagai anggota pilar, di wilayah mana pun"
    )
    keluarga_sdm_kesos = serializers.SerializerMethodField(
        help_text="hubungan dengan orang yang hari ini bertugas sebagai anggota pilar; kosong bila tidak ada"
    )
    versi = serializers.IntegerField(source="version", help_text="kirimkan kembali saat mengubah")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Beneficiary
        fields: tuple[str, ...] = (
            "id", "nama", "nik_samar", "jenis_kelamin", "tanggal_lahir", "wilayah", "kelompok", "kelompok_lengkap",
            "kepesertaan", "sdm_kesos", "keluarga_sdm_kesos", "versi", "contoh",
        )  # fmt: skip

    def get_kelompok_lengkap(self, person: Beneficiary) -> bool:
        return may_see_sensitive(self.context["request"].user)

    def get_keluarga_sdm_kesos(self, person: Beneficiary) -> str:
        return str(self.context["related"].get(person.pk, ""))

    def get_sdm_kesos(self, person: Beneficiary) -> bool:
        return person.pk in self.context["serving"]


class BeneficiaryDetailSerializer(BeneficiarySerializer):
    keadaan_sekarang = serializers.SerializerMethodField()
    catatan_keadaan = serializers.SerializerMethodField(help_text="per perihal yang terbaru lebih dahulu")
    kartu_keluarga = serializers.SerializerMethodField(help_text="yang berlaku lebih dahulu; nomornya disamarkan")
    wali = serializers.SerializerMethodField(help_text="wali dan penerima kuasa, yang berlaku lebih dahulu")
    mirip = serializers.SerializerMethodField(help_text="nomor penerima lain yang mungkin orang yang sama")

    class Meta:
        model = Beneficiary
        fields = (
            *BeneficiarySerializer.Meta.fields,
            "keadaan_sekarang",
            "catatan_keadaan",
            "kartu_keluarga",
            "wali",
            "mirip",
        )

    @extend_schema_field(SituationSerializer)
    def get_keadaan_sekarang(self, person: Beneficiary) -> Any:
        return SituationSerializer(self.context["situation"]).data

    @extend_schema_field(CircumstanceSerializer(many=True))
    def get_catatan_keadaan(self, person: Beneficiary) -> Any:
        return CircumstanceSerializer(self.context["circumstances"], many=True).data

    @extend_schema_field(CardSerializer(many=True))
    def get_kartu_keluarga(self, person: Beneficiary) -> Any:
        return CardSerializer(self.context["cards"], many=True).data

    @extend_schema_field(GuardianSerializer(many=True))
    def get_wali(self, person: Beneficiary) -> Any:
        return GuardianSerializer(self.context["guardians"], many=True).data

    @extend_schema_field({"type": "array", "items": {"type": "integer"}})
    def get_mirip(self, person: Beneficiary) -> list[int]:
        return [twin.pk for twin in self.context["twins"]]


class BelongingInput(serializers.Serializer[Any]):
    kelompok = serializers.SlugRelatedField(source="group", slug_field="code", queryset=TargetGroup.objects.all())
    sejak = serializers.DateField(source="since")


class FactsInput(EntrySerializer):
    nama = serializers.CharField(source="name", max_length=120)
    jenis_kelamin = serializers.ChoiceField(source="sex", choices=Personnel.Sex.choices)
    tanggal_lahir = serializers.DateField(source="birth_date")
    wilayah = RegionField(source="region")


class BeneficiaryInput(FactsInput):
    nik = serializers.CharField(max_length=24)
    kelompok = BelongingInput(source="belongings", many=True)
    orang_berbeda = serializers.BooleanField(
        source="different", default=False, help_text="true: penerima lain yang mirip sudah diperiksa, orangnya berbeda"
    )


class ChangeInput(FactsInput):
    versi = serializers.IntegerField(source="version", help_text="versi yang dibaca sebelum mengubah")


class MembershipInput(EntrySerializer):
    kelompok = serializers.SlugRelatedField(source="group", slug_field="code", queryset=TargetGroup.objects.all())
    sejak = serializers.DateField(source="since")


class MembershipEndInput(EntrySerializer):
    keanggotaan = serializers.PrimaryKeyRelatedField(
        source="membership", queryset=GroupMembership.objects.all(), help_text="nomor keanggotaan orang ini"
    )
    sampai = serializers.DateField(source="on", help_text="hari terakhir sebagai anggota")


class CircumstanceInput(EntrySerializer):
    perihal = serializers.ChoiceField(source="kind", choices=[(kind, row[0]) for kind, row in CIRCUMSTANCES.items()])
    nilai = serializers.CharField(source="value", max_length=20)
    per_tanggal = serializers.DateField(source="as_of")
    sumber = serializers.CharField(source="source", max_length=120)


class NikInput(EntrySerializer):
    nik = serializers.CharField(max_length=24)
