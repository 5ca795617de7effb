"""Targets of named people by rule: who, how much, pro rata, a share of the caseload; through both doors."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from pilar.core.errors import Refusal
from pilar.core.models import BudgetYear, Pillar, Region
from targets.dues import dues, rules_for
from targets.models import Indicator, PersonalRule, PublishedFigure, Target
from targets.services.personal import RuleEntry, personal_apply, personalrule_set
from tests import factories as make

TODAY = date(2024, 6, 1)
PKH = 4
SITUBONDO = 3512000000
PAGE, API = "/target/2024/17.71/perorangan/", "/api/v1/target/perorangan/"


@pytest.fixture
def rule(cast) -> PersonalRule:
    return rules_for(cast.owner, 2024, make.KOTA)[0]


def companion(name: str = "Rina Marlina", **fields):
    person = make.make_person(name=name)
    fields = {"pillar": "PKH", "position": "Pendamping sosial"} | fields
    return make.make_assignment(person, **fields)


def by_rule(user, rule: PersonalRule, year: int = 2024):
    return dues(user, year=year, region=make.KOTA, rule=rule, today=TODAY)


def values(user, rule: PersonalRule, year: int = 2024) -> dict[str, tuple]:
    return {due.person.name: (due.days, due.value) for due in by_rule(user, rule, year).lines}


def entry(**fields) -> RuleEntry:
    given = {
        "indicator": Indicator.objects.get(code="GRADUASI"),
        "breakdown": PKH,
        "pillar": Pillar.objects.get(code="PKH"),
        "region": Region.objects.get(pk=make.KOTA),
        "way": "persen",
        "amount": 10,
        "since": date(2024, 1, 1),
        "source": "Dinsos, 22 Jan 2024",
    }
    return RuleEntry(**(given | fields))


# --- who and how much --------------------------------------------------------


def test_the_rule_of_the_ministry_is_there_with_its_source(rule):
    assert (rule.amount, rule.way, rule.region_id) == (10, "jumlah", 0)
    assert "20 Des 2024" in rule.source
    assert rule.words == "10 keluarga per orang setahun"


def test_only_positions_that_look_after_families_of_the_pillar(cast, rule):
    companion()
    companion("Budi", position="Supervisor")
    companion("Citra", pillar="TKSK", position="TKSK")
    assert values(cast.owner, rule) == {"Rina Marlina": (366, 10)}


@pytest.mark.parametrize(
    ("start", "end", "days", "value"),
    [
        (date(2022, 1, 1), None, 366, 10),
        (date(2024, 7, 1), None, 184, 5),
        (date(2024, 1, 1), date(2024, 1, 18), 18, 0),
        (date(2024, 1, 1), date(2024, 1, 19), 19, 1),
        (date(2024, 12, 31), date(2025, 5, 1), 1, 0),
    ],
)
def test_part_of_a_year_is_pro_rata_rounded_half_up(cast, rule, start, end, days, value):
    companion(valid_from=start, valid_until=end)
    assert values(cast.owner, rule) == {"Rina Marlina": (days, value)}


def test_who_does_not_serve_in_the_year_has_none(cast, rule):
    companion(valid_until=date(2023, 12, 31))
    companion("Budi", valid_from=date(2025, 1, 1))
    assert values(cast.owner, rule) == {}


def test_two_work_areas_at_once_are_one_person_and_each_day_counts_once(cast, rule):
    first = companion(valid_until=date(2024, 6, 30))
    for region, start in ((make.TELUK_SEGARA, date(2024, 5, 1)), (make.KOTA, date(2024, 5, 15))):
        make.make_assignment(
            first.person, pillar="PKH", position="Pendamping sosial", region=region, valid_from=start,
            valid_until=date(2024, 7, 31),
        )  # fmt: skip
    assert values(cast.owner, rule) == {"Rina Marlina": (213, 6)}


def test_a_share_of_the_caseload_and_who_has_none_recorded(cast):
    rule = personalrule_set(actor=cast.colleague, entry=entry())
    companions = companion(), companion("Budi")
    for _ in range(15):
        make.make_caseload(companions[0], make.make_beneficiary())
    found = by_rule(cast.owner, rule)
    assert [(d.person.name, d.caseload, d.value) for d in found.lines] == [
        ("Budi", None, None),
        ("Rina Marlina", 15, 2),
    ]
    assert (found.total, found.without_caseload) == (2, 1)


def test_111_companions_of_situbondo_give_1110_by_rule_beside_the_printed_1100(cast, client_of):
    BudgetYear.objects.get_or_create(year=2025)
    people = [make.make_person(region=SITUBONDO, name=f"Pendamping {n:03d}") for n in range(111)]
    for person in people:
        make.make_assignment(person, pillar="PKH", position="Pendamping sosial", region=SITUBONDO)
    figure = PublishedFigure.objects.filter(code__startswith="C12")
    printed = figure.first() or PublishedFigure.objects.create(
        code="C12-UJI", title="Target graduasi Situbondo", year=2025, region_id=SITUBONDO, unit="keluarga",
        measure="graduasi", headline=1100, headline_printed="1.100 keluarga", headline_step=1,
        definition="lainnya", published_on=date(2025, 1, 1), source_name="RRI", source_url="https://rri.co.id/",
    )  # fmt: skip
    rule = rules_for(cast.staff, 2025, SITUBONDO)[0]
    found = dues(cast.staff, year=2025, region=SITUBONDO, rule=rule, today=date(2025, 2, 1))
    assert (len(found.lines), found.total, printed.headline) == (111, 1110, 1100)
    html = client_of(cast.staff).get("/target/2025/35.12/perorangan/").content.decode()
    assert "111 orang, 1.110 keluarga" in html
    assert printed.headline_printed in html


# --- rules -------------------------------------------------------------------


def test_the_rule_of_the_nearest_area_holds(cast, rule):
    own = personalrule_set(actor=cast.colleague, entry=entry())
    assert rules_for(cast.owner, 2024, make.KOTA) == [own]
    assert rules_for(cast.owner, 2024, make.REJANG_LEBONG) == [rule]


def test_a_new_rule_ends_the_one_before_and_both_stay(cast):
    first = personalrule_set(actor=cast.colleague, entry=entry())
    second = personalrule_set(actor=cast.colleague, entry=entry(amount=12, since=date(2025, 1, 1)))
    first.refresh_from_db()
    assert first.valid_until == date(2024, 12, 31)
    assert rules_for(cast.owner, 2024, make.KOTA) == [first]
    assert rules_for(cast.owner, 2025, make.KOTA) == [second]
    with pytest.raises(ValidationError, match="Sudah ada aturan"):
        personalrule_set(actor=cast.colleague, entry=entry(since=date(2024, 5, 1)))


@pytest.mark.parametrize("fields", [{"amount": 101}, {"amount": 0}, {"source": " "}, {"breakdown": 0}], ids=str)
def test_a_rule_that_does_not_hold_is_refused(cast, fields):
    with pytest.raises(ValidationError):
        personalrule_set(actor=cast.colleague, entry=entry(**fields))


def test_a_pillar_without_caseloads_has_no_rule(cast):
    with pytest.raises(ValidationError, match="tidak punya jabatan"):
        personalrule_set(actor=cast.colleague, entry=entry(pillar=Pillar.objects.get(code="TAGANA")))


def test_who_does_not_decide_sets_no_rule(cast):
    with pytest.raises(Refusal, match="tidak berwenang"):
        personalrule_set(actor=cast.owner, entry=entry())


# --- writing -----------------------------------------------------------------


def apply(user, rule: PersonalRule, **more) -> list[Target]:
    seal = more.pop("seal", None) or by_rule(user, rule).seal
    return personal_apply(actor=user, year=2024, region=make.KOTA, rule=rule, seal=seal, today=TODAY, **more)


def test_drafts_name_the_rule_and_the_days(cast, rule):
    companion()
    companion("Budi", valid_from=date(2024, 7, 1))
    drafts = {draft.person.name: draft for draft in apply(cast.owner, rule)}
    assert {name: draft.value for name, draft in drafts.items()} == {"Budi": 5, "Rina Marlina": 10}
    assert all(draft.state == "draf" and "10 keluarga per orang setahun" in draft.source for draft in drafts.values())
    assert drafts["Budi"].reason == "bertugas 184 dari 366 hari"
    assert apply(cast.owner, rule) == []


def test_what_changed_since_it_was_shown_is_not_written(cast, rule):
    companion()
    seal = by_rule(cast.owner, rule).seal
    companion("Budi")
    with pytest.raises(Refusal, match="berubah sejak daftar"):
        apply(cast.owner, rule, seal=seal)


def test_a_frozen_year_names_the_first_person(cast, rule):
    companion()
    make.make_freeze(cast.province, year=2024, start=TODAY)
    with pytest.raises(Refusal, match=r"Rina Marlina: .*dibekukan"):
        apply(cast.owner, rule)


# --- both doors --------------------------------------------------------------


def test_shown_and_written_on_the_page_and_read_at_the_person(cast, client_of, rule):
    person = companion().person
    client = client_of(cast.owner)
    html = client.get(PAGE).content.decode()
    assert "1 orang, 10 keluarga" in html
    seal = html.split('name="seal" value="')[1][:16]
    assert client.post(PAGE, {"seal": "x"}).status_code == 422
    assert "1 draf target perorangan" in client.post(PAGE, {"seal": seal}, follow=True).content.decode()
    seal = client.get(PAGE).content.decode().split('name="seal" value="')[1][:16]
    sent = client.post(PAGE, {"seal": seal, "act": "ajukan"}, follow=True).content.decode()
    assert "1 target perorangan diajukan." in sent
    assert "dari 10" in client.get(f"/personel/{person.pk}/?year=2024").content.decode()
    assert "1 orang, 10 keluarga" not in client_of(cast.neighbour).get(PAGE).content.decode()
    province = client_of(cast.province).get("/target/2024/17/perorangan/").content.decode()
    assert "/target/2024/17.71/perorangan/" in province


def test_by_rest_without_a_seal_nothing_is_written(cast, api_of, rule):
    companion()
    owner = api_of(cast.owner)
    shown = owner.post(API, {"tahun": 2024, "wilayah": "17.71"}).json()
    assert (shown["jumlah"], shown["orang"][0]["nilai"], shown["draf"]) == (10, 10, [])
    done = owner.post(API, {"tahun": 2024, "wilayah": "17.71", "segel": shown["segel"]}).json()
    assert len(done["draf"]) == 1
    assert owner.post(API, {"tahun": 2024, "wilayah": "17"}).status_code == 409
    assert owner.post(API, {"tahun": 2023, "wilayah": "17.71"}).status_code == 404


@pytest.mark.parametrize("door", ["page", "rest"])
def test_a_rule_is_set_through_both_doors(cast, client_of, api_of, door):
    sent = {
        "page": lambda: client_of(cast.colleague).post(
            "/target/aturan-perorangan/baru/",
            {
                "address": "GRADUASI:4", "pillar": "1", "region": "17.71", "way": "persen", "amount": "10",
                "since": "2024-01-01", "source": "Dinsos",
            },
        ).status_code == 302,
        "rest": lambda: api_of(cast.colleague).post(
            "/api/v1/aturan-perorangan/",
            {
                "wilayah": "17.71", "indikator": "GRADUASI", "rincian": 4, "pilar": "PKH", "cara": "persen",
                "besar": 10, "berlaku_sejak": "2024-01-01", "sumber": "Dinsos",
            },
        ).status_code == 201,
    }[door]  # fmt: skip
    assert sent()
    assert PersonalRule.objects.get(region=make.KOTA).words == "10% dari dampingan setahun"
    html = client_of(cast.owner).get("/target/aturan-perorangan/").content.decode()
    assert "10% dari dampingan setahun" in html
    assert "10 keluarga per orang setahun" in html


def test_as_many_questions_for_twenty_people_as_for_two(cast, client_of, rule, django_assert_num_queries):
    client = client_of(cast.owner)
    for number in range(2):
        companion(f"Orang {number}")
    client.get(PAGE)
    with django_assert_num_queries(20):
        client.get(PAGE)
    for number in range(2, 20):
        companion(f"Orang {number}")
    with django_assert_num_queries(20):
        client.get(PAGE)
