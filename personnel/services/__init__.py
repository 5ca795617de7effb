"""Changes to people, their assignments and what they are paid; both doors call these."""

from personnel.services.people import (
    TAKEN,
    Holder,
    assignment_add,
    assignment_end,
    assignment_warnings,
    nik_holder,
    nik_warnings,
    personnel_change,
    personnel_register,
    stated,
)

__all__ = [
    "TAKEN",
    "Holder",
    "assignment_add",
    "assignment_end",
    "assignment_warnings",
    "nik_holder",
    "nik_warnings",
    "personnel_change",
    "personnel_register",
    "stated",
]
