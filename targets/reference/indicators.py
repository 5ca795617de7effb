"""One indicator per kind of breakdown; a target names the pillar, PAS group or programme (domain.md 2.8)."""

from pilar.core.measures import Dim, Unit
from pilar.core.reference.registry import insert_absent, register
from targets.models import Indicator

(
    RUPIAH_SALUR,
    PENERIMA_PAS,
    PENERIMA_PROGRAM,
    PERSONEL_TERDAFTAR,
    KEGIATAN,
    GRADUASI,
    VERVAL,
    TIDAK_LAYAK,
    RUPIAH_PAGU,
    RUPIAH_SK,
    RUPIAH_TRANSAKSI,
    SANGGAHAN,
) = range(1, 13)


def indicators() -> list[Indicator]:
    return [
        Indicator(
            id=RUPIAH_SALUR,
            code="RUPIAH_SALUR",
            name="Rupiah tersalur per program",
            measure="rupiah_salur",
            dim=Dim.PROGRAMME,
            unit=Unit.RUPIAH,
            definition="Rupiah yang disalurkan (salur) dan tidak kembali, menurut tahun anggaran "
            "daftar penyaluran. Bulannya bulan tanggal salur; yang dibayar di luar tahun anggaran "
            "tampil terpisah sebagai luncuran.",
        ),
        Indicator(
            id=PENERIMA_PAS,
            code="PENERIMA_PAS",
            name="Penerima per kelompok PAS",
            measure="penerima_pas",
            dim=Dim.GROUP,
            unit=Unit.PEOPLE,
            definition="Orang berbeda yang menerima penyaluran dan pada tanggal salur termasuk "
            "kelompok PAS itu. Satu orang dapat termasuk beberapa kelompok, maka angka "
            "antarkelompok tidak boleh dijumlahkan.",
        ),
        Indicator(
            id=PENERIMA_PROGRAM,
            code="PENERIMA_PROGRAM",
            name="Penerima per program",
            measure="penerima_program",
            dim=Dim.PROGRAMME,
            unit=Unit.PEOPLE,
            definition="Orang atau keluarga berbeda yang menerima penyaluran program itu, dihitung "
            "sekali berapa pun tahapnya. Angka antarprogram tidak boleh dijumlahkan.",
        ),
        Indicator(
            id=PERSONEL_TERDAFTAR,
            code="PERSONEL_TERDAFTAR",
            name="Personel terdaftar per pilar",
            measure="personel_terdaftar",
            dim=Dim.PILLAR,
            unit=Unit.PEOPLE,
            definition="Orang dengan penugasan yang berlaku pada hari terakhir bulan (terdaftar), "
            "bukan yang hadir atau yang dibutuhkan. Orang dengan dua wilayah kerja dihitung sekali. "
            "Angka tahun ialah angka bulan terakhirnya.",
        ),
        Indicator(
            id=KEGIATAN,
            code="KEGIATAN",
            name="Kegiatan terverifikasi per pilar",
            measure="kegiatan_terverifikasi",
            dim=Dim.PILLAR,
            unit=Unit.ACTS,
            definition="Kegiatan yang sudah diperiksa orang lain, menurut tanggal kegiatan. Yang "
            "menunggu pemeriksaan atau dikembalikan tidak dihitung.",
        ),
        Indicator(
            id=GRADUASI,
            code="GRADUASI",
            name="Graduasi per program",
            measure="graduasi",
            dim=Dim.PROGRAMME,
            unit=Unit.FAMILIES,
            definition="Keluarga yang lulus dari program pada tanggal keputusan, jenis yang dihitung "
            "ke target dan tidak dibatalkan. Untuk orang: keluarga yang pada tanggal itu menjadi "
            "dampingannya.",
            personal=True,
        ),
        Indicator(
            id=VERVAL,
            code="VERVAL",
            name="Verval per program",
            measure="verval",
            dim=Dim.PROGRAMME,
            unit=Unit.ACTS,
            definition="Pemeriksaan di lapangan (verval) menurut tanggalnya, apa pun hasilnya. Satu orang dapat "
            "diverval beberapa kali.",
        ),
        Indicator(
            id=TIDAK_LAYAK,
            code="TIDAK_LAYAK",
            name="Verval tidak layak per program",
            measure="tidak_layak",
            dim=Dim.PROGRAMME,
            unit=Unit.ACTS,
            direction=Indicator.Direction.DOWN,
            definition="Verval dengan hasil tidak layak, menurut tanggalnya.",
        ),
        Indicator(
            id=RUPIAH_PAGU,
            code="RUPIAH_PAGU",
            name="Pagu per program",
            measure="rupiah_pagu",
            dim=Dim.PROGRAMME,
            unit=Unit.RUPIAH,
            definition="Pagu daftar penyaluran yang dicatat atau sudah disetujui, menurut tahun anggaran. Pagu "
            "daftar satu provinsi atau kabupaten tidak dibagi ke bawah.",
        ),
        Indicator(
            id=RUPIAH_SK,
            code="RUPIAH_SK",
            name="Rupiah ditetapkan (SK) per program",
            measure="rupiah_sk",
            dim=Dim.PROGRAMME,
            unit=Unit.RUPIAH,
            definition="Rupiah yang ditetapkan dalam SK dan tidak kembali, menurut tahun anggaran daftar. Baris "
            "daftar yang belum disetujui tidak dihitung.",
        ),
        Indicator(
            id=RUPIAH_TRANSAKSI,
            code="RUPIAH_TRANSAKSI",
            name="Rupiah diterima per program",
            measure="rupiah_transaksi",
            dim=Dim.PROGRAMME,
            unit=Unit.RUPIAH,
            definition="Rupiah yang sudah diterima (transaksi, atau barang diserahkan), menurut tahun anggaran "
            "daftar. Yang disalurkan tetapi belum diambil tidak termasuk.",
        ),
        Indicator(
            id=SANGGAHAN,
            code="SANGGAHAN",
            name="Usul-sanggah dijawab tepat waktu per program",
            measure="sanggahan_tepat_waktu",
            dim=Dim.PROGRAMME,
            unit=Unit.ACTS,
            definition="Usul-sanggah yang dijawab dalam batas 14 hari, menurut tanggal masuknya.",
        ),
    ]


@register("indikator")
def load_indicators() -> int:
    return len(insert_absent(Indicator, indicators()))
