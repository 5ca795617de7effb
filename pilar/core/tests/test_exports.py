"""Lists taken away: whose rows, which cells, what is masked, and what a spreadsheet would run."""

import csv
import io
import json
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from pilar.core import exporting, exports
from pilar.core.errors import Refusal
from pilar.core.export_files import FORMATS, write
from pilar.core.exporting import ExportEntry, export_make
from pilar.core.models import AuditEvent, Job
from pilar.core.scoping import scope_transaction
from pilar.core.sealed import BLOCK, Sealing, unsealed
from pilar.core.tables import BOM
from tests import factories as make

REASON = "Mencocokkan data dengan KTP"
HOSTILE = ("=1+1", "+62811", "-2", "@a", "\t=1", "\r=1", "  =1")


def content_of(name: str, user, form: str = "csv", query: str = "", *, personal: bool = False) -> bytes:
    export, file = exports.get(name), io.BytesIO()
    with scope_transaction(user):
        write(export, exports.rows_of(export, user, query), user, form, file, personal=personal)
    return file.getvalue()


def table(*args, **given) -> list[dict[str, str]]:
    text = content_of(*args, **given).decode().removeprefix(BOM)
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def names(*args, **given) -> list[str]:
    return [row["Nama"] for row in table(*args, **given)]


@pytest.fixture
def people(cast):
    return [make.make_person(name=name) for name in ("Budi", "Ani")], make.make_person(
        name="Curup", region=make.REJANG_LEBONG
    )


# --- every list ----------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", exports.all_exports())
def test_each_list_is_written_in_each_form(name, form, cast):
    begins = {"csv": BOM.encode(), "xlsx": b"PK", "jsonl": b""}  # no rows, no lines
    assert content_of(name, cast.owner, form).startswith(begins[form])


@pytest.mark.parametrize("name", exports.all_exports())
def test_each_list_belongs_to_a_page_and_its_keys_are_unlike(name):
    keys = [column.key for column in exports.get(name).columns]
    assert len(keys) == len(set(keys))
    assert reverse("export-create", args=[name])


# --- whose rows -----------------------------------------------------------------------


def test_rows_are_the_readers_own(people, cast):
    assert names("personel", cast.owner) == ["Ani", "Budi"]
    assert names("personel", cast.neighbour) == ["Curup"]
    assert names("personel", cast.staff) == ["Ani", "Budi", "Curup"]


def test_they_are_filtered_as_the_list_is(people, cast):
    assert names("personel", cast.owner, query="nama=budi") == ["Budi"]
    with pytest.raises(ValidationError, match="Saringan tidak dikenal: warna"):
        exports.filterset_of(exports.get("personel"), cast.owner, "warna=merah")


def test_a_name_the_reader_may_not_see_is_left_empty_and_the_row_stays(cast):
    person = make.make_beneficiary(region=make.CURUP)
    make.make_graduation(person, to=make.make_person(region=make.REJANG_LEBONG), region=make.KOTA)
    [row] = table("graduasi", cast.owner)
    assert (row["Nama"], row["Pendamping"]) == ("", "")


# --- cells -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_spreadsheet_runs_nothing_of_it(name, cast):
    make.make_activity(make.make_person(), note=name)
    [row] = table("kegiatan", cast.owner)
    assert row["Uraian"].lstrip().startswith("'")
    archive = ZipFile(io.BytesIO(content_of("kegiatan", cast.owner, "xlsx")))
    assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()


def test_what_looks_like_a_formula_stays_text_in_xlsx_when_edited(cast):
    make.make_activity(make.make_person(), note="=1+1")
    styles = ZipFile(io.BytesIO(content_of("kegiatan", cast.owner, "xlsx"))).read("xl/styles.xml").decode()
    assert 'quotePrefix="1"' in styles


def test_a_row_is_one_line(cast):
    make.make_activity(make.make_person(), note='dua\nbaris; "kutip"')
    assert content_of("kegiatan", cast.owner).decode().count("\n") == 2
    [row] = table("kegiatan", cast.owner)
    assert row["Uraian"] == 'dua baris; "kutip"'


def test_days_and_codes_are_as_people_write_them(cast):
    make.make_activity(make.make_person(), on=date(2024, 3, 5), region=make.SELEBAR)
    [row] = table("kegiatan", cast.owner)
    assert (row["Tanggal"], row["Kode wilayah"]) == ("05/03/2024", "17.71.01")
    [line] = content_of("kegiatan", cast.owner, "jsonl").decode().splitlines()
    assert json.loads(line)["tanggal"] == "2024-03-05"
    [_, cells] = load_workbook(io.BytesIO(content_of("kegiatan", cast.owner, "xlsx"))).get_sheet_by_index(0).to_python()
    assert cells[1] == date(2024, 3, 5)


# --- personal data -----------------------------------------------------------------------


def test_personal_data_are_masked(people, cast):
    row = table("personel", cast.owner)[0]
    assert {row[name] for name in ("NIK", "Tanggal lahir", "Telepon")} == {"disamarkan"}


@pytest.mark.parametrize("form", FORMATS)
def test_they_are_opened_for_whoever_holds_the_right(people, cast, form):
    nik = people[0][0].reveal_nik()
    content = content_of("personel", cast.owner, form, personal=True)
    text = ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml") if form == "xlsx" else content
    assert nik.encode() in text
    assert b"disamarkan" not in text


def test_only_in_the_area_of_the_right(people, cast):
    cast.staff.grants.update(may_view_personal_data=False)
    cast.staff.grants.create(region_id=make.KOTA, valid_from=date(2023, 1, 1), may_view_personal_data=True)
    shown = {row["Nama"]: row["NIK"] == "disamarkan" for row in table("personel", cast.staff, personal=True)}
    assert shown == {"Ani": False, "Budi": False, "Curup": True}


def make_file(user, reason: str = "", **given):
    entry = ExportEntry(exports.get("personel"), given.pop("form", "csv"), given.pop("query", ""), reason)
    with scope_transaction(user):
        return export_make(actor=user, entry=entry, now=timezone.now(), **given)


def test_a_reason_and_the_right_are_asked_for(people, cast):
    with pytest.raises(ValidationError, match="paling sedikit"):
        make_file(cast.owner, "x")
    with pytest.raises(Refusal, match="tidak memegang hak membuka data pribadi"):
        make_file(cast.clerk, REASON)
    assert make_file(cast.clerk).content


def test_every_download_is_recorded(people, cast):
    make_file(cast.owner, query="nama=budi")
    make_file(cast.owner, REASON)
    opened, plain = AuditEvent.objects.order_by("-id")[:2]
    assert (plain.action, plain.summary) == (
        "unduh",
        "Daftar Personel diunduh sebagai csv, 1 baris, saringan nama=budi",
    )
    assert (opened.action, opened.reason) == ("buka_data", REASON)


def test_without_a_grant_nothing_is_taken_away(people, cast):
    with pytest.raises(Refusal, match="belum punya wewenang"):
        make_file(cast.stranger)


# --- long lists ---------------------------------------------------------------------------


def test_a_long_list_becomes_a_job_also_for_who_only_reads(people, cast, settings):
    settings.EXPORT_AT_ONCE = 1
    made = make_file(cast.auditor)
    assert made.content is None
    assert (made.job.kind, made.job.user, made.job.params["list"]) == ("unduhan", cast.auditor, "personel")
    with pytest.raises(Refusal, match="sudah berjalan"):
        make_file(cast.auditor)
    assert make_file(cast.auditor, query="nama=bu").content


def test_nobody_files_a_job_in_anothers_name(cast):
    with pytest.raises(Exception, match="row-level security"), scope_transaction(cast.auditor):
        make.export_job_of(cast.owner)


def test_the_file_is_sealed_stored_and_read_again(people, cast, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "exports": settings.STORAGES["exports"] | {"OPTIONS": {"location": str(tmp_path), "base_url": None}}
    }
    job = make.export_job_of(cast.owner)
    with scope_transaction(cast.owner):
        name, count = exporting.export_write(actor=cast.owner, job=job, check=lambda rows: None)
    assert count == 2
    assert b"Budi" not in (tmp_path / name).read_bytes()
    job.params |= {"file": name, "reach": exporting.mark_of(cast.owner)}
    job.state, job.finished_at = Job.State.DONE, timezone.now()
    job.save()
    (tmp_path / "left by a killed worker").write_bytes(b"x")
    assert b"Budi" in b"".join(exporting.export_fetch(actor=cast.owner, job=job)[1])
    assert exporting.is_ready(job, timezone.now())
    later = timezone.now() + timedelta(hours=settings.EXPORT_HOURS + 1)
    assert not exporting.is_ready(job, later)
    assert exporting.expire(timezone.now()) == 0
    assert exporting.expire(later) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_cancel_stops_the_writing(people, cast):
    def stop(rows: int) -> None:
        raise InterruptedError

    job = make.export_job_of(cast.owner)
    with pytest.raises(InterruptedError), scope_transaction(cast.owner):
        exporting.export_write(actor=cast.owner, job=job, check=stop)


def test_a_workbook_waits_in_a_folder_of_ours_alone_and_leaves_nothing(people, cast, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def stop(rows: int) -> None:
        [folder] = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        raise InterruptedError

    job = make.export_job_of(cast.owner, form="xlsx")
    with pytest.raises(InterruptedError), scope_transaction(cast.owner):
        exporting.export_write(actor=cast.owner, job=job, check=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_what_is_sealed_comes_back(size):
    file, content = io.BytesIO(), b"x" * size
    sealing = Sealing(file)
    sealing.write(content)
    sealing.finish()
    assert b"".join(unsealed(io.BytesIO(file.getvalue()))) == content


#: COPY passes by the count; a cursor of opened rows is one more
@pytest.mark.parametrize(("form", "personal", "most"), [("csv", False, 6), *((form, True, 7) for form in FORMATS)])
def test_many_rows_take_as_few_queries_as_one(form, personal, most, cast, django_assert_max_num_queries):
    for _ in range(12):
        make.make_assignment(make.make_person())
    with django_assert_max_num_queries(most):
        assert content_of("personel", cast.owner, form, personal=personal)
