"""Lists of this app that can be taken away."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.utils import timezone

from personnel.filters import ActivityFilter, PersonnelFilter
from personnel.filters.allowances import AllowanceFilter
from personnel.filters.conduct import TerminationFilter
from personnel.models import NEWEST_FIRST, Activity, AllowanceProposal, Assignment, Personnel, Termination, valid_on
from pilar.core.exports import NUMBER, Column, Form, ListExport, place_columns, register, seen, words
from pilar.core.scoping import narrow_choices


def _posts(field: str) -> Any:
    """Of the assignments that run today and that the reader sees, in one cell."""

    def expression(user: Any) -> Subquery:
        held: QuerySet[Any] = narrow_choices(Assignment.objects.filter(valid_on(timezone.localdate())), user)
        held = held.filter(person=OuterRef("pk")).order_by().values("person")
        return Subquery(held.annotate(said=StringAgg(field, Value(", "), distinct=True)).values("said"))

    return expression


PERSON = Column("nama", "Nama", seen(Personnel, "person_id", "name"))

register(
    ListExport(
        name="personel",
        title="Personel",
        rows=Personnel.objects.all,
        filters=PersonnelFilter,
        ordering=("name_key", "id"),
        columns=(
            NUMBER,
            Column("nama", "Nama", "name"),
            Column("nik", "NIK", "nik_cipher", personal=True, sealed=True),
            Column("jenis_kelamin", "Jenis kelamin", words(Personnel, "sex")),
            Column("tanggal_lahir", "Tanggal lahir", "birth_date", Form.DATE, personal=True),
            Column("telepon", "Telepon", "phone", personal=True),
            Column("nia", "NIA", "nia"),
            Column("pendidikan", "Pendidikan terakhir", words(Personnel, "education")),
            Column("status_kepegawaian", "Status kepegawaian", words(Personnel, "employment")),
            Column("pilar", "Pilar", _posts("pillar__code")),
            Column("jabatan", "Jabatan", _posts("position")),
            Column("wilayah_kerja", "Wilayah kerja", _posts("region__name")),
            *place_columns(),
        ),
    )
)

register(
    ListExport(
        name="kegiatan",
        title="Kegiatan",
        rows=Activity.objects.all,
        filters=ActivityFilter,
        ordering=NEWEST_FIRST,
        columns=(
            NUMBER,
            Column("tanggal", "Tanggal", "date", Form.DATE),
            PERSON,
            Column("pilar", "Pilar", "pillar__name"),
            Column("jenis", "Jenis kegiatan", "kind__name"),
            *place_columns(),
            Column("jumlah", "Orang yang dijangkau", "quantity", Form.NUMBER),
            Column("keadaan", "Keadaan", words(Activity, "state")),
            Column("uraian", "Uraian", "note"),
            Column("catatan_pengembalian", "Catatan pengembalian", "returned_note"),
        ),
    )
)

register(
    ListExport(
        name="tali-asih",
        title="Tali asih",
        rows=AllowanceProposal.objects.all,
        filters=AllowanceFilter,
        columns=(
            NUMBER,
            Column("pilar", "Pilar", "pillar__name"),
            *place_columns(heading="Kabupaten/kota"),
            Column("semester", "Semester", "period"),
            Column("sumber_dana", "Sumber dana", words(AllowanceProposal, "funding")),
            Column("keadaan", "Keadaan", words(AllowanceProposal, "state")),
            Column("diajukan_pada", "Diajukan pada", "proposed_on", Form.DATE),
            Column("disetujui_pada", "Disetujui pada", "decided_on", Form.DATE),
        ),
    )
)

register(
    ListExport(
        name="pengakhiran-tugas",
        title="Pengakhiran tugas",
        rows=Termination.objects.all,
        filters=TerminationFilter,
        columns=(
            NUMBER,
            PERSON,
            Column("pilar", "Pilar", "pillar__name"),
            *place_columns(),
            Column("sebab", "Sebab", words(Termination, "kind")),
            Column("hari_terakhir", "Hari terakhir bertugas", "last_day", Form.DATE),
            Column("keadaan", "Keadaan", words(Termination, "state")),
            Column("diusulkan_pada", "Diusulkan pada", "proposed_on", Form.DATE),
        ),
    )
)
