"""Sharing a target out in a real browser: data dasar filled, previewed, applied, submitted, the rest accepted."""

from datetime import date

import pytest

from targets.models import Target
from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = pytest.mark.browser

BENGKULU = 1700000000


def test_from_data_dasar_to_an_approved_parent(sign_in):
    target = make.make_target(value=1003, region=BENGKULU, state="diajukan", source="RPJMD")
    province = sign_in("province")
    province.goto(f"/target/versi/{target.pk}/alokasi/?cara=penduduk")
    assert "jumlah penduduk belum ada" in province.inner_text("main")
    province.click("text=Isi data dasar wilayah")
    province.fill("[name=as_of]", "2023-12-31")
    province.fill("[name=source]", "BPS")
    for number, field in enumerate(province.query_selector_all("input[name^=v17]"), start=1):
        field.fill(f"{number * 11}.000")
    assert sound(province) == []
    province.click("main button:has-text('Simpan')")
    assert "11 angka tersimpan." in province.inner_text("body")

    province.goto(f"/target/versi/{target.pk}/alokasi/?cara=penduduk")
    assert sound(province) == []
    province.click("text=Simpan sebagai draf")
    assert "10 draf tersimpan" in province.inner_text("body")
    assert sum(Target.objects.filter(state="draf").values_list("value", flat=True)) == 1003
    province.goto("/target/2024/17/lembar/?kolom=PENERIMA_PAS:3")
    assert "Belum dialokasikan" in province.inner_text("tfoot")
    last = Target.objects.filter(state="draf").order_by("region_id").last()
    province.fill(f"[name=c{last.region_id}-{last.indicator_id}-3]", str(last.value - 5))
    province.fill("[name=source]", "Rapat")
    province.click("text=Simpan dan ajukan semua")

    staff = sign_in("staff")
    staff.goto(f"/target/versi/{target.pk}/")
    assert "5 belum dialokasikan" in staff.inner_text("main")
    staff.click("text=Terima sisa")
    staff.fill("[name=reason]", "Cadangan provinsi")
    assert sound(staff) == []
    staff.click("main button:has-text('Terima sisa')")
    staff.click("main a:has-text('Setujui'), .page__head a:has-text('Setujui')")
    staff.click("main button:has-text('Setujui')")
    target.refresh_from_db()
    assert target.state == "disetujui"


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_sharing_out_are_sound(sign_in, screen):
    target = make.make_target(value=1003, region=BENGKULU, state="diajukan")
    make.make_target(value=100, state="diajukan")
    make.make_base(number=391_117)
    for number in range(3):
        person = make.make_person(name=f"Rina Marlina {number}")
        start = date(2022 + number, 7, 1)
        make.make_assignment(person, pillar="PKH", position="Pendamping sosial", valid_from=start)
    page = sign_in("province", screen)
    one = f"/target/versi/{target.pk}/"
    for address in (
        one, f"{one}alokasi/", f"{one}alokasi/?cara=rata", f"{one}alokasi/?cara=tangan", f"{one}alokasi/?cara=penduduk",
        "/target/2024/17.71/perorangan/", "/target/2024/17/perorangan/", "/target/aturan-perorangan/",
        "/target/aturan-perorangan/baru/", "/target/data-dasar/", "/target/data-dasar/17/isi/",
    ):  # fmt: skip
        page.goto(address)
        assert sound(page) == [], address
