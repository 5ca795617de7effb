from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from assistance.forms.field import FACT, VerificationForm
from assistance.models import Beneficiary, Proposal, Verification
from assistance.reading_verval import caretakers_of, latest_of
from assistance.services.eligibility import Finding, against, cautions, short_name
from assistance.services.fieldwork import require_field_right
from assistance.services.proofs import verification_proof_add
from assistance.services.verifications import Grounds, VerificationEntry, grounds_of, verification_record
from assistance.views.marks import group_shown, short_place
from assistance.words import SEEN_ON_THE_SPOT
from pilar.core import places
from pilar.core.attachments import Kind
from pilar.core.formatting import tanggal
from pilar.core.models import Programme
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import ServiceFormView

FINAL = "Verval tidak bisa diubah sesudah disimpan."


class VerificationCreateView(ServiceFormView):
    """Writes down what the companion found: one column on a phone, the result first."""

    template_name = "assistance/verification_form.html"
    form_class = VerificationForm

    @cached_property
    def person(self) -> Beneficiary:
        rows = narrow_choices(Beneficiary.objects.select_related("region"), self.request.user)
        found = rows.filter(pk=self.kwargs["person"]).first()
        if found is None:
            raise Http404("Orang ini tidak ada.")
        return found

    @cached_property
    def programme(self) -> Programme:
        found = Programme.objects.filter(code=self.kwargs["programme"]).first()
        if found is None:
            raise Http404("Program ini tidak ada.")
        return found

    @cached_property
    def grounds(self) -> Grounds:
        return grounds_of(self.actor, self.person, self.programme)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            require_field_right(self.actor, self.grounds.region, self.programme)
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_participant(self) -> bool:
        return self.grounds.proposal is None and self.grounds.participation is not None

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {
            "region": self.grounds.region,
            "participant": self.is_participant,
            "today": timezone.localdate(),
            "lacks": self._lacks(),
        }
        return super().get_form_kwargs() | more

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        if self.grounds.proposal:
            return {"verified_on": today, "companion": self.grounds.proposal.assigned_to_id}
        carers = caretakers_of(self.actor, [self.person.pk], today)
        return {"verified_on": today, "companion": carers.get((self.person.pk, self.programme.pk))}

    def serve(self, form: Any) -> Verification:
        given = dict(form.cleaned_data)
        photo = given.pop("upload")
        entry = VerificationEntry(beneficiary=self.person, programme=self.programme, **given)
        made = verification_record(actor=self.actor, entry=entry, today=timezone.localdate())
        if photo:
            verification_proof_add(
                actor=self.actor,
                verification=made,
                upload=photo,
                kind=Kind.PHOTO,
                latitude=entry.latitude,
                longitude=entry.longitude,
            )
        return made

    def get_done_url(self, saved: Any) -> str:
        return reverse("verification-detail", args=[saved.pk])

    def form_invalid(self, form: Any) -> HttpResponse:
        self.__dict__.pop("grounds", None)  # the refused save may have read them half changed
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        facts = [name for name in form.fields if name.startswith(FACT)]
        return context | {
            "title": f"Verval {self.person.name}",
            "lead": f"{short_name(self.programme)} · {self._why()}",
            "person_facts": self._facts(),
            "findings": self.findings,
            "circumstance_url": self._circumstance_url(),
            "groups": [
                {"title": title, "fields": [form[name] for name in names if name in form.fields]}
                for title, names in (
                    ("Hasil di lapangan", ("result", "reason", "consequence", "evidence", "upload", *facts)),
                    ("Siapa dan kapan", ("companion", "verified_on")),
                    ("Titik lokasi", ("latitude", "longitude")),
                )
            ],
            "consequence": self._consequence(),
            "cancel_url": reverse("verification-due" if self.is_participant else "verification-list"),
        }

    @cached_property
    def findings(self) -> list[Finding]:
        """What the companion should make sure of: conditions that fail by the records, or that nobody recorded."""
        if self.grounds.proposal is None:
            return []
        on = timezone.localdate()
        caution = cautions([self.person.pk], on).get(self.person.pk)
        return [*against(self.person.pk, programme=self.programme, on=on), *([caution] if caution else [])]

    def _lacks(self) -> list[str]:
        """What nobody recorded and the companion sees; asked by the form."""
        return [finding.lacks for finding in self.findings if finding.lacks in SEEN_ON_THE_SPOT]

    def _circumstance_url(self) -> str:
        if not reach_of(self.actor).can(Right.ENTER, self.person.region_id):
            return ""
        return reverse("circumstance-record", args=[self.person.pk])

    def _why(self) -> str:
        if self.grounds.proposal:
            return f"usulan {tanggal(self.grounds.proposal.proposed_on)}"
        return "peserta" if self.grounds.participation else "sanggahan yang terbuka"

    def _consequence(self) -> str:
        if self.grounds.proposal:
            return f"Layak: menjadi calon penerima. Tidak layak: usulannya selesai. {FINAL}"
        return f"Layak: vervalnya berlaku lagi. {FINAL}"

    def _facts(self) -> list[dict[str, Any]]:
        """Whom the companion looks for. No NIK: this is read in the street."""
        person, grounds = self.person, self.grounds
        last = latest_of(self.actor, [person.pk]).get((person.pk, self.programme.pk))
        of_group = grounds.proposal or grounds.participation
        rows = [
            {"label": "Tempat tinggal", "value": short_place(places.labels([person.region])[person.region_id])},
            {"label": "Tanggal lahir", "value": tanggal(person.birth_date)},
        ]
        if of_group:
            rows.append({"label": "Kelompok PAS", "value": group_shown(self.actor, of_group.group)})
        if isinstance(of_group, Proposal):
            rows.append(
                {
                    "label": "Berita acara",
                    "value": f"{of_group.minutes_number}, {tanggal(of_group.minutes_date)}",
                }
            )
        said = f"{tanggal(last.verified_on)}, {last.get_result_display()}" if last else "belum pernah"
        return [*rows, {"label": "Verval terakhir", "value": said}]
