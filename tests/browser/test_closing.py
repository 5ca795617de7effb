"""2023 is closed by two officers, a worker is transferred, a payment corrected: 2023 stays as it was to the digit."""

import re
from datetime import date

import pytest

from assistance.models import Disbursement
from personnel.models import Personnel
from targets.engine.drain import drain_all
from targets.models import YearClosure
from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound
from tests.harness.processes import until

pytestmark = [pytest.mark.browser, pytest.mark.worker]

JULY = date(2023, 7, 1)
DASHBOARD = "/dasbor/2023/17.71/?indikator=PERSONEL_TERDAFTAR&rincian=1"


def a_year() -> tuple[int, int, int]:
    """A payment, a companion and his post of 2023 in Kota Bengkulu: their numbers."""
    line = make.make_line(
        make.make_batch(year=2023), make.make_beneficiary(groups=[3]), paid_on=date(2023, 3, 4), amount=1_250_000
    )
    worker = make.make_person()
    post = make.make_assignment(worker, pillar="PKH", region=make.KOTA, valid_from=date(2022, 1, 1))
    make.make_target(value=40, year=2023)
    drain_all()
    return line.pk, worker.pk, post.pk


def digits(page) -> list[str]:
    """Every number the dashboard's own parts show."""
    page.goto(DASHBOARD)
    return re.findall(
        r"\d[\d.,]*", page.inner_text("main .tiles") + page.inner_text("#peta") + page.inner_text("#pilar")
    )


def test_a_closed_year_stays_to_the_digit_when_a_worker_is_transferred(sign_in, worker):
    line, companion, post = a_year()
    staff, admin, owner = sign_in("staff"), sign_in("admin"), sign_in("owner")
    before = digits(owner)

    staff.goto("/penutupan/")
    staff.click("section[aria-labelledby='tahun2023'] >> text=Usulkan penutupan")
    staff.fill("[name=reason]", "Berita acara tutup buku 2023")
    assert sound(staff) == []
    staff.click("button:has-text('Usulkan')")
    assert "Penutupan diusulkan" in staff.inner_text("body")
    assert staff.locator("text=Tutup tahun").count() == 0
    admin.goto("/penutupan/")
    admin.click("text=Tutup tahun")
    assert sound(admin) == []
    admin.click("button:has-text('Tutup tahun')")
    until(lambda: YearClosure.objects.get().state == YearClosure.State.CLOSED)

    page = sign_in("colleague")
    page.goto(f"/personel/{companion}/penugasan/{post}/akhiri/")
    page.fill("[name=on]", "2023-06-30")
    page.select_option("[name=reason]", index=1)
    page.click("main button[type=submit]")
    make.make_assignment(Personnel.objects.get(pk=companion), pillar="PKH", region=make.CURUP, valid_from=JULY)
    Disbursement.objects.filter(pk=line, year=2023).update(region=make.CURUP)
    drain_all()

    assert digits(owner) == before
    assert "Tahun 2023 sudah ditutup" in owner.inner_text("main")
    owner.click("text=koreksi sesudah penutupan")
    assert "-Rp1.250.000" in owner.inner_text("main").replace("−", "-")
    for screen in (DESK, PHONE):
        seen = sign_in("staff", screen)
        for address in ("/penutupan/", "/koreksi/2023/17.71/", DASHBOARD):
            seen.goto(address)
            assert sound(seen) == []
