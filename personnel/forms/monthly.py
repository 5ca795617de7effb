"""Handing in a monthly report."""

from datetime import date, timedelta
from typing import Any

from django import forms

from personnel.services.monthly_reports import month_text
from pilar.core.models import Pillar
from pilar.core.views import GatedForm

OFFERED = 12


class MonthlyReportForm(GatedForm):
    """The last twelve months that have ended; what was done stands in the verified activities."""

    pillar = forms.ModelChoiceField(Pillar.objects.all(), label="Pilar", empty_label=None)
    month = forms.ChoiceField(label="Bulan")
    note = forms.CharField(
        label="Catatan", max_length=500, required=False, widget=forms.Textarea({"rows": 3}), help_text="Kendala, usulan"
    )

    def __init__(self, *args: Any, user: Any, pillars: list[int], today: date, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["pillar"].queryset = Pillar.objects.filter(pk__in=pillars)
        fields["month"].choices = [(month.isoformat(), month_text(month)) for month in ended(today)]

    def clean_month(self) -> date:
        return date.fromisoformat(self.cleaned_data["month"])


def ended(today: date) -> list[date]:
    """First days of the months before this one, the latest first."""
    found, day = [], today.replace(day=1)
    for _ in range(OFFERED):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return found
