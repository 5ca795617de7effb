"""Rows behind a figure in one shape for REST clients, whatever their kind."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model
from rest_framework import serializers

from assistance.models import Batch, Disbursement, Graduation, Objection, Verification
from personnel.models import Activity
from pilar.core.api.fields import RegionCodeField


class RowSerializer(serializers.Serializer[Any]):
    """One counted row. `nama` is null where the person is recorded in another area now."""

    jenis = serializers.CharField(
        help_text="penyaluran, penerima, personel, kegiatan, graduasi, verval, sanggahan, atau daftar"
    )
    id = serializers.IntegerField()
    nama = serializers.CharField(allow_null=True)
    wilayah = RegionCodeField()
    tanggal = serializers.DateField(allow_null=True)
    jumlah = serializers.IntegerField(allow_null=True, help_text="rupiah, atau orang yang dijangkau kegiatan")
    keterangan = serializers.CharField()


#: model -> kind, whose name is shown, day, number, and words of its row
SAID: dict[type[Model], Callable[[Any], tuple[str, str, date | None, int | None, str]]] = {
    Disbursement: lambda row: ("penyaluran", "beneficiary", row.paid_on, row.amount, row.detail),
    Activity: lambda row: ("kegiatan", "person", row.date, row.quantity, row.kind.name),
    Graduation: lambda row: ("graduasi", "beneficiary", row.decided_on, None, row.get_kind_display()),
    Batch: lambda row: ("daftar", "", row.sk_date, row.ceiling, f"{row.stage}, SK {row.sk_number}"),
    Verification: lambda row: ("verval", "beneficiary", row.verified_on, None, row.get_result_display()),
    Objection: lambda row: ("sanggahan", "beneficiary", row.filed_on, None, row.get_kind_display()),
}


def row_data(line: dict[str, Any]) -> dict[str, Any]:
    """From `rows.with_names`."""
    row = line["row"]
    if type(row) in SAID:
        kind, of, day, number, words = SAID[type(row)](row)
        name = _name(line[of]) if of else None
    else:
        kind = {"beneficiary": "penerima", "personnel": "personel"}[row._meta.model_name]
        name, day, number, words = row.name, None, None, ""
    return {
        "id": row.pk, "wilayah": row.region_id, "jenis": kind, "nama": name, "tanggal": day, "jumlah": number,
        "keterangan": words,
    }  # fmt: skip


def _name(person: Any) -> str | None:
    return person.name if person else None
