"""Kinds of activity (domain.md 2.1 to 2.5), with what each asks. An administrator may change or add rows."""

from typing import Any

from personnel.kinds import MONITORING
from personnel.models import ActivityKind
from pilar.core.reference.catalogue import (
    ATENSI,
    PKH,
    PORDAM,
    PROGRAMME_PKH,
    REHSOS,
    TAGANA,
    TKSK,
)
from pilar.core.reference.registry import insert_absent, register

EVERYBODY = [PKH, TAGANA, TKSK, PORDAM, REHSOS]
FAMILIES = "Jumlah keluarga"


def text(name: str, label: str, *, required: bool = False, hint: str = "") -> dict[str, Any]:
    return {"name": name, "label": label, "type": "teks", "required": required, "hint": hint}


def number(name: str, label: str, *, required: bool = False, least: str = "") -> dict[str, Any]:
    return {"name": name, "label": label, "type": "angka", "required": required, "least": least}


def choice(name: str, label: str, *choices: str) -> dict[str, Any]:
    return {"name": name, "label": label, "type": "pilihan", "required": True, "choices": list(choices)}


def day(name: str, label: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "label": label, "type": "tanggal", "required": required}


PARTIES = text("pihak", "Pihak yang dilibatkan", required=True, hint="Misalnya tokoh adat, kelurahan, kepolisian")
RESULT = text("hasil", "Hasil", required=True)
CASE = (text("layanan", "Yang dilakukan", required=True), RESULT)


def kinds() -> list[ActivityKind]:
    """Numbers are kept in the facts of the rollup and are never used again for another kind."""
    return [
        ActivityKind(
            id=1, code="p2k2", name="Pertemuan P2K2", pillars=[PKH], programme_id=PROGRAMME_PKH, groups=[12],
            reach_label="Keluarga yang hadir",
            fields=[
                choice(
                    "modul", "Modul", "Pengasuhan dan pendidikan anak", "Pengelolaan keuangan keluarga",
                    "Kesehatan dan gizi", "Perlindungan anak", "Kesejahteraan sosial", "Lainnya",
                ),
                number("anggota", "Anggota kelompok", required=True, least="quantity"),
            ],
            source="domain: pertemuan bulanan keluarga, enam modul",
        ),
        ActivityKind(
            id=2, code="kunjungan_rumah", name="Kunjungan rumah", pillars=[PKH, TKSK, REHSOS], groups=[12],
            reach_label=FAMILIES,
            fields=[text("tujuan", "Tujuan kunjungan", required=True), RESULT],
        ),
        ActivityKind(
            id=3, code="verifikasi_komitmen", name="Verifikasi komitmen", pillars=[PKH], programme_id=PROGRAMME_PKH,
            groups=[12, 1], reach_label="Keluarga yang diverifikasi",
            fields=[
                choice("bidang", "Bidang", "Pendidikan", "Kesehatan", "Kesejahteraan sosial"),
                text("layanan", "Sekolah atau faskes", required=True),
                number("tidak_memenuhi", "Tidak memenuhi komitmen", required=True),
            ],
        ),
        ActivityKind(
            id=4, code="ground_check", name="Ground check DTSEN", pillars=[PKH, TKSK], groups=[12],
            reach_label="Keluarga yang didatangi",
            fields=[number("tidak_ditemukan", "Tidak ditemukan")],
        ),
        ActivityKind(
            id=10, code="bencana", name="Penugasan bencana", pillars=[TAGANA], groups=[5],
            reach_label="Orang yang dilayani",
            fields=[
                choice(
                    "kejadian", "Kejadian", "Banjir", "Gempa bumi", "Tanah longsor", "Angin kencang", "Kebakaran",
                    "Bencana sosial", "Lainnya",
                ),
                choice(
                    "tugas", "Tugas", "Reaksi cepat", "Dapur umum", "Shelter", "Logistik", "Dukungan psikososial",
                    "Water rescue",
                ),
                text("lokasi", "Lokasi kejadian", required=True),
                text("surat_tugas", "Nomor surat tugas"),
            ],
        ),
        ActivityKind(
            id=11, code="kampung_siaga", name="Kampung siaga bencana", pillars=[TAGANA], groups=[5],
            reach_label="Warga yang hadir", fields=[text("bahasan", "Yang dilatihkan", required=True)],
        ),
        ActivityKind(
            id=20, code=MONITORING, name="Kunjungan pemantauan penyaluran", pillars=[TKSK],
            reach_label="Penerima yang ditemui",
            fields=[
                text("temuan", "Temuan", required=True, hint="Tulis “tidak ada” bila semuanya sesuai"),
                text("tindak_lanjut", "Tindak lanjut"),
                day("batas_waktu", "Batas waktu tindak lanjut"),
            ],
        ),
        ActivityKind(
            id=21, code="pendampingan", name="Pendampingan klien", pillars=[TKSK, REHSOS],
            reach_label="Klien yang didampingi", fields=list(CASE),
        ),
        ActivityKind(
            id=22, code="penjangkauan", name="Penjangkauan", pillars=[TKSK, REHSOS],
            reach_label="Orang yang dijangkau", fields=[text("lokasi", "Lokasi", required=True), RESULT],
        ),
        ActivityKind(
            id=30, code="pemetaan", name="Pemetaan sosial", pillars=[PORDAM], groups=[10],
            fields=[text("kerawanan", "Kerawanan yang dipetakan", required=True), PARTIES],
        ),
        ActivityKind(
            id=31, code="deteksi_dini", name="Deteksi dini", pillars=[PORDAM], groups=[10],
            fields=[
                text("gejala", "Gejala yang dilihat", required=True),
                text("dilaporkan", "Dilaporkan kepada", required=True),
            ],
        ),
        ActivityKind(
            id=32, code="kampanye", name="Kampanye perdamaian", pillars=[PORDAM], groups=[10],
            reach_label="Orang yang hadir", fields=[text("tema", "Tema", required=True)],
        ),
        ActivityKind(
            id=33, code="rekonsiliasi", name="Rekonsiliasi", pillars=[PORDAM], groups=[10],
            fields=[PARTIES, text("kesepakatan", "Kesepakatan", required=True)],
        ),
        ActivityKind(
            id=34, code="pemulihan", name="Pemulihan dan integrasi", pillars=[PORDAM], groups=[10, 5],
            fields=[PARTIES, RESULT],
        ),
        ActivityKind(
            id=35, code="ldp", name="Layanan dukungan psikososial", pillars=[PORDAM, TAGANA], groups=[5, 10],
            reach_label="Orang yang dilayani", fields=[text("lokasi", "Lokasi", required=True)],
        ),
        ActivityKind(
            id=40, code="respons_kasus", name="Respons kasus", pillars=[REHSOS], programme_id=ATENSI,
            reach_label="Orang yang direspons", fields=list(CASE),
        ),
        ActivityKind(
            id=41, code="manajemen_kasus", name="Manajemen kasus", pillars=[REHSOS], programme_id=ATENSI,
            reach_label="Klien", fields=list(CASE),
        ),
        # made by acts in `assistance`, never by hand
        ActivityKind(id=90, code="verval", name="Verval", pillars=EVERYBODY, by_hand=False),
        ActivityKind(id=91, code="asesmen_graduasi", name="Asesmen graduasi", pillars=EVERYBODY, by_hand=False),
        ActivityKind(
            id=92, code="layanan_atensi", name="Layanan ATENSI", pillars=EVERYBODY, programme_id=ATENSI, by_hand=False
        ),
    ]  # fmt: skip


@register("jenis kegiatan")
def load_kinds() -> int:
    return len(insert_absent(ActivityKind, kinds()))
