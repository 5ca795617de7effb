from functools import cached_property
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from assistance.filters.participation import DecreeFilter
from assistance.forms.common import ReasonForm
from assistance.forms.participation import DecreeForm
from assistance.models import Decree, Participation
from assistance.reading import people_names
from assistance.services.authority import office_of
from assistance.services.decree_names import faults_of, names_in
from assistance.services.decrees import DecreeEntry, decree_create, decree_remove_candidate
from assistance.services.entry import may_see_sensitive, require_entry
from assistance.views.decree_acts import BY_CODE, Act, label_of
from assistance.views.marks import MOVED_AWAY, short_place
from assistance.words import STATES
from pilar.core import places
from pilar.core.context import entry_year
from pilar.core.errors import no_right
from pilar.core.formatting import angka
from pilar.core.machines import glossary
from pilar.core.models import User
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedListView, ServiceFormView

State = Decree.State
TONES = {State.DRAFT: "neutral", State.PROPOSED: "wait", State.DECIDED: "done"}
WORDS = glossary(State, STATES[State])


def pill(decree: Decree) -> dict[str, str]:
    """Text and tone for state_pill.html; a draft that came back says so."""
    if decree.state == State.DRAFT and decree.note:
        return {"text": "dikembalikan", "tone": "back"}
    return {"text": decree.get_state_display(), "tone": TONES[State(decree.state)]}


def names_heading(user: Any) -> str:
    """What a count of names counts: a reader without the right to personal data sees no name of a sensitive group."""
    return "nama" if may_see_sensitive(user) else "nama yang boleh Anda lihat"


class DecreeListView(GatedListView):
    template_name = "assistance/decree_list.html"
    title = "SK penetapan"
    queryset = Decree.objects.select_related("programme", "region")
    export = "sk"
    filterset_class = DecreeFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        labels = places.labels({row.region for row in context["rows"]})
        names = narrow_choices(Participation.objects.all(), self.request.user)
        counted = names.filter(decree__in=[row.pk for row in context["rows"]]).order_by().values("decree_id")
        counts = dict(counted.annotate(n=Count("pk")).values_list("decree_id", "n"))
        return context | {
            "decrees": [
                {
                    "decree": row,
                    "place": short_place(labels[row.region_id]),
                    "names": counts.get(row.pk, 0),
                    "state": pill(row),
                    "office": office_of(row.funding),
                }
                for row in context["rows"]
            ],
            "heading": capfirst(names_heading(self.request.user)),
            "may_enter": bool(reach_of(self.request.user).slots_for(Right.ENTER)),
            "words": WORDS,
        }


class DecreeCreateView(ServiceFormView):
    title = "SK penetapan baru"
    form_class = DecreeForm
    done_message = "Draf SK tersimpan. Isi dari calon penerima."

    def get_initial(self) -> dict[str, Any]:
        return {"year": entry_year(self.request), "region": self.actor.region_id}

    def serve(self, form: DecreeForm) -> Decree:
        return decree_create(actor=self.actor, entry=DecreeEntry(**form.cleaned_data), today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("decree-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not reach_of(self.actor).slots_for(Right.ENTER):
            raise no_right(RIGHT_NAMES[Right.ENTER], "admin wilayah di atas Anda")
        return super().get_context_data(**kwargs) | {
            "lead": "Nomor dan tanggalnya diisi oleh pejabat yang menetapkan.",
            "submit_label": "Simpan draf",
            "cancel_url": reverse("decree-list"),
        }


class OfDecree:
    """The SK from the address; a foreign one is 404."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def decree(self) -> Decree:
        rows = narrow_choices(Decree.objects.select_related("programme", "year", "region"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("SK penetapan ini tidak ada.")
        return found

    @property
    def decree_url(self) -> str:
        return reverse("decree-detail", args=[self.decree.pk])

    def lead(self) -> str:
        decree = self.decree
        return f"{decree.title}. {decree.programme.name}, {places.name_of(decree.region)}, tahun {decree.year_id}."


class DecreeActView(OfDecree, ServiceFormView):
    """One act on one SK. A step the table does not know comes back as a refusal on the form."""

    @property
    def act(self) -> Act:
        if self.kwargs["act"] not in BY_CODE:
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[self.kwargs["act"]]

    def get_form_class(self) -> type[Any]:
        return self.act.form

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"names": self.doubtful()} if self.act.code == "kembalikan" else kwargs

    def doubtful(self) -> list[tuple[int, str]]:
        """Names that may go back to verval: those at fault, and the one the page was opened for (?nama=)."""
        names = narrow_choices(names_in(self.actor, self.decree), self.actor)
        asked = self.request.GET.get("nama", "")
        chosen = names.filter(pk=asked if asked.isdigit() else 0).first()
        found = {fault.row: fault.sentence for fault in faults_of(self.actor, names, self.decree.programme, today())}
        if chosen is not None and chosen.pk not in found:
            found[chosen.pk] = people_names(self.actor, [chosen.beneficiary_id]).get(chosen.beneficiary_id, MOVED_AWAY)
        return list(found.items())

    def get_initial(self) -> dict[str, Any]:
        return {"candidates": [self.request.GET.get("nama")]}

    def serve(self, form: Any) -> Any:
        return self.act.serve(actor=self.actor, decree=self.decree, today=today(), **form.cleaned_data)

    def done(self, saved: Any) -> HttpResponse:
        left = len(saved.left_out) if self.act.code == "isi" else 0
        self.done_message = self.act.done.format(saved, left=left, why=", sebabnya tertulis di bawah" if left else "")
        return super().done(saved)

    def get_done_url(self, saved: Any) -> str:
        return self.decree_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self._require_someone()
        names = names_in(self.actor, self.decree).count()
        label = label_of(self.actor, self.decree, self.act)
        return super().get_context_data(**kwargs) | {
            "title": label,
            "lead": f"{self.lead()} {angka(names)} {names_heading(self.actor)}.",
            "submit_label": label,
            "consequence": self.act.consequence,
            "cancel_url": self.decree_url,
        }

    def _require_someone(self) -> None:
        """The page is for those who might act; whether they may now is the service's question."""
        if self.act.right is not None:
            require_entry(self.actor, self.decree.region_id, self.decree.programme)
        elif not (reach_of(self.actor).can(Right.DECIDE, self.decree.region_id) or self._mine()):
            raise no_right(RIGHT_NAMES[Right.DECIDE], "admin wilayah di atas Anda")

    def _mine(self) -> bool:
        return self.actor.pk == self.decree.proposed_by_id


class DecreeRemoveView(OfDecree, ServiceFormView):
    """Takes one name out of a draft."""

    form_class = ReasonForm
    done_message = "Nama dikeluarkan; ia tetap calon penerima."

    @cached_property
    def row(self) -> Participation:
        found = names_in(self.actor, self.decree).filter(pk=self.kwargs["participation"]).first()
        if found is None:
            raise Http404("Nama ini tidak ada dalam SK ini.")
        return found

    def serve(self, form: Any) -> None:
        decree_remove_candidate(
            actor=self.actor, decree=self.decree, participation=self.row, today=today(), **form.cleaned_data
        )

    def get_done_url(self, saved: Any) -> str:
        return self.decree_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_entry(self.actor, self.decree.region_id, self.decree.programme)
        person = self.row.beneficiary_id
        name = people_names(self.actor, [person]).get(person, MOVED_AWAY)
        return super().get_context_data(**kwargs) | {
            "title": f"Keluarkan {name}",
            "lead": self.lead(),
            "submit_label": "Keluarkan dari SK",
            "consequence": "Ia tetap calon penerima dan masuk lagi bila SK diisi lagi dari calon. Bila verval-nya "
            "diragukan, kembalikan ia ke verval dari halaman kepesertaannya.",
            "cancel_url": self.decree_url,
        }


def today() -> Any:
    return timezone.localdate()


def officers(user: Any, *ids: int | None) -> dict[int, str]:
    """Names of officers as far as the reader may know them."""
    known = dict(User.objects.visible_to(user).filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "name"))
    return {pk: known.get(pk, "petugas di luar wilayah Anda") for pk in ids if pk}
