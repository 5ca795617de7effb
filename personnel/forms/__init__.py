"""Forms of this app, one module per noun."""

from personnel.forms.people import AssignmentForm, ChangeForm, EndForm, OfferingInput, PersonForm, RegisterForm

__all__ = ["AssignmentForm", "ChangeForm", "EndForm", "OfferingInput", "PersonForm", "RegisterForm"]
