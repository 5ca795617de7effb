"""Forms of this app, one module per noun."""

from personnel.forms.people import (
    AccountForm,
    AssignmentForm,
    ChangeForm,
    EndForm,
    FindForm,
    OfferingInput,
    PersonForm,
    RegisterForm,
)

__all__ = [
    "AccountForm",
    "AssignmentForm",
    "ChangeForm",
    "EndForm",
    "FindForm",
    "OfferingInput",
    "PersonForm",
    "RegisterForm",
]
