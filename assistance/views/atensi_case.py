from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from assistance.forms.atensi import AtensiCaseForm, EndForm, PlanForm, ServeForm
from assistance.forms.common import sentence
from assistance.models import AtensiCase, Step
from assistance.reading import people_names
from assistance.reading_atensi import care_of
from assistance.reading_graduation import assessor_people, personnel_names
from assistance.services import atensi as service
from assistance.services.entry import require_entry
from assistance.states import ATENSI
from assistance.views.atensi import State, atensi_mark, lag_words
from assistance.views.marks import MOVED_AWAY, group_shown
from assistance.words import STATES, words_of
from pilar.core import places
from pilar.core.formatting import rupiah, tanggal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, ServiceFormView

PHASES = ("Asesmen", "Rencana", "Layanan", "Selesai")
#: state -> the phase that is next, from 1; a stopped case stopped where it was
PHASE_OF = {State.ASSESSED: 2, State.PLANNED: 3, State.SERVED: 3, State.CLOSED: 5}


@dataclass(frozen=True)
class AtensiAct:
    """Attributes: states: in which it is offered, beside what the table of steps says of `follows`."""

    code: str
    label: str
    serve: Callable[..., AtensiCase]
    form: type[AtensiCaseForm]
    follows: State
    consequence: str
    states: tuple[State, ...] = ()
    variant: str = "primary"

    def fits(self, case: AtensiCase) -> bool:
        return ATENSI.may_follow(case.state, self.follows) or case.state in self.states


ACTS = (
    AtensiAct(
        "rencana", "Susun rencana", service.atensi_plan, PlanForm, State.PLANNED,
        "Nilai untuk orang ini ditetapkan sebagai jumlah komponennya; sesudah itu rencana tidak diubah lagi.",
    ),
    AtensiAct(
        "layanan", "Catat layanan", service.atensi_serve, ServeForm, State.SERVED,
        "Komponen itu tercatat sudah diberikan. Uang yang disalurkan tetap dicatat di daftar penyaluran.",
        states=(State.SERVED,),
    ),
    AtensiAct(
        "selesai", "Selesaikan", service.atensi_close, EndForm, State.CLOSED,
        "Kasus ditutup. Asesmen baru boleh dibuat bila kebutuhannya timbul lagi.", variant="secondary",
    ),
    AtensiAct(
        "hentikan", "Hentikan", service.atensi_stop, EndForm, State.STOPPED,
        "Kasus ditutup sebelum selesai; yang sudah dilayani tetap tercatat.", variant="danger",
    ),
)  # fmt: skip
BY_CODE = {act.code: act for act in ACTS}


class AtensiDetailView(GatedDetailView):
    """One case: its phase, the plan with what was served, and how late money came."""

    template_name = "assistance/atensi_case.html"
    queryset = AtensiCase.objects.select_related("region", "group", "sentra_region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.object, self.request.user
        name = people_names(user, [case.beneficiary_id]).get(case.beneficiary_id, f"Orang yang {MOVED_AWAY}")
        care = care_of(user, [case])[case.pk]
        stopped_at = 3 if case.planned_on else 2
        acts = ACTS if reach_of(user).can(Right.ENTER, case.region_id) else ()
        return super().get_context_data(**kwargs) | {
            "title": name,
            "case": case,
            "place": places.labels([case.region])[case.region_id],
            "state": atensi_mark(case),
            "words": words_of(case.state, State),
            "phases": [{"label": phase, "url": ""} for phase in PHASES],
            "phase": PHASE_OF.get(State(case.state), stopped_at),
            "acts": [
                {"label": act.label, "variant": act.variant, "url": reverse("atensi-act", args=[case.pk, act.code])}
                for act in acts
                if act.fits(case)
            ],
            "care": care,
            "facts": self.facts(case),
            "money": [
                {"label": "Nilai menurut rencana", "value": rupiah(care.value) if care.components else None},
                {"label": "Disalurkan sejak asesmen", "value": rupiah(care.paid)},
                {"label": "Jeda asesmen sampai salur", "value": lag_words(case, care, timezone.localdate())},
            ],
            "events": self.events(case),
            "meanings": [{"term": state.label, "meaning": STATES[State][state].meaning} for state in State],
        }

    def facts(self, case: AtensiCase) -> list[dict[str, Any]]:
        user = self.request.user
        person = assessor_people(user, [case.assessor_id]).get(case.assessor_id, 0)
        assessor = personnel_names(user, [person]).get(person, "petugas di luar wilayah Anda")
        sentra = case.sentra or "tidak melalui Sentra"
        if case.sentra_region:
            sentra += f", {case.sentra_region.name}"
        return [
            {"label": "Kebutuhan", "value": case.needs},
            {"label": "Kelompok PAS", "value": group_shown(user, case.group)},
            {"label": "Asesmen", "value": tanggal(case.assessed_on)},
            {"label": "Pelaksana asesmen", "value": assessor},
            {"label": "Tempat layanan", "value": case.get_setting_display()},
            {"label": "Sentra", "value": sentra},
        ]

    def events(self, case: AtensiCase) -> list[dict[str, Any]]:
        rows = narrow_choices(Step.objects.filter(kind=Step.Kind.ATENSI, object_id=case.pk), self.request.user)
        return [
            {
                "when": f"{tanggal(step.on)}, dicatat {step.actor_name}",
                "title": sentence(ATENSI.label(step.became)),
                "text": step.note,
                "kind": "bad" if step.became == State.STOPPED else "",
            }
            for step in rows.order_by("at", "id")
        ]


class AtensiActView(ServiceFormView):
    """One act on one case. A step the table does not know comes back as a refusal on the form."""

    @property
    def act(self) -> AtensiAct:
        if self.kwargs["act"] not in BY_CODE:
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[self.kwargs["act"]]

    @cached_property
    def case(self) -> AtensiCase:
        rows = narrow_choices(AtensiCase.objects.select_related("programme"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Kasus ATENSI ini tidak ada.")
        return found

    def get_form_class(self) -> type[AtensiCaseForm]:
        return self.act.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"case": self.case}

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def serve(self, form: Any) -> AtensiCase:
        return self.act.serve(actor=self.actor, case=self.case, today=timezone.localdate(), **form.entry())

    def get_done_url(self, saved: Any) -> str:
        return reverse("atensi-detail", args=[self.case.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, act = self.case, self.act
        require_entry(self.actor, case.region_id, case.programme)
        context = super().get_context_data(**kwargs)
        name = people_names(self.actor, [case.beneficiary_id]).get(case.beneficiary_id, MOVED_AWAY)
        return context | {
            "title": f"{act.label}: {name}",
            "lead": f"Kasus ATENSI, {case.get_state_display()}. Asesmen {tanggal(case.assessed_on)}: {case.needs}",
            "groups": context["form"].groups(),
            "submit_label": act.label,
            "consequence": act.consequence,
            "danger": act.variant == "danger",
            "cancel_url": reverse("atensi-detail", args=[case.pk]),
        }
