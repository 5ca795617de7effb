"""Tali asih: the lists, one list with everybody on it, and a new list."""

from functools import cached_property
from typing import Any

from django.db.models import Case, Count, IntegerField, Sum, Value, When
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from personnel.filters.allowances import AllowanceFilter, AllowanceLineFilter
from personnel.forms.allowances import AllowanceForm
from personnel.models import AllowanceLine, AllowanceProposal, AllowanceStep
from personnel.names import ELSEWHERE, people_named
from personnel.semesters import Semester, label_of
from personnel.services.allowance_parts import office_of
from personnel.services.allowances import AllowanceEntry, allowance_create
from personnel.timeline import short_name
from personnel.views.allowance_acts import line_acts, offered
from personnel.words import STATES, reason_text
from pilar.core import places
from pilar.core.errors import no_right
from pilar.core.filters import chips
from pilar.core.formatting import rupiah, tanggal, tanggal_ringkas
from pilar.core.machines import glossary
from pilar.core.paging import keyset_page
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView, ServiceFormView

State, LineState = AllowanceProposal.State, AllowanceLine.State
TONES = {
    State.DRAFT: "neutral",
    State.PROPOSED: "wait",
    State.FORWARDED: "wait",
    State.APPROVED: "wait",
    State.PAID: "done",
}
LINE_TONES = {
    LineState.UNDECIDED: "wait",
    LineState.PROPOSED: "neutral",
    LineState.LEFT_OUT: "back",
    LineState.NOT_APPLICABLE: "neutral",
    LineState.REJECTED: "back",
    LineState.PAID: "done",
    LineState.FAILED: "back",
}
#: who needs somebody's hand comes first
RANKS = (
    LineState.UNDECIDED,
    LineState.FAILED,
    LineState.REJECTED,
    LineState.LEFT_OUT,
    LineState.PROPOSED,
    LineState.PAID,
)
WORDS = glossary(State, STATES[State])
LINE_WORDS = glossary(LineState, STATES[LineState])


def pill(proposal: AllowanceProposal) -> dict[str, str]:
    """Text and tone for state_pill.html; a draft that came back says so."""
    if proposal.state == State.DRAFT and proposal.note:
        return {"text": "dikembalikan", "tone": "back"}
    return {"text": proposal.state, "tone": TONES[State(proposal.state)]}


def line_pill(line: AllowanceLine) -> dict[str, str]:
    return {"text": line.get_state_display(), "tone": LINE_TONES[LineState(line.state)]}


def signed(line: AllowanceLine) -> str:
    """Why it stands so, by whom and when, as one sentence of small print."""
    parts = [part for part in (reason_text(line.reason), line.note) if part]
    by = ", ".join(part for part in (line.acted_by_name, line.office) if part)
    on = tanggal_ringkas(line.acted_on) if line.acted_on else ""
    who = f"Oleh {by}, {on}" if by else f"Menurut data per {on}" if on else ""
    return ". ".join([*parts, who]) if who else ". ".join(parts)


def title_of(proposal: AllowanceProposal) -> str:
    return f"Tali asih {short_name(proposal.pillar)}, {label_of(proposal.period)}"


class AllowanceListView(GatedListView):
    template_name = "personnel/allowance_list.html"
    title = "Tali asih"
    queryset = AllowanceProposal.objects.select_related("pillar", "region")
    export = "tali-asih"
    filterset_class = AllowanceFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = context["rows"]
        sums = summed(self.request.user, [row.pk for row in rows])
        return context | {
            "lists": [
                {
                    "row": row,
                    "title": f"{short_name(row.pillar)}, {label_of(row.period)}",
                    "place": row.region.name,
                    "state": pill(row),
                    "office": office_of(row),
                    **sums.get(row.pk, EMPTY),
                }
                for row in rows
            ],
            "may_enter": bool(reach_of(self.request.user).slots_for(Right.ENTER)),
            "words": WORDS,
        }


EMPTY = {"people": 0, "proposed": 0, "left_out": 0, "undecided": 0, "amount": 0}
GOING = (LineState.PROPOSED, LineState.PAID, LineState.FAILED)
DUE = (LineState.UNDECIDED, *GOING)
OUT = (LineState.LEFT_OUT, LineState.REJECTED)


def summed(user: Any, ids: list[int]) -> dict[int, dict[str, int]]:
    """By list: how many people, proposed, left out or rejected, undecided, and the rupiah proposed. One query."""
    rows = narrow_choices(AllowanceLine.objects.all(), user).filter(proposal__in=ids).order_by()
    found: dict[int, dict[str, int]] = {}
    for row in rows.values("proposal_id", "state").annotate(n=Count("pk"), amount=Sum("amount")):
        held = found.setdefault(row["proposal_id"], dict(EMPTY))
        held["people"] += row["n"]
        held["undecided"] += row["n"] if row["state"] == LineState.UNDECIDED else 0
        held["left_out"] += row["n"] if row["state"] in OUT else 0
        if row["state"] in GOING:
            held["proposed"] += row["n"]
            held["amount"] += row["amount"]
    return found


class AllowanceDetailView(GatedDetailView):
    template_name = "personnel/allowance_detail.html"
    queryset = AllowanceProposal.objects.select_related("pillar", "region")
    ordering = ("rank", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal: AllowanceProposal = self.object
        user = self.request.user
        ranked = narrow_choices(AllowanceLine.objects.all(), user).filter(proposal=proposal).annotate(rank=_rank())
        filterset = AllowanceLineFilter(self.request.GET, queryset=ranked, request=self.request)
        rows = filterset.qs if filterset.is_valid() else ranked.none()
        page = keyset_page(rows, self.ordering, self.request.GET.get("cursor", ""))
        names = people_named(user, page.rows)
        sums = summed(user, [proposal.pk]).get(proposal.pk, EMPTY)
        return super().get_context_data(
            **kwargs,
            proposal=proposal,
            place=places.name_of(proposal.region),
            state=pill(proposal),
            next_step=STATES[State][proposal.state].next_step,
            own=proposal.state == State.PROPOSED and user.pk == proposal.proposed_by_id,
            office=office_of(proposal),
            acts=offered(user, proposal, **{name: sums[name] for name in ("people", "proposed", "undecided")}),
            facts=_facts(proposal, sums),
            sums=sums,
            lines=[
                {
                    "row": line,
                    "name": names.get(line.person_id, ELSEWHERE),
                    "known": line.person_id in names,
                    "state": line_pill(line),
                    "signed": signed(line),
                    "due": line.state in DUE,
                    "acts": line_acts(user, proposal, line),
                }
                for line in page.rows
            ],
            events=self.events(proposal),
            page=page,
            filterset=filterset,
            chips=chips(filterset, self.request.GET),
            clear_url=self.request.path,
            words=WORDS + LINE_WORDS,
        ) | {"title": title_of(proposal)}

    def events(self, proposal: AllowanceProposal) -> list[dict[str, str]]:
        """Steps of the list itself, the latest first."""
        steps = narrow_choices(AllowanceStep.objects.all(), self.request.user).filter(proposal=proposal, line=None)
        return [
            {
                "when": tanggal_ringkas(step.on),
                "title": capfirst(State(step.became).label),
                "text": " ".join(part for part in (f"{step.actor_name}, {step.office}.", step.note) if part),
            }
            for step in steps
        ]


def _rank() -> Case:
    whens = [When(state=state, then=Value(place)) for place, state in enumerate(RANKS)]
    return Case(*whens, default=Value(len(RANKS)), output_field=IntegerField())


def _facts(proposal: AllowanceProposal, sums: dict[str, int]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "label": "Sumber dana",
            "value": proposal.get_funding_display(),
            "note": f"disetujui oleh {office_of(proposal)}",
        },
        {"label": "Jumlah diusulkan", "value": rupiah(sums["amount"]), "note": f"untuk {sums['proposed']} orang"},
    ]
    days = (
        ("Diajukan", proposal.proposed_on),
        ("Diteruskan provinsi", proposal.forwarded_on),
        ("Disetujui", proposal.decided_on),
    )
    return rows + [{"label": label, "value": tanggal(day)} for label, day in days if day]


class AllowanceCreateView(ServiceFormView):
    title = "Daftar tali asih baru"
    form_class = AllowanceForm
    done_message = "Daftar tersimpan. Isi dengan semua yang berhak."

    def get_initial(self) -> dict[str, Any]:
        return {"region": self.actor.region_id, "period": Semester.of(timezone.localdate()).code}

    def serve(self, form: AllowanceForm) -> AllowanceProposal:
        return allowance_create(actor=self.actor, entry=AllowanceEntry(**form.cleaned_data), today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("allowance-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not reach_of(self.actor).slots_for(Right.ENTER):
            raise no_right(RIGHT_NAMES[Right.ENTER], "admin wilayah di atas Anda")
        return super().get_context_data(**kwargs) | {
            "lead": "Satu daftar untuk satu pilar, kabupaten/kota, semester, dan sumber dana.",
            "submit_label": "Simpan daftar",
            "cancel_url": reverse("allowance-list"),
        }


class OfAllowance:
    """The list from the address, and the line in it; foreign ones are 404."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def proposal(self) -> AllowanceProposal:
        rows = narrow_choices(AllowanceProposal.objects.select_related("pillar", "region"), self.request.user)
        if (found := rows.filter(pk=self.kwargs["pk"]).first()) is None:
            raise Http404("Daftar tali asih ini tidak ada.")
        return found

    @cached_property
    def line(self) -> AllowanceLine:
        rows = narrow_choices(AllowanceLine.objects.all(), self.request.user).filter(proposal=self.proposal)
        if (found := rows.filter(pk=self.kwargs["line"]).first()) is None:
            raise Http404("Orang ini tidak ada di daftar itu.")
        return found

    @property
    def allowance_url(self) -> str:
        return reverse("allowance-detail", args=[self.proposal.pk])

    def lead(self) -> str:
        return f"{title_of(self.proposal)}, {places.name_of(self.proposal.region)}."
