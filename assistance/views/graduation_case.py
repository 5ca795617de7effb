from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from assistance.checklist import ANSWERS
from assistance.forms.common import sentence
from assistance.forms.graduation_cases import CaseForm, said_of
from assistance.models import GraduationCase
from assistance.reading import people_names
from assistance.reading_graduation import assessor_people, personnel_names, steps_of
from assistance.states import GRADUATION
from assistance.views.graduation_acts import BY_CODE, CaseAct, offered, why_not
from assistance.views.graduation_cases import State, case_mark, companions_shown
from assistance.views.marks import MOVED_AWAY
from assistance.words import STATES, words_of
from pilar.core import places
from pilar.core.errors import no_right
from pilar.core.formatting import tanggal
from pilar.core.rights import RIGHT_NAMES
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, ServiceFormView

PHASES = ("Usulan", "Asesmen", "Keputusan", "Masa transisi", "Keluar")
#: state -> the phase that is next or stopped, from 1; a rejected case stopped where it was
PHASE_OF = {State.PROPOSED: 2, State.ASSESSED: 3, State.TRANSITION: 4, State.LEFT: 6, State.CANCELLED: 4}
BADLY = (State.REJECTED, State.CANCELLED)


class CaseDetailView(GatedDetailView):
    """One case: its phase, what to do now, the checklist with its scores, and what happened."""

    template_name = "assistance/graduation_case.html"
    queryset = GraduationCase.objects.select_related("programme", "region", "graduation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.object, self.request.user
        name = people_names(user, [case.beneficiary_id]).get(case.beneficiary_id, f"Keluarga {MOVED_AWAY}")
        words = words_of(case.state, State)
        return super().get_context_data(**kwargs) | {
            "title": name,
            "case": case,
            "place": places.labels([case.region])[case.region_id],
            "state": case_mark(case),
            "words": words,
            "phases": [{"label": phase, "url": ""} for phase in PHASES],
            "phase": PHASE_OF.get(State(case.state), 3 if case.assessed_on else 2),
            "acts": offered(user, case),
            "why_not": why_not(user, case),
            "facts": self.facts(case),
            "checklist": [checked(row) for row in case.answers.get("butir", [])],
            "threshold": case.answers.get("ambang"),
            "below": case.score is not None and case.score < case.answers["ambang"],
            "events": self.events(case),
            "meanings": [{"term": state.label, "meaning": STATES[State][state].meaning} for state in State],
        }

    def facts(self, case: GraduationCase) -> list[dict[str, Any]]:
        user = self.request.user
        person_of = assessor_people(user, [case.assessor_id])
        assessor = personnel_names(user, person_of.values()).get(person_of.get(case.assessor_id or 0, 0))
        found: list[dict[str, Any]] = [
            {"label": "Program", "value": case.programme.name},
            {"label": "Jenis", "value": case.get_kind_display()},
            {"label": "Prakarsa", "value": case.get_initiative_display()},
            {"label": "Pendamping", "value": companions_shown(user, [case])[case.pk]},
        ]
        if case.note:
            found.append({"label": "Catatan usulan", "value": case.note})
        if case.assessor_id:
            found.append({"label": "Penilai", "value": assessor or "petugas di luar wilayah Anda"})
        if case.graduation:
            found += [
                {"label": "Diputuskan", "value": tanggal(case.graduation.decided_on)},
                {"label": "Masa transisi sampai", "value": tanggal(case.transition_until)},
                {"label": "Dihitung ke target", "value": counted(case)},
            ]
        return found

    def events(self, case: GraduationCase) -> list[dict[str, Any]]:
        steps = steps_of(self.request.user, case)
        return [
            {
                "when": f"{tanggal(step.on)}, dicatat {step.actor_name}",
                "title": sentence(GRADUATION.label(step.became)),
                "text": step.note,
                "kind": "bad" if step.became in BADLY else "now" if step is steps[-1] else "",
            }
            for step in steps
        ]


def counted(case: GraduationCase) -> str:
    graduation = case.graduation
    if graduation is None:
        return "belum"
    if graduation.cancelled_on:
        return f"tidak, dibatalkan {tanggal(graduation.cancelled_on)}"
    return "ya, pada tanggal keputusan" if graduation.counts else "tidak, menurut jenisnya"


def checked(row: dict[str, Any]) -> dict[str, Any]:
    """One answered question for the table."""
    return {
        "question": row["pertanyaan"],
        "source": said_of(row["sumber"], row["syarat"]),
        "answer": ANSWERS[row["jawaban"]],
        "points": row["nilai"],
        "weight": row["bobot"],
    }


class CaseActView(ServiceFormView):
    """One act on one case. A step the table does not know comes back as a refusal on the form."""

    @property
    def act(self) -> CaseAct:
        if self.kwargs["act"] not in BY_CODE:
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[self.kwargs["act"]]

    @cached_property
    def case(self) -> GraduationCase:
        rows = narrow_choices(GraduationCase.objects.select_related("programme", "graduation"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Proses graduasi ini tidak ada.")
        return found

    def get_form_class(self) -> type[CaseForm]:
        return self.act.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"case": self.case, "today": timezone.localdate()}

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def serve(self, form: Any) -> GraduationCase:
        return self.act.serve(actor=self.actor, case=self.case, today=timezone.localdate(), **form.entry())

    def get_done_url(self, saved: Any) -> str:
        return reverse("graduation-case-detail", args=[self.case.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, act = self.case, self.act
        if not reach_of(self.actor).can(act.right, case.region_id):
            raise no_right(RIGHT_NAMES[act.right], "admin wilayah di atas Anda")
        context = super().get_context_data(**kwargs)
        name = people_names(self.actor, [case.beneficiary_id]).get(case.beneficiary_id, MOVED_AWAY)
        score = f", skor {case.score} dari ambang {case.answers['ambang']}" if case.score is not None else ""
        return context | {
            "title": f"{act.label}: {name}",
            "lead": f"{sentence(case.get_kind_display())} dari {case.programme}, {case.get_state_display()}{score}.",
            "groups": context["form"].groups(),
            "submit_label": act.label,
            "consequence": act.consequence,
            "danger": act.variant == "danger",
            "cancel_url": reverse("graduation-case-detail", args=[case.pk]),
        }
