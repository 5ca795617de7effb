"""Entering an activity: whose, of which kind, then a form of few fields. Each step is a page with its own address."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from personnel.filters import PersonnelFilter
from personnel.forms.activities import ActivityForm, ActivityPhotoForm
from personnel.kinds import OWN, asked_by, kinds_of
from personnel.listing import listed
from personnel.models import Activity, ActivityKind, ActivityPhoto, Assignment, Personnel, valid_on
from personnel.services.activities import ActivityEntry, activity_change, activity_file
from personnel.services.activity_parts import require_writer
from personnel.services.photos import activity_photo_add
from personnel.timeline import role_of, short_name
from personnel.views.activities import OfActivity
from pilar.core.errors import no_right
from pilar.core.formatting import tanggal
from pilar.core.models import Pillar, Region
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedListView, PageMixin, PageView, RightMixin, ServiceFormView


class ActivityStartView(RightMixin, GatedListView):
    """Whose activity; the same list and filters as Personel."""

    right = Right.ENTER
    template_name = "personnel/activity_start.html"
    title = "Catat kegiatan: pilih orangnya"
    queryset = Personnel.objects.all()
    filterset_class = PersonnelFilter
    ordering = ("name_key", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"people": listed(context["rows"], context["filterset"], self.request.user)}


class WriterMixin(PageMixin):
    """For officers who enter data somewhere, and for members, who write about themselves."""

    for_members = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            reach = reach_of(request.user)
            if reach.member is None and not reach.slots_for(Right.ENTER):
                raise no_right(RIGHT_NAMES[Right.ENTER], "admin wilayah di atas Anda")
        return super().dispatch(request, *args, **kwargs)


class OfPerson:
    """The person of the address with what he serves in; a foreign one is 404."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def person(self) -> Personnel:
        found = narrow_choices(Personnel.objects.all(), self.request.user).filter(pk=self.kwargs["person"]).first()
        if found is None:
            raise Http404("Orang ini tidak ada atau di luar wilayah Anda.")
        return found

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Those that run today, else all: a report may come after the service ended."""
        rows = narrow_choices(Assignment.objects.select_related("pillar", "region"), self.request.user)
        rows = rows.filter(person=self.person, pillar__shape=Pillar.Shape.PERSON)
        return list(rows.filter(valid_on(timezone.localdate()))) or list(rows)

    def place_of(self, pillar: Pillar) -> Region | None:
        own = sorted((row for row in self.assignments if row.pillar_id == pillar.pk), key=lambda r: not r.is_primary)
        return own[0].region if own else None


class ActivityKindsView(WriterMixin, OfPerson, PageView):
    """The kinds that this person's pillars do, as large links."""

    template_name = "personnel/activity_kinds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = kinds_of(row.pillar_id for row in self.assignments)
        pillars = {row.pillar_id: row for row in self.assignments}
        return super().get_context_data(**kwargs) | {
            "title": f"Catat kegiatan {self.person.name}",
            "parts": [
                {
                    "title": role_of(row),
                    "links": [self.link(row.pillar, kind) for kind in kinds if row.pillar_id in kind.pillars],
                }
                for row in pillars.values()
            ],
        }

    def link(self, pillar: Pillar, kind: ActivityKind) -> dict[str, str]:
        asked = ", ".join(one.label.lower() for one in asked_by(kind))
        url = reverse("activity-create", args=[self.person.pk, pillar.code, kind.code])
        return {"label": kind.name, "note": asked, "url": url}


class ActivityFormView(WriterMixin, ServiceFormView):
    """The form of one kind; `submit` of its two buttons sends the activity, the other keeps a draft."""

    template_name = "personnel/activity_form.html"
    form_class = ActivityForm
    kind: ActivityKind

    @property
    def submit(self) -> bool:
        return self.request.POST.get("act") != "draf"

    @property
    def done_message(self) -> str:  # type: ignore[override]
        return "Kegiatan diajukan; menunggu diperiksa." if self.submit else "Draf tersimpan; belum diajukan."

    def place(self) -> Region | None:
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind, "place": self.place()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"groups": context["form"].parts()}

    def entry(self, form: ActivityForm, person: Personnel, pillar: Pillar) -> ActivityEntry:
        data = form.cleaned_data
        names = ("date", "region", "quantity", "groups", "note")
        return ActivityEntry(
            person=person,
            pillar=pillar,
            kind=self.kind,
            details=form.details(),
            programme=data.get("programme"),
            stage=data.get("stage"),
            **{name: data[name] for name in names},
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("activity-detail", args=[saved.pk])


class ActivityCreateView(OfPerson, ActivityFormView):
    @cached_property
    def pillar(self) -> Pillar:
        found = next((row.pillar for row in self.assignments if row.pillar.code == self.kwargs["pillar"]), None)
        if found is None:
            raise Http404("Orang ini tidak bertugas di pilar itu.")
        return found

    @cached_property
    def kind(self) -> ActivityKind:  # type: ignore[override]
        kinds = ActivityKind.objects.filter(code=self.kwargs["kind"], pillars__contains=[self.pillar.pk])
        if (found := kinds.select_related("programme").first()) is None:
            raise Http404("Pilar itu tidak melakukan jenis kegiatan ini.")
        return found

    def place(self) -> Region | None:
        return self.place_of(self.pillar)

    def get_initial(self) -> dict[str, Any]:
        return {"date": timezone.localdate(), "region": self.place(), "groups": self.kind.groups}

    def serve(self, form: ActivityForm) -> Activity:
        entry = self.entry(form, self.person, self.pillar)
        return activity_file(actor=self.actor, entry=entry, submit=self.submit, today=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "title": self.kind.name,
            "lead": f"{self.person.name}, {short_name(self.pillar)}",
            "cancel_url": reverse("activity-kinds", args=[self.person.pk]),
        }


class ActivityUpdateView(OfActivity, ActivityFormView):
    @property
    def kind(self) -> ActivityKind:  # type: ignore[override]
        return self.activity.kind

    def place(self) -> Region | None:
        return self.activity.region

    def get_initial(self) -> dict[str, Any]:
        row = self.activity
        names = ("date", "region", "programme", "quantity", "note", "version")
        own = {f"{OWN}{name}": value for name, value in row.details.items()}
        return own | {name: getattr(row, name) for name in names} | {"stage": row.batch_id, "groups": row.target_groups}

    def serve(self, form: ActivityForm) -> Activity:
        person = narrow_choices(Personnel.objects.all(), self.request.user).filter(pk=self.activity.person_id).first()
        if person is None:
            raise Http404("Orang ini tercatat di wilayah lain.")
        return activity_change(
            actor=self.actor,
            activity=self.activity,
            entry=self.entry(form, person, self.activity.pillar),
            version=form.cleaned_data["version"] or 0,
            submit=self.submit,
            today=timezone.localdate(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_writer(self.actor, self.activity)
        return super().get_context_data(**kwargs) | {
            "title": f"Ubah {self.kind.name}",
            "lead": self.activity.returned_note,
            "cancel_url": self.activity_url,
        }


class ActivityPhotoView(OfActivity, WriterMixin, ServiceFormView):
    template_name = "core/place_form.html"
    title = "Tambah foto kegiatan"
    form_class = ActivityPhotoForm
    done_message = "Foto tersimpan."

    def serve(self, form: ActivityPhotoForm) -> ActivityPhoto:
        return activity_photo_add(actor=self.actor, activity=self.activity, **form.cleaned_data)

    def get_done_url(self, saved: Any) -> str:
        return self.activity_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_writer(self.actor, self.activity)
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "lead": f"{self.activity.kind}, {tanggal(self.activity.date)}. Ambil suasananya, bukan wajah atau dokumen.",
            "groups": [
                {"title": "Foto", "fields": [form["upload"]]},
                {"title": "Tempat pengambilan", "fields": [form["latitude"], form["longitude"]]},
            ],
            "consequence": "Foto yang sudah disimpan tidak bisa diganti; yang keliru ditarik petugas dengan alasan.",
            "cancel_url": self.activity_url,
        }
