"""Giving a user one more area, and ending a grant."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from pilar.core import services
from pilar.core.models import RegionGrant
from pilar.core.pages.user_forms import TermsForm
from pilar.core.pages.users import OneUser
from pilar.core.scoping import narrow_choices
from pilar.core.views import GatedForm, ServiceFormView


class GrantCreateView(OneUser, ServiceFormView):
    form_class = TermsForm
    done_message = "Wewenang ditambahkan."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Tambah wewenang {self.subject.name}"

    def get_initial(self) -> dict[str, Any]:
        return {"grant_region": self.subject.region, "valid_from": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            lead=f"{self.subject.role.name}, {self.subject.office}", submit_label="Tambah wewenang", **kwargs
        )
        return context | {"groups": context["form"].terms_groups()}

    def serve(self, form: TermsForm) -> RegionGrant:
        return services.grant_add(actor=self.actor, user=self.subject, terms=form.terms(), today=timezone.localdate())


class GrantEndView(OneUser, ServiceFormView):
    """`pk` names the user, `grant` one of his grants."""

    form_class = GatedForm
    done_message = "Wewenang diakhiri."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Akhiri wewenang {self.subject.name}"

    @cached_property
    def grant(self) -> RegionGrant:
        rows = narrow_choices(self.subject.grants.select_related("region", "user__role"), self.request.user)
        if (found := rows.filter(pk=self.kwargs["grant"]).first()) is None:
            raise Http404("Wewenang ini tidak ada.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            lead=str(services.Terms.of(self.grant)),
            submit_label="Akhiri wewenang",
            danger=True,
            consequence=f"Mulai sekarang {self.subject.name} tidak lagi melihat atau mengisi data lewat wewenang ini.",
            **kwargs,
        )

    def serve(self, form: GatedForm) -> RegionGrant:
        services.grant_end(actor=self.actor, grant=self.grant, today=timezone.localdate())
        return self.grant
