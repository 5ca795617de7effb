from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from assistance.filters.field import ProposalQueueFilter, UnverifiedFilter, VerificationFilter, due_for_verval
from assistance.models import Beneficiary, Participation, Proposal, Verification, VerificationProof
from assistance.reading import people_names
from assistance.reading_verval import caretakers_of, holders_of, latest_of, months_before
from assistance.services.eligibility import keeps_out, short_name
from assistance.services.fieldwork import may_record
from assistance.states import PROPOSAL
from assistance.views.marks import COMPANION_ELSEWHERE, MOVED_AWAY, group_shown, short_place
from assistance.views.proof_panels import proof_section
from assistance.views.spots import officer_name, where_of
from assistance.words import reason_words
from pilar.core import places
from pilar.core.formatting import tanggal, tanggal_ringkas, waktu
from pilar.core.menu import address
from pilar.core.models import Programme
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView

RESULT_TONES = {Verification.Result.FIT: "done", Verification.Result.UNFIT: "back"}
KEPT_OUT = "Menjadi calon penerima, tetapi belum bisa masuk SK."
MADE_CANDIDATE = "Menjadi calon penerima."
WAITS_FOR_DECREE = "Menjadi calon penerima dan menunggu SK penetapan."
NO_OFFICER = "belum ada petugas"

WORDS = [
    {
        "term": "Verval",
        "meaning": "Petugas pilar yang disebut namanya memeriksa orangnya di tempat tinggalnya.",
    },
    {"term": "Usulan", "meaning": "Menunggu verval: bila layak menjadi calon penerima, bila tidak selesai di sini."},
    {
        "term": "Peserta",
        "meaning": "Penerima aktif yang vervalnya sudah lewat masa berlaku, atau belum pernah diverval.",
    },
    {"term": "Petugas", "meaning": "Untuk usulan: yang ditunjuk. Untuk peserta: pendamping keluarganya hari ini."},
]


def tabs(current: str) -> list[dict[str, Any]]:
    """The parts of this place, the one shown marked."""
    return [
        {"label": label, "url": reverse(name), "current": name == current}
        for label, name in (
            ("Usulan", "verification-list"),
            ("Peserta", "verification-due"),
            ("Tercatat", "verification-log"),
            ("Cakupan", "verification-coverage"),
            ("Rekap", "verification-recap"),
            ("Usul-sanggah", "objection-list"),
        )
    ]


def create_url(user: Any, person: int, programme: Programme, region: int, *, known: bool) -> str:
    """The form for one person; empty where the reader may not record or does not see the person."""
    if not known or not may_record(user, region):
        return ""
    return reverse("verification-create", args=[person, programme.code])


def officer_shown(assignment: int | None, holders: dict[int, str]) -> str:
    return NO_OFFICER if assignment is None else holders.get(assignment, COMPANION_ELSEWHERE)


class GatedWorkView(GatedListView):
    """What the two work lists share: names, places and the act of each row."""

    template_name = "assistance/verification_work.html"
    tab = ""

    def shown(self, rows: Sequence[Any], today: date) -> list[dict[str, Any]]:
        """What only this list knows of each row: officer, when, note, page."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows, user = context["rows"], self.request.user
        names = places.labels({row.region for row in rows})
        people = people_names(user, [row.beneficiary_id for row in rows])
        items = [
            {
                "row": row,
                "name": people.get(row.beneficiary_id, ""),
                "place": short_place(names[row.region_id]),
                "programme": short_name(row.programme),
                "group": group_shown(user, row.group),
                "url": create_url(
                    user, row.beneficiary_id, row.programme, row.region_id, known=row.beneficiary_id in people
                ),
            }
            | more
            for row, more in zip(rows, self.shown(rows, timezone.localdate()), strict=True)
        ]
        return context | {
            "items": items,
            "tabs": tabs(self.tab),
            "words": WORDS,
        }


class VerificationQueueView(GatedWorkView):
    """Proposals that wait for their verval, the longest waiting first."""

    title = "Verval"
    tab = "verification-list"
    queryset = Proposal.objects.filter(state=Proposal.State.PROPOSED).select_related("programme", "region", "group")
    filterset_class = ProposalQueueFilter
    ordering = ("proposed_on", "id")

    def shown(self, rows: Sequence[Proposal], today: date) -> list[dict[str, Any]]:
        holders = holders_of(self.request.user, [row.assigned_to_id for row in rows])
        return [
            {
                "officer": officer_shown(row.assigned_to_id, holders),
                "when": f"{(today - row.proposed_on).days} hari",
                "note": f"sejak {tanggal_ringkas(row.proposed_on)}",
                "page": reverse("proposal-detail", args=[row.pk]),
            }
            for row in rows
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "lead": "Usulan yang menunggu pemeriksaan di lapangan, yang paling lama menunggu di atas.",
            "when_title": "Menunggu",
            "empty_title": "Tidak ada usulan yang menunggu verval",
            "empty_text": "Ubah saringan, atau lihat peserta yang vervalnya lewat waktu.",
        }


class UnverifiedListView(GatedWorkView):
    """Active participants whom nobody verified within the months that a verval is valid."""

    title = "Peserta yang perlu diverval"
    tab = "verification-due"
    queryset = Participation.objects.active().select_related("programme", "region", "group")
    filterset_class = UnverifiedFilter
    ordering = ("id",)

    def get_queryset(self) -> QuerySet[Any]:
        due = narrow_choices(due_for_verval(timezone.localdate()), self.request.user)
        return due.select_related("programme", "region", "group")

    def shown(self, rows: Sequence[Participation], today: date) -> list[dict[str, Any]]:
        user, people = self.request.user, [row.beneficiary_id for row in rows]
        last, carers = latest_of(user, people), caretakers_of(user, people, today)
        holders = holders_of(user, carers.values())
        keys = [(row.beneficiary_id, row.programme_id) for row in rows]
        return [
            {
                "officer": officer_shown(carers.get(key), holders),
                "when": tanggal_ringkas(last[key].verified_on) if key in last else "belum pernah",
                "note": last[key].get_result_display() if key in last else "",
                "page": reverse("participation-detail", args=[row.pk]),
            }
            for row, key in zip(rows, keys, strict=True)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        months = settings.VERVAL_VALID_MONTHS
        since = months_before(timezone.localdate(), months)
        return super().get_context_data(**kwargs) | {
            "lead": f"Penerima aktif tanpa verval sejak {tanggal(since)} ({months} bulan terakhir).",
            "when_title": "Verval terakhir",
            "empty_title": "Semua peserta sudah diverval",
            "empty_text": "Ubah saringan bila ada yang dicari.",
        }


class VerificationLogView(GatedListView):
    """Every verval on record, the newest first."""

    template_name = "assistance/verification_log.html"
    title = "Verval tercatat"
    queryset = Verification.objects.select_related("programme", "region")
    export = "verval"
    filterset_class = VerificationFilter
    ordering = ("-verified_on", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows, user = context["rows"], self.request.user
        names = places.labels({row.region for row in rows})
        people = people_names(user, [row.beneficiary_id for row in rows])
        holders = holders_of(user, [row.companion_id for row in rows])
        return context | {
            "items": [
                {
                    "row": row,
                    "name": people.get(row.beneficiary_id, MOVED_AWAY),
                    "place": short_place(names[row.region_id]),
                    "programme": short_name(row.programme),
                    "officer": officer_shown(row.companion_id, holders),
                    "state": result_mark(row),
                    "reason": reason_of(row.reason),
                }
                for row in rows
            ],
            "tabs": tabs("verification-log"),
        }


def result_mark(act: Verification) -> dict[str, str]:
    """Text and tone for state_pill.html."""
    return {"text": act.get_result_display(), "tone": RESULT_TONES[Verification.Result(act.result)]}


def reason_of(code: str) -> str:
    words = reason_words(code)
    return words.meaning if words else ""


class VerificationDetailView(GatedDetailView):
    """One verval: who saw whom, what was found, where, and what followed."""

    template_name = "assistance/verification_detail.html"
    queryset = Verification.objects.select_related("programme", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        act: Verification = self.object
        user = self.request.user
        name = people_names(user, [act.beneficiary_id]).get(act.beneficiary_id, MOVED_AWAY)
        words = reason_words(act.reason)
        return super().get_context_data(**kwargs) | {
            "title": f"Verval {name}",
            "state": result_mark(act),
            "next_step": (step := self.next_step(act)),
            "next_url": self.next_url(act, step),
            "reason": words,
            "facts": self.facts(act, name),
            "where": where_of(act.latitude, act.longitude),
            "links": self.links(act),
            "proof": proof_section(
                user,
                VerificationProof.objects.filter(verification=act),
                add_url=reverse("verification-proof", args=[act.pk]) if may_record(self.actor, act.region_id) else "",
            ),
        }

    def next_step(self, act: Verification) -> str:
        if act.proposal_id:
            if act.result == Verification.Result.FIT:
                return self.candidate_step(act)
            return "Usulannya selesai sebagai tidak layak; bila keadaannya berubah, ajukan usulan baru."
        if act.result == Verification.Result.FIT:
            return "Vervalnya berlaku lagi."
        return "Kepesertaannya ditangguhkan atau diakhiri menurut pilihan petugas; lihat riwayatnya."

    def next_url(self, act: Verification, step: str) -> str:
        """Where what is missing is recorded, for whoever may."""
        missing = KEPT_OUT in step and reach_of(self.request.user).can(Right.ENTER, act.region_id)
        return address("circumstance-record", {"pk": act.beneficiary_id}) if missing else ""

    def candidate_step(self, act: Verification) -> str:
        """What became of the candidate; while he waits, whether an SK would take him."""
        rows = Proposal.objects.visible_to(self.request.user).filter(pk=act.proposal_id or 0)
        state = rows.values_list("state", flat=True).first()
        if state != Proposal.State.FIT:
            return f"Menjadi calon penerima; usulannya kini {PROPOSAL.label(state)}." if state else MADE_CANDIDATE
        missing = keeps_out(act.beneficiary_id, programme=act.programme, on=timezone.localdate())
        return f"{KEPT_OUT} {missing}" if missing else WAITS_FOR_DECREE

    def facts(self, act: Verification, name: str) -> list[dict[str, Any]]:
        holders = holders_of(self.request.user, [act.companion_id])
        officers = {"label": "Petugas yang memeriksa", "value": officer_shown(act.companion_id, holders)}
        by = officer_name(self.request.user, act.recorded_by_id)
        return [
            {"label": "Penerima", "value": name},
            {"label": "Program", "value": act.programme.name},
            {"label": "Tanggal verval", "value": tanggal(act.verified_on)},
            officers,
            {"label": "Wilayah", "value": short_place(places.labels([act.region])[act.region_id])},
            {"label": "Bukti", "value": act.evidence},
            {"label": "Dicatat", "value": f"{by}, {waktu(act.recorded_at)}"},
        ]

    def links(self, act: Verification) -> list[dict[str, str]]:
        """Pages of the person and the proposal that the reader may open."""
        seen = Beneficiary.objects.visible_to(self.request.user).filter(pk=act.beneficiary_id).exists()
        pairs = [("Halaman penerima", address("beneficiary-detail", {"pk": act.beneficiary_id}) if seen else "")]
        if act.proposal_id:
            pairs.append(("Usulannya", address("proposal-detail", {"pk": act.proposal_id})))
        return [{"label": label, "url": url} for label, url in pairs if url]
