"""Freezes of a year's targets: which bind an area or lie below it, setting, excepting and lifting them."""

from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.errors import no_right
from pilar.core.formatting import tanggal
from pilar.core.models import Region
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.views import PageView, ServiceFormView
from targets.forms import ExceptionForm, FreezeForm, LiftForm
from targets.models import FreezeException, TargetFreeze
from targets.place import full_name
from targets.services import freezes as service
from targets.views.plan import PlacedMixin


def freezes_seen(user: Any) -> Any:
    """Freezes with their exceptions, newest first."""
    exceptions = FreezeException.objects.visible_to(user).select_related("region", "granted_by")
    return (
        TargetFreeze.objects.visible_to(user)
        .select_related("region", "frozen_by", "lifted_by")
        .prefetch_related(Prefetch("exceptions", exceptions))
    )


class FreezeListView(PlacedMixin, PageView):
    template_name = "targets/freeze_list.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Pembekuan target {self.year}, {full_name(self.region)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code, today = self.region.code, timezone.localdate()
        here = Q(region__in=regions.path(code)) | regions.in_range("region_id", *regions.bounds(code))
        rows = list(freezes_seen(self.actor).filter(here, year=self.year))
        names = dict(Region.objects.filter(code__in=_above(rows)).values_list("code", "name"))
        return super().get_context_data(
            **(kwargs | self.place()),
            lines=[
                {
                    "freeze": freeze,
                    "place": full_name(freeze.region),
                    "state": _state(freeze, today),
                    "who": service.offices(freeze.region_id, freeze.level, names),
                    "may_lift": service.may_lift(self.actor, freeze),
                    "exceptions": [{"row": e, "ended": e.until < today} for e in freeze.exceptions.all()],
                }
                for freeze in rows
            ],
            may_freeze=service.may_freeze(self.actor, code),
        )


def _above(rows: list[TargetFreeze]) -> set[int]:
    return {code for freeze in rows for code in regions.path(freeze.region_id)}


def _state(freeze: TargetFreeze, today: Any) -> dict[str, str]:
    if freeze.lifted_on is not None:
        return {"text": f"dicabut {tanggal(freeze.lifted_on)}", "tone": "neutral"}
    if freeze.frozen_from > today:
        return {"text": f"mulai {tanggal(freeze.frozen_from)}", "tone": "wait"}
    return {"text": f"dibekukan sejak {tanggal(freeze.frozen_from)}", "tone": "done"}


class FreezeCreateView(PlacedMixin, ServiceFormView):
    form_class = FreezeForm
    done_message = "Target dibekukan."

    def get_initial(self) -> dict[str, Any]:
        return {"start": timezone.localdate()}

    def serve(self, form: FreezeForm) -> TargetFreeze:
        entry = service.FreezeEntry(year=self.year, region=self.region, **form.cleaned_data)
        return service.target_freeze(actor=self.actor, entry=entry, today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("target-freeze-list", args=[self.year, self.kwargs["region"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not service.may_freeze(self.actor, self.region.code):
            raise no_right(RIGHT_NAMES[Right.DECIDE], "admin wilayah di atas Anda")
        return super().get_context_data(**(kwargs | self.place())) | {
            "title": f"Bekukan target {self.year}, {full_name(self.region)}",
            "lead": "Berlaku untuk wilayah ini dan semua wilayah di bawahnya.",
            "submit_label": "Bekukan",
            "consequence": "Sejak tanggal itu versi baru ditolak. Yang sudah diajukan masih dapat disetujui atau "
            "dikembalikan; satu wilayah dapat diberi pengecualian sampai tanggal tertentu.",
            "cancel_url": self.get_done_url(None),
        }


class OfFreeze(ServiceFormView):
    """Acts on one freeze, for those whose office may lift it."""

    heading, submit_label, consequence = "", "", ""

    @cached_property
    def freeze(self) -> TargetFreeze:
        found: TargetFreeze | None = freezes_seen(self.actor).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Pembekuan ini tidak ada.")
        return found

    def get_done_url(self, saved: Any) -> str:
        return reverse("target-freeze-list", args=[self.freeze.year_id, regions.slug(self.freeze.region_id)])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        freeze = self.freeze
        service.require_lifter(self.actor, freeze)
        return super().get_context_data(**kwargs) | {
            "title": f"{self.heading}: target {freeze.year_id}, {full_name(freeze.region)}",
            "lead": f"Dibekukan mulai {tanggal(freeze.frozen_from)}: {freeze.reason}",
            "submit_label": self.submit_label,
            "consequence": self.consequence,
            "cancel_url": self.get_done_url(None),
        }


class FreezeLiftView(OfFreeze):
    form_class = LiftForm
    heading, submit_label = "Cabut pembekuan", "Cabut"
    consequence = "Semua wilayah di dalamnya dapat mengajukan versi baru lagi."
    done_message = "Pembekuan dicabut."

    def serve(self, form: LiftForm) -> TargetFreeze:
        return service.target_freeze_lift(
            actor=self.actor, freeze=self.freeze, today=timezone.localdate(), **form.cleaned_data
        )


class FreezeExceptView(OfFreeze):
    form_class = ExceptionForm
    heading, submit_label = "Beri pengecualian", "Beri pengecualian"
    consequence = "Wilayah itu dapat mengajukan versi baru sampai tanggal tersebut; sesudahnya pembekuan berlaku lagi."
    done_message = "Pengecualian tercatat."

    def serve(self, form: ExceptionForm) -> FreezeException:
        return service.target_freeze_except(
            actor=self.actor, freeze=self.freeze, today=timezone.localdate(), **form.cleaned_data
        )
