"""Sharing a target out: choose a way, see what each area would get, apply it as drafts."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.formatting import angka
from pilar.core.models import Region
from pilar.core.rights import Right
from pilar.core.scoping import require
from pilar.core.views import PageView, attach
from targets.gaps import gap_of
from targets.listing import form_of, seen_by
from targets.models import Target
from targets.place import full_name
from targets.services.allocation import allocation_apply
from targets.sharing import Preview, Way, preview, require_shareable
from targets.sharing_forms import ShareForm, WayForm
from targets.views.approval import name_of_breakdown


class AllocationView(PageView):
    """?cara=penduduk shows the preview; POST applies what was seen, or shows the preview of values typed."""

    template_name = "targets/allocation.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Bagikan target {self.target.year_id}, {full_name(self.target.region)}"

    @cached_property
    def target(self) -> Target:
        found = seen_by(self.actor).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Target ini tidak ada.")
        require(self.actor, Right.PROPOSE, found.region_id)
        return found

    @cached_property
    def areas(self) -> list[Region]:
        return require_shareable(self.target)

    @cached_property
    def way(self) -> Way | None:
        asked = self.request.GET.get("cara", "")
        return Way(asked) if asked in Way.values else None

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.way is None:
            return self._answer(form=None)
        form = self._form(request.POST)
        if form.is_valid() and request.POST.get("act") == "terapkan":
            try:
                written = allocation_apply(
                    actor=self.actor,
                    parent=self.target,
                    way=self.way,
                    today=timezone.localdate(),
                    seal=form.cleaned_data["seal"],
                    by_hand=form.values(),
                    reason=form.cleaned_data["reason"],
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            except ValidationError as error:
                attach(form, error)
            else:
                self._say(len(written))
                return redirect(reverse("target-detail", args=[self.target.pk]))
        return self._answer(form=form)

    def _say(self, written: int) -> None:
        if written:
            messages.success(self.request, f"{angka(written)} draf tersimpan untuk wilayah di bawahnya.")
        else:
            messages.info(self.request, "Tidak ada yang berubah: semua wilayah sudah punya nilai itu.")

    def _answer(self, form: ShareForm | None) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422 if form is None or form.errors else 200
        return response

    def _form(self, data: Any = None) -> ShareForm:
        by_hand = self.way == Way.BY_HAND
        return ShareForm(data, user=self.actor, areas=self.areas if by_hand else ())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target, form = self.target, kwargs.pop("form", None)
        shown, refused = None, ""
        try:
            shown = self._preview(form)
        except Refusal as refusal:
            refused = str(refusal)
        return super().get_context_data(**kwargs) | {
            "target": target,
            "label": name_of_breakdown(target),
            "form_name": form_of(target.indicator),
            "way_form": WayForm(self.request.GET if "cara" in self.request.GET else None),
            "way": self.way,
            "by_hand": self.way == Way.BY_HAND,
            "preview": shown,
            "seen": self.way != Way.BY_HAND or form is not None,
            "refused": refused,
            "form": form or (self._form() if self.way else None),
            "lines": self._lines(shown, form),
            "gap": None if shown else gap_of(self.actor, target),
            "below": len(shown.shares) if shown else len(self.areas),
            "base_url": reverse("target-base-fill", args=[regions.slug(target.region_id)]),
            "detail_url": reverse("target-detail", args=[target.pk]),
            "year": target.year_id,
            "region": target.region,
            "region_code": regions.slug(target.region_id),
        }

    def _preview(self, form: ShareForm | None) -> Preview | None:
        if self.way is None:
            return None
        typed = form.values() if form is not None and form.is_valid() else None
        return preview(self.actor, self.target, self.way, timezone.localdate(), typed)

    def _lines(self, shown: Preview | None, form: ShareForm | None) -> list[dict[str, Any]]:
        """Each area's share; by hand with its field, which holds the present target until something is typed."""
        if shown is None:
            return []
        if self.way != Way.BY_HAND:
            return [{"share": share} for share in shown.shares]
        fields = form or self._form()
        return [
            {
                "share": share,
                "field": fields[f"v{share.region.code}"],
                "value": fields[f"v{share.region.code}"].value()
                if form is not None
                else (angka(share.now.value) if share.now else ""),
            }
            for share in shown.shares
        ]
