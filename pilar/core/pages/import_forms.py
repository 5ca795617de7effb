"""Forms of imports: the file, its columns, and the decisions."""

from typing import Any

from django import forms

from pilar.core.forms import RegionField
from pilar.core.imports.kinds import all_kinds, kind_of
from pilar.core.imports.refusals import UPLOAD_AGAIN
from pilar.core.models import ImportSession
from pilar.core.personal import SHORTEST_REASON
from pilar.core.rights import Right
from pilar.core.views import GatedForm

UNDECIDED, SKIP = "?", "-"


class UploadForm(GatedForm):
    kind = forms.ChoiceField(label="Isi berkas", choices=lambda: [(kind.code, kind.label) for kind in all_kinds()])
    region = RegionField(label="Wilayah berkas", help_text="Semua baris harus di dalam wilayah ini, misalnya 17.71")
    content = forms.FileField(
        label="Berkas (CSV, XLSX, atau XLS)",
        allow_empty_file=True,  # the service says what is wrong with it
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,.xlsx,.xls,.xlsm"}),
        help_text="Paling besar 50 MB. Kolom boleh berurutan apa saja, dan boleh ada judul di atas tabel.",
        error_messages={"required": "Pilih berkasnya dahulu."},
    )
    again = forms.BooleanField(
        label=UPLOAD_AGAIN, required=False, help_text="Hanya bila isi berkas pernah diimpor dan memang perlu diulang."
    )


class LayoutForm(GatedForm):
    sheet = forms.ChoiceField(label="Lembar", required=False)
    row = forms.IntegerField(
        label="Baris judul kolom", min_value=1, max_value=60, help_text="Nomor baris di lembar itu"
    )

    def __init__(self, *args: Any, session: ImportSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"] = forms.ChoiceField(
            label="Lembar", required=False, initial=session.layout["sheet"],
            choices=[(name, name or "isi berkas") for name in session.layout["sheets"]],
        )  # fmt: skip
        self.fields["row"].initial = session.layout["row"]


class MapForm(GatedForm):
    """One choice per column of the file: what it is, or that it is passed over."""

    def __init__(self, *args: Any, session: ImportSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = kind_of(session.kind)
        known = [(column.key, f"{column.heading}{' (wajib)' if column.required else ''}") for column in kind.columns]
        self.names: list[str] = []
        for at, (head, column) in enumerate(zip(session.layout["heads"], session.mapping, strict=True)):
            if not head.strip():
                self.names.append("")
                continue
            name = f"column_{at}"
            samples = ", ".join(filter(None, session.layout["samples"][at]))
            self.fields[name] = forms.ChoiceField(
                label=head,
                choices=[(UNDECIDED, "Pilih"), *known, (SKIP, "abaikan kolom ini")],
                initial=UNDECIDED if column is None else column or SKIP,
                help_text=f"Isinya misalnya: {samples}" if samples else "Tiga baris pertamanya kosong",
            )
            self.names.append(name)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in filter(None, self.names):
            if data.get(name) == UNDECIDED:
                self.add_error(name, "Judul ini tidak dikenal. Pilih isinya, atau abaikan kolom ini.")
        return data

    def mapping(self) -> list[str]:
        return ["" if not name or self.cleaned_data[name] == SKIP else self.cleaned_data[name] for name in self.names]


class ChooseForm(GatedForm):
    """One question per name that means several things."""

    def __init__(self, *args: Any, session: ImportSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        for at, question in enumerate(session.questions):
            name = f"question_{at}"
            self.keys[name] = question["key"]
            self.fields[name] = forms.ChoiceField(
                label=question["label"], required=False, choices=[("", "belum dipilih"), *question["options"]],
                help_text=f"{question['rows']} baris",
            )  # fmt: skip

    def choices(self) -> dict[str, str]:
        return {key: said for name, key in self.keys.items() if (said := self.cleaned_data.get(name))}


class ApplyForm(GatedForm):
    mode = forms.ChoiceField(
        label="Yang disimpan", choices=ImportSession.Mode.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
    )  # fmt: skip


class UndoForm(GatedForm):
    reason = forms.CharField(label="Sebab diurungkan", max_length=200, help_text="Tersimpan di jejak audit")


class DataForm(GatedForm):
    region = RegionField(label="Wilayah")
    reason = forms.CharField(
        label="Untuk keperluan apa", max_length=200, min_length=SHORTEST_REASON, help_text="Tersimpan di jejak audit",
        error_messages={"min_length": f"Tulis keperluannya, paling sedikit {SHORTEST_REASON} huruf."},
    )  # fmt: skip


class PersonalDataForm(DataForm):
    region = RegionField(label="Wilayah", right=Right.PERSONAL_DATA)
