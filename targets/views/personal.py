"""Targets of named people by rule: the rules, and what they give in an area."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.errors import Refusal, no_right
from pilar.core.formatting import angka
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of, require
from pilar.core.views import GatedListView, PageView, ServiceFormView, attach
from targets.base_filters import PersonalRuleFilter
from targets.dues import Dues, dues, people_below, printed_beside, rules_for, target_beside
from targets.models import PersonalRule, Target
from targets.place import full_name, short_name
from targets.services.approval import targets_submit
from targets.services.personal import RuleEntry, personal_apply, personalrule_set
from targets.sharing_forms import PersonalApplyForm, RuleForm
from targets.views.plan import PlacedMixin, target_list_url

SHOWN = 5  # refusals


class PersonalView(PlacedMixin, PageView):
    """?aturan=id chooses among the rules in force here. People are listed per kabupaten/kota, counted above it."""

    template_name = "targets/personal.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Target perorangan menurut aturan {self.year}, {full_name(self.region)}"

    @cached_property
    def rules(self) -> list[PersonalRule]:
        return rules_for(self.actor, self.year, self.region.code)

    @cached_property
    def rule(self) -> PersonalRule | None:
        asked = self.request.GET.get("aturan", "")
        return next((rule for rule in self.rules if str(rule.pk) == asked), self.rules[0] if self.rules else None)

    @property
    def listed(self) -> bool:
        """People are managed by a kabupaten/kota."""
        return self.region.level == regions.Level.REGENCY

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        require(self.actor, Right.PROPOSE, self.region.code)
        form = PersonalApplyForm(request.POST, user=self.actor)
        if form.is_valid() and self.rule is not None and self.listed:
            try:
                written = personal_apply(
                    actor=self.actor,
                    year=self.year,
                    region=self.region.code,
                    rule=self.rule,
                    today=timezone.localdate(),
                    **form.cleaned_data,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            except ValidationError as error:
                attach(form, error)
            else:
                messages.success(request, f"{angka(len(written))} draf target perorangan tersimpan.")
                if request.POST.get("act") == "ajukan":
                    self._submit_all()
                return redirect(f"{target_list_url(self.year, self.kwargs['region'])}?jenis=orang")
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response

    def _submit_all(self) -> None:
        """Drafts of everybody listed, older ones too."""
        found = self._dues()
        drafts = [due.now for due in found.lines if due.now and due.now.state == Target.State.DRAFT] if found else []
        outcome = targets_submit(actor=self.actor, targets=drafts, today=timezone.localdate())
        messages.success(self.request, f"{angka(len(outcome.done))} target perorangan diajukan.")
        for each in outcome.refused[:SHOWN]:
            messages.error(self.request, str(each.refusal))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, rule, code = kwargs.pop("form", None), self.rule, self.region.code
        shown = self._dues() if self.listed else None
        own = target_beside(self.actor, self.year, code, rule) if rule else None
        return super().get_context_data(**(kwargs | self.place())) | {
            "rules": [{"rule": each, "chosen": each == rule} for each in self.rules],
            "rule": rule,
            "dues": shown,
            "below": self._below(),
            "own": own,
            "own_gap": shown.total - own.value if shown and own else None,
            "printed": printed_beside(self.actor, self.year, code, rule) if rule else [],
            "form": form or PersonalApplyForm(user=self.actor),
            "may_propose": reach_of(self.actor).can(Right.PROPOSE, code),
            "back_url": f"{target_list_url(self.year, self.kwargs['region'])}?jenis=orang",
        }

    def _dues(self) -> Dues | None:
        if self.rule is None:
            return None
        return dues(self.actor, year=self.year, region=self.region.code, rule=self.rule, today=timezone.localdate())

    def _below(self) -> list[dict[str, Any]]:
        if self.rule is None or self.region.level != regions.Level.PROVINCE:
            return []
        return [
            {
                "name": short_name(area.region.name),
                "people": area.people,
                "url": reverse("target-personal", args=[self.year, regions.slug(area.region.code)]),
            }
            for area in people_below(self.actor, self.year, self.region, self.rule)
        ]


class RuleListView(GatedListView):
    """All rules, those that ended too."""

    template_name = "targets/rule_list.html"
    title = "Aturan target perorangan"
    queryset = PersonalRule.objects.select_related("indicator", "pillar", "region", "set_by")
    filterset_class = PersonalRuleFilter
    ordering = ("region_id", "indicator_id", "-valid_from", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, today = super().get_context_data(**kwargs), timezone.localdate()
        return context | {
            "lines": [
                {"rule": rule, "place": full_name(rule.region), "ended": rule.valid_until and rule.valid_until < today}
                for rule in context["rows"]
            ],
            "may_decide": bool(reach_of(self.actor).slots_for(Right.DECIDE)),
        }


class RuleCreateView(ServiceFormView):
    title = "Tetapkan aturan target perorangan"
    form_class = RuleForm
    done_message = "Aturan berlaku mulai tanggalnya."

    def get_initial(self) -> dict[str, Any]:
        return {"region": self.actor.region_id, "since": timezone.localdate(), "way": PersonalRule.Way.NUMBER}

    def serve(self, form: RuleForm) -> PersonalRule:
        data = dict(form.cleaned_data)
        indicator, breakdown = data.pop("address")
        return personalrule_set(actor=self.actor, entry=RuleEntry(indicator=indicator, breakdown=breakdown, **data))

    def get_done_url(self, saved: Any) -> str:
        return reverse("target-rule-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not reach_of(self.actor).slots_for(Right.DECIDE):
            raise no_right(RIGHT_NAMES[Right.DECIDE], "admin wilayah di atas Anda")
        return super().get_context_data(**kwargs) | {
            "lead": "Untuk semua yang jabatannya memiliki dampingan; yang bertugas sebagian tahun menurut harinya.",
            "submit_label": "Tetapkan",
            "consequence": "Aturan sebelumnya di wilayah yang sama berakhir sehari sebelumnya dan tetap terbaca. "
            "Target yang sudah ada tidak berubah sampai dihitung ulang di halaman target perorangan.",
            "cancel_url": reverse("target-rule-list"),
        }
