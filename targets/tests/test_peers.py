"""Like regions: of one kind and size, ranked, with small numbers hidden there too."""

from datetime import date

import pytest

from pilar.core.errors import Refusal
from pilar.core.models import Region
from targets.engine.drain import drain_all
from targets.models import Indicator
from targets.peers import compare_peers
from tests import factories as make

TODAY = date(2025, 2, 1)
SELUMA, KAUR, KOTA_JAMBI = 1705000000, 1704000000, 1571000000
REJANG = make.REJANG_LEBONG


def pay(region: int, people: int, amount: int = 100, group: int = 3) -> None:
    batch = make.make_batch(region=0)
    for _ in range(people):
        make.make_line(batch, make.make_beneficiary(groups=[group]), region=region, amount=amount, group=group)


def compare(user, region: int, code: str = "RUPIAH_SALUR", breakdown: int = 1):
    indicator = Indicator.objects.get(code=code)
    area = Region.objects.get(pk=region)
    return compare_peers(user, year=2024, region=area, indicator=indicator, breakdown=breakdown, today=TODAY)


def ranks(compared) -> list[tuple[int, int | None]]:
    return [(p.region.code, p.rank) for p in compared.peers]


def test_only_regions_of_one_kind_and_similar_size_are_compared(cast):
    pay(REJANG, 4)
    pay(SELUMA, 8)
    pay(KAUR, 9)
    pay(KOTA_JAMBI, 4)
    drain_all()
    assert {code for code, _ in ranks(compare(cast.owner, REJANG))} == {REJANG, SELUMA}
    assert {code for code, _ in ranks(compare(cast.owner, KAUR))} == {KAUR, SELUMA}
    assert {code for code, _ in ranks(compare(cast.owner, KOTA_JAMBI))} == {KOTA_JAMBI}


def test_the_rank_follows_the_percent_of_the_target(cast):
    pay(REJANG, 4, amount=100)
    pay(SELUMA, 4, amount=300)
    make.make_target(value=500, indicator="RUPIAH_SALUR", breakdown=1, region=REJANG)
    make.make_target(value=2400, indicator="RUPIAH_SALUR", breakdown=1, region=SELUMA)
    drain_all()
    compared = compare(cast.owner, REJANG)
    assert compared.by_target
    assert ranks(compared) == [(REJANG, 1), (SELUMA, 2)]


def test_without_targets_it_follows_what_each_recipient_got(cast):
    pay(REJANG, 4, amount=100)
    pay(SELUMA, 4, amount=300)
    drain_all()
    compared = compare(cast.owner, REJANG)
    assert not compared.by_target
    assert [(p.region.code, p.rank, p.rate) for p in compared.peers] == [(SELUMA, 1, 300), (REJANG, 2, 100)]


def test_a_hidden_figure_has_no_rank(cast):
    pay(make.KOTA, 6, group=9)
    pay(REJANG, 4, group=9)
    pay(SELUMA, 6, group=9)
    pay(KAUR, 6, group=9)
    drain_all()
    seen = {p.region.code: (p.rank, p.figure.suppressed) for p in compare(cast.owner, SELUMA, "PENERIMA_PAS", 9).peers}
    assert seen[REJANG] == (None, True)


def test_the_nation_and_a_kecamatan_have_no_peers_and_a_region_without_recipients_none_either(cast):
    for region in (0, make.SELEBAR):
        with pytest.raises(Refusal, match="tidak dibandingkan"):
            compare(cast.owner, region)
    alone = compare(cast.owner, REJANG)
    assert (ranks(alone), alone.served) == ([(REJANG, None)], 0)


def test_both_doors_rank_alike_and_cost_the_same(cast, client_of, api_of, django_assert_max_num_queries):
    pay(REJANG, 4, amount=100)
    pay(SELUMA, 4, amount=300)
    drain_all()
    asked = {"indikator": "RUPIAH_SALUR", "rincian": 1}
    found = api_of(cast.owner).get("/api/v1/capaian/sejenis/", asked | {"tahun": 2024, "wilayah": "17.02"}).json()
    assert [(row["nama"], row["peringkat"]) for row in found["hasil"]] == [
        ("Kabupaten Seluma", 1),
        ("Kabupaten Rejang Lebong", 2),
    ]
    client = client_of(cast.owner)
    page = client.get("/dasbor/2024/17.02/sejenis/", asked).content.decode()
    assert page.index("Kabupaten Seluma</a>") < page.index("Kabupaten Rejang Lebong</a>")
    assert "/dasbor/2024/17.02/sejenis/" in client.get("/dasbor/2024/17.02/").content.decode()
    with django_assert_max_num_queries(28):
        client.get("/dasbor/2024/17.02/sejenis/", asked)
    wrong = api_of(cast.owner).get("/api/v1/capaian/sejenis/", {"tahun": 2024, "wilayah": "17.02", "indikator": "X"})
    assert wrong.status_code == 400
