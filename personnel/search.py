"""Search first: one field for a name, a NIK (by its blind index), a NIA or a phone number."""

import re
from typing import Any

from django.db.models import Q, QuerySet

from personnel.models import Personnel
from pilar.core import crypto, nik
from pilar.core.scoping import narrow_choices

LONGEST_PHONE = 14
SHOWN = 20


def phone_digits(text: str) -> str:
    """As `Personnel.phone_key` keeps it."""
    return re.sub(r"^62", "0", re.sub(r"\D", "", text))


def is_number(text: str) -> bool:
    """Digits with what people put between them; nobody's name, and never fit for an address."""
    return bool(re.fullmatch(r"[\d\s.+()/-]*\d[\d\s.+()/-]*", text))


def people_found(user: Any, text: str) -> QuerySet[Personnel]:
    """People in the user's area: digits are a NIK, a NIA or a phone number, anything else a name or a NIA.

    Raises ValidationError for digits that are too many for a phone number and no NIK.
    """
    rows = narrow_choices(Personnel.objects.select_related("region"), user).order_by("name_key", "id")
    if not is_number(text):
        return rows.called(text) | rows.filter(nia=text.strip())  # type: ignore[attr-defined, no-any-return]
    digits = re.sub(r"\D", "", text)
    if len(digits) > LONGEST_PHONE:
        return rows.filter(nik_index=crypto.blind_index(nik.validate(digits)))
    return rows.filter(Q(nia=digits) | Q(phone_key=phone_digits(text)) & ~Q(phone=""))
