"""Profil Dinas: letterheads and signatories of the offices, with their history, and recording one."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django_filters import FilterSet

from pilar.core import offices
from pilar.core.filters import RegionFilter
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.models import OfficeProfile
from pilar.core.regions import Level
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedForm, GatedListView, RightMixin, ServiceFormView

OFFICES = (Level.NATION, Level.PROVINCE, Level.REGENCY)


class OfficeFilter(FilterSet):
    wilayah = RegionFilter()


class OfficeForm(GatedForm):
    region = RegionField(label="Kantor di wilayah", right=Right.USERS, levels=OFFICES)
    valid_from = IndonesianDateField(
        label="Berlaku sejak", help_text="Dokumen bertanggal ini dan sesudahnya memakainya"
    )
    name = forms.CharField(
        label="Nama kantor", max_length=120, help_text="Nama pemerintah daerah ditulis sendiri di atasnya"
    )
    address = forms.CharField(label="Alamat", max_length=200, required=False)
    contact = forms.CharField(label="Telepon, pos-el, laman", max_length=200, required=False)
    place = forms.CharField(label="Tempat surat", max_length=80, help_text="Di depan tanggal, misalnya Bengkulu")
    signatory_name = forms.CharField(label="Nama", max_length=120, help_text="Dengan gelar")
    signatory_title = forms.CharField(label="Jabatan", max_length=160)
    signatory_rank = forms.CharField(label="Pangkat, golongan", max_length=80, required=False)
    signatory_nip = forms.CharField(label="NIP", max_length=30, required=False, help_text="18 angka")

    def groups(self) -> list[dict[str, Any]]:
        return [
            {"title": title, "fields": [self[name] for name in names]}
            for title, names in (
                ("Berlaku", ("region", "valid_from")),
                ("Kop surat", ("name", "address", "contact", "place")),
                ("Penanda tangan", ("signatory_name", "signatory_title", "signatory_rank", "signatory_nip")),
            )
        ]


class OfficeListView(GatedListView):
    """Every row ever recorded, newest first; which of them a document of today takes is marked."""

    title = "Profil dinas"
    template_name = "core/office_list.html"
    queryset = OfficeProfile.objects.select_related("region")
    filterset_class = OfficeFilter
    ordering = ("-valid_from", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        places = {row.region_id for row in context["rows"]}
        held = {row.pk for row in OfficeProfile.objects.visible_to(self.actor).holding(places, today)}
        return context | {
            "lines": [{"row": row, "state": _state(row, row.pk in held, today)} for row in context["rows"]],
            "own": offices.issuer_of(self.actor, today=today),
            "may_record": bool(reach_of(self.actor).slots_for(Right.USERS)),
        }


def _state(row: OfficeProfile, held: bool, today: date) -> dict[str, str]:
    if held:
        return {"text": "berlaku", "tone": "done"}
    if row.valid_from > today:
        return {"text": "belum mulai", "tone": "wait"}
    return {"text": "digantikan", "tone": "neutral"}


class OfficeCreateView(RightMixin, ServiceFormView):
    """Begins with what the actor's own office has now."""

    title = "Catat profil dinas"
    right = Right.USERS
    form_class = OfficeForm
    done_message = "Profil dinas tercatat. Laporan yang dicetak sejak tanggal itu memakainya."

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        issuer = offices.issuer_of(self.actor, today=today)
        begun = {"region": issuer.region, "valid_from": today, "name": issuer.letterhead.office}
        held = OfficeProfile.objects.visible_to(self.actor).in_force(issuer.region.code, today)
        return begun | (offices.entry_of(held) if held else {"signatory_title": issuer.signature.title.strip(".")})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            lead="Yang lama tetap tersimpan sebagai riwayat dan tidak berubah.",
            submit_label="Catat profil",
            cancel_url=self.get_done_url(None),
            **kwargs,
        )
        return context | {"groups": context["form"].groups()}

    def serve(self, form: OfficeForm) -> OfficeProfile:
        return offices.office_profile_record(actor=self.actor, entry=offices.OfficeEntry(**form.cleaned_data))

    def get_done_url(self, saved: Any) -> str:
        return reverse("office-list")
