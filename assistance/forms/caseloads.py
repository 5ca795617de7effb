"""Forms of dampingan."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, When

from assistance.forms.common import own_programmes
from assistance.forms.field import CompanionField
from personnel.models import Assignment, Personnel, valid_on
from pilar.core import regions
from pilar.core.forms import IndonesianDateField
from pilar.core.models import Pillar, Programme
from pilar.core.regions import Level
from pilar.core.scoping import narrow_choices
from pilar.core.views import GatedForm


class CaseloadForm(GatedForm):
    nik = forms.CharField(
        label="NIK kepala keluarga atau penerima",
        max_length=24,
        help_text="Orangnya sudah terdaftar sebagai penerima",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    since = IndonesianDateField(label="Didampingi sejak")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["programme"].queryset = own_programmes(user)  # type: ignore[attr-defined]


class CaseloadEndForm(GatedForm):
    on = IndonesianDateField(label="Hari terakhir didampingi")


class HandOverForm(GatedForm):
    """`assignment`: whose families are handed over; those of his pillar in the kabupaten are offered, nearest first."""

    successor = CompanionField(Assignment.objects.none(), label="Diserahkan kepada", empty_label="Pilih pendamping")
    on = IndonesianDateField(label="Sejak", help_text="Graduasi sebelum hari itu tetap dikreditkan kepada yang lama")

    def __init__(self, *args: Any, user: Any, assignment: Assignment, today: date, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        around = regions.at_level(assignment.region_id, Level.REGENCY)
        rows = Assignment.objects.filter(valid_on(today), pillar=assignment.pillar).within(around)
        rows = rows.looking_after(Pillar.objects.filter(pk=assignment.pillar_id)).exclude(person=assignment.person_id)
        near = Case(When(region=assignment.region_id, then=0), default=1, output_field=IntegerField())
        offered = narrow_choices(rows.select_related("pillar", "region"), user).order_by(near, "region_id", "pk")
        people = narrow_choices(Personnel.objects.all(), user).filter(pk__in=offered.values("person_id"))
        named = dict(people.values_list("pk", "name"))
        field: Any = self.fields["successor"]
        field.queryset = offered
        field.names = {row.pk: named[row.person_id] for row in offered if row.person_id in named}
