"""The page that shows every component in each of its states, on made-up figures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilar.core import formatting
from pilar.core.templatetags import geometry

PACE = Decimal("66.7")
TOKENS = (
    ("paper", "kertas"), ("paper-sunk", "kertas, cekung"), ("ink", "tinta"), ("ink-2", "tinta encer"),
    ("rule", "garis"), ("accent", "nila"), ("achieved", "tercapai"), ("on-track", "sesuai rencana"),
    ("behind", "tertinggal"), ("critical", "kritis"),
)  # fmt: skip
PROVINCES = {
    11: "Aceh", 12: "Sumatera Utara", 13: "Sumatera Barat", 14: "Riau", 15: "Jambi", 16: "Sumatera Selatan",
    17: "Bengkulu", 18: "Lampung", 19: "Kepulauan Bangka Belitung", 21: "Kepulauan Riau", 31: "DKI Jakarta",
    32: "Jawa Barat", 33: "Jawa Tengah", 34: "DI Yogyakarta", 35: "Jawa Timur", 36: "Banten", 51: "Bali",
    52: "Nusa Tenggara Barat", 53: "Nusa Tenggara Timur", 61: "Kalimantan Barat", 62: "Kalimantan Tengah",
    63: "Kalimantan Selatan", 64: "Kalimantan Timur", 65: "Kalimantan Utara", 71: "Sulawesi Utara",
    72: "Sulawesi Tengah", 73: "Sulawesi Selatan", 74: "Sulawesi Tenggara", 75: "Gorontalo", 76: "Sulawesi Barat",
    81: "Maluku", 82: "Maluku Utara", 91: "Papua", 92: "Papua Barat", 93: "Papua Selatan", 94: "Papua Tengah",
    95: "Papua Pegunungan", 96: "Papua Barat Daya",
}  # fmt: skip
BENGKULU = (
    ("17.06", "Mukomuko", 1, 1, 74), ("17.03", "Bengkulu Utara", 2, 1, 69), ("17.07", "Lebong", 2, 2, 58),
    ("17.09", "Bengkulu Tengah", 3, 1, 63), ("17.02", "Rejang Lebong", 3, 2, 102), ("17.71", "Kota Bengkulu", 4, 1, 71),
    ("17.08", "Kepahiang", 3, 3, 55), ("17.05", "Seluma", 4, 2, 47), ("17.01", "Bengkulu Selatan", 5, 2, 66),
    ("17.04", "Kaur", 5, 3, 31),
)  # fmt: skip
GROUPS = (
    ("Lanjut usia terlantar", 412, 1310), ("Korban kekerasan", 44, 96), ("Warga binaan", 61, 120),
    ("Anak-anak rentan", 388, 640), ("Penyandang disabilitas", 702, 1050), ("Fakir miskin", 8120, 11900),
    ("Korban penyalahgunaan NAPZA dan ODHIV", 33, 45), ("Korban bencana", 260, 250),
)  # fmt: skip


class SampleForm(forms.Form):
    """Fields of each kind; bound to faulty data to show the errors."""

    name = forms.CharField(label="Nama lengkap", max_length=80)
    nik = forms.CharField(label="NIK", min_length=16, max_length=16, help_text="16 angka, seperti di KTP-el")
    pillar = forms.ChoiceField(
        label="Pilar", choices=[("", "Pilih pilar"), ("tksk", "TKSK"), ("tagana", "Tagana"), ("pkh", "Pendamping PKH")]
    )
    effective = forms.DateField(
        label="TMT", help_text="Terhitung mulai tanggal SK", widget=forms.DateInput(attrs={"type": "date"})
    )
    amount = forms.IntegerField(label="Tali asih per semester", required=False, help_text="Rupiah penuh, tanpa titik")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    position = forms.ChoiceField(
        label="Kedudukan", choices=[("utama", "Utama"), ("merangkap", "Merangkap")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Data sudah dicocokkan dengan SK", required=True)


class SampleFilter(forms.Form):
    q = forms.CharField(label="Cari", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    pillar = forms.ChoiceField(label="Pilar", required=False, choices=[("", "Semua pilar"), ("tksk", "TKSK")])
    state = forms.ChoiceField(label="Keadaan SK", required=False, choices=[("", "Semua"), ("aktif", "Berlaku")])
    expiring = forms.BooleanField(label="Habis dalam 60 hari", required=False)


def _tile(code: str, label: str, short: str, row: int, col: int, value: int | None) -> dict[str, Any]:
    return {
        "code": code, "label": label, "short": short, "row": row, "col": col, "url": f"#{code}",
        "class": geometry.class_of(value), "value_text": "belum ada data" if value is None else f"{value}%",
    }  # fmt: skip


def _nation() -> list[dict[str, Any]]:
    """Invented percentages, from the code alone; one province without data."""
    return [
        _tile(str(code), PROVINCES[code], short, row, col, None if code == 95 else 28 + code * 37 % 79)
        for code, (short, row, col) in geometry.PROVINCE_TILES.items()
    ]


def _groups() -> list[dict[str, Any]]:
    rows = []
    for label, realised, target in GROUPS:
        share = formatting.percent_of(realised, target)
        rows.append({
            "label": label, "realised": realised, "target": target, "pct": share,
            "status": formatting.status_of(share, PACE),
        })  # fmt: skip
    return rows


def _months() -> list[dict[str, Any]]:
    now = (310, 640, 905, 1240, 1410, 1730, 2105, 2390)
    before = (280, 560, 930, 1330, 1620, 1980, 2290, 2580, 2870, 3090, 3340, 3610)
    return [
        {
            "label": formatting.nama_bulan(month),
            "value": now[month - 1] if month <= len(now) else None,
            "value_text": f"{formatting.angka(now[month - 1])} orang" if month <= len(now) else "",
            "compare": before[month - 1],
        }
        for month in range(1, 13)
    ]


def _frame() -> dict[str, Any]:
    names = (
        ("Beranda", "beranda"), ("Dasbor", "dasbor"), ("Personel", "personel"), ("Penyaluran", "penyaluran"),
        ("Kegiatan", "kegiatan"), ("Penerima manfaat", "penerima"), ("Verval", "verval"), ("Target", "target"),
        ("Langkah bersama", "langkah"), ("Angka rilis", "angka-rilis"), ("Impor & ekspor", "impor"),
        ("Laporan", "laporan"), ("Pengaturan", "pengaturan"),
    )  # fmt: skip
    path = ("Nasional", "Bengkulu", "Kota Bengkulu")
    return {
        "nav": [{"label": n, "icon": i, "url": f"#{i}", "current": i == "dasbor"} for n, i in names],
        "region_path": [{"label": name, "url": "#"} for name in path],
        "region_children": [{"label": name, "url": "#"} for name in ("Selebar", "Gading Cempaka", "Teluk Segara")],
        "year": 2026,
        "years": [{"year": year, "url": f"?tahun={year}", "current": year == 2026} for year in (2026, 2025, 2024)],
        "search_url": "#cari",
        "jobs_url": "#pekerjaan",
        "notices_url": "#pemberitahuan",
        "notices_count": 3,
        "account": {
            "name": "Rina Marlina", "role": "Admin Dinas Sosial", "area": "Kota Bengkulu",
            "links": [{"label": "Akun saya", "url": "#"}],
        },
        "logout_url": "#keluar",
        "example_data": True,
    }  # fmt: skip


def _samples() -> dict[str, Any]:
    faulty = SampleForm({"name": "", "nik": "17710", "pillar": "tksk", "effective": "2026-02-30"})
    return {
        "tokens": [{"name": name, "word": word} for name, word in TOKENS],
        "form": SampleForm(initial={"name": "Siti Aminah", "nik": "1771014506780002", "pillar": "tksk"}),
        "faulty": faulty,
        "filter": SampleFilter({"q": "", "pillar": "tksk"}),
        "chips": [{"label": "Pilar", "value": "TKSK", "remove_url": "#"}, {"label": "SK", "value": "habis 60 hari", "remove_url": "#"}],
        "nation": _nation(),
        "province": [_tile(code, name, name, row, col, value) for code, name, row, col, value in BENGKULU],
        "legend": geometry.legend_of(),
        "groups": _groups(),
        "months": _months(),
        "pace": PACE,
        "statuses": list(formatting.Status),
        "blanks": list(formatting.Blank),
        "moment": datetime(2026, 8, 31, 8, 15, tzinfo=formatting.WIB),
        "day": date(2026, 11, 24),
        "sums": [879_770_000, 1_130_000_000, 2_216_670_000, 206_900_000],
        "stages": [
            {"label": "Pagu", "value": 2_480_000_000, "definition": "alokasi anggaran"},
            {"label": "Ditetapkan (SK)", "value": 2_310_000_000, "definition": "nama dan jumlah dalam SK"},
            {"label": "Salur", "value": 2_216_670_000, "definition": "SP2D terbit"},
            {"label": "Transaksi", "value": 1_904_300_000, "definition": "ditarik penerima"},
        ],
        "events": [
            {"when": "1 Jan 2026 sampai kini", "title": "TKSK Kecamatan Selebar", "text": "SK 12/HUK/2026", "kind": "now"},
            {"when": "1 Jul sampai 31 Des 2025", "text": "Tidak ada SK yang berlaku (184 hari)", "kind": "gap"},
            {"when": "3 Mar 2025", "title": "Surat peringatan pertama (SP1)", "text": "Laporan tidak dikirim 3 bulan", "kind": "bad"},
            {"when": "1 Jan 2024 sampai 30 Jun 2025", "title": "TKSK Kecamatan Gading Cempaka", "text": "SK 7/HUK/2024"},
        ],
        "steps": [{"label": name, "url": "#"} for name in ("Unggah", "Periksa", "Putuskan", "Selesai")],
        "changes": [
            {"label": "Kecamatan", "before": "Gading Cempaka", "after": "Selebar", "changed": True},
            {"label": "Nomor SK", "before": "7/HUK/2024", "after": "12/HUK/2026", "changed": True},
            {"label": "Jabatan", "before": "Anggota", "after": "Anggota", "changed": False},
        ],
        "tabs": [{"label": n, "url": "#", "current": n == "Ringkasan", "count": c} for n, c in (("Ringkasan", None), ("Penugasan", 3), ("Target & capaian", None), ("Riwayat", 41))],
        "facts": [
            {"label": "Personel menurut rilis", "value": "418", "published": True, "source": "rilis 2024", "note": "dicetak"},
            {"label": "Terdaftar", "value": "393", "note": "dihitung per 31 Agu 2026"},
            {"label": "Berakhir", "value": None},
        ],
        "words": [
            {"term": "Terdaftar", "meaning": "Ada penugasan, berlaku atau tidak."},
            {"term": "Salur dan transaksi", "meaning": "Salur: uang keluar dari kas negara. Transaksi: uang ditarik penerima."},
        ],
        "bulk": [{"label": "Perpanjang SK", "value": "extend"}, {"label": "Ekspor", "value": "export"}],
    }  # fmt: skip


def styleguide(request: HttpRequest) -> HttpResponse:
    """Open to any reader: it holds no data."""
    return render(request, "styleguide/index.html", _frame() | _samples())
