"""Rows behind a figure in one shape for REST clients, whatever their kind."""

from typing import Any

from rest_framework import serializers

from assistance.models import Batch, Disbursement, Graduation, Verification
from personnel.models import Activity
from pilar.core.api.fields import RegionCodeField


class RowSerializer(serializers.Serializer[Any]):
    """One counted row. `nama` is null where the person is recorded in another area now."""

    jenis = serializers.CharField(help_text="penyaluran, penerima, personel, kegiatan, graduasi, verval, atau daftar")
    id = serializers.IntegerField()
    nama = serializers.CharField(allow_null=True)
    wilayah = RegionCodeField()
    tanggal = serializers.DateField(allow_null=True)
    jumlah = serializers.IntegerField(allow_null=True, help_text="rupiah, atau orang yang dijangkau kegiatan")
    keterangan = serializers.CharField()


def row_data(line: dict[str, Any]) -> dict[str, Any]:
    """From `rows.with_names`."""
    row = line["row"]
    shared = {"id": row.pk, "wilayah": row.region_id}
    if isinstance(row, Disbursement):
        return shared | {
            "jenis": "penyaluran",
            "nama": _name(line["beneficiary"]),
            "tanggal": row.paid_on,
            "jumlah": row.amount,
            "keterangan": row.detail,
        }
    if isinstance(row, Activity):
        return shared | {
            "jenis": "kegiatan",
            "nama": _name(line["person"]),
            "tanggal": row.date,
            "jumlah": row.quantity,
            "keterangan": row.kind.name,
        }
    if isinstance(row, Graduation):
        return shared | {
            "jenis": "graduasi",
            "nama": _name(line["beneficiary"]),
            "tanggal": row.decided_on,
            "jumlah": None,
            "keterangan": row.get_kind_display(),
        }
    if isinstance(row, Batch):
        return shared | {
            "jenis": "daftar",
            "nama": None,
            "tanggal": row.sk_date,
            "jumlah": row.ceiling,
            "keterangan": f"{row.stage}, SK {row.sk_number}",
        }
    if isinstance(row, Verification):
        return shared | {
            "jenis": "verval",
            "nama": _name(line["beneficiary"]),
            "tanggal": row.verified_on,
            "jumlah": None,
            "keterangan": row.get_result_display(),
        }
    kind = {"beneficiary": "penerima", "personnel": "personel"}[row._meta.model_name]
    return shared | {"jenis": kind, "nama": row.name, "tanggal": None, "jumlah": None, "keterangan": ""}


def _name(person: Any) -> str | None:
    return person.name if person else None
