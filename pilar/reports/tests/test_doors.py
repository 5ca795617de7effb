"""The page, the files and the API of a report."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import load_workbook

from pilar.core.tables import BOM
from pilar.reports.kinds import KINDS
from targets.engine.drain import drain_all
from tests import factories as make

API = "/api/v1/laporan/"
ASKED = "tahun=2024&wilayah=17.71"


def address(kind: str, region: str = "17.71", **more) -> str:
    return reverse(
        "report-file" if "file" in more else "report", kwargs={"year": 2024, "region": region, "kind": kind} | more
    )


@pytest.fixture
def paid(cast):
    make.make_office(by=cast.owner, signatory_name="=Umi")
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[3]), amount=600_000, group=3)
    make.make_target(value=1_200_000, indicator="RUPIAH_SALUR", breakdown=1)
    drain_all()


@pytest.mark.parametrize("kind", KINDS)
def test_each_report_is_a_page(kind, paid, cast, client_of):
    html = client_of(cast.owner).get(address(kind)).content.decode()
    assert KINDS[kind].title in html
    assert "Kota Bengkulu" in html


def test_a_figure_opens_its_rows(paid, cast, client_of):
    html = client_of(cast.owner).get(address("penyaluran") + "?periode=bulan-3").content.decode()
    link = reverse("dashboard-rows", args=[2024, "17.71", "RUPIAH_SALUR", 1])
    assert f'href="{link}?bulan=3"' in html
    assert "600.000" in html


def test_the_form_leads_to_the_report_it_names(cast, client_of):
    browser = client_of(cast.owner)
    chosen = {"laporan": "verval", "wilayah": "17.71.01", "tahun": "2024", "periode": "triwulan-2"}
    response = browser.get(reverse("report-choose"), chosen)
    assert response.url == "/laporan/2024/17.71.01/verval/?periode=triwulan-2"
    assert browser.get(reverse("report-choose")).url.endswith("/17.71/capaian-pas/")


def test_a_place_that_does_not_exist_is_answered_in_words(cast, client_of):
    chosen = {"laporan": "verval", "wilayah": "Atlantis", "tahun": "2024", "periode": "setahun"}
    response = client_of(cast.owner).get(reverse("report-choose"), chosen)
    assert response.status_code == 422
    assert "Tidak ada wilayah “Atlantis”" in response.content.decode()


def test_a_period_that_does_not_exist_is_404(cast, client_of):
    assert client_of(cast.owner).get(address("verval") + "?periode=bulan-13").status_code == 404


def test_the_pdf_is_a_document(paid, cast, client_of):
    response = client_of(cast.owner).get(address("penyaluran", file="pdf"))
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == 'attachment; filename="penyaluran-17.71-2024.pdf"'


def test_figures_are_numbers_in_xlsx_and_what_is_not_known_words(paid, cast, client_of):
    content = client_of(cast.owner).get(address("penyaluran", file="xlsx")).content
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_name("Menurut program").to_python()
    at = next(number for number, row in enumerate(rows) if row[:2] == ["No", "Program"])
    paid_row = dict(zip(rows[at], rows[at + 1], strict=True))
    assert paid_row["Disalurkan (Rp)"] == 600_000
    assert paid_row["% target"] == 0.5
    assert dict(zip(rows[at], rows[at + 2], strict=True))["Target (Rp)"] == "belum ada data"
    assert ["=Umi"] in [[cell for cell in row if cell] for row in rows]


# --- the API --------------------------------------------------------------------------


def test_the_api_gives_the_pages_cells(paid, cast, api_of):
    body = api_of(cast.owner).get(f"{API}penyaluran/?{ASKED}").json()
    main = body["bagian"][0]["baris"]
    assert (main[0]["nilai"]["disalurkan"], main[0]["nilai"]["persen_disalurkan"]) == (600_000, "50.00")
    assert (main[1]["nilai"]["target_disalurkan"], main[1]["kosong"]["target_disalurkan"]) == (None, "belum ada data")
    assert [row["jumlah"] for row in main] == [*[False] * (len(main) - 1), True]


def test_csv_is_one_table_for_programs(paid, cast, api_of):
    response = api_of(cast.owner).get(f"{API}penyaluran/?{ASKED}&bagian=wilayah", headers={"Accept": "text/csv"})
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode().removeprefix(BOM)), delimiter=";"))
    assert rows[-1] | {"wilayah": "Kota Bengkulu", "disalurkan": "600000"} == rows[-1]


def test_xlsx_by_accept(paid, cast, api_of):
    accept = {"Accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    response = api_of(cast.owner).get(f"{API}verval/?{ASKED}", headers=accept)
    assert response.content.startswith(b"PK")


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_a_faulty_question_names_the_field_in_every_form(form, cast, api_of):
    response = api_of(cast.owner).get(f"{API}verval/?{ASKED}&periode=minggu&format={form}")
    assert response.status_code == 400
    assert b"periode" in response.content


def test_a_kecamatan_has_no_second_table(paid, cast, api_of):
    response = api_of(cast.owner).get(f"{API}verval/?tahun=2024&wilayah=17.71.01&bagian=wilayah&format=csv")
    assert response.status_code == 404
