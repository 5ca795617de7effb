"""Filters and tags of the pages: Indonesian forms, chart geometry, form widgets, query strings."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import QueryDict
from django.utils.safestring import SafeString

from pilar.core import formatting, icons
from pilar.core.templatetags import geometry

register = template.Library()

register.filter("angka", formatting.angka)
register.filter("rupiah", formatting.rupiah)
register.filter("rupiah_ringkas", formatting.rupiah_ringkas)
register.filter("persen", formatting.persen)
register.filter("tanggal", formatting.tanggal)
register.filter("tanggal_ringkas", formatting.tanggal_ringkas)
register.filter("waktu", formatting.waktu)
register.filter("nama_bulan", formatting.nama_bulan)
register.filter("kode_wilayah", formatting.kode_wilayah)
register.filter("nik_samar", formatting.masked_nik)

register.simple_tag(icons.icon_path)
register.simple_tag(geometry.bullet, name="bullet_geometry")
register.simple_tag(geometry.trend, name="trend_geometry")
register.simple_tag(geometry.funnel, name="funnel_geometry")
register.simple_tag(geometry.tile_grid, name="tile_geometry")

_CHOICE_WIDGETS = (CheckboxInput, RadioSelect, CheckboxSelectMultiple)


@register.filter
def status_word(value: object) -> str:
    """The word of a status given as a word or as an enum of words; "belum ada data" for none."""
    word = value.value if isinstance(value, Enum) else value
    return formatting.blank_text(word) or str(word)


@register.filter
def status_key(value: object) -> str:
    """Key for class names: "achieved", "on_track", "behind", "critical", else "unknown"."""
    return formatting.STATUS_KEYS.get(status_word(value), "unknown")


@register.filter
def format_as(value: Any, form: str) -> str:
    """A figure as a component was asked for: angka, rupiah, rupiah_ringkas or persen."""
    forms = {
        "rupiah": formatting.rupiah,
        "rupiah_ringkas": formatting.rupiah_ringkas,
        "persen": formatting.persen,
    }
    return forms.get(form, formatting.angka)(value)


@register.filter
def is_blank(value: object) -> bool:
    """True when the figure is unknown, suppressed or not applicable; zero is a figure."""
    return formatting.blank_text(value) is not None


@register.filter
def is_choice(field: BoundField) -> bool:
    """True for check boxes and radio buttons, whose label stands beside or above as a legend."""
    return isinstance(field.field.widget, _CHOICE_WIDGETS)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """True for a single check box."""
    return isinstance(field.field.widget, CheckboxInput)


@register.simple_tag
def field_widget(field: BoundField, hint: str = "") -> SafeString:
    """The widget of a bound field, tied to its hint and its errors for screen readers."""
    base = field.auto_id
    described = [f"{base}_hint"] if hint or field.help_text else []
    described += [f"{base}_error"] if field.errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def kueri(query: QueryDict | None, **changes: Any) -> str:
    """Query string, changed; None drops a key: {% kueri request.GET after=None tahun=2024 %}."""
    changed = query.copy() if query is not None else QueryDict(mutable=True)
    for key, value in changes.items():
        changed.pop(key, None)
        if value is not None:
            changed[key] = str(value)
    return f"?{changed.urlencode()}"
