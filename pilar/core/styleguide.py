"""The page that shows every component in each of its states, on made-up figures."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from pilar.core import formatting
from pilar.core.templatetags import geometry

PACE = Decimal("66.7")
SAMPLES = "styleguide/samples.json"


class SampleForm(forms.Form):
    """Fields of each kind; bound to faulty data to show the errors."""

    name = forms.CharField(label="Nama lengkap", max_length=80)
    nik = forms.CharField(label="NIK", min_length=16, max_length=16, help_text="16 angka, seperti di KTP-el")
    pillar = forms.ChoiceField(label="Pilar", choices=[("", "Pilih pilar"), ("tksk", "TKSK"), ("tagana", "Tagana")])
    effective = forms.DateField(
        label="TMT",
        help_text="Terhitung mulai tanggal SK",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    amount = forms.IntegerField(
        label="Tali asih per semester",
        required=False,
        help_text="Rupiah penuh, tanpa titik",
        widget=forms.NumberInput(attrs={"data-money": True}),
    )
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    position = forms.ChoiceField(
        label="Kedudukan",
        choices=[("utama", "Utama"), ("merangkap", "Merangkap")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="Data sudah dicocokkan dengan SK")


class SampleFilter(forms.Form):
    q = forms.CharField(label="Cari", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    pillar = forms.ChoiceField(label="Pilar", required=False, choices=[("", "Semua pilar"), ("tksk", "TKSK")])
    state = forms.ChoiceField(label="Keadaan SK", required=False, choices=[("", "Semua"), ("aktif", "Berlaku")])
    expiring = forms.BooleanField(label="Habis dalam 60 hari", required=False)


def _tile(code: str, label: str, short: str, place: tuple[int, int], value: int | None) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "short": short,
        "row": place[0],
        "col": place[1],
        "url": f"#{code}",
        "class": geometry.class_of(value),
        "value_text": formatting.blank_text(value) or f"{value}%",
    }


def _nation(names: dict[str, str]) -> list[dict[str, Any]]:
    """Invented percentages, from the code alone; one province without data."""
    return [
        _tile(
            str(code),
            names[str(code)],
            short,
            (row, col),
            None if code == 95 else 28 + code * 37 % 79,
        )
        for code, (short, row, col) in geometry.PROVINCE_TILES.items()
    ]


def _group(label: str, realised: int, target: int, status: str) -> dict[str, Any]:
    return {
        "label": label,
        "realised": realised,
        "target": target,
        "pct": formatting.percent_of(realised, target),
        "status": status,
    }


def _months() -> list[dict[str, Any]]:
    now = (310, 640, 905, 1240, 1410, 1730, 2105, 2390, None, None, None, None)
    before = (280, 560, 930, 1330, 1620, 1980, 2290, 2580, 2870, 3090, 3340, 3610)
    return [
        {
            "label": formatting.nama_bulan(month),
            "value": value,
            "value_text": formatting.angka(value),
            "compare": compare,
        }
        for month, (value, compare) in enumerate(zip(now, before, strict=True), start=1)
    ]


def _frame(nav: list[list[str]]) -> dict[str, Any]:
    path = ("Nasional", "Bengkulu", "Kota Bengkulu")
    years = (2026, 2025, 2024)
    items = [{"label": n, "icon": i, "url": f"#{i}", "current": i == "dasbor"} for n, i in nav]
    return {
        "nav": items,
        "phone_nav": {"bar": items[:4], "rest": items[4:]},
        "region_path": [{"label": name, "url": "#"} for name in path],
        "region_children": [{"label": name, "url": "#"} for name in ("Selebar", "Teluk Segara")],
        "year": years[0],
        "years": [{"year": y, "url": f"?tahun={y}", "current": y == years[0]} for y in years],
        "search_url": "#cari",
        "jobs_url": "#pekerjaan",
        "notices_url": "#pemberitahuan",
        "notices_count": 3,
        "account": {
            "name": "Rina Marlina",
            "role": "Admin Dinas Sosial",
            "area": "Kota Bengkulu",
            "links": [{"label": "Akun saya", "url": "#"}],
        },
        "logout_url": "#keluar",
        "example_data": True,
    }


def _samples() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render_to_string(SAMPLES))
    faulty = SampleForm({"name": "", "nik": "17710", "pillar": "tksk", "effective": "2026-02-30"})
    return data | {
        "tokens": [{"name": name, "word": word} for name, word in data["tokens"]],
        "form": SampleForm(initial={"name": "Siti Aminah", "nik": "1771014506780002"}),
        "faulty": faulty,
        "filter": SampleFilter({"q": "", "pillar": "tksk"}),
        "nation": _nation(data["provinces"]),
        "province": [_tile(code, name, name, (row, col), value) for code, name, row, col, value in data["bengkulu"]],
        "legend": geometry.legend_of(),
        "groups": [_group(*row) for row in data["groups"]],
        "months": _months(),
        "pace": PACE,
        "statuses": [*formatting.STATUS_KEYS, "belum ada target"],
        "blanks": list(formatting.Blank),
        "moment": datetime(2026, 8, 31, 8, 15, tzinfo=formatting.WIB),
        "day": date(2026, 11, 24),
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """Open to any reader: it holds no data."""
    samples = _samples()
    return render(request, "styleguide/index.html", samples | _frame(samples["nav"]))
