"""People are never summed across programmes, groups or pillars: every door's figure against a recount in plain Python.

Random histories (hypothesis) are read through the doors and compared with sets of people made here from the source
rows, with none of the engine. A second test makes so many people that the forbidden sum is a number of its own, and
looks for it in everything that the doors say.
"""

import re
from collections import Counter
from datetime import date

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistance.models import (
    Beneficiary,
    Disbursement,
    Graduation,
    GroupMembership,
    Participation,
    Verification,
)
from personnel.models import Assignment
from pilar.core import regions
from pilar.core.models import Pillar, Programme, Region, TargetGroup
from targets.engine.drain import drain_all
from targets.models import Indicator, PublishedFigure, PublishedPart
from targets.report import WIDTHS, achievement_table
from tests import factories as make

YEAR = 2024
REGIONS = (make.SELEBAR, make.TELUK_SEGARA, make.KOTA, make.CURUP, 1700000000, 3201010000)
#: every level that has figures, from the nation down
PLACES = (0, 1700000000, make.KOTA, make.SELEBAR, make.REJANG_LEBONG, 3200000000)
PEOPLE_UNITS = ("orang", "keluarga")
PAID = ("salur", "transaksi", "tidak_transaksi")
ALL_MONTHS = range(1, 14)
SERVED, GROUPS, POSTS, LEFT = "PENERIMA_PROGRAM", "PENERIMA_PAS", "PERSONEL_TERDAFTAR", "GRADUASI"


# --- the recount: sets of people ---------------------------------------------------


class Recount:
    """The source rows of one moment, and who of them counts where."""

    def __init__(self) -> None:
        self.lines = [line for line in Disbursement.objects.filter(year=YEAR) if line.state in PAID]
        self.memberships = list(GroupMembership.objects.select_related("group"))
        self.posts = list(Assignment.objects.all())
        self.left = [g for g in Graduation.objects.all() if g.counts and not g.cancelled_on]

    def people(self, code: str, place: int, breakdown: int, months=ALL_MONTHS, *, direct: bool = False) -> set[int]:
        """Who stands behind a figure of unit orang or keluarga; breakdown 0: all programmes together."""

        def inside(region: int) -> bool:
            low, high = regions.bounds(place)
            return region == place if direct else low <= region <= high

        if code == SERVED:
            return {
                line.beneficiary_id
                for line in self.lines
                if inside(line.region_id) and breakdown in (0, line.programme_id) and line.month in months
            }
        if code == GROUPS:
            return {
                line.beneficiary_id
                for line in self.lines
                if inside(line.region_id) and line.month in months and breakdown in self.groups_of(line)
            }
        if code == LEFT:
            return {
                row.beneficiary_id
                for row in self.left
                if inside(row.region_id)
                and row.programme_id == breakdown
                and (row.decided_on.year, row.decided_on.month in months) == (YEAR, True)
            }
        return {row.person_id for row in self.posts if inside(row.region_id) and self.serves(row, breakdown, months)}

    def groups_of(self, line: Disbursement) -> set[int]:
        return {
            row.group.parent_id or row.group_id
            for row in self.memberships
            if row.beneficiary_id == line.beneficiary_id
            and row.valid_from <= line.paid_on
            and (row.valid_until is None or row.valid_until >= line.paid_on)
        }

    def serves(self, row: Assignment, pillar: int, months) -> bool:
        """On the last day of the latest month asked for: the year's headcount is December's."""
        last = date(YEAR, min(max(months), 12), 28)
        return row.pillar_id == pillar and row.valid_from <= last and row.valid_until is None


def breakdowns() -> dict[str, list[int]]:
    programmes = list(Programme.objects.values_list("id", flat=True))
    return {
        SERVED: [0, *programmes],
        LEFT: programmes,
        POSTS: list(Pillar.objects.values_list("id", flat=True)),
        GROUPS: list(TargetGroup.objects.filter(parent__isnull=True).values_list("id", flat=True)),
    }


# --- what the doors say ------------------------------------------------------------


class Doors:
    """The REST door and the pages, as somebody of the ministry who may see everything."""

    def __init__(self, api, client) -> None:
        self.api, self.client = api, client

    def get(self, path: str, **query) -> dict:
        cache.clear()  # what a throttle remembers
        answer = self.api.get(f"/api/v1/{path}/", query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def figures(self, place: int, **query) -> list[dict]:
        found = self.get("capaian", tahun=YEAR, wilayah=regions.slug(place), **query)["hasil"]
        return [figure for figure in found if figure["satuan"] in PEOPLE_UNITS]

    def dashboard(self, place: int, **query) -> dict:
        answer = self.client.get(f"/dasbor/{YEAR}/{regions.slug(place)}/", query)
        assert answer.status_code == 200
        return answer.context


def code_of(slug: str) -> int:
    return regions.parse(slug)


def check_figures(doors: Doors, told: Recount) -> None:
    """/capaian/ of every level: whole and parts; and the table that `up` prints."""
    names = {i.code: i.name for i in Indicator.objects.all()}
    for place in PLACES:
        figures = doors.figures(place)
        assert Counter(f["indikator"] for f in figures) == {code: len(of) for code, of in breakdowns().items()}
        for f in figures:
            want = len(told.people(f["indikator"], place, f["rincian"]))
            assert (f["realisasi"], f["jumlah_baris"]) == (want, want), f
        printed = table_of(place)
        for f in figures:
            if f["rincian"]:
                key = (names[f["indikator"]][: WIDTHS[0] - 1].strip(), f["nama_rincian"][: WIDTHS[1] - 1].strip())
                assert printed[key] == f["realisasi"]


def table_of(place: int) -> dict[tuple[str, str], int]:
    """(indicator, breakdown) -> realised, read from the printed lines."""
    found = {}
    for line in achievement_table(year=YEAR, region=place, today=timezone.localdate()).splitlines()[3:]:
        first, rest = line[: WIDTHS[0]].strip(), line[WIDTHS[0] :]
        label, numbers = rest[: WIDTHS[1]].strip(), rest[WIDTHS[1] :]
        realised = numbers[WIDTHS[2] + 1 :][: WIDTHS[3]].strip()
        if "Rp" not in realised:
            found[first, label] = int(realised.replace(".", ""))
    return found


def check_children(doors: Doors, told: Recount, code: str, breakdown: int) -> None:
    for place in PLACES[:3]:
        for f in doors.figures(place, indikator=code, rincian=breakdown, turunan=1):
            want = told.people(code, code_of(f["wilayah"]), breakdown, direct=f["langsung"])
            assert f["realisasi"] == len(want), f


def check_rows(doors: Doors, told: Recount, code: str, breakdown: int, month: int) -> None:
    """The rows behind a figure are its people, each once, in the year and in a month."""
    asked = {"tahun": YEAR, "wilayah": "nasional", "indikator": code, "rincian": breakdown, "page_size": 1000}
    for months, query in ((ALL_MONTHS, {}), ((month,), {"bulan": month})):
        body = doors.get("capaian/baris", **asked, **query)
        want = told.people(code, 0, breakdown, months)
        ids = [row["id"] for row in body["results"]]
        assert body["angka"]["realisasi"] == len(ids) == len(set(ids)) == len(want)
        if code != LEFT:
            assert set(ids) == want


def check_dashboard(doors: Doors, told: Recount, code: str, breakdown: int) -> None:
    """Tiles, bars, trend and map of a page; the way of the money counts no people."""
    for place in (0, make.KOTA):
        page = doors.dashboard(place, indikator=code, rincian=breakdown)
        tiles = {tile["label"]: tile["value"] for tile in page["tiles"]}
        assert tiles["Penerima manfaat"] == len(told.people(SERVED, place, 0))
        graduated = {name: value for name, value in tiles.items() if name.startswith("Graduasi")}
        left = {p.name.partition(" (")[0]: len(told.people(LEFT, place, p.pk)) for p in Programme.objects.all()}
        assert all(value == left.get(name.removeprefix("Graduasi "), 0) for name, value in graduated.items())
        points = [point["value"] for point in page["points"]]
        assert points == [len(told.people(code, place, breakdown, (month,))) for month in range(1, 13)]
        for row in page["map_rows"]:
            where = place if row["name"].startswith("Langsung") else code_of(row["code"])
            want = told.people(code, where, breakdown, direct=row["name"].startswith("Langsung"))
            assert row["realised"] == len(want)
        groups = {TargetGroup.objects.get(name=bar["label"]).pk: bar["realised"] for bar in page["groups"]}
        assert groups == {pk: len(told.people(GROUPS, place, pk)) for pk in groups}
        for pair in page["programmes"]:
            pk = Programme.objects.get(name=pair["second"]["label"]).pk
            assert pair["second"]["realised"] == len(told.people(SERVED, place, pk))
        if funnel := page["funnel"]:
            assert {cell["form"] for row in funnel["rows"] for cell in row["cells"]} == {"rupiah"}


def check_coverage(doors: Doors) -> None:
    """Active participants, each once; verified is who is so in every programme asked about."""
    today = timezone.localdate()
    active = [row for row in Participation.objects.all() if row.state == "aktif"]
    seen = {
        (v.beneficiary_id, v.programme_id) for v in Verification.objects.all() if (today - v.verified_on).days < 300
    }
    for place in PLACES:
        for programme in (None, *Programme.objects.all()):
            query = {"program": programme.code} if programme else {}
            body = doors.get("cakupan-verval", wilayah=regions.slug(place), **query)
            for area in (body, *body["turunan"]):
                where = code_of(area["wilayah"])
                low, high = (where, where) if area is not body and where == place else regions.bounds(where)
                here = [r for r in active if low <= r.region_id <= high and programme in (None, r.programme)]
                people = {r.beneficiary_id for r in here}
                late = {r.beneficiary_id for r in here if (r.beneficiary_id, r.programme_id) not in seen}
                assert (area["aktif"], area["diverval"]) == (len(people), len(people - late)), area


def check_published(doors: Doors, told: Recount) -> None:
    """Beside a printed figure of several parts stand the parts; no sum of people."""
    found = doors.get("angka-rilis", page_size=1000)["results"]
    of_people = [f for f in found if f["satuan"] in PEOPLE_UNITS]
    assert {f["kode"] for f in of_people} >= {"UJI-PROGRAM"}
    for f in of_people:
        assert f["dihitung"] is None or len(f["bagian"]) == 1
    ours = next(f for f in of_people if f["kode"] == "UJI-PROGRAM")
    pks = dict(Programme.objects.values_list("name", "id"))
    for part in ours["bagian"]:
        assert part["dihitung"] == len(told.people(SERVED, 0, pks[part["bagian"]]))


def check_lists(doors: Doors) -> None:
    """A list of beneficiaries shows each once, whatever ties him to the filter."""
    queries = [{}, *({"program": p.code} for p in Programme.objects.all()), {"keadaan": "aktif"}]
    for query in queries:
        ids = [row["id"] for row in doors.get("penerima", page_size=1000, **query)["results"]]
        assert len(ids) == len(set(ids))
        if not query:
            assert len(ids) == Beneficiary.objects.count()


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
