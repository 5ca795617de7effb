"""Data dasar wilayah: population and caseloads, dated and with their source."""

from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.formatting import angka
from pilar.core.models import Region
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require
from pilar.core.views import GatedListView, RightMixin, ServiceFormView, region_from
from targets.base_filters import BaseFigureFilter
from targets.models import BaseFigure
from targets.place import full_name
from targets.services.basedata import BaseEntry, basefigures_enter
from targets.sharing_forms import BaseFillForm


class BaseFigureListView(GatedListView):
    """The newest version of each dated row; ?versi=semua shows the older ones too."""

    template_name = "targets/base_list.html"
    title = "Data dasar wilayah"
    queryset = BaseFigure.objects.select_related("region", "programme", "set_by")
    filterset_class = BaseFigureFilter
    ordering = ("region_id", "kind", "-as_of", "-version", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = next((slot.lo for slot in reach_of(self.actor).slots_for(Right.ENTER)), None)
        fill = reverse("target-base-fill", args=[regions.slug(own)]) if own is not None else ""
        return super().get_context_data(**kwargs) | {"fill_url": fill}


class BaseFillView(RightMixin, ServiceFormView):
    """One kind and day for an area and those right below it."""

    right = Right.ENTER
    form_class = BaseFillForm
    template_name = "core/form.html"

    @cached_property
    def region(self) -> Region:
        region = region_from(self.kwargs["region"])
        require(self.actor, Right.ENTER, region.code)
        return region

    @cached_property
    def areas(self) -> list[Region]:
        """The nation itself has no row: its provinces have."""
        below: list[Region] = []
        if self.region.level < regions.Level.DISTRICT:
            day = date(timezone.localdate().year, 12, 31)
            below = list(Region.objects.valid_on(day).children_of(self.region.code))
        own = [self.region] if self.region.code != regions.NATION else []
        return [area for area in own + below if area.level <= regions.Level.DISTRICT]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"areas": self.areas}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        return {"kind": asked.get("jenis", "penduduk"), "programme": asked.get("program")}

    def serve(self, form: BaseFillForm) -> None:
        data = form.cleaned_data
        shared = {name: data[name] for name in ("kind", "programme", "as_of", "source", "reason")}
        entries = [
            BaseEntry(region=area, number=data[f"v{area.code}"], **shared)
            for area in self.areas
            if data[f"v{area.code}"] is not None
        ]
        written = basefigures_enter(actor=self.actor, entries=entries, today=timezone.localdate())
        self.done_message = f"{angka(len(written))} angka tersimpan."

    def get_done_url(self, saved: Any) -> str:
        return f"{reverse('target-base-list')}?wilayah={regions.slug(self.region.code)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        numbers = [form[f"v{area.code}"] for area in self.areas]
        return context | {
            "title": f"Isi data dasar, {full_name(self.region)}",
            "lead": "Dasar membagi target menurut penduduk atau dampingan. Wilayah yang dikosongkan tidak berubah.",
            "groups": [
                {"title": "Apa dan dari mana", "note": "", "fields": [form[name] for name in _SHARED]},
                {"title": "Jumlah per wilayah", "note": "Orang, atau keluarga untuk PKH.", "fields": numbers},
            ],
            "submit_label": "Simpan",
            "consequence": "Angka yang sudah tercatat untuk tanggal yang sama menjadi versi lama dan tetap terbaca.",
            "cancel_url": self.get_done_url(None),
            "region": self.region,
            "region_code": regions.slug(self.region.code),
        }


_SHARED = ("kind", "programme", "as_of", "source", "reason")
