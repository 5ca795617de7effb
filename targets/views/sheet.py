"""The sheet: areas below down, indicators across. A plain form; static/js/grid.js adds keyboard and paste."""

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.formatting import angka
from pilar.core.forms import RupiahField
from pilar.core.measures import Dim
from pilar.core.models import Region
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import PageView, RightMixin
from targets import breakdowns
from targets.forms import Address, SheetForm, address_choices, address_text, read_address
from targets.models import Target
from targets.place import full_name, short_name
from targets.services.approval import targets_submit
from targets.services.sheet import CellEntry, Place, Saved, newest_of, sheet_save
from targets.states import State
from targets.views.plan import PlacedMixin, target_list_url

MOST_COLUMNS = 8
FIRST = ("PENERIMA_PAS", 5)
NUMBER = RupiahField(
    required=False,
    min_value=0,
    max_value=10**15,
    error_messages={"invalid": "Tulis bilangan bulat, misalnya 1.250 atau 1250."},
)


class SheetView(RightMixin, PlacedMixin, PageView):
    """?kolom=CODE:breakdown for each column."""

    right = Right.PROPOSE
    template_name = "targets/sheet.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Lembar target {self.year}, {full_name(self.region)}"

    @cached_property
    def columns(self) -> list[Address]:
        asked = [read_address(text) for text in self.request.GET.getlist("kolom")]
        chosen = [address for address in asked if address][:MOST_COLUMNS]
        if chosen:
            return chosen
        indicator = breakdowns.indicators([FIRST[0]])[0]
        return [(indicator, number) for number in list(breakdowns.catalogue(Dim(indicator.dim)))[: FIRST[1]]]

    @cached_property
    def areas(self) -> list[Region]:
        """The area itself and those right below it, as far as the actor may propose there."""
        reach = reach_of(self.request.user)
        rows = [self.region]
        if self.region.level < regions.Level.DISTRICT:
            rows += Region.objects.valid_on(date(self.year, 12, 31)).children_of(self.region.code).order_by("code")
        return [area for area in rows if reach.can(Right.PROPOSE, area.code)]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SheetForm(request.POST, user=self.actor)
        faults, cells = self._read()
        if form.is_valid() and cells and not form.cleaned_data["source"]:
            form.add_error("source", "Sumber belum diisi, padahal ada sel yang berubah.")
        if form.is_valid():
            saved = sheet_save(
                actor=self.actor, year=self.year, cells=cells, today=timezone.localdate(), **form.cleaned_data
            )
            faults |= saved.faults
            self._say(saved, faults)
            if not faults:
                if request.POST.get("act") == "ajukan":
                    self._submit_all()
                return redirect(request.get_full_path())
        response = self.render_to_response(self.get_context_data(form=form, faults=faults))
        response.status_code = 422
        return response

    def _read(self) -> tuple[dict[Place, str], list[CellEntry]]:
        """Cells that differ from what is stored, and texts that are no number; a row with one is left out whole."""
        faults: dict[Place, str] = {}
        cells = []
        newest = self._newest()
        for area in self.areas:
            for indicator, breakdown in self.columns:
                name = _name(area, indicator, breakdown)
                if name not in self.request.POST:
                    continue
                seen = self.request.POST.get(f"s{name}", "")
                try:
                    value = NUMBER.clean(self.request.POST[name].strip())
                except ValidationError as error:
                    faults[area.code, indicator.pk, breakdown] = " ".join(error.messages)
                    continue
                now = newest.get((area.code, indicator.pk, breakdown))
                if value != (now.value if now else None):
                    version = int(seen) if seen.isdigit() else None
                    cells.append(CellEntry(area.code, indicator, breakdown, value, version))
        wrong = {region for region, _, _ in faults}
        return faults, [cell for cell in cells if cell.region not in wrong]

    def _say(self, saved: Saved, faults: dict[Place, str]) -> None:
        if saved.changed:
            messages.success(self.request, f"{angka(saved.changed)} sel tersimpan sebagai draf.")
        elif not faults:
            messages.info(self.request, "Tidak ada sel yang berubah.")

    def _submit_all(self) -> None:
        drafts = [t for t in self._newest().values() if t.state == State.DRAFT]
        outcome = targets_submit(actor=self.actor, targets=drafts, today=timezone.localdate())
        messages.success(self.request, f"{angka(len(outcome.done))} target diajukan.")
        for each in outcome.refused[:5]:
            messages.error(self.request, f"{each.target.region.name}: {each.refusal}")

    def _newest(self) -> dict[Place, Target]:
        indicators = list({i.pk: i for i, _ in self.columns}.values())
        found = newest_of(self.actor, self.year, [a.code for a in self.areas], indicators)
        shown = {(i.pk, b) for i, b in self.columns}
        return {place: target for place, target in found.items() if place[1:] in shown}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest, faults = self._newest(), kwargs.pop("faults", {})
        names = {dim: breakdowns.catalogue(dim) for dim in {Dim(i.dim) for i, _ in self.columns}}
        chosen = [address_text(i, b) for i, b in self.columns]
        return super().get_context_data(**(kwargs | self.place())) | {
            "form": kwargs.get("form") or SheetForm(user=self.actor),
            "heads": [
                {
                    "indicator": i.name,
                    "label": names[Dim(i.dim)].get(b) or breakdowns.WHOLE[Dim(i.dim)],
                    "unit": i.get_unit_display(),
                }
                for i, b in self.columns
            ],
            "rows": [
                {
                    "name": short_name(area.name) if area != self.region else f"{full_name(area)} (seluruhnya)",
                    "code": regions.slug(area.code),
                    "cells": [self._cell((row, i), area, newest, faults, names) for i in range(len(self.columns))],
                }
                for row, area in enumerate(self.areas)
            ],
            "rests": self._rests(newest),
            "faults": len(faults),
            "drafts": sum(t.state == State.DRAFT for t in newest.values()),
            "choices": [
                {"label": label, "options": [{"value": v, "label": n, "selected": v in chosen} for v, n in options]}
                for label, options in address_choices(personal=False)
            ],
            "most": MOST_COLUMNS,
            "back_url": target_list_url(self.year, self.kwargs["region"]),
            "sheet_url": reverse("target-sheet", args=[self.year, self.kwargs["region"]]),
        }

    def _rests(self, newest: dict[Place, Target]) -> list[str]:
        """Per column what of the area's own value is not given out below yet, by the values on this sheet."""
        if self.region not in self.areas or len(self.areas) < 2:  # its own row and one below
            return []
        return [self._rest(newest, indicator.pk, breakdown) for indicator, breakdown in self.columns]

    def _rest(self, newest: dict[Place, Target], indicator: int, breakdown: int) -> str:
        own = newest.get((self.region.code, indicator, breakdown))
        if own is None:
            return ""
        below = [newest.get((area.code, indicator, breakdown)) for area in self.areas if area != self.region]
        return angka(own.value - sum(target.value for target in below if target))

    def _cell(
        self,
        at: tuple[int, int],
        area: Region,
        newest: dict[Place, Target],
        faults: dict[Place, str],
        names: dict[Dim, dict[int, str]],
    ) -> dict[str, Any]:
        row, column = at
        indicator, breakdown = self.columns[column]
        place = (area.code, indicator.pk, breakdown)
        name, now = _name(area, indicator, breakdown), newest.get(place)
        typed = self.request.POST.get(name) if self.request.method == "POST" else None
        return {
            "name": name,
            "row": row,
            "column": column,
            "value": typed if typed is not None else angka(now.value) if now else "",
            "seen": now.version if now else 0,
            "state": now.get_state_display() if now else "",
            "fault": faults.get(place, ""),
            "what": f"{indicator.name} {names[Dim(indicator.dim)].get(breakdown) or 'semua'}",
        }


def _name(area: Region, indicator: Any, breakdown: int) -> str:
    return f"c{area.code}-{indicator.pk}-{breakdown}"
