"""Registering a beneficiary from a page: alone, or together with his first line."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from assistance.forms.people import RegisterForm
from assistance.models import Beneficiary
from assistance.services.beneficiaries import beneficiary_register
from assistance.services.twins import CONFIRM, ProbableTwin
from pilar.core import nik


class Registering:
    """For form views; after a refusal for likeness `twin_group` asks for the officer's word."""

    request: HttpRequest
    twins: tuple[Beneficiary, ...] = ()

    def register(self, form: RegisterForm) -> Beneficiary:
        """Raises Refusal or ValidationError, as the service does; differences to the NIK are told afterwards."""
        entry, actor = form.person_entry(), self.request.user
        try:
            person = beneficiary_register(
                actor=actor,  # type: ignore[arg-type]
                entry=entry,
                today=timezone.localdate(),
                different=form.cleaned_data["different"],
            )
        except ProbableTwin as found:
            self.twins = tuple(found.twins)
            raise
        except ValidationError as error:
            raise _renamed(error, "belongings", "group_1") from error
        for sentence in nik.warnings(nik.validate(entry.nik), birth_date=entry.birth_date, female=entry.sex == "P"):
            messages.warning(self.request, sentence)
        return person

    def twin_group(self, form: RegisterForm) -> list[dict[str, Any]]:
        """The confirmation, only once it is asked for."""
        if not self.twins and not form["different"].value():
            return []
        note = f"Buka dan bandingkan dahulu. Centang “{CONFIRM}” hanya bila Anda sudah memastikannya."
        return [{"title": "Orang yang sama atau bukan?", "note": note, "fields": [form["different"]]}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(twins=self.twins, **kwargs)  # type: ignore[misc, no-any-return]


def _renamed(error: ValidationError, name: str, field: str) -> ValidationError:
    """The service's name of an entry as the form calls it."""
    found = error.error_dict if hasattr(error, "error_dict") else {}
    return ValidationError({field if key == name else key: value for key, value in found.items()}) if found else error
