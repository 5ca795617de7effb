"""Ratios that follow from the measures themselves; none has an aim until the ministry names one."""

from pilar.core.reference.registry import register
from targets.models import Indicator, Ratio
from targets.reference.indicators import RUPIAH_SALUR, RUPIAH_TRANSAKSI, TIDAK_LAYAK, VERVAL


def ratios() -> list[Ratio]:
    return [
        Ratio(
            code="tidak-layak-dari-verval",
            name="Tidak layak dari semua verval",
            part_id=TIDAK_LAYAK,
            whole_id=VERVAL,
            direction=Indicator.Direction.DOWN,
            definition="Verval dengan hasil tidak layak, dari semua verval pada tahun itu menurut tanggalnya. Yang "
            "dihitung tindakan, bukan orang: satu orang dapat diverval beberapa kali.",
        ),
        Ratio(
            code="diterima-dari-tersalur",
            name="Rupiah diterima dari yang tersalur",
            part_id=RUPIAH_TRANSAKSI,
            whole_id=RUPIAH_SALUR,
            definition="Rupiah yang sudah diterima (transaksi, atau barang diserahkan), dari rupiah yang disalurkan "
            "dan tidak kembali, menurut tahun anggaran daftar.",
        ),
    ]


@register("rasio")
def load_ratios() -> int:
    """A ratio that is there by its code stays as it is."""
    known = set(Ratio.objects.values_list("code", flat=True))
    return len(Ratio.objects.bulk_create(ratio for ratio in ratios() if ratio.code not in known))
