from typing import Any

from django import forms

from pilar.core.forms import RegionField
from pilar.core.models import BudgetYear
from pilar.reports.kinds import KINDS
from targets.periods import SLUGS, part_name


class ReportForm(forms.Form):
    """Which report, of which area and period."""

    laporan = forms.ChoiceField(label="Laporan", choices=[(kind.slug, kind.title) for kind in KINDS.values()])
    wilayah = RegionField(right=None)
    tahun = forms.TypedChoiceField(label="Tahun", coerce=int)
    periode = forms.ChoiceField(
        label="Periode",
        choices=[(slug, "Setahun" if number == 0 else part_name(number)) for slug, number in SLUGS.items()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = BudgetYear.objects.order_by("-year").values_list("year", flat=True)
        self.fields["tahun"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
