"""Uploading a file, saying what its columns are, and the decisions, each with its consequence spelt out."""

from typing import Any

from django.db import connection
from django.urls import reverse

from pilar.core.formatting import angka
from pilar.core.imports import services
from pilar.core.imports.kinds import all_kinds
from pilar.core.models import ImportedRow, ImportSession
from pilar.core.pages.import_forms import ApplyForm, ChooseForm, LayoutForm, MapForm, UndoForm, UploadForm
from pilar.core.pages.imports import STEPS, OfImport
from pilar.core.places import name_of
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, require
from pilar.core.views import GatedForm, RightMixin, ServiceFormView

CHANGED_SHOWN = 20


class ImportUploadView(RightMixin, ServiceFormView):
    title = "Impor berkas"
    right = Right.ENTER
    template_name = "core/import_form.html"
    form_class = UploadForm
    done_message = "Berkas tersimpan. Data belum berubah."

    def get_initial(self) -> dict[str, Any]:
        return {"region": self.actor.region_id, "kind": self.request.GET.get("jenis", "")}

    def serve(self, form: UploadForm) -> ImportSession:
        given = form.cleaned_data
        return services.import_upload(actor=self.actor, name=given["content"].name, **given)

    def get_done_url(self, saved: Any) -> str:
        return reverse("import-map", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "steps": [{"label": label, "url": ""} for label in STEPS],
            "step": 1,
            "submit_label": "Unggah",
            "consequence": "Judul kolom ditunjukkan dahulu, lalu setiap baris diperiksa. Data baru berubah "
            "sesudah Anda memutuskan.",
            "cancel_url": reverse("import-list"),
            "kinds": [
                {
                    "kind": kind,
                    "template_url": reverse("import-template", args=[kind.code]),
                    "data_url": reverse("import-data", args=[kind.code]),
                }
                for kind in all_kinds()
            ],
        }


class ImportActView(OfImport, ServiceFormView):
    label = ""
    step = 3
    form_class: Any = GatedForm
    danger = False

    def get_done_url(self, saved: Any) -> str:
        return self.session_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require(self.actor, Right.ENTER, self.session.region_id)
        return super().get_context_data(**kwargs) | {
            "title": f"{self.label}: {self.session.name}",
            "lead": f"{self.kind.label}, {name_of(self.session.region)}.",
            "submit_label": self.label,
            "consequence": self.consequence(),
            "danger": self.danger,
            "steps": self.steps(),
            "step": self.step,
            "cancel_url": self.session_url,
        }

    def consequence(self) -> str:
        raise NotImplementedError


class OfSessionForm(ImportActView):
    """Whose form is made from the session."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"session": self.session}


class ImportMapView(OfSessionForm):
    label = "Pastikan kolom"
    step = 2
    template_name = "core/import_map.html"
    form_class = MapForm
    done_message = "Kolom tersimpan; berkas sedang diperiksa."

    def serve(self, form: MapForm) -> ImportSession:
        return services.import_map(actor=self.actor, session=self.session, mapping=form.mapping())

    def consequence(self) -> str:
        return "Semua baris diperiksa. Pilihan kolom diingat untuk kantor Anda. Data belum berubah."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        layout = self.session.layout
        unknown = sum(column is None for column in self.session.mapping)
        last = layout["row"] + layout["lines"] - 1
        rows = f"baris {layout['row']}" if last == layout["row"] else f"baris {layout['row']} dan {last}"
        where = f"lembar “{layout['sheet']}”, {rows}" if layout["sheet"] else rows
        return super().get_context_data(**kwargs) | {
            "submit_label": "Periksa berkas",
            "found": f"Judul kolom ditemukan di {where}."
            + (f" {unknown} judul belum dikenal; pilih isinya atau abaikan." if unknown else ""),
            "layout_url": reverse("import-layout", args=[self.session.pk]),
        }


class ImportLayoutView(OfSessionForm):
    label = "Pilih baris judul"
    step = 2
    form_class = LayoutForm
    done_message = "Baris judul diganti."

    def serve(self, form: LayoutForm) -> ImportSession:
        return services.import_lay_out(actor=self.actor, session=self.session, **form.cleaned_data)

    def get_done_url(self, saved: Any) -> str:
        return reverse("import-map", args=[saved.pk])

    def consequence(self) -> str:
        return "Kolom dibaca ulang dari baris itu; baris di atasnya tidak ikut."


class ImportChooseView(OfSessionForm):
    label = "Pilih maksudnya"
    form_class = ChooseForm
    done_message = "Pilihan tersimpan; berkas sedang diperiksa lagi."

    def serve(self, form: ChooseForm) -> ImportSession:
        return services.import_choose(actor=self.actor, session=self.session, choices=form.choices())

    def consequence(self) -> str:
        return "Berlaku untuk semua baris di berkas ini yang menulis nama itu. Data belum berubah."


class ImportApplyView(ImportActView):
    label = "Simpan"
    step = 4
    form_class = ApplyForm
    done_message = "Baris sedang disimpan."

    def get_initial(self) -> dict[str, Any]:
        bad = self.session.counts.get("bad", 0)
        return {"mode": ImportSession.Mode.GOOD if bad else ImportSession.Mode.ALL}

    def serve(self, form: ApplyForm) -> ImportSession:
        return services.import_apply(actor=self.actor, session=self.session, **form.cleaned_data)

    def consequence(self) -> str:
        counts = self.session.counts
        if not counts:
            return "Berkas ini belum diperiksa."
        return (
            f"{angka(counts['create'])} {self.kind.row} dibuat dan {angka(counts['update'])} diperbarui. "
            f"{angka(counts['bad'])} baris bermasalah tidak ikut. "
            "Impor dapat diurungkan; yang diubah orang sesudahnya tetap."
        )


class ImportUndoView(ImportActView):
    label = "Urungkan"
    step = 5
    form_class = UndoForm
    danger = True
    template_name = "core/import_undo.html"
    done_message = "Impor sedang diurungkan."

    def serve(self, form: UndoForm) -> ImportSession:
        return services.import_undo(actor=self.actor, session=self.session, **form.cleaned_data)

    def consequence(self) -> str:
        return "Yang dibuat dihapus dan yang diubah dikembalikan, kecuali yang sudah diubah atau dipakai sesudah impor."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changed = self.changed()
        rows = narrow_choices(ImportedRow.objects.all(), self.request.user).filter(pk__in=changed[:CHANGED_SHOWN])
        nouns = self.kind.nouns
        return super().get_context_data(**kwargs) | {
            "changed_count": len(changed),
            "changed": [
                {
                    "number": row.number,
                    "label": nouns.get(row.noun, (row.noun, ""))[0],
                    "url": reverse(nouns[row.noun][1], args=[row.object_id])
                    if nouns.get(row.noun, ("", ""))[1]
                    else "",
                }
                for row in rows
            ],
        }

    def changed(self) -> list[int]:
        """What somebody changed since the import, as far as the reader sees it."""
        with connection.cursor() as cursor:
            cursor.execute(self.kind.changed, {"session": self.session.pk})
            return [pk for (pk,) in cursor.fetchall()]


class ImportDropView(ImportActView):
    label = "Buang berkas"
    done_message = "Berkas dibuang; tidak ada yang tersimpan."

    def serve(self, form: GatedForm) -> ImportSession:
        return services.import_drop(actor=self.actor, session=self.session)

    def consequence(self) -> str:
        return "Isi berkas dan hasil pemeriksaannya dihapus. Data tidak berubah."
