from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from assistance.filters.lists import RETURNED_OPEN, BatchFilter, LineFilter
from assistance.forms.lists import BatchForm
from assistance.models import Batch, Disbursement
from assistance.reading import NOTHING, Totals, people_names, totals_of
from assistance.services.batches import BatchEntry, batch_create
from assistance.services.line_parts import OPEN, PAYABLE
from assistance.views.batch_acts import offered
from assistance.views.batch_panels import (
    ELSEWHERE,
    approval_facts,
    board,
    events_of,
    officers_of,
    plan_facts,
    waits_for,
    way_of,
)
from assistance.views.marks import MEANINGS, group_shown, list_mark, list_name, mark, short_place, state_mark
from assistance.views.proof_panels import batch_section
from assistance.words import channel_of, words_of
from pilar.core import places
from pilar.core.context import entry_year
from pilar.core.errors import no_right
from pilar.core.filters import chips
from pilar.core.formatting import tanggal
from pilar.core.paging import keyset_page
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView, ServiceFormView

State = Disbursement.State
#: the order of a list's lines: what somebody must do something about comes first
RANKS = (State.RETURNED, State.DECIDED, State.UNCLAIMED, State.PAID, State.RECEIVED, State.DEPOSITED)
LAST_RANK = len(RANKS)


def faults_first(lines: QuerySet[Disbursement]) -> QuerySet[Disbursement]:
    """Adds `repaid` and `rank`: a returned line leads until it is paid again, then it comes last."""
    again = Disbursement.objects.filter(repays_id=OuterRef("pk"), year=OuterRef("year"))
    ranks = [When(state=state, then=Value(place)) for place, state in enumerate(RANKS)]
    return lines.annotate(repaid=Exists(again)).annotate(
        rank=Case(When(state=State.RETURNED, repaid=True, then=Value(LAST_RANK)), *ranks, output_field=IntegerField())
    )


class BatchListView(GatedListView):
    """Daftar penyaluran with what was planned, decided, paid and received: four different numbers."""

    template_name = "assistance/batch_list.html"
    title = "Penyaluran"
    queryset = Batch.objects.select_related("programme", "region")
    export = "penyaluran"
    filterset_class = BatchFilter
    ordering = ("-year_id", "programme_id", "-sk_date", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        totals = totals_of(self.request.user, context["rows"])
        chosen = self.request.GET.get("approval", "")
        names = places.labels({batch.region for batch in context["rows"]})
        return context | {
            "lists": [
                {
                    "batch": batch,
                    "name": list_name(batch),
                    "place": short_place(names[batch.region_id]),
                    "state": list_mark(batch),
                    "totals": (sums := totals.get(batch.pk, NOTHING)),
                    "mark": mark(batch.ceiling, sums),
                    "faults": sums.faults if batch.approval in PAYABLE else 0,
                }
                for batch in context["rows"]
            ],
            "board": board(self.counts(), self.request.GET, self.request.path, chosen),
            "may_enter": bool(reach_of(self.request.user).slots_for(Right.ENTER)),
            "words": MEANINGS,
        }

    def counts(self) -> dict[str, int]:
        """Lists by state of approval, by the other filters; one query."""
        asked = self.request.GET.copy()
        asked.pop("approval", None)
        filterset = BatchFilter(asked, queryset=self.get_queryset(), request=self.request)
        rows = filterset.qs if filterset.is_valid() else self.get_queryset().none()
        return dict(rows.order_by().values_list("approval").annotate(many=Count("pk")))


class BatchDetailView(GatedDetailView):
    """One list: its four numbers, then its lines, faults first."""

    template_name = "assistance/batch_detail.html"
    queryset = Batch.objects.select_related("programme", "year", "region")
    ordering = ("rank", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch: Batch = self.object
        totals = totals_of(self.request.user, [batch]).get(batch.pk, NOTHING)
        filterset = LineFilter(self.request.GET, queryset=self.lines(batch), request=self.request)
        rows = filterset.qs if filterset.is_valid() else self.lines(batch).none()
        page = keyset_page(rows, self.ordering, self.request.GET.get("cursor", ""))
        names = places.labels({batch.region} | {line.region for line in page.rows})
        people = people_names(self.request.user, [line.beneficiary_id for line in page.rows])
        place = names[batch.region_id]
        may_enter = reach_of(self.request.user).can(Right.ENTER, batch.region_id)
        officers = officers_of(self.request.user, batch)
        return super().get_context_data(
            **kwargs,
            state=list_mark(batch),
            way=way_of(batch),
            next_step=words_of(batch.approval, Batch.Approval).next_step,
            approver=waits_for(self.request.user, batch),
            acts=offered(self.request.user, batch, totals),
            plan=plan_facts(batch),
            approval=approval_facts(batch, officers),
            events=events_of(self.request.user, batch),
            place=place,
            totals=totals,
            room=batch.ceiling - totals.decided,
            stages=stages(batch, totals),
            facts=facts(batch, place, keeper(batch, officers)),
            proof=batch_section(self.request.user, batch),
            waiting=waiting(totals) if batch.approval in PAYABLE else [],
            filterset=filterset,
            chips=chips(filterset, self.request.GET),
            clear_url=self.request.path,
            page=page,
            lines=[self.row(line, names) | {"name": people.get(line.beneficiary_id, "")} for line in page.rows],
            empty_title="Tidak ada baris yang cocok" if totals.lines else "Belum ada penerima di daftar ini",
            empty_text="Ubah saringan." if totals.lines else "Tambahkan penerima menurut lampiran SK.",
            may_enter=may_enter and batch.approval in OPEN,
            words=MEANINGS,
        ) | {"title": f"{list_name(batch)}, {places.name_of(batch.region)}"}

    def lines(self, batch: Batch) -> QuerySet[Disbursement]:
        rows = narrow_choices(Disbursement.objects.all(), self.request.user).filter(batch=batch, year=batch.year_id)
        return faults_first(rows).select_related("region", "group")

    def row(self, line: Disbursement, names: dict[int, str]) -> dict[str, Any]:
        group = group_shown(self.request.user, line.group)
        return {
            "line": line,
            "state": state_mark(line, self.object.programme),
            "group": group,
            "place": place_inside(names, line, self.object),
        }


def keeper(batch: Batch, officers: dict[int, str]) -> str:
    """Who is responsible for the list, as far as the reader may know the officer."""
    return "belum ditunjuk" if batch.responsible_id is None else officers.get(batch.responsible_id, ELSEWHERE)


def place_inside(names: dict[int, str], line: Disbursement, batch: Batch) -> str:
    """The line's place without what the list's own heading says: "Panorama, Singaran Pati"."""
    inner, outer = (names[code].partition(" ")[2] for code in (line.region_id, batch.region_id))
    return inner.removesuffix(f", {outer}") if inner != outer else "tanpa kecamatan"


def stages(batch: Batch, totals: Totals) -> list[dict[str, Any]]:
    """The four numbers for funnel.html, which also says each as a share of the one before."""
    channel = channel_of(batch.programme)
    return [
        {"label": "Pagu", "value": batch.ceiling, "definition": MEANINGS[0]["meaning"]},
        {"label": "Ditetapkan (SK)", "value": totals.decided, "of": "pagu"},
        {"label": f"Salur ke {channel}" if channel else "Salur", "value": totals.paid, "of": "yang ditetapkan"},
        {
            "label": "Diserahkan (BAST)" if channel else "Diterima (transaksi)",
            "value": totals.received,
            "of": "yang disalurkan",
        },
    ]


def facts(batch: Batch, place: str, keeper: str) -> list[dict[str, Any]]:
    return [
        {"label": "Wilayah", "value": place},
        {"label": "Tahun anggaran", "value": batch.year_id},
        {"label": "Sumber dana", "value": batch.get_funding_display()},
        {"label": "SK penetapan", "value": batch.sk_number, "note": f"tanggal {tanggal(batch.sk_date)}"},
        {"label": "Penanggung jawab data", "value": keeper},
    ]


def waiting(totals: Totals) -> list[dict[str, Any]]:
    """Counts of lines that somebody must do something about, each a link to them."""
    found = (
        (RETURNED_OPEN, totals.returned_open, "dikembalikan (retur) dan belum dibayar ulang"),
        (State.DECIDED.value, totals.waiting, "belum disalurkan"),
        (State.UNCLAIMED.value, totals.unclaimed, "disalurkan, belum diambil"),
    )
    return [{"count": count, "text": text, "url": f"?state={state}"} for state, count, text in found if count]


class BatchCreateView(ServiceFormView):
    title = "Catat daftar penyaluran"
    form_class = BatchForm

    def get_initial(self) -> dict[str, Any]:
        return {"year": entry_year(self.request), "region": self.request.user.region_id}  # type: ignore[union-attr]

    def serve(self, form: BatchForm) -> Batch:
        return batch_create(
            actor=self.request.user,  # type: ignore[arg-type]
            entry=BatchEntry(**form.cleaned_data),
            today=timezone.localdate(),
        )

    def done(self, saved: Batch) -> HttpResponse:
        add = reverse("disbursement-find", args=[saved.pk])
        self.done_message = format_html('Daftar tersimpan. <a href="{}">Tambahkan penerimanya</a>.', add)
        return super().done(saved)

    def get_done_url(self, saved: Any) -> str:
        return reverse("batch-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not reach_of(self.request.user).slots_for(Right.ENTER):
            raise no_right(RIGHT_NAMES[Right.ENTER], "admin wilayah di atas Anda")
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "groups": [
                {"title": "Daftar", "fields": [form[n] for n in ("programme", "year", "stage", "region")]},
                {"title": "Dana dan SK", "fields": [form[n] for n in ("funding", "ceiling", "sk_number", "sk_date")]},
            ],
            "submit_label": "Simpan daftar",
            "cancel_url": reverse("batch-list"),
        }
