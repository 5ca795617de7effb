from typing import Any

from django.utils import timezone

from personnel.forms.allowances import EmploymentForm
from personnel.models import EmploymentChange
from personnel.services.employment import employment_change
from personnel.views.entry import PersonView


class EmploymentView(PersonView):
    title = "Perubahan status kepegawaian"
    form_class = EmploymentForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.person.get_employment_display()
        return super().get_context_data(**kwargs) | {
            "lead": f"{self.person.name}, sekarang {now}.",
            "submit_label": "Simpan perubahan",
            "consequence": "Sejak tanggal itu statusnya berlaku untuk tali asih; bulan sebelumnya tetap dengan "
            "status lama.",
        }

    def serve(self, form: EmploymentForm) -> EmploymentChange:
        return employment_change(actor=self.actor, person=self.person, today=timezone.localdate(), **form.cleaned_data)
