"""What several forms share, and the small forms of single steps."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet

from assistance.services.entry import may_see_sensitive
from pilar.core.forms import IndonesianDateField
from pilar.core.models import Programme, TargetGroup
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedForm


def sentence(words: Any) -> str:
    """With a capital at its beginning; the rest keeps its case ("Ditetapkan (SK)")."""
    text = str(words)
    return text[:1].upper() + text[1:]


def own_programmes(user: Any) -> QuerySet[Programme]:
    """Programmes that the user's grants cover; all of them when one grant is not narrowed."""
    slots = reach_of(user).slots_for(Right.ENTER)
    if any(not slot.programmes for slot in slots):
        return Programme.objects.all()
    return Programme.objects.filter(pk__in={pk for slot in slots for pk in slot.programmes})


def own_groups(user: Any, groups: QuerySet[TargetGroup]) -> QuerySet[TargetGroup]:
    """Sensitive groups are offered only to whoever may see them."""
    return groups if may_see_sensitive(user) else groups.filter(sensitive=False)


def own_first(field: Any, own: Collection[int]) -> None:
    """Offers a person's own groups (ids) above the others; each stays allowed. Nothing changes without any."""
    if not own:
        return
    rows = [(group.pk, str(group.name)) for group in field.queryset]
    field.choices = [
        ("", field.empty_label),
        ("Kelompok orang ini", [row for row in rows if row[0] in own]),
        ("Kelompok lain", [row for row in rows if row[0] not in own]),
    ]


class GroupField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A PAS group or one of its sub-categories, indented below it."""

    def label_from_instance(self, obj: Any) -> str:
        return f"– {obj.name}" if obj.parent_id else str(obj.name)


def all_groups() -> QuerySet[TargetGroup]:
    """Each of the 12 PAS followed by its sub-categories."""
    return TargetGroup.objects.extra(select={"place": "coalesce(parent_id, id)"}, order_by=["place", "id"])


class FindForm(forms.Form):
    """Posted, so that a NIK stands in no address and no log."""

    q = forms.CharField(
        label="Nama atau NIK penerima",
        max_length=120,
        help_text="Awal nama seperti di KTP, atau 16 angka NIK",
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True}),
    )


class NikForm(FindForm):
    """Beside a list that searches names by its filters."""

    q = forms.CharField(
        label="Cari dengan NIK",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )


class NoteForm(GatedForm):
    """What a step without a date asks."""

    note = forms.CharField(
        label="Catatan", max_length=100, required=False, help_text="Wajib di tahun anggaran yang sudah ditutup"
    )


class StepForm(NoteForm):
    """A step that happened on a day."""

    on = IndonesianDateField(label="Tanggal")
    field_order = ("on", "note")


class ReasonForm(GatedForm):
    note = forms.CharField(label="Sebab", max_length=100)
