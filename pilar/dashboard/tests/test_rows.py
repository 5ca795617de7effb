"""The rows behind a figure, of a region and of a person: exactly those, for whoever may see them."""

from datetime import date

import pytest

from targets.engine.drain import drain_all
from tests import factories as make

KOTA = "/dasbor/2024/17.71/"
ELDERLY = "/dasbor/2024/17.71/baris/PENERIMA_PAS/3/"
DRUGS = 9


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def pay(*, group: int = 3, region: int = make.SELEBAR, count: int = 1, **fields) -> None:
    for _ in range(count):
        make.make_line(make.make_batch(), make.make_beneficiary(region=region, groups=[group]), **fields)


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


# --- rows behind a figure ----------------------------------------------------


def test_the_rows_are_exactly_those_the_figure_counted(browser):
    make.make_line(make.make_batch(), make.make_beneficiary(name="Terhitung", groups=[3]))
    make.make_line(
        make.make_batch(),
        make.make_beneficiary(name="Kembali", groups=[3]),
        state="retur",
        returned_on=date(2024, 4, 1),
    )
    make.make_line(make.make_batch(), make.make_beneficiary(name="Bukan Lansia", groups=[12]))
    drain_all()
    html = page(browser, ELDERLY)
    assert "Terhitung" in html
    assert "Kembali" not in html
    assert "Bukan Lansia" not in html
    assert "dihitung dari 1 baris" in html


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("RUPIAH_SALUR/1/", "Rp600.000"),
        ("PENERIMA_PROGRAM/1/", "Siti Aminah"),
        ("PENERIMA_PROGRAM/0/", "Siti Aminah"),
        ("PERSONEL_TERDAFTAR/3/", "Sari Dewi"),
        ("KEGIATAN/3/", "Pendampingan klien"),
        ("GRADUASI/4/", "graduasi mandiri"),
    ],
)
def test_each_kind_of_row_has_its_table(browser, address, text):
    pay()
    person = make.make_person()
    make.make_assignment(person)
    make.make_activity(person, by=make.make_verifier())
    make.make_graduation(make.make_beneficiary(), to=person)
    drain_all()
    assert text in page(browser, f"/dasbor/2024/17.71/baris/{address}")


def test_a_month_opens_the_rows_of_that_month(browser):
    pay(amount=111, paid_on=date(2024, 3, 1))
    pay(amount=222, paid_on=date(2024, 4, 1))
    drain_all()
    html = page(browser, "/dasbor/2024/17.71/baris/RUPIAH_SALUR/1/?bulan=4")
    assert "Rp222" in html
    assert "Rp111" not in html
    assert "April" in html


def test_only_rows_at_the_level_itself(browser):
    pay(amount=111)
    pay(amount=222, region=make.KOTA)
    drain_all()
    html = page(browser, "/dasbor/2024/17.71/baris/RUPIAH_SALUR/1/?langsung=1")
    assert "Rp222" in html
    assert "Rp111" not in html


@pytest.mark.parametrize("query", ["bulan=14", "bulan=0", "bulan=x", "bulan=13", "langsung=1"])
def test_periods_and_levels_that_do_not_exist_are_404(browser, query):
    assert browser.get(f"{ELDERLY}?{query}").status_code == 404


@pytest.mark.parametrize("address", ["X/1/", "PENERIMA_PAS/99/", "RUPIAH_SALUR/0/"])
def test_figures_that_do_not_exist_are_404(browser, address):
    assert browser.get(f"/dasbor/2024/17.71/baris/{address}").status_code == 404


def test_a_reader_of_a_part_sees_the_whole_figure_and_his_rows_only(cast, client_of):
    make.make_line(make.make_batch(), make.make_beneficiary(name="Orang Kota", groups=[3]))
    make.make_line(
        make.make_batch(region=make.REJANG_LEBONG),
        make.make_beneficiary(name="Orang Rejang", region=make.CURUP, groups=[3]),
    )
    drain_all()
    html = page(client_of(cast.owner), "/dasbor/2024/17/baris/PENERIMA_PAS/3/")
    assert "dihitung dari 2 baris" in html
    assert "Orang Kota" in html
    assert "Orang Rejang" not in html
    assert "Anda melihat angka Provinsi Bengkulu; 1 dari 2 barisnya tertutup" in html
    assert "Yang dapat membukanya: Dinas Sosial Provinsi Bengkulu, Kementerian Sosial." in html


def test_rows_of_another_region_are_closed_whole(cast, client_of):
    pay()
    drain_all()
    html = page(client_of(cast.neighbour), ELDERLY)
    assert "Anda melihat angka Kota Bengkulu; barisnya tertutup karena berada di luar wilayah Anda." in html
    assert "Siti Aminah" not in html


def test_who_may_not_open_personal_data_is_told_so(cast, client_of):
    pay(group=DRUGS, count=5)
    drain_all()
    html = page(client_of(cast.clerk), "/dasbor/2024/17.71/baris/PENERIMA_PAS/9/")
    assert "tidak memegang hak membuka data pribadi" in html
    assert "Siti Aminah" not in html


def test_a_row_stays_when_its_person_has_moved_away(cast, client_of):
    mover = make.make_beneficiary(name="Sudah Pindah", region=make.CURUP)
    make.make_line(make.make_batch(), mover, amount=333, region=make.SELEBAR)
    drain_all()
    html = page(client_of(cast.owner), "/dasbor/2024/17.71/baris/RUPIAH_SALUR/1/")
    assert "Rp333" in html
    assert "tercatat di wilayah lain" in html
    assert "Sudah Pindah" not in html
    people = page(client_of(cast.owner), "/dasbor/2024/17.71/baris/PENERIMA_PROGRAM/1/")
    assert "barisnya tertutup karena orangnya kini tercatat di wilayah lain" in people


def test_long_lists_are_paged_without_a_row_lost(browser):
    make_many = 60
    batch = make.make_batch()
    [make.make_line(batch, make.make_beneficiary(), amount=1000 + n) for n in range(make_many)]
    drain_all()
    first = browser.get("/dasbor/2024/17.71/baris/RUPIAH_SALUR/1/")
    cursor = first.context["page"].next
    second = browser.get("/dasbor/2024/17.71/baris/RUPIAH_SALUR/1/", {"cursor": cursor})
    seen = [line["row"].amount for r in (first, second) for line in r.context["lines"]]
    assert sorted(seen) == [1000 + n for n in range(make_many)]


def test_rows_cost_as_many_queries_many_as_one(browser, django_assert_max_num_queries):
    address = "/dasbor/2024/17.71/baris/RUPIAH_SALUR/1/"
    pay()
    drain_all()
    page(browser, address)
    with django_assert_max_num_queries(35) as one:
        page(browser, address)
    pay(count=10)
    drain_all()
    with django_assert_max_num_queries(len(one)):
        page(browser, address)


# --- a person's rows ----------------------------------------------------------


def test_a_companions_seven_of_ten_open_exactly_seven_families(browser):
    rina = make.make_person(name="Rina Marlina")
    [make.make_graduation(make.make_beneficiary(name=f"Keluarga {n}"), to=rina) for n in range(7)]
    make.make_graduation(make.make_beneficiary(name="Bukan dampingan"))
    make.make_target(value=10, indicator="GRADUASI", breakdown=4, person=rina)
    drain_all()
    response = browser.get(f"/dasbor/2024/orang/{rina.pk}/GRADUASI/")
    html = response.content.decode()
    assert len(response.context["lines"]) == 7
    assert "70,0%" in html
    assert "dari 10 keluarga" in html
    assert "Bukan dampingan" not in html


def test_a_foreign_persons_rows_do_not_exist(cast, client_of):
    rina = make.make_person()
    make.make_graduation(make.make_beneficiary(), to=rina)
    drain_all()
    assert client_of(cast.neighbour).get(f"/dasbor/2024/orang/{rina.pk}/GRADUASI/").status_code == 404


def test_a_person_without_figures_is_404(browser):
    assert browser.get(f"/dasbor/2024/orang/{make.make_person().pk}/GRADUASI/").status_code == 404


def test_the_rows_lead_to_where_the_figure_falls_short(browser):
    pay()
    drain_all()
    assert 'href="/dasbor/2024/17.71/?indikator=PENERIMA_PAS&amp;rincian=3#peta"' in page(browser, ELDERLY)
    assert "<span>Menurut kecamatan</span>" in page(browser, ELDERLY)
