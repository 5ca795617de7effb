"""What may be done to langkah bersama: each act on a page of its own that says what follows from it."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from pilar.core.regions import Level
from pilar.core.scoping import narrow_choices
from pilar.core.views import ServiceFormView
from targets.models import Party, WorkPlan, WorkStep
from targets.place import full_name
from targets.services.workplan import Assent, PlanText, plan_agree, plan_create, plan_renew, plan_write
from targets.services.workplan_rules import require_owner, require_party, require_writer, who_agrees
from targets.services.worksteps import StepEntry, step_add, step_change, step_move, step_remove
from targets.views.plan import PlacedMixin
from targets.views.workplan import plan_url
from targets.workplan_forms import AgreeForm, MoveForm, PlanForm, RemoveForm, RenewForm, StepForm
from targets.workplan_states import ACTS, STEP, WORDS


class _Act(PlacedMixin, ServiceFormView):
    """An act on the newest version of the plan in the address."""

    heading = ""
    submit_label = "Simpan"
    consequence = ""
    danger = False

    @cached_property
    def plan(self) -> WorkPlan:
        rows = narrow_choices(WorkPlan.objects.select_related("region"), self.request.user)
        found = rows.filter(year=self.year, region=self.region).order_by("-version").first()
        if found is None:
            raise Http404("Langkah bersama ini belum ada.")
        return found

    def check(self) -> None:
        """Raises Refusal for a reader who may not do this here, before he fills anything in."""
        require_writer(self.actor, self.region.code)

    def get_done_url(self, saved: Any) -> str:
        return plan_url(self.year, self.region.code)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.check()
        return super().get_context_data(**(kwargs | self.place())) | {
            "title": self.heading,
            "lead": f"Langkah bersama {self.year}, {full_name(self.region)}",
            "submit_label": self.submit_label,
            "consequence": self.consequence,
            "danger": self.danger,
            "cancel_url": plan_url(self.year, self.region.code),
        }


class WorkPlanCreateView(_Act):
    form_class = PlanForm
    heading = "Susun langkah bersama"
    submit_label = "Simpan draf"
    consequence = (
        "Langkah bersama terbaca semua petugas PILAR, tetapi belum berlaku: keempat pihak menyepakatinya dahulu."
    )

    def check(self) -> None:
        if self.region.level not in (Level.PROVINCE, Level.REGENCY):
            raise Http404("Langkah bersama disusun per provinsi atau per kabupaten/kota.")
        super().check()

    def serve(self, form: Any) -> WorkPlan:
        text = PlanText(**form.cleaned_data)
        return plan_create(actor=self.actor, year=self.year, region=self.region, text=text, today=timezone.localdate())


class WorkPlanWriteView(_Act):
    form_class = PlanForm
    heading = "Ubah strategi dan mekanisme"

    def get_initial(self) -> dict[str, Any]:
        return {"strategy": self.plan.strategy, "mechanism": self.plan.mechanism}

    def serve(self, form: Any) -> WorkPlan:
        return plan_write(actor=self.actor, plan=self.plan, text=PlanText(**form.cleaned_data))


class WorkPlanRenewView(_Act):
    form_class = RenewForm
    heading = "Buat versi baru"
    submit_label = "Buat versi baru"
    consequence = (
        "Isi dan langkah versi ini disalin ke versi baru, yang boleh diubah. Keempat pihak menyepakatinya lagi; sampai "
        "itu versi yang berlaku tetap berlaku dan versi lama tetap terbaca."
    )

    def check(self) -> None:
        super().check()
        _ = self.plan

    def serve(self, form: Any) -> WorkPlan:
        reason = form.cleaned_data["reason"]
        return plan_renew(actor=self.actor, plan=self.plan, reason=reason, today=timezone.localdate())


class WorkPlanAgreeView(_Act):
    """?q= looks for the companion who stands for the others."""

    form_class = AgreeForm
    template_name = "targets/workplan_agree.html"
    submit_label = "Catat kesepakatan"
    consequence = (
        "Sesudah dicatat, isi versi ini tidak berubah lagi dan kesepakatan tidak bisa ditarik. Dengan kesepakatan "
        "keempat langkah bersama mulai berlaku."
    )

    @cached_property
    def party(self) -> Party:
        if self.kwargs["party"] not in Party.values:
            raise Http404("Pihak ini tidak ada.")
        return Party(self.kwargs["party"])

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Catat kesepakatan {self.party.label}"

    @cached_property
    def area(self) -> int:
        return require_party(self.actor, self.plan, self.party)

    def check(self) -> None:
        _ = self.area

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {"party": self.party, "area": self.area, "called": self.request.GET.get("q", "").strip()}
        return super().get_form_kwargs() | asked

    def serve(self, form: Any) -> Any:
        assent = Assent(party=self.party, **form.cleaned_data)
        return plan_agree(actor=self.actor, plan=self.plan, assent=assent, today=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "office": who_agrees(self.plan, self.party),
            "searching": self.party == Party.COMPANIONS,
            "asked": self.request.GET.get("q", ""),
        }


class WorkStepAddView(_Act):
    form_class = StepForm
    heading = "Langkah baru"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"plan": self.plan}

    def serve(self, form: Any) -> WorkStep:
        return step_add(actor=self.actor, plan=self.plan, entry=StepEntry(**form.cleaned_data))


class _StepAct(_Act):
    """An act on one step of the newest version."""

    @cached_property
    def step(self) -> WorkStep:
        rows = narrow_choices(WorkStep.objects.select_related("plan__region", "owner_region"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"], plan__year=self.year, plan__region=self.region).first()
        if found is None:
            raise Http404("Langkah ini tidak ada.")
        return found


class WorkStepChangeView(_StepAct):
    form_class = StepForm
    heading = "Ubah langkah"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"plan": self.step.plan}

    def get_initial(self) -> dict[str, Any]:
        step = self.step
        below = step.owner_region if step.owner_region.level == Level.REGENCY else None
        fields = ("text", "owner", "office", "deadline", "indicator")
        return {name: getattr(step, name) for name in fields} | {"regency": below}

    def serve(self, form: Any) -> WorkStep:
        return step_change(actor=self.actor, step=self.step, entry=StepEntry(**form.cleaned_data))


class WorkStepRemoveView(_StepAct):
    form_class = RemoveForm
    heading = "Hapus langkah"
    submit_label = "Hapus langkah"
    danger = True
    done_message = "Langkah dihapus."

    @property
    def consequence(self) -> str:  # type: ignore[override]
        return f"“{self.step.text}” hilang dari versi ini. Di versi sebelumnya ia tetap terbaca."

    def serve(self, form: Any) -> None:
        step_remove(actor=self.actor, step=self.step)


class WorkStepMoveView(_StepAct):
    form_class = MoveForm

    @cached_property
    def then(self) -> WorkStep.State:
        if not STEP.sources_of(self.kwargs["then"]):
            raise Http404("Keadaan ini tidak ada.")
        return WorkStep.State(self.kwargs["then"])

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"{ACTS[self.then]}: {self.step.text}"

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return f"Catat “{self.then.label}”"

    @property
    def consequence(self) -> str:  # type: ignore[override]
        return f"{WORDS[self.then].meaning} {WORDS[self.then].next_step}" + (
            " Keadaan ini tidak bisa diubah lagi." if not STEP.steps.get(self.then) else ""
        )

    @property
    def danger(self) -> bool:  # type: ignore[override]
        return self.then == WorkStep.State.CANCELLED

    def check(self) -> None:
        require_owner(self.actor, self.step)

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"then": self.then}

    def serve(self, form: Any) -> WorkStep:
        return step_move(
            actor=self.actor, step=self.step, then=self.then, today=timezone.localdate(), **form.cleaned_data
        )
