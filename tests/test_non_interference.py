"""What happens in Rejang Lebong changes nothing that Kota Bengkulu sees, in either door."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from pilar.core import audit, tokens
from pilar.core.models import Job, Pillar, RegionGrant, User
from targets.engine.drain import drain_all
from tests import doors, factories
from tests import factories as make
from tests import factories_lists as lists
from tests.doors import API, KOTA, PAGES, SELEBAR, Door

#: what differs from one fetch to the next without any row having changed
FLEETING = (
    (r'name="csrfmiddlewaretoken" value="[^"]*"', "csrf"),
    (r'nonce="[^"]*"', "nonce"),
    (r"\d{1,2} \w+ \d{4} \d\d\.\d\d WIB", "saat"),
    (r'"(diperbarui|data_per)":"[^"]*"', "diperbarui"),
)
#: pages and lists with figures or targets of other kabupaten, which are open to everybody and do move
OPEN_TO_ALL = {"dashboard", "published-list", "angka-rilis-list", "api-target-list"}
#: endings of downloads: each leaves an event in the audit trail, so they are walked apart
RECORDED = ("-export", "-faults", "-original")
OWN_FIGURES = [Door("dashboard", "", keys=doors.year_and(region), about=region) for region in (KOTA, SELEBAR)]
#: PDF and XLSX carry the moment they were made; the page and the JSON of the same report are walked
PAPERS = ("report-file", "monthlyreport-paper", "api-monthlyreport-paper")
BINARY = [door for door in (*PAGES, *API) if door.name in PAPERS or "format=xlsx" in door.query]
OPENED = [
    door
    for door in (*PAGES, *API)
    if door.expected("get")["owner"] == 200 and not door.name.endswith(RECORDED) and door not in BINARY
]
DOWNLOADS = [door for door in (*PAGES, *API) if door.name.endswith(RECORDED)]


def without_fleeting(response: HttpResponse) -> list[str]:
    assert response.status_code == 200
    text = b"".join(response).decode(errors="replace")
    for pattern, word in FLEETING:
        text = re.sub(pattern, word, text)
    return text.split("\n") if text.startswith("<") else re.split(r"(?<=[,{])", text)


def address_of(door: Door, rows) -> str:
    return reverse(door.name, kwargs=door.keys(rows)) + (f"?{door.query}" if door.query else "")


@pytest.fixture
def rows(cast):
    return doors.make_rows(cast.owner, cast.clerk)


@pytest.fixture
def walk(cast, client_of, api_of, rows, monkeypatch) -> Callable[..., dict[str, list[str]]]:
    """Fetches doors as the owner: address -> lines. The key's last use, which a page shows, is kept still."""
    monkeypatch.setattr(tokens, "TOUCH_EVERY", timedelta(days=1))
    browser, rest = client_of(cast.owner), api_of(cast.owner)
    browser.get("/")
    rest.get("/api/v1/")

    def go(table=OPENED) -> dict[str, list[str]]:
        cache.clear()  # of what the API has answered already: two walks are more than one minute's share
        return {
            str(door): without_fleeting((rest if door in API else browser).get(address_of(door, rows)))
            for door in table
        }

    return go


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    return {
        door: [pair for pair in zip(lines, after[door], strict=False) if pair[0] != pair[1]][:3] or [("length", "")]
        for door, lines in before.items()
        if lines != after[door]
    }


# --- rows of another office ---------------------------------------------------


def person_and_work(neighbour: User) -> None:
    """Named like the owner's people, so that every search would find them."""
    person = make.make_person(region=make.REJANG_LEBONG)
    assignment = make.make_assignment(person, pillar="PKH", region=make.CURUP)
    make.make_assignment(make.make_person(region=make.REJANG_LEBONG), region=make.CURUP)
    make.make_activity(person, region=make.CURUP, by=neighbour)
    make.make_activity_step(make.make_activity(person, region=make.CURUP))
    make.make_allowance(assignment, region=make.REJANG_LEBONG)
    make.make_monthly_report(assignment, by=neighbour)
    make.make_portrait(person, by=neighbour)
    family = make.make_beneficiary(region=make.CURUP, groups=[3])
    make.make_membership(family, 12)
    make.make_caseload(assignment, family)
    make.make_graduation(family, to=person)
    make.make_target(value=7, indicator="GRADUASI", breakdown=4, region=make.REJANG_LEBONG, person=person)


def working_life(_neighbour: User) -> None:
    """What an office keeps of its own people."""
    person = make.make_person(region=make.REJANG_LEBONG)
    make.make_account(person)
    serving = make.make_assignment(person, region=make.CURUP)
    make.make_sanction(serving)
    make.make_tie(person)
    make.make_need(region=make.CURUP)
    make.make_competence(person)
    make.make_termination(serving)


def money(_neighbour: User) -> None:
    batch = make.make_batch(region=make.REJANG_LEBONG)
    for state in ("sk", "salur", "transaksi", "tidak_transaksi"):
        line = make.make_line(batch, make.make_beneficiary(region=make.CURUP, groups=[3]), state=state, group=3)
        lists.make_result_file(batch, line)


def life(_neighbour: User) -> None:
    """From usulan to the way out."""
    family = make.make_beneficiary(region=make.CURUP, groups=[12])
    companion = make.make_assignment(make.make_person(region=make.REJANG_LEBONG), pillar="PKH", region=make.CURUP)
    make.make_circumstance(family, "desil", "2")
    make.make_proposal(family, state="diajukan", assigned_to=companion)
    make.make_participation(family, decree=make.make_decree(region=make.REJANG_LEBONG))
    make.make_verification(family, companion)
    make.make_objection(family)
    make.make_case(family)
    make.make_atensi(family, companion)


def aims(_neighbour: User) -> None:
    """Of a kecamatan: those of whole kabupaten are open to everybody, as their figures are."""
    make.make_target(value=7, region=make.CURUP)
    make.make_base(number=7, region=make.CURUP)


def office(neighbour: User) -> None:
    colleague = User.objects.create_user(
        "tetangga.baru", None, name="Clerk", office="Dinsos", role_id="dinsos_kabkota", region_id=make.REJANG_LEBONG
    )
    RegionGrant.objects.create(
        user=colleague, region_id=make.REJANG_LEBONG, valid_from=timezone.localdate(), may_enter=True
    )
    tokens.token_issue(user=colleague, name="laporan", now=timezone.now())
    Job.objects.create(kind="impor", key="rl", region_id=make.REJANG_LEBONG, user=neighbour)
    audit.record(
        actor=neighbour,
        action=audit.Action.CHANGE,
        target=Pillar,
        region=make.REJANG_LEBONG,
        summary="rahasia tetangga",
    )


ELSEWHERE = (person_and_work, working_life, money, life, aims, office)
#: every factory of tests/factories/ is used above; a new one must be added to a function there
USED = {
    "make_person", "make_assignment", "make_activity", "make_beneficiary", "make_membership", "make_batch",
    "make_line", "make_caseload", "make_graduation", "make_target", "make_circumstance", "make_proposal",
    "make_participation", "make_decree", "make_verification", "make_objection", "make_case",
    "make_atensi", "make_allowance", "make_account", "make_portrait", "make_activity_step", "make_monthly_report",
    "make_sanction", "make_termination", "make_tie", "make_competence", "make_need", "make_base",
}  # fmt: skip
NO_ROWS = {"make_verifier", "make_jpeg", "make_pdf", "make_upload"}
#: the same rows in thousands, for measuring
IN_BULK = {"make_many_beneficiaries", "make_many_candidates"}
#: open to everybody like the targets of a kabupaten: what was agreed, when its targets stood still, letterheads, and
#: which years are closed
PUBLIC = {
    "make_workplan", "make_workstep", "make_freeze", "make_office", "make_closure", "make_closed_year",
    "make_proof_rule",
}  # fmt: skip


def test_every_factory_takes_part():
    known = {name for name in vars(factories) if name.startswith("make_")}
    assert known - NO_ROWS - IN_BULK - PUBLIC == USED, (
        "Add rows of the new factory in Rejang Lebong to one of ELSEWHERE, and its name here"
    )


def test_two_walks_without_a_change_are_equal(walk):
    """The control: what is compared below does not change by itself."""
    assert not differences(walk(), walk())


def test_the_walk_sees_a_row_of_ones_own(walk):
    """The other control: a change that may be seen is seen."""
    before = walk()
    make.make_assignment(make.make_person(name="Orang Baru"), region=make.SELEBAR)
    assert {"personnel-list", "api-personnel-list", "api-assignment-list"} <= set(differences(before, walk()))


def test_rows_of_rejang_lebong_change_no_page_and_no_list_of_kota_bengkulu(walk, cast):
    before = walk()
    for elsewhere in ELSEWHERE:
        elsewhere(cast.neighbour)
        assert not differences(before, walk()), elsewhere.__name__


def test_rows_of_rejang_lebong_change_no_download_of_kota_bengkulu(walk, cast):
    before = walk(DOWNLOADS)
    for elsewhere in ELSEWHERE:
        elsewhere(cast.neighbour)
    assert not differences(before, walk(DOWNLOADS))


def test_drained_figures_of_rejang_lebong_change_no_dashboard_of_kota_bengkulu(walk, cast):
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[3]), group=3)
    drain_all()
    own = [door for door in OPENED if door.name not in OPEN_TO_ALL] + OWN_FIGURES
    before = walk(own)
    for elsewhere in ELSEWHERE:
        elsewhere(cast.neighbour)
    make.make_target(value=7, region=make.REJANG_LEBONG)
    drain_all()
    assert not differences(before, walk(own))


def test_the_open_figures_of_the_province_do_move(walk, cast):
    """The control of the control: the neighbour's rows were drained at all."""
    province = [Door("dashboard", "", keys=doors.year_and("17"))]
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[3]), group=3)
    drain_all()
    before = walk(province)
    money(cast.neighbour)
    drain_all()
    assert differences(before, walk(province))
