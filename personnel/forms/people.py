from typing import Any

from django import forms
from django.template.loader import render_to_string

from personnel.models import Assignment, Personnel
from personnel.rules import OFFICES, AssignmentEntry, PersonEntry, own_pillars
from personnel.services.twins import CONFIRM
from pilar.core import nik
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.models import Pillar
from pilar.core.regions import Level
from pilar.core.views import GatedForm

WORK_AREAS = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE)


#: a dismissal is decided by three parties
DIRECT_ENDS = [(code, name) for code, name in Assignment.EndReason.choices if code != Assignment.EndReason.DISMISSED]


class OfferingInput(forms.TextInput):
    """A text field with a list of usual words; any other word may be written."""

    offered: tuple[str, ...] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["list"] = f"{own.get('id', name)}_list"
        return context | {"offered": self.offered}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        return render_to_string("core/region_input.html", self.get_context(name, value, attrs))


class PersonForm(GatedForm):
    name = forms.CharField(label="Nama lengkap", max_length=120, help_text="Seperti di KTP")
    sex = forms.ChoiceField(label="Jenis kelamin", choices=Personnel.Sex.choices, widget=forms.RadioSelect)
    birth_date = IndonesianDateField(label="Tanggal lahir")
    phone = forms.CharField(
        label="Nomor telepon", max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    employment = forms.ChoiceField(label="Status kepegawaian", choices=Personnel.Employment.choices)
    nia = forms.CharField(
        label="NIA", max_length=20, required=False, help_text="Nomor induk anggota, bila pilarnya punya (Tagana)"
    )
    education = forms.ChoiceField(
        label="Pendidikan terakhir", choices=[("", "belum ada data"), *Personnel.Education.choices], required=False
    )
    major = forms.CharField(label="Jurusan", max_length=80, required=False)
    region = RegionField(label="Kabupaten/kota pengelola", levels=OFFICES)

    def person_entry(self) -> PersonEntry:
        names = ("name", "sex", "birth_date", "phone", "employment", "region", "nia", "education", "major")
        return PersonEntry(**{name: self.cleaned_data[name] for name in names})


class AssignmentForm(GatedForm):
    pillar = forms.ModelChoiceField(Pillar.objects.all(), label="Pilar", empty_label="Pilih pilar")
    position = forms.CharField(
        label="Jabatan atau jenjang",
        max_length=60,
        help_text="Pilih dari daftar, atau tulis seperti di SK",
        widget=OfferingInput({"autocomplete": "off"}),
    )
    work_region = RegionField(label="Wilayah kerja", levels=WORK_AREAS)
    is_primary = forms.BooleanField(label="Wilayah utama (kosongkan bila merangkap)", required=False, initial=True)
    valid_from = IndonesianDateField(label="TMT (mulai tugas)", help_text="Terhitung mulai tanggal, menurut SK")
    continues = forms.BooleanField(
        label="Melanjutkan tugas sebelumnya (bukan rekrutmen baru)",
        required=False,
        help_text="Batas umur rekrutmen lalu hanya diingatkan",
    )
    sk_number = forms.CharField(label="Nomor SK", max_length=80, required=False)
    sk_date = IndonesianDateField(label="Tanggal SK", required=False)
    sk_until = IndonesianDateField(
        label="SK berlaku sampai", required=False, help_text="Kosong: SK tidak menyebut tanggal akhir"
    )
    sk_issuer = forms.CharField(label="Penerbit SK", max_length=120, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        pillars = own_pillars(user)
        self.fields["pillar"].queryset = pillars  # type: ignore[attr-defined]
        words = (position["name"] for pillar in pillars for position in pillar.positions)
        self.fields["position"].widget.offered = tuple(dict.fromkeys(words))

    def assignment_entry(self) -> AssignmentEntry:
        names = (
            "pillar", "position", "valid_from", "continues", "sk_number", "sk_date", "sk_until", "sk_issuer",
            "is_primary",
        )  # fmt: skip
        return AssignmentEntry(
            region=self.cleaned_data["work_region"], **{name: self.cleaned_data[name] for name in names}
        )


class RegisterForm(AssignmentForm, PersonForm):
    nik = forms.CharField(
        label="NIK",
        max_length=24,
        help_text="16 angka; disimpan terenkripsi dan selalu tampil disamarkan",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    different = forms.BooleanField(label=CONFIRM, required=False)

    def clean_nik(self) -> str:
        return nik.validate(self.cleaned_data["nik"])


class ChangeForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class FindForm(forms.Form):
    """Posted, so that neither a NIK nor a phone number stands in an address or a log."""

    q = forms.CharField(
        label="Cari dengan NIK, NIA, atau telepon",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class AccountForm(GatedForm):
    bank = forms.CharField(label="Bank", max_length=40, help_text="Misalnya Bank Mandiri")
    number = forms.CharField(
        label="Nomor rekening",
        max_length=30,
        help_text="Disimpan terenkripsi dan selalu tampil disamarkan",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    holder = forms.CharField(label="Atas nama", max_length=120, help_text="Seperti di buku tabungan")
    since = IndonesianDateField(label="Dipakai sejak", help_text="Rekening sebelumnya berakhir sehari sebelumnya")


class EndForm(GatedForm):
    on = IndonesianDateField(label="Hari terakhir bertugas")
    reason = forms.ChoiceField(label="Sebab", choices=[("", "Pilih sebab"), *DIRECT_ENDS])
