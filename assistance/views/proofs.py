"""Handing in proof of a list, a line, a verval or a usulan."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from assistance.forms.proofs import MinutesForm, PlacedUploadForm, ProofForm
from assistance.models import BatchProof, LineProof, Proposal, Verification
from assistance.reading import people_names
from assistance.services.eligibility import short_name
from assistance.services.entry import require_entry
from assistance.services.fieldwork import require_field_right
from assistance.services.proofs import (
    batch_proof_add,
    line_proof_add,
    proposal_minutes_add,
    verification_proof_add,
)
from assistance.views.lines import OfBatch, OfLine
from assistance.views.marks import MOVED_AWAY, list_name
from pilar.core.scoping import narrow_choices
from pilar.core.views import ServiceFormView

PLACE = ("Tempat pengambilan", ("latitude", "longitude"))
HELD = "Bukti yang sudah disimpan tidak bisa diganti; yang keliru ditarik dengan alasan."


class ProofView(ServiceFormView):
    """A file with what it is and where it was taken; the place ends the form, as in the field."""

    template_name = "core/place_form.html"
    title = "Tambah bukti"
    form_class: Any = ProofForm
    done_message = "Bukti tersimpan."
    back_url = ""
    lead = ""

    def require_right(self) -> None:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.require_right()
        context = super().get_context_data(**kwargs)
        form = context["form"]
        file = [form[name] for name in ("document", "upload") if name in form.fields]
        groups = [{"title": "Bukti", "fields": file}]
        if "latitude" in form.fields:
            title, names = PLACE
            groups.append({"title": title, "fields": [form[name] for name in names]})
        return context | {
            "lead": self.lead,
            "groups": groups,
            "unplaced": "latitude" not in form.fields,
            "consequence": HELD,
            "cancel_url": self.back_url,
        }

    def get_done_url(self, saved: Any) -> str:
        return self.back_url


class BatchProofView(OfBatch, ProofView):
    def require_right(self) -> None:
        require_entry(self.actor, self.batch.region_id, self.batch.programme)

    @property
    def lead(self) -> str:  # type: ignore[override]
        return f"{list_name(self.batch)}: bukti untuk seluruh daftar, misalnya BAST."

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return f"{self.batch_url}#bukti"

    def serve(self, form: ProofForm) -> BatchProof:
        return batch_proof_add(actor=self.actor, batch=self.batch, **form.cleaned_data)


class LineProofView(OfLine, ProofView):
    def require_right(self) -> None:
        require_entry(self.actor, self.line.region_id, self.line.programme)

    @property
    def lead(self) -> str:  # type: ignore[override]
        return f"{self.payee_name}, {list_name(self.batch)}"

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return self.line_url

    def serve(self, form: ProofForm) -> LineProof:
        return line_proof_add(actor=self.actor, line=self.line, **form.cleaned_data)


class VerificationProofView(ProofView):
    form_class = PlacedUploadForm

    @cached_property
    def act(self) -> Verification:
        rows = narrow_choices(Verification.objects.select_related("programme"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Verval ini tidak ada.")
        return found

    def require_right(self) -> None:
        require_field_right(self.actor, self.act.region_id, self.act.programme)

    @property
    def lead(self) -> str:  # type: ignore[override]
        names = people_names(self.request.user, [self.act.beneficiary_id])
        name = names.get(self.act.beneficiary_id, f"orang yang {MOVED_AWAY}")
        return f"Verval {name}, {short_name(self.act.programme)}. Hasil vervalnya tidak berubah."

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("verification-detail", args=[self.act.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"latitude": self.act.latitude, "longitude": self.act.longitude}

    def serve(self, form: PlacedUploadForm) -> Any:
        return verification_proof_add(actor=self.actor, verification=self.act, **form.cleaned_data)


class ProposalMinutesView(ProofView):
    title = "Unggah berita acara"
    form_class = MinutesForm
    done_message = "Berita acara tersimpan."

    @cached_property
    def proposal(self) -> Proposal:
        rows = narrow_choices(Proposal.objects.select_related("programme"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Usulan ini tidak ada.")
        return found

    def require_right(self) -> None:
        require_entry(self.actor, self.proposal.region_id, self.proposal.programme)

    @property
    def lead(self) -> str:  # type: ignore[override]
        return f"Berita acara musdes atau muskel nomor {self.proposal.minutes_number}."

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("proposal-detail", args=[self.proposal.pk])

    def serve(self, form: MinutesForm) -> Any:
        return proposal_minutes_add(actor=self.actor, proposal=self.proposal, **form.cleaned_data)
