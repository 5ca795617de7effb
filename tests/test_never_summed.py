"""People are never summed across programmes, groups or pillars: every door's figure against a recount in plain Python.

Random histories (hypothesis) are read through the doors and compared with sets of people made from the source rows.
A second test makes so many people that the forbidden sum is a number of its own, and looks for it in everything that
the doors say.
"""

import re
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistance.models import Disbursement, Graduation, GroupMembership, Participation
from personnel.models import Assignment
from pilar.core import regions
from pilar.core.models import Pillar, Programme, Region
from targets.engine.drain import drain_all
from targets.models import PublishedFigure, PublishedPart
from targets.report import achievement_table
from tests import factories as make
from tests.people_counted import LEFT, POSTS, SERVED, YEAR, Recount, breakdowns
from tests.people_doors import (
    Doors,
    check_children,
    check_coverage,
    check_dashboard,
    check_figures,
    check_lists,
    check_published,
    check_rows,
)

REGIONS = (make.SELEBAR, make.TELUK_SEGARA, make.KOTA, make.CURUP, 1700000000, 3201010000)

# --- random histories --------------------------------------------------------------

FEW = st.integers(0, 5)
MONTH = st.integers(1, 12)
STORY = st.fixed_dictionaries(
    {
        "lines": st.lists(st.tuples(FEW, st.integers(0, 4), FEW, MONTH, st.integers(0, 4)), min_size=2, max_size=14),
        "groups": st.sets(st.tuples(FEW, st.integers(1, 12)), max_size=10),
        "left": st.sets(st.tuples(FEW, st.integers(0, 4)), max_size=6),
        "posts": st.sets(st.tuples(st.integers(0, 2), st.integers(0, 4), FEW), max_size=6),
        "active": st.dictionaries(st.tuples(FEW, st.integers(0, 4)), st.tuples(FEW, st.booleans()), max_size=8),
        "month": MONTH,
    }
)


def live(story: dict) -> None:
    """Six people and three workers live the story."""
    people = [make.make_beneficiary(region=region) for region in REGIONS]
    workers = [make.make_person() for _ in range(3)]
    programmes = list(Programme.objects.values_list("code", flat=True))
    pillars = list(Pillar.objects.values_list("code", flat=True))
    companion = make.make_assignment(make.make_person(), valid_from=date(2030, 1, 1))
    for person, programme, place, month, state in story["lines"]:
        make.make_line(
            make.make_batch(programme=programmes[programme], region=0),
            people[person],
            paid_on=date(YEAR, month, 15),
            region=REGIONS[place],
            state=("salur", "transaksi", "tidak_transaksi", "sk", "salur")[state],
        )
    for person, group in story["groups"]:
        make.make_membership(people[person], group, valid_from=date(YEAR, 1 + group % 6, 1))
    for person, programme in story["left"]:
        make.make_graduation(people[person], programme=programmes[programme], on=date(YEAR, 1 + person, 9))
    for worker, pillar, place in story["posts"]:
        make.make_assignment(
            workers[worker], pillar=pillars[pillar], region=REGIONS[place], valid_from=date(YEAR, 2, 1)
        )
    for (person, programme), (place, verified) in story["active"].items():
        make.make_participation(people[person], programme=programmes[programme], region=REGIONS[place])
        if verified:
            today = timezone.localdate()
            make.make_verification(people[person], companion, programme=programmes[programme], on=today)


def print_figure() -> None:
    """A printed total of beneficiaries with a part for each programme."""
    figure = PublishedFigure.objects.create(
        code="UJI-PROGRAM", title="Penerima semua program", region=Region.objects.get(pk=0), year=YEAR, unit="orang",
        published_on=date(YEAR, 12, 31), definition="disalurkan", measure="penerima_program", headline=7,
        headline_printed="7 orang", source_name="Uji", source_url="https://contoh.test/",
    )  # fmt: skip
    for programme in Programme.objects.all():
        PublishedPart.objects.create(
            figure=figure, label=programme.name, dim=1, programme=programme, printed="1 orang", value=1
        )


@pytest.fixture
def doors(cast, api_of, client_of) -> Doors:
    print_figure()
    return Doors(api_of(cast.staff), client_of(cast.staff))


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(story=STORY)
def test_every_figure_of_people_is_a_count_of_distinct_people(doors, story):
    with transaction.atomic():
        live(story)
        drain_all()
        told = Recount()
        check_figures(doors, told)
        check_coverage(doors)
        check_published(doors, told)
        check_lists(doors)
        for code, of in breakdowns().items():
            for at, breakdown in enumerate([b for b in of if told.people(code, 0, b)][:3]):
                check_children(doors, told, code, breakdown)
                check_rows(doors, told, code, breakdown, story["month"])
                if at == 0:
                    check_dashboard(doors, told, code, breakdown)
        transaction.set_rollback(True)


# --- the forbidden number ----------------------------------------------------------

#: 137 and 154 people, of whom 80 are the same: 211 distinct ones, and 291 is who counts them twice
ONE, OTHER, BOTH = 137, 154, 80
FORBIDDEN = re.compile(rf"(?<![\d.,])({ONE + OTHER})(?![\d]|[.,]\d)")
PAGES = (
    f"/dasbor/{YEAR}/nasional/", f"/dasbor/{YEAR}/17.71/", f"/dasbor/{YEAR}/17.71/baris/{SERVED}/0/",
    f"/dasbor/{YEAR}/17.71/?indikator={SERVED}&rincian=0", f"/dasbor/{YEAR}/17.71/?indikator={LEFT}&rincian=1",
    f"/dasbor/{YEAR}/17.71/?indikator={POSTS}&rincian=1", "/verval/cakupan/?region=17.71", "/verval/cakupan/",
    "/angka-rilis/", "/penerima/", "/kepesertaan/", "/graduasi/", "/penyaluran/", "/personel/", "/usulan/", "/sk/",
)  # fmt: skip


@pytest.fixture
def twofold(land):
    """The same crowd in two programmes, two groups and two pillars, left both programmes and active in both."""
    people = make.make_many_beneficiaries(ONE + OTHER - BOTH)
    GroupMembership.objects.filter(beneficiary__in=people).delete()
    workers = [make.make_person() for _ in people]
    first, second = Programme.objects.get(code="YAPI"), Programme.objects.get(code="PKH")
    for programme, group, pillar, some in (
        (first, 2, "TKSK", slice(0, ONE)),
        (second, 3, "PKH", slice(ONE - BOTH, None)),
    ):
        batch = make.make_batch(programme=programme.code, ceiling=10**12)
        common = {"programme": programme, "region_id": make.SELEBAR}
        Disbursement.objects.bulk_create(
            Disbursement(
                batch=batch, year=YEAR, beneficiary=p, group_id=group, amount=7, state="salur",
                paid_on=date(YEAR, 3, 15), decided_on=batch.sk_date, **common,
            )
            for p in people[some]
        )  # fmt: skip
        GroupMembership.objects.bulk_create(
            GroupMembership(beneficiary=p, group_id=group, region_id=make.SELEBAR, valid_from=date(2023, 1, 1))
            for p in people[some]
        )
        Graduation.objects.bulk_create(
            Graduation(beneficiary=p, kind="mandiri", decided_on=date(YEAR, 6, 1), counts=True, **common)
            for p in people[some]
        )
        Participation.objects.bulk_create(
            Participation(beneficiary=p, group_id=group, state="aktif", active_from=date(YEAR, 7, 1), **common)
            for p in people[some]
        )
        Assignment.objects.bulk_create(
            Assignment(
                person=w, pillar=Pillar.objects.get(code=pillar), position="anggota", region_id=make.SELEBAR,
                valid_from=date(2022, 1, 1),
            )
            for w in workers[some]
        )  # fmt: skip
    drain_all()


def said(value: object, key: str = "") -> list[int]:
    """Every number that a JSON answer says, but for the numbers of rows."""
    if isinstance(value, dict):
        return [number for k, v in value.items() for number in said(v, k)]
    if isinstance(value, list):
        return [number for v in value for number in said(v, key)]
    return [value] if isinstance(value, int) and key != "id" else []


def test_no_door_says_the_number_that_counts_people_twice(doors, twofold):
    told = Recount()
    assert len(told.people(SERVED, 0, 0)) == ONE + OTHER - BOTH
    for path in PAGES:
        answer = doors.client.get(path)
        assert answer.status_code == 200, path
        text = strip_tags(re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.DOTALL))
        assert not FORBIDDEN.search(text), (path, FORBIDDEN.search(text))
    for place in (0, 1700000000, make.KOTA, make.SELEBAR):
        assert not FORBIDDEN.search(achievement_table(year=YEAR, region=place, today=timezone.localdate()))
        assert ONE + OTHER not in said(doors.get("capaian", tahun=YEAR, wilayah=regions.slug(place)))
        assert ONE + OTHER not in said(doors.get("cakupan-verval", wilayah=regions.slug(place)))
    assert ONE + OTHER not in said(doors.get("angka-rilis", page_size=1000))
    check_figures(doors, told)
    check_coverage(doors)
