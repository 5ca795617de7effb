"""What is filled in for users and their grants."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from pilar.core.filters import RegionFilter
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.models import Pillar, Programme, Role, User
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.services import Terms
from pilar.core.views import GatedForm

FLAGS = ("may_enter", "may_approve", "may_view_personal_data")


class TermsForm(GatedForm):
    """The part that says what a grant allows."""

    grant_region = RegionField(right=Right.USERS, label="Wilayah wewenang")
    valid_from = IndonesianDateField(label="Berlaku sejak")
    valid_until = IndonesianDateField(
        label="Berlaku sampai", required=False, help_text="Kosongkan bila belum ada batasnya"
    )
    may_enter = forms.BooleanField(label="Boleh mengisi data", required=False)
    may_approve = forms.BooleanField(label="Boleh menyetujui", required=False)
    may_view_personal_data = forms.BooleanField(
        label="Boleh membuka data pribadi", required=False, help_text="NIK satu orang, dengan alasan yang dicatat"
    )
    pillars = forms.ModelMultipleChoiceField(
        Pillar.objects.all(), label="Hanya pilar", required=False, widget=forms.CheckboxSelectMultiple
    )
    programmes = forms.ModelMultipleChoiceField(
        Programme.objects.all(), label="Hanya program", required=False, widget=forms.CheckboxSelectMultiple
    )

    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(
            region=data["grant_region"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            pillars=[pillar.pk for pillar in data["pillars"]],
            programmes=[programme.pk for programme in data["programmes"]],
            **{name: data[name] for name in FLAGS},
        )

    def terms_groups(self) -> list[dict[str, Any]]:
        return [
            {
                "title": "Wewenang",
                "fields": [self[name] for name in ("grant_region", "valid_from", "valid_until")],
            },
            {
                "title": "Yang boleh dilakukan",
                "note": "Tanpa centang, pengguna hanya dapat melihat data wilayah itu.",
                "fields": [self[name] for name in FLAGS],
            },
            {
                "title": "Batasan",
                "note": "Untuk koordinator satu pilar atau pengelola satu program. Tanpa centang berarti semua.",
                "fields": [self["pillars"], self["programmes"]],
            },
        ]


class InviteForm(TermsForm):
    name = forms.CharField(label="Nama lengkap", max_length=120)
    username = forms.CharField(
        label="Nama pengguna", max_length=60, help_text="Huruf kecil, angka, titik, garis bawah, atau tanda hubung"
    )
    office = forms.CharField(label="Kantor", max_length=120)
    role = forms.ModelChoiceField(Role.objects.all(), label="Peran", empty_label="Pilih peran")
    region = RegionField(right=Right.USERS, label="Wilayah kantor")
    grant_region = RegionField(
        right=Right.USERS,
        label="Wilayah wewenang",
        required=False,
        help_text="Kosongkan bila sama dengan wilayah kantor",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Only roles that hold no more than the inviter."""
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["role"]
        held = reach_of(user).rights
        field.queryset = field.queryset.filter(rights__contained_by=sorted(held)).exclude(levels=[])

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["grant_region"] = data.get("grant_region") or data.get("region")
        return data

    def groups(self) -> list[dict[str, Any]]:
        who = ("name", "username", "office", "region", "role")
        return [{"title": "Petugas", "fields": [self[name] for name in who]}, *self.terms_groups()]


class DeactivateForm(GatedForm):
    """Who takes over: colleagues of the same area. Not asked when nothing is open."""

    successor = forms.ModelChoiceField(
        User.objects.filter(is_active=True), label="Penerus", empty_label="Pilih petugas"
    )

    def __init__(self, *args: Any, user: Any, leaving: User, has_work: bool, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not has_work:
            del self.fields["successor"]
            return
        field: Any = self.fields["successor"]
        field.queryset = field.queryset.filter(region_id=leaving.region_id).exclude(pk=leaving.pk)


class UserFilter(FilterSet):
    q = CharFilter(label="Cari nama", method="of_name")
    role = ModelChoiceFilter(label="Peran", queryset=Role.objects.all(), empty_label="Semua peran")
    state = ChoiceFilter(
        label="Keadaan",
        field_name="is_active",
        choices=[("True", "aktif"), ("False", "dinonaktifkan")],
        empty_label="Semua",
    )
    region = RegionFilter(label="Wilayah kantor")

    def of_name(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Anywhere in the name or the login: an office has few users."""
        return rows.filter(name__icontains=value) | rows.filter(username__icontains=value)
