"""Targets in a real browser: fifty cells pasted, submitted, sent back, revised, approved; the pages are sound."""

import pytest

from targets.models import Target
from tests import factories as make
from tests.harness.browser import DESK, PHONE, picture, sound

pytestmark = pytest.mark.browser

COLUMNS = "&".join(f"kolom=PENERIMA_PAS:{n}" for n in range(1, 6))
SHEET = f"/target/2024/17/lembar/?{COLUMNS}"


def paste(page, text: str) -> None:
    """As a spreadsheet hands it over, into the cell in focus."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def in_cell(page) -> tuple[str, str]:
    return tuple(page.evaluate("[document.activeElement.dataset.rowAt, document.activeElement.dataset.columnAt]"))


def test_fifty_cells_are_pasted_saved_submitted_sent_back_revised_and_approved(sign_in):
    province = sign_in("province")
    province.goto(SHEET)
    province.focus("[data-row-at='1'][data-column-at='0']")
    block = [[str(100 * row + column) for column in range(5)] for row in range(1, 11)]
    paste(province, "\r\n".join("\t".join(line) for line in block) + "\r\n")
    province.fill("[name=source]", "Rapat kerja 2024")
    assert sound(province) == []
    province.click("text=Simpan dan ajukan semua")
    assert "50 sel tersimpan sebagai draf." in province.inner_text("body")
    assert "50 target diajukan." in province.inner_text("body")
    filed = Target.objects.filter(state="diajukan").order_by("region_id", "breakdown").values_list("value", flat=True)
    assert [str(value) for value in filed] == [value for line in block for value in line]

    staff = sign_in("staff")
    staff.goto("/target/2024/17/")
    staff.click("text=Periksa dan putuskan")
    assert sound(staff) == []
    staff.check("input[data-row] >> nth=0")
    staff.click("text=Kembalikan dengan catatan")
    staff.fill("[name=note]", "Sertakan dasar hitungan")
    assert sound(staff) == []
    staff.click("button:has-text('Kembalikan dengan catatan')")
    assert "1 target dikembalikan" in staff.inner_text("body")

    back = Target.objects.get(state="draf")
    province.goto(f"/target/versi/{back.pk}/")
    assert "Sertakan dasar hitungan" in province.inner_text("main")
    province.click("text=Ubah draf")
    province.fill("[name=value]", "77")
    province.click("text=Simpan dan ajukan")

    staff.goto("/target/2024/17/menunggu/")
    staff.check("[data-rows-all]")
    staff.click(".bulkbar >> text=Setujui")
    staff.click("main button:has-text('Setujui')")
    assert "50 target disetujui." in staff.inner_text("body")
    assert Target.objects.filter(state="disetujui").count() == 50


def test_the_keyboard_moves_between_cells(sign_in):
    page = sign_in("province")
    page.goto(SHEET)
    page.focus("[data-row-at='1'][data-column-at='0']")
    for key, where in (
        ("Enter", ("2", "0")),
        ("ArrowUp", ("1", "0")),
        ("Tab", ("1", "1")),
        ("ArrowDown", ("2", "1")),
        ("ArrowLeft", ("2", "0")),
        ("ArrowRight", ("2", "1")),
        ("Shift+Enter", ("1", "1")),
    ):
        page.keyboard.press(key)
        assert in_cell(page) == where, key


def test_without_scripts_the_sheet_is_a_form(sign_in):
    page = sign_in("province", scripts=False)
    page.goto(SHEET)
    page.fill("[data-row-at='1'][data-column-at='0']", "12")
    page.fill("[name=source]", "Rapat")
    page.click("text=Simpan draf")
    assert "1 sel tersimpan sebagai draf." in page.inner_text("body")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_a_target_are_sound(sign_in, screen):
    waiting = make.make_target(value=400, version=2, state="diajukan", source="SK baru", reason="naik")
    make.make_target(value=300, source="SK lama")
    make.make_target(value=55, breakdown=4, state="diajukan", source="Rapat")
    make.make_freeze(make.make_verifier(), year=2024, region=make.REJANG_LEBONG)
    page = sign_in("province", screen)
    for address in (
        "/target/2024/17.71/",
        f"/target/versi/{waiting.pk}/",
        f"/target/versi/{waiting.pk}/setujui/",
        "/target/2024/17/menunggu/",
        "/target/2024/17/pembekuan/",
        "/target/2024/17/pembekuan/baru/",
        SHEET,
        "/target/2024/17.71/?versi=1",
    ):
        page.goto(address)
        picture(page, f"target{address.replace('/', '_').split('?')[0]}{screen['width']}")
        assert sound(page) == [], address
