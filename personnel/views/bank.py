from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from personnel.forms import AccountForm
from personnel.models import BankAccount
from personnel.services.bank import AccountEntry, account_set, account_warnings
from personnel.views.entry import PersonView


class AccountView(PersonView):
    title = "Rekening"
    form_class = AccountForm

    def get_initial(self) -> dict[str, Any]:
        return {"holder": self.person.name, "since": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "lead": f"Rekening tempat {self.person.name} menerima tali asih.",
            "submit_label": "Simpan rekening",
        }

    def serve(self, form: AccountForm) -> BankAccount:
        return account_set(
            actor=self.actor, person=self.person, entry=AccountEntry(**form.cleaned_data), today=timezone.localdate()
        )

    def done(self, saved: Any) -> HttpResponse:
        response = super().done(saved)
        for warning in account_warnings(actor=self.actor, account=saved):
            messages.warning(self.request, warning)
        return response
