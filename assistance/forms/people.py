"""Beneficiaries, their PAS groups, and what is known of them."""

from typing import Any

from django import forms

from assistance.forms.common import GroupField, all_groups, own_groups
from assistance.models import Guardian
from assistance.services.beneficiaries import Belonging, BeneficiaryEntry, PersonFacts
from assistance.services.circumstances import CircumstanceEntry
from assistance.services.family import GuardianEntry
from assistance.services.twins import CONFIRM
from assistance.words import CIRCUMSTANCES
from personnel.models import Personnel
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.regions import Level
from pilar.core.views import GatedForm

HOME_LEVELS = (Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
GROUP_ROWS = (1, 2, 3)


class PersonForm(GatedForm):
    name = forms.CharField(label="Nama lengkap", max_length=120, help_text="Seperti di KTP")
    sex = forms.ChoiceField(label="Jenis kelamin", choices=Personnel.Sex.choices, widget=forms.RadioSelect)
    birth_date = IndonesianDateField(label="Tanggal lahir")
    region = RegionField(label="Tempat tinggal", levels=HOME_LEVELS)


class RegisterForm(PersonForm):
    """A new beneficiary with his PAS groups."""

    nik = forms.CharField(
        label="NIK",
        max_length=24,
        help_text="16 angka; disimpan terenkripsi dan selalu tampil disamarkan",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    different = forms.BooleanField(label=CONFIRM, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        for row in GROUP_ROWS:
            first = row == GROUP_ROWS[0]
            self.fields[f"group_{row}"] = GroupField(
                own_groups(user, all_groups()), label=f"Kelompok PAS {row}", required=first, empty_label="Pilih"
            )
            self.fields[f"since_{row}"] = IndonesianDateField(label=f"Anggota kelompok {row} sejak", required=first)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for row in GROUP_ROWS[1:]:
            group, since = data.get(f"group_{row}"), data.get(f"since_{row}")
            if group and not since and f"since_{row}" not in self.errors:
                self.add_error(f"since_{row}", "Isi sejak kapan ia termasuk kelompok ini.")
            if since and not group:
                self.add_error(f"group_{row}", "Pilih kelompoknya, atau kosongkan tanggalnya.")
        return data

    def person_entry(self) -> BeneficiaryEntry:
        data = self.cleaned_data
        rows = [row for row in GROUP_ROWS if data[f"group_{row}"]]
        return BeneficiaryEntry(
            **{name: data[name] for name in ("name", "nik", "sex", "birth_date", "region")},
            belongings=[Belonging(data[f"group_{row}"], data[f"since_{row}"]) for row in rows],
        )


class ChangeForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].help_text = "Usulan dan kepesertaan yang sudah ada tetap di wilayahnya"

    def facts(self) -> PersonFacts:
        return PersonFacts(**{name: self.cleaned_data[name] for name in ("name", "sex", "birth_date", "region")})


class MembershipForm(GatedForm):
    group = GroupField(all_groups(), label="Kelompok PAS", empty_label="Pilih kelompok")
    since = IndonesianDateField(label="Sejak")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["group"]
        field.queryset = own_groups(user, field.queryset)


class MembershipEndForm(GatedForm):
    on = IndonesianDateField(label="Hari terakhir sebagai anggota")


def _facts() -> list[tuple[str, Any]]:
    """Each kind with its values below it, so that one field asks for both and needs no script."""
    kinds = [(label, [(f"{kind}:{value}", text) for value, text in values.items()])
             for kind, (label, values) in CIRCUMSTANCES.items()]  # fmt: skip
    return [("", "Pilih keadaan"), *kinds]


class CircumstanceForm(GatedForm):
    fact = forms.ChoiceField(label="Keadaan", choices=_facts)
    as_of = IndonesianDateField(label="Per tanggal", help_text="Tanggal rilis, surat, atau pemeriksaan")
    source = forms.CharField(
        label="Sumber", max_length=120, help_text="Misalnya rilis DTSEN Oktober 2026, surat sekolah, akta kematian"
    )

    def entry(self) -> CircumstanceEntry:
        kind, _, value = self.cleaned_data["fact"].partition(":")
        return CircumstanceEntry(kind, value, self.cleaned_data["as_of"], self.cleaned_data["source"])


class CardForm(GatedForm):
    number = forms.CharField(
        label="Nomor KK",
        max_length=24,
        help_text="16 angka; disimpan terenkripsi dan selalu tampil disamarkan",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    since = IndonesianDateField(label="Tercatat di kartu ini sejak", help_text="Tanggal terbit kartunya")


class GuardianForm(GatedForm):
    role = forms.ChoiceField(label="Sebagai", choices=Guardian.Role.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Nama lengkap", max_length=120, help_text="Seperti di KTP")
    relation = forms.CharField(label="Hubungan", max_length=60, help_text="Misalnya ibu, paman, atau pengurus panti")
    nik = forms.CharField(
        label="NIK",
        max_length=24,
        required=False,
        help_text="16 angka; disimpan terenkripsi",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    since = IndonesianDateField(label="Sejak")

    def entry(self) -> GuardianEntry:
        return GuardianEntry(**self.cleaned_data)


class GuardianEndForm(GatedForm):
    on = IndonesianDateField(label="Hari terakhir sebagai wali atau kuasa")
