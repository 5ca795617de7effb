"""Pengakhiran tugas: the proposals, one of them with its parties, and each party's act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from personnel.filters.conduct import TerminationFilter
from personnel.forms.conduct import DecisionForm, NothingForm, RejectionForm, TerminationForm
from personnel.models import Sanction, Termination, TerminationStep
from personnel.names import ELSEWHERE, name_shown, people_named
from personnel.services import terminations as service
from personnel.services.allowance_parts import holds
from personnel.timeline import role_of
from personnel.views.conduct import OfAssignment
from personnel.words import STATES
from pilar.core.errors import no_right
from pilar.core.formatting import tanggal, tanggal_ringkas
from pilar.core.machines import glossary
from pilar.core.panels import panels_of
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices
from pilar.core.views import GatedDetailView, GatedForm, GatedListView, ServiceFormView

State = Termination.State
TONES = {
    State.PROPOSED: "wait",
    State.ENDORSED: "wait",
    State.DECIDED: "done",
    State.REJECTED: "back",
    State.WITHDRAWN: "neutral",
}
WORDS = glossary(State, STATES[State])


def pill(row: Termination) -> dict[str, str]:
    return {"text": row.get_state_display(), "tone": TONES[State(row.state)]}


@dataclass(frozen=True)
class Act:
    """Attributes: states: in which it is taken; may: whose act it is."""

    code: str
    label: str
    serve: Callable[..., Termination]
    form: type[GatedForm]
    states: tuple[str, ...]
    may: Callable[[Any, Termination], bool]
    consequence: str
    done: str
    variant: str = "secondary"


def _other(user: Any, row: Termination) -> bool:
    return user.pk not in (row.proposed_by_id, row.endorsed_by_id)


def _may_reject(user: Any, row: Termination) -> bool:
    near = row.state == State.PROPOSED and service.may_endorse(user, row)
    return _other(user, row) and (near or service.may_decide(user, row))


ACTS = (
    Act(
        "teruskan", "Teruskan ke Kemensos", service.termination_endorse, NothingForm, (State.PROPOSED,),
        lambda user, row: _other(user, row) and service.may_endorse(user, row),
        "Kementerian Sosial yang memutuskan. Orangnya tetap bertugas sampai diputuskan.",
        "Usulan diteruskan ke Kementerian Sosial.", "primary",
    ),
    Act(
        "putuskan", "Putuskan", service.termination_decide, DecisionForm, (State.ENDORSED,),
        lambda user, row: _other(user, row) and service.may_decide(user, row),
        "Penugasannya berakhir pada hari terakhir yang diusulkan.", "Pengakhiran diputuskan.", "primary",
    ),
    Act(
        "tolak", "Tolak", service.termination_reject, RejectionForm, (State.PROPOSED, State.ENDORSED), _may_reject,
        "Penugasannya berjalan terus. Pengusul dapat mengusulkan lagi.", "Usulan ditolak.",
    ),
    Act(
        "tarik", "Tarik usulan", service.termination_withdraw, NothingForm, (State.PROPOSED,),
        lambda user, row: holds(user, Right.PROPOSE, row),
        "Usulan ditutup dan penugasannya berjalan terus.", "Usulan ditarik.",
    ),
)  # fmt: skip
BY_CODE = {act.code: act for act in ACTS}


class TerminationListView(GatedListView):
    template_name = "personnel/termination_list.html"
    title = "Pengakhiran tugas"
    queryset = Termination.objects.select_related("assignment__pillar", "region")
    export = "pengakhiran-tugas"
    filterset_class = TerminationFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        names = people_named(self.request.user, context["rows"])
        return context | {
            "items": [
                {
                    "row": row,
                    "name": names.get(row.person_id, ELSEWHERE),
                    "role": role_of(row.assignment),
                    "state": pill(row),
                }
                for row in context["rows"]
            ],
            "words": WORDS,
        }


class TerminationDetailView(GatedDetailView):
    template_name = "personnel/termination_detail.html"
    queryset = Termination.objects.select_related("assignment__pillar", "assignment__region", "region", "pillar")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row: Termination = self.object
        user = self.request.user
        name = name_shown(user, row)
        steps = narrow_choices(TerminationStep.objects.all(), user).filter(termination=row)
        sanctions = narrow_choices(Sanction.objects.all(), user).filter(assignment=row.assignment_id)
        return super().get_context_data(
            **kwargs,
            row=row,
            known=name != ELSEWHERE,
            name=name,
            state=pill(row),
            next_step=STATES[State][row.state].next_step,
            own=row.state in Termination.OPEN and not _other(user, row),
            acts=[
                {"label": act.label, "variant": act.variant, "url": reverse("termination-act", args=[row.pk, act.code])}
                for act in ACTS
                if row.state in act.states and act.may(user, row)
            ],
            facts=_facts(row),
            sanctions=sanctions,
            events=[
                {
                    "when": tanggal_ringkas(step.on),
                    "title": capfirst(State(step.became).label),
                    "text": " ".join(part for part in (f"{step.actor_name}, {step.office}.", step.note) if part),
                    "kind": "bad" if step.became == State.REJECTED else "",
                }
                for step in steps
            ],
            panels=panels_of("termination", self.request, row),
            words=WORDS,
        ) | {"title": f"Pengakhiran tugas {name}"}


def _facts(row: Termination) -> list[dict[str, Any]]:
    rows = [
        {"label": "Penugasan", "value": f"{role_of(row.assignment)}, {row.assignment.region}"},
        {"label": "Sebab", "value": row.get_kind_display()},
        {"label": "Hari terakhir bertugas", "value": tanggal(row.last_day)},
        {"label": "Alasan", "value": row.reason or "tidak ditulis"},
    ]
    if row.decree_number and row.decided_on:
        rows.append({"label": "Keputusan", "value": f"{row.decree_number}, {tanggal(row.decided_on)}"})
    return rows


class TerminationCreateView(OfAssignment):
    title = "Usulkan pengakhiran tugas"
    form_class = TerminationForm
    right = Right.PROPOSE
    done_message = "Usulan pengakhiran tersimpan; menunggu provinsi."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_label": "Usulkan",
            "consequence": "Kabupaten/kota mengusulkan, provinsi meneruskan, Kementerian Sosial memutuskan: tiga orang "
            "yang berbeda. Sampai diputuskan, orangnya tetap bertugas.",
        }

    def serve(self, form: TerminationForm) -> Termination:
        return service.termination_propose(
            actor=self.actor,
            assignment=self.assignment,
            entry=service.TerminationEntry(**form.cleaned_data),
            today=timezone.localdate(),
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("termination-detail", args=[saved.pk])


class TerminationActView(ServiceFormView):
    """One act on a proposal; a step the table does not know is refused on the form."""

    @property
    def act(self) -> Act:
        if self.kwargs["act"] not in BY_CODE:
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[self.kwargs["act"]]

    @cached_property
    def termination(self) -> Termination:
        rows = narrow_choices(Termination.objects.select_related("region", "pillar"), self.request.user)
        if (found := rows.filter(pk=self.kwargs["pk"]).first()) is None:
            raise Http404("Usulan ini tidak ada, atau di luar wewenang Anda.")
        return found

    def get_form_class(self) -> type[Any]:
        return self.act.form

    def serve(self, form: Any) -> Termination:
        return self.act.serve(
            actor=self.actor, termination=self.termination, today=timezone.localdate(), **form.cleaned_data
        )

    def get_done_url(self, saved: Any) -> str:
        self.done_message = self.act.done
        return reverse("termination-detail", args=[self.termination.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.termination
        if not service.acts_on(self.actor, row):
            raise no_right(RIGHT_NAMES[Right.PROPOSE], "admin wilayah di atas Anda")
        name = name_shown(self.actor, row)
        return super().get_context_data(**kwargs) | {
            "title": self.act.label,
            "lead": f"{name}: {row.get_kind_display()}, hari terakhir {tanggal(row.last_day)}.",
            "submit_label": self.act.label,
            "consequence": self.act.consequence,
            "cancel_url": reverse("termination-detail", args=[row.pk]),
        }
