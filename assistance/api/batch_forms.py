"""What the REST door reads and shows about acts on whole lists."""

from typing import Any

from rest_framework import serializers

from assistance.api.entry import EntrySerializer, ProgrammeField
from assistance.models import Batch, BatchNote, CeilingRevision, Decree
from assistance.services.filling import Filling, Skip
from assistance.services.mass import Barred, Moved
from pilar.core.api.fields import RegionField
from pilar.core.models import BudgetYear

RUPIAH = {"min_value": 1, "max_value": 10**15, "help_text": "rupiah penuh"}


class NothingInput(EntrySerializer):
    """The act asks nothing."""


class DraftInput(EntrySerializer):
    program = ProgrammeField(source="programme")
    tahun = serializers.PrimaryKeyRelatedField(source="year", queryset=BudgetYear.objects.all())
    tahap = serializers.CharField(source="stage", max_length=40)
    wilayah = RegionField(source="region")
    dana = serializers.ChoiceField(source="funding", choices=Batch.Funding.choices)
    sk = serializers.PrimaryKeyRelatedField(
        source="decree", queryset=Decree.objects.select_related("programme", "region"), required=False,
        allow_null=True, default=None, help_text="SK yang ditetapkan di PILAR; nomor dan tanggalnya disalin",
    )  # fmt: skip
    nomor_sk = serializers.CharField(source="sk_number", max_length=80, required=False, allow_blank=True, default="")
    tanggal_sk = serializers.DateField(source="sk_date", required=False, allow_null=True, default=None)
    pagu = serializers.IntegerField(source="ceiling", **RUPIAH)  # type: ignore[arg-type]
    satuan = serializers.IntegerField(source="units", min_value=1, max_value=1000, help_text="banyaknya per penerima")
    harga_satuan = serializers.IntegerField(
        source="unit_price", min_value=1, max_value=10**12, required=False, allow_null=True, default=None,
        help_text="kosong: harga program yang berlaku",
    )  # fmt: skip


class SendBackBatchInput(EntrySerializer):
    catatan = serializers.CharField(source="note", max_length=300)


class AcceptInput(EntrySerializer):
    alasan = serializers.CharField(source="reason", max_length=300)


class PayAllInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    catatan = serializers.CharField(source="note", max_length=100, required=False, allow_blank=True, default="")


class HandOverInput(PayAllInput):
    nomor_bast = serializers.CharField(source="number", max_length=80)


class RevisionInput(EntrySerializer):
    nomor = serializers.CharField(source="number", max_length=80)
    tanggal = serializers.DateField(source="on")
    sebab = serializers.CharField(source="reason", max_length=200)
    pagu = serializers.IntegerField(source="after", **RUPIAH)  # type: ignore[arg-type]


class NoteInput(EntrySerializer):
    jenis = serializers.ChoiceField(source="code", choices=BatchNote.Code.choices)
    nomor = serializers.CharField(source="number", max_length=80, required=False, allow_blank=True, default="")
    tanggal = serializers.DateField(source="on")
    catatan = serializers.CharField(source="note", max_length=200, required=False, allow_blank=True, default="")


class SkipSerializer(serializers.Serializer[Skip]):
    penerima = serializers.IntegerField(source="person")
    nama = serializers.CharField(source="name", help_text="kosong: kini tercatat di wilayah lain")
    aturan = serializers.CharField(source="rule")
    sebab = serializers.CharField(source="sentence")
    langkah = serializers.CharField(source="remedy")


class FillingSerializer(serializers.Serializer[Filling]):
    ditambahkan = serializers.IntegerField(source="added", help_text="banyaknya baris")
    jumlah = serializers.IntegerField(source="amount", help_text="rupiah penuh")
    dilewati = SkipSerializer(source="skipped", many=True)


class BarredSerializer(serializers.Serializer[Barred]):
    penerima = serializers.IntegerField(source="person")
    nama = serializers.CharField(source="name", help_text="kosong: kini tercatat di wilayah lain")
    sebab = serializers.CharField(source="sentence")


class MovedSerializer(serializers.Serializer[Moved]):
    baris = serializers.IntegerField(source="lines")
    jumlah = serializers.IntegerField(source="amount", help_text="rupiah penuh")
    dilewati = BarredSerializer(source="barred", many=True)


class PersonSerializer(serializers.Serializer[Any]):
    penerima = serializers.IntegerField()
    nama = serializers.CharField(help_text="kosong: kini tercatat di wilayah lain")


class CoverageSerializer(serializers.Serializer[Any]):
    bulan = serializers.IntegerField(help_text="berapa bulan suatu verval berlaku")
    belum_diverval = serializers.IntegerField(help_text="banyaknya penerima di daftar ini")
    nama_pertama = PersonSerializer(many=True, help_text="paling banyak seribu")


class RevisionSerializer(serializers.ModelSerializer[CeilingRevision]):
    nomor = serializers.CharField(source="number")
    tanggal = serializers.DateField(source="on")
    sebab = serializers.CharField(source="reason")
    sebelumnya = serializers.IntegerField(source="before")
    sesudahnya = serializers.IntegerField(source="after")

    class Meta:
        model = CeilingRevision
        fields = ("id", "nomor", "tanggal", "sebab", "sebelumnya", "sesudahnya")


class NoteSerializer(serializers.ModelSerializer[BatchNote]):
    jenis = serializers.ChoiceField(source="code", choices=BatchNote.Code.choices)
    nomor = serializers.CharField(source="number")
    tanggal = serializers.DateField(source="on")
    catatan = serializers.CharField(source="note")

    class Meta:
        model = BatchNote
        fields = ("id", "jenis", "nomor", "tanggal", "catatan")
