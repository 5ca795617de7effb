from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from assistance.forms.common import FindForm
from assistance.models import Beneficiary
from assistance.reading import looks_like_nik, people_called, person_of_nik
from pilar.core.views import PageView

SHOWN = 20
UNKNOWN_NIK = "Tidak ada penerima dengan NIK itu di wilayah Anda. Daftarkan sebagai penerima baru, atau cari namanya."


class FindByNik:
    """A posted FindForm: a name leads to ?nama=, a NIK to its person; neither is echoed.

    Subclasses say where a chosen person leads (`chosen_url`), and show the form again when it is refused.
    """

    request: HttpRequest
    find_form: type[FindForm] = FindForm

    def chosen_url(self, person: Beneficiary) -> str:
        raise NotImplementedError

    def missing_url(self) -> str:
        """Where an unknown NIK leads; by default back to the empty search."""
        return self.request.path

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.find_form(request.POST)
        if not form.is_valid():
            return self._refused(form)
        text = form.cleaned_data["q"]
        if not looks_like_nik(text):
            return redirect(f"{request.path}?{urlencode({'nama': text})}")
        return self._by_nik(text)

    def _refused(self, form: FindForm) -> HttpResponse:
        view: Any = self
        answer: HttpResponse = view.render_to_response(view.get_context_data(form=form), status=422)
        return answer

    def _by_nik(self, text: str) -> HttpResponse:
        try:
            person = person_of_nik(self.request.user, text)
        except ValidationError as error:
            form = self.find_form({"q": ""})
            form.errors["q"] = form.error_class(error.messages)
            return self._refused(form)
        if person is None:
            messages.warning(self.request, UNKNOWN_NIK)
            return redirect(self.missing_url())
        return redirect(self.chosen_url(person))


class FindPersonView(FindByNik, PageView):
    """Finds a beneficiary by the beginning of the name (?nama=) or by NIK (posted, never echoed).

    Subclasses add what their template shows.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("nama", "").strip()
        found = list(people_called(self.request.user, asked)[: SHOWN + 1]) if asked else []
        kwargs.setdefault("form", FindForm(initial={"q": asked}))
        return super().get_context_data(
            asked=asked,
            more=len(found) > SHOWN,
            shown=SHOWN,
            people=[{"person": p, "url": self.chosen_url(p)} for p in found[:SHOWN]],
            **kwargs,
        )


def person_from(request: HttpRequest) -> Beneficiary | None:
    """The person chosen by ?penerima=; None when nobody is. Raises Http404 for a foreign one."""
    asked = request.GET.get("penerima", "")
    if not asked:
        return None
    rows = Beneficiary.objects.visible_to(request.user).select_related("region")
    person = rows.filter(pk=asked if asked.isdigit() else 0).first()
    if person is None:
        raise Http404("Penerima itu tidak ada di wilayah Anda.")
    return person
