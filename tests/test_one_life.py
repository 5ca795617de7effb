"""One portion of permakanan, from the target to the opened row: four people and two doors, and much that goes wrong.

The operator of Kota Bengkulu files the target, proposes, draws up the SK and the list; her colleague records the
verval, and refuses one; the ministry sends the SK back before it decides, and approves the list; the Pokmas' answer
comes through the API of the province: one portion comes back and is paid again, and a worker is killed on the way.
"""

import csv
import io
from contextlib import contextmanager
from datetime import timedelta

import psycopg2
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assistance.models import Batch, Beneficiary, Disbursement, Participation, ResultFile, Step
from pilar.core.models import Job, User
from pilar.core.tokens import token_issue
from targets.engine.drain import drain_all
from targets.models import LedgerEntry, RollupRun
from targets.tests.recount import differences
from tests import factories as make
from tests.harness.browser import PHONE
from tests.harness.processes import environment, until
from tests.test_worker import waiting_on_lock

pytestmark = [pytest.mark.browser, pytest.mark.worker]

SITI, MARLAN = "Siti Aminah", "Marlan Efendi"
PORTION = 30 * 32_000
DECIDED, PAID, RECEIVED = "RUPIAH_SK", "RUPIAH_SALUR", "RUPIAH_TRANSAKSI"


@pytest.fixture(autouse=True)
def vervals_of_any_age(monkeypatch):
    """The life is lived in 2024; final closing asks for vervals of the last months before the day of the test."""
    monkeypatch.setenv("PILAR_VERVAL_VALID_MONTHS", "1200")


@pytest.fixture
def companion(vervals_of_any_age, committed):
    """Two elderly people who live alone, and the TKSK of their kecamatan."""
    for name in (SITI, MARLAN):
        person = make.make_beneficiary(name=name, groups=[3])
        make.make_circumstance(person, "tinggal_sendiri", "ya")
    return make.make_assignment(make.make_person(name="Rina Marlina"))


@pytest.fixture
def rest(chromium, site):
    """A REST client of a user, with a token of its own and no session."""

    def of(name: str):
        user = User.objects.get(username=name)
        _, key = token_issue(user=user, name="uji", now=timezone.now(), life=timedelta(days=1))
        headers = {"Authorization": f"Bearer {key}"}
        return chromium.new_context(base_url=site, extra_http_headers=headers).request

    return of


def answer(response, status: int = 200) -> dict:
    assert response.status == status, response.text()
    return response.json() if response.text() else {}


def figures(client, indicator: str) -> int:
    rows = answer(client.get("/api/v1/capaian/?tahun=2024&wilayah=17.71"))["hasil"]
    return next(r["realisasi"] for r in rows if r["indikator"] == indicator and r["nama_rincian"] == "Permakanan")


def propose(page, name: str) -> None:
    page.goto("/usulan/")
    page.click("text=Usulan baru")
    page.fill("main [name=q]", name.split()[0])
    page.click("main button:has-text('Cari')")
    page.click(f"tr:has-text('{name}') >> text=Usulkan")
    page.select_option("[name=programme]", label="Permakanan")
    page.select_option("[name=group]", "3")
    page.fill("[name=minutes_number]", "BA/04/2024")
    page.fill("[name=minutes_date]", "2024-01-08")
    page.fill("[name=proposed_on]", "2024-01-09")
    page.click("text=Ajukan usulan")
    expect(page.locator(".headline")).to_contain_text("Tunjuk petugas verval")


def assign(page) -> None:
    page.goto("/usulan/")
    page.check("[data-rows-all]")
    page.click("text=Tunjuk petugas verval")
    page.select_option("[name=assignment]", label="Rina Marlina, TKSK, Selebar")
    page.click("button:has-text('Tunjuk petugas')")
    expect(page.locator("main")).to_contain_text("2 usulan ditugaskan")


def verify_on_a_phone(page) -> None:
    page.goto("/verval/")
    page.click(f"main :is(tr, li):has-text('{SITI}') >> text=Catat verval")
    page.fill("[name=verified_on]", "2024-01-12")
    page.check("[name=result][value=layak]")
    page.fill("[name=evidence]", "Tinggal sendiri, ditemui bersama Ketua RT 03")
    page.click("button:has-text('Simpan')")
    expect(page.locator(".headline")).to_contain_text("Menjadi calon penerima")


def refuse(client, companion) -> None:
    """The one rejection, by the API: Marlan's household can do without."""
    body = {
        "penerima": Beneficiary.objects.get(name=MARLAN).pk, "program": "PERMAKANAN", "tanggal": "2024-01-12",
        "petugas": companion.pk, "hasil": "tidak_layak", "bukti": "Rumah permanen, dua kendaraan",
    }  # fmt: skip
    assert "kode alasan" in client.post("/api/v1/verval/", data=body).text()
    answer(client.post("/api/v1/verval/", data=body | {"alasan": "mampu"}), 201)


def decree(owner, staff) -> int:
    """Filled and proposed by Kota, sent back once by the ministry, proposed again, decided."""
    made = {"program": "PERMAKANAN", "tahun": 2024, "wilayah": "17.71", "dana": "apbn", "judul": "Permakanan 2024"}
    number = answer(owner.post("/api/v1/sk/", data=made), 201)["id"]
    address = f"/api/v1/sk/{number}"
    assert answer(owner.post(f"{address}/isi/", data={}))["masuk"] == 1
    answer(owner.post(f"{address}/ajukan/", data={}))
    refused = owner.post(f"{address}/tetapkan/", data={"nomor": "9/HUK/2024", "tanggal_sk": "2024-01-15"})
    assert "pengusul" in answer(refused, 409)["title"]
    answer(staff.post(f"{address}/kembalikan/", data={"catatan": "Judulnya belum menyebut tahap"}))
    answer(owner.post(f"{address}/ajukan/", data={}))
    decided = staff.post(f"{address}/tetapkan/", data={"nomor": "9/HUK/2024", "tanggal_sk": "2024-01-15"})
    assert answer(decided)["keadaan"] == "ditetapkan"
    return number


def act(page, label: str, **fields: str) -> None:
    """An act on the list's page: its button, what it asks, and the button that says the same."""
    page.click(f"main a:has-text('{label}')")
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.click(f"main button:has-text('{label}')")


def draw_up(page, decree_number: int) -> str:
    page.goto("/penyaluran/susun/")
    page.select_option("[name=programme]", label="Permakanan")
    page.select_option("[name=year]", "2024")
    page.fill("[name=stage]", "Februari")
    page.select_option("[name=funding]", "apbn")
    page.select_option("[name=decree]", str(decree_number))
    page.fill("[name=ceiling]", "1.000.000")
    page.fill("[name=units]", "30")
    page.click("button:has-text('Simpan daftar')")
    url = page.url
    act(page, "Isi dari penerima aktif")
    act(page, "Ajukan persetujuan")
    expect(page.locator(".headline")).to_contain_text("diajukan")
    return url


def answer_file(client, batch: Batch, outcome: str, day: str) -> bytes:
    """The list as downloaded, with what the Pokmas says of each portion that is under way."""
    text = client.get(f"/api/v1/daftar-penyaluran/{batch.pk}/unduh/").body().decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text), delimiter=";") if "retur" not in row["keadaan"]]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows([row | {"hasil": outcome, "tanggal": day} for row in rows])
    return out.getvalue().encode()


def send(client, batch: Batch, content: bytes, *, status: int = 201) -> dict:
    sent = {"name": "pokmas.csv", "mimeType": "text/csv", "buffer": content}
    return answer(client.post("/api/v1/berkas-hasil/", multipart={"daftar": str(batch.pk), "berkas": sent}), status)


def checked(file: dict) -> None:
    until(lambda: ResultFile.objects.get(pk=file["id"]).state == "diperiksa")


def apply(client, file: dict) -> None:
    answer(client.post(f"/api/v1/berkas-hasil/{file['id']}/terapkan/", data={}))


@contextmanager
def held(line: Disbursement):
    """Locks the line, so that the worker stops in the middle of applying."""
    link = psycopg2.connect(environment("owner")["DATABASE_URL"])
    link.cursor().execute("SELECT 1 FROM assistance_disbursement WHERE id = %s FOR UPDATE", [line.pk])
    yield
    link.close()


def chosen(kota, field, clerk, companion) -> None:
    """Proposed by one, checked by another; one of the two is refused."""
    propose(kota, SITI)
    propose(kota, MARLAN)
    assign(kota)
    verify_on_a_phone(field)
    refuse(clerk, companion)
    kota.goto("/usulan/?state=tidak_layak")
    expect(kota.locator("tbody tr")).to_have_count(1)


def approved_and_paid(kota, pusat, province, url: str) -> Disbursement:
    """Decided only when the ministry approves; paid only after final closing."""
    drain_all()
    assert figures(province, DECIDED) == 0
    pusat.goto(url)
    act(pusat, "Setujui")
    until(lambda: figures(province, DECIDED) == PORTION)
    kota.goto(url)
    act(kota, "Final closing")
    act(kota, "Salurkan semua", on="2024-02-01")
    until(lambda: figures(province, PAID) == PORTION)
    return Disbursement.objects.get()


def came_back(province, batch: Batch, line: Disbursement, worker, start_worker) -> None:
    """The portion came back; the worker that writes it down is killed, and another finishes."""
    first = answer_file(province, batch, "retur", "05/02/2024")
    file = send(province, batch, first)
    checked(file)
    with held(line):
        apply(province, file)
        until(waiting_on_lock)
        worker.kill()
    start_worker(beat=True)
    until(lambda: ResultFile.objects.get(pk=file["id"]).state == "selesai")
    assert list(Job.objects.filter(kind="hasil").order_by("id").values_list("state", "attempt")) == [
        ("selesai", 1),
        ("selesai", 2),
    ]
    until(lambda: figures(province, PAID) == 0)
    assert "tidak diterapkan dua kali" in send(province, batch, first, status=409)["detail"]


def paid_again(kota, province, batch: Batch, line: Disbursement) -> None:
    act(kota, "Salurkan ulang", on="2024-02-12")
    file = send(province, batch, answer_file(province, batch, "diterima", "14/02/2024"))
    checked(file)
    apply(province, file)
    until(lambda: figures(province, RECEIVED) == PORTION)
    assert Disbursement.objects.get(repays_id=line.pk).state == "transaksi"


def seen_to_the_row(page) -> None:
    """From the dashboard's cell to the one row behind it, and to the person's line of time."""
    page.goto("/dasbor/2024/17.71/")
    page.click("#dana tr:has-text('Permakanan') td:last-child a")
    expect(page.locator("main")).to_contain_text("Rp960.000")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text(SITI)
    page.goto(f"/penerima/{Beneficiary.objects.get(name=SITI).pk}/")
    expect(page.locator(".timeline")).to_contain_text("retur")


def test_one_portion_of_permakanan_lives_its_whole_life(sign_in, rest, companion, start_worker):
    worker = start_worker(beat=True)
    kota, pusat = sign_in("owner"), sign_in("staff")
    owner, staff, province = rest("owner"), rest("staff"), rest("province")
    aim = {"tahun": 2024, "wilayah": "17.71", "indikator": RECEIVED, "rincian": 1, "nilai": PORTION, "sumber": "Renja"}
    answer(owner.post("/api/v1/target/", data=aim), 201)
    chosen(kota, sign_in("colleague", screen=PHONE), rest("colleague"), companion)
    number = decree(owner, staff)
    assert Participation.objects.get().state == "aktif"
    url = draw_up(kota, number)
    batch = Batch.objects.get()
    line = approved_and_paid(kota, pusat, province, url)
    came_back(province, batch, line, worker, start_worker)
    kota.goto(f"{url}baris/{line.pk}/")
    paid_again(kota, province, batch, line)
    answer(owner.post(f"/api/v1/daftar-penyaluran/{batch.pk}/selesai/", data={}))
    seen_to_the_row(sign_in("province"))

    steps = Step.objects.filter(object_id=line.pk, kind="baris").order_by("at", "id")
    assert [step.became for step in steps] == ["sk", "salur", "retur"]
    drain_all()
    until(lambda: not LedgerEntry.objects.exists())  # beat may be draining too
    assert differences(2024) == []
    assert not RollupRun.objects.exists()
