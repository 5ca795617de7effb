"""An area without targets of its own leads on: to its aimed parts, to its other years, to the form."""

from django.utils import timezone

from targets.engine.drain import drain_all
from tests import factories as make

NATION, BENGKULU = 0, 1700000000


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def panel(html: str) -> str:
    return html.partition('id="bertarget"')[2].partition("</section>")[0]


def test_the_nation_shows_how_its_aimed_provinces_stand(cast, client_of):
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[3]), amount=400_000)
    make.make_target(value=1_000_000, indicator="RUPIAH_SALUR", breakdown=1, region=BENGKULU)
    make.make_target(value=5, breakdown=3, region=BENGKULU)
    drain_all()
    shown = panel(page(client_of(cast.admin), "/dasbor/2024/nasional/"))
    assert "1 dari 38 provinsi punya target 2024" in shown
    assert 'href="/dasbor/2024/17/"' in shown
    assert "40,0%" in shown
    assert "0 dari 1 tercapai" in shown
    assert "kurang 4 orang" in shown


def test_an_area_with_a_target_needs_no_pointers(cast, client_of):
    make.make_target(value=5)
    assert panel(page(client_of(cast.owner), "/dasbor/2024/17.71/")) == ""


def test_a_year_without_targets_leads_to_those_that_have_some(cast, client_of):
    make.make_target(value=5)
    shown = panel(page(client_of(cast.owner), "/dasbor/2026/17.71/"))
    assert 'href="/dasbor/2024/17.71/"' in shown
    assert 'href="/target/2026/17.71/baru/"' in shown


def test_who_may_not_propose_is_told_who_does(cast, client_of):
    shown = panel(page(client_of(cast.auditor), "/dasbor/2026/nasional/"))
    assert "/baru/" not in shown
    assert "diisi petugas yang berwenang" in shown


def test_many_aimed_areas_cost_as_many_queries_as_one(cast, client_of, django_assert_max_num_queries):
    browser = client_of(cast.province)
    make.make_target(value=5, region=make.KOTA)
    page(browser, "/dasbor/2024/17/")
    with django_assert_max_num_queries(52) as one:
        page(browser, "/dasbor/2024/17/")
    for region in range(1701000000, 1710000000, 1000000):
        make.make_target(value=5, region=region)
    with django_assert_max_num_queries(len(one)):
        page(browser, "/dasbor/2024/17/")


def test_a_small_sensitive_group_is_not_named_to_outsiders(cast, client_of):
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[9]))
    make.make_target(value=5, breakdown=9)
    drain_all()
    shown = panel(page(client_of(cast.neighbour), "/dasbor/2024/17/"))
    assert "Kota Bengkulu" in shown
    assert ", kurang" not in shown


def test_the_running_year_is_one_click_from_a_finished_one(cast, client_of):
    this_year = timezone.localdate().year
    html = page(client_of(cast.owner), "/dasbor/2024/17.71/")
    assert f'tahun sudah selesai, <a href="/dasbor/{this_year}/17.71/">buka {this_year}</a>' in html
    assert "tahun sudah selesai" not in page(client_of(cast.owner), f"/dasbor/{this_year}/17.71/")
