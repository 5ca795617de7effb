"""What every door says of people, held against `people_counted.Recount`."""

from collections import Counter

from django.core.cache import cache
from django.utils import timezone

from assistance.models import Beneficiary, Participation, Verification
from pilar.core import regions
from pilar.core.models import Programme, TargetGroup
from targets.models import Indicator
from targets.report import WIDTHS, achievement_table
from tests import factories as make
from tests.people_counted import ALL_MONTHS, GROUPS, LEFT, PLACES, SERVED, YEAR, Recount, breakdowns

PEOPLE_UNITS = ("orang", "keluarga")


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
                assert printed.get(key, 0) == f["realisasi"]  # the text leaves out what is 0


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
