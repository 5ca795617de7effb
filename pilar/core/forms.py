"""Fields that read what people here write: places, dates and sums in their Indonesian forms."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from pilar.core import places, regions
from pilar.core.formatting import tanggal
from pilar.core.models import Region
from pilar.core.regions import LEVEL_NAMES, Level
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import Slot, reach_of

OFFERED = 80
SIX_PLACES = Decimal("0.000001")
_CODE_AHEAD = re.compile(r"^\s*[\d.]+\s*")
_SUM = re.compile(r"^(?:rp\.?\s*)?(\d+|\d{1,3}(?:\.\d{3})+)(?:,0{1,2}|,-)?$", re.IGNORECASE)


class RegionInput(forms.TextInput):
    """A text field with the server's own list of places; a script asks for more while one types."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.right: Right | None = None
        self.offered: list[str] = []
        self.searches = True

    def format_value(self, value: Any) -> str:
        """A region or its code becomes code, name and path; what a person typed stays as it is."""
        if isinstance(value, int):
            value = Region.objects.filter(pk=value).first() or ""
        return places.labels([value])[value.code] if isinstance(value, Region) else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["list"] = f"{own.get('id', name)}_list"
        if self.searches and (url := _search_url(self.right)):
            own["data-region"] = url
        context["offered"] = self.offered
        return context

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        return render_to_string("core/region_input.html", self.get_context(name, value, attrs))


def _search_url(right: Right | None) -> str:
    try:
        url = reverse("region-search")
    except NoReverseMatch:
        return ""
    return f"{url}?hak={right.value}" if right else url


class RegionField(forms.Field):
    """One area, written as "17.71.01", "17.71.01 Selebar" or "Selebar"; gives a Region.

    Args:
        right: the user must hold it in the area; None takes any area (filters).
        levels: the levels that fit, e.g. (Level.DISTRICT,); all when empty.
    `for_user` is called by GatedForm; a field with a right and no user refuses everything.
    """

    widget = RegionInput
    default_error_messages = {
        "required": "Wilayah belum diisi. Tulis kode atau nama, misalnya 17.71.01 atau Selebar.",
        "unknown": "Tidak ada wilayah “%(text)s”. Tulis kode atau nama, misalnya 17.71.01 atau Selebar.",
        "nearly": "Tidak ada wilayah bernama “%(text)s”. Mungkin maksud Anda: %(some)s. Tulis lengkap, atau kodenya.",
        "several": "Ada %(many)s tempat bernama “%(text)s”: %(some)s. Tulis kodenya.",
        "mismatch": "Kode %(code)s adalah %(name)s, bukan “%(text)s”. Perbaiki salah satunya.",
        "level": "%(name)s adalah %(level)s; di sini diperlukan %(wanted)s.",
        "ended": "Kode %(code)s (%(name)s) tidak berlaku lagi sejak %(day)s. Pakai kode penerusnya.",
        "outside": "Anda tidak berwenang %(act)s di %(name)s. Wewenang Anda: %(own)s.",
    }

    def __init__(
        self, *, right: Right | None = Right.ENTER, levels: Sequence[Level] = (), label: str = "Wilayah", **kwargs: Any
    ) -> None:
        kwargs.setdefault("help_text", "Ketik nama atau kode, misalnya Selebar atau 17.71.01")
        super().__init__(label=label, **kwargs)
        self.right, self.levels = right, tuple(levels)
        self.slots: tuple[Slot, ...] = ()
        self.today: date | None = None
        self.widget.right = right

    def for_user(self, user: Any) -> None:
        """Takes the ranges in which the user holds the right, and offers what lies in them."""
        if self.right is None:
            return
        self.slots = reach_of(user).slots_for(self.right)
        near = places.children_of(self.slots, OFFERED)
        fitting = [r for r in near if not self.levels or r.level in self.levels]
        self.widget.offered = list(places.labels(fitting).values())

    def to_python(self, value: Any) -> Region | None:
        if isinstance(value, Region) or value in self.empty_values:
            return value or None
        text = str(value).strip()
        return self._by_name(text) if places.code_ahead(text) is None else self._by_code(text)

    def _by_code(self, text: str) -> Region:
        region = places.by_code(text)
        if region is None:
            raise self._error("unknown", text=text)
        name = " ".join(_CODE_AHEAD.sub("", text).split())
        if region.code != regions.NATION and name and not name.lower().startswith(region.name.lower()):
            raise self._error("mismatch", code=region.dotted, name=region.name, text=name)
        return region

    def _by_name(self, text: str) -> Region:
        name = text.split(",")[0]
        among = places.within(self.slots) if self.right else Region.objects.all()
        if self.levels:
            among = among.filter(level__in=self.levels)
        found = places.called(name, among) or places.called(name, Region.objects.all())
        if not found:
            raise self._nearly(text, places.search(name, among))
        if len(found) > 1:
            raise self._several(text, found)
        return found[0]

    def _nearly(self, text: str, found: list[Region]) -> ValidationError:
        """A name begun but not finished is answered with what it may become."""
        if not found:
            return self._error("unknown", text=text)
        labels = list(places.labels(found).values())
        self.widget.offered = labels
        return self._error("nearly", text=text, some="; ".join(labels[:3]))

    def _several(self, text: str, found: list[Region]) -> ValidationError:
        labels = list(places.labels(found).values())
        self.widget.offered = labels
        many = f"lebih dari {places.LIMIT}" if len(found) > places.LIMIT else str(len(found))
        return self._error("several", text=text, many=many, some="; ".join(labels[:3]))

    def validate(self, value: Region | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.levels and value.level not in self.levels:
            wanted = " atau ".join(LEVEL_NAMES[level] for level in self.levels)
            raise self._error("level", name=value.name, level=LEVEL_NAMES[Level(value.level)], wanted=wanted)
        if self.right and value.valid_until and value.valid_until <= (self.today or timezone.localdate()):
            raise self._error("ended", code=value.dotted, name=value.name, day=tanggal(value.valid_until))
        if self.right and not any(slot.covers(value.code) for slot in self.slots):
            raise self._error("outside", act=RIGHT_NAMES[self.right], name=places.name_of(value), own=self._own())

    def _own(self) -> str:
        codes = [slot.lo for slot in self.slots]
        names = [places.name_of(region) for region in Region.objects.filter(pk__in=codes)]
        return ", ".join(names) or "belum ada; minta kepada admin wilayah di atas Anda"

    def _error(self, rule: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[rule], code=rule, params=params)


class IndonesianDateField(forms.DateField):
    """2024-11-24 from the browser's own date field, 24/11/2024 or 24-11-2024 from a hand."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"])
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Tanggal ini tidak ada. Tulis hari/bulan/tahun, misalnya 24/11/2026."


class RupiahField(forms.IntegerField):
    """Whole rupiah: "1234567", "1.234.567" or "Rp1.234.567,00"; gives an int."""

    def __init__(self, *, min_value: int = 1, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "data-money": True}
        kwargs.setdefault("widget", forms.TextInput(attrs))
        said = {"invalid": "Tulis rupiah penuh dengan angka, misalnya 1.234.567 atau 1234567."}
        kwargs["error_messages"] = said | (kwargs.get("error_messages") or {})
        super().__init__(min_value=min_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        found = _SUM.match(str(value).strip())
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(found[1].replace(".", ""))


class CoordinateField(forms.DecimalField):
    """Degrees with a point or a comma, kept to six decimals (some ten centimetres)."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "placeholder": kwargs.pop("example", "")}
        super().__init__(required=False, widget=forms.TextInput(attrs), **kwargs)
        self.error_messages["invalid"] = "Tulis derajat dengan angka, misalnya -3,795512."

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """What lies far outside the earth is left as it is; the service says why not."""
        found = super().to_python(str(value).strip().replace(",", ".") if value is not None else value)
        if found is None or not found.is_finite() or abs(found) > 1000:
            return found
        return found.quantize(SIX_PLACES, ROUND_HALF_UP)
