"""A real Chromium in front of the real site; what its console complains about fails the test."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import sync_playwright

from tests.harness.people import PASSWORD

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def chromium(committed, site):
    with sync_playwright() as playwright:
        program = os.environ.get("PILAR_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        connections.close_all()  # those of Playwright's own context, which the restore would cut
        browser.close()


@pytest.fixture
def sign_in(chromium, site):
    """Opens a page on a screen and signs a user of the cast in, with scripts or without."""
    complaints: list[str] = []

    def make_page(who: str = "owner", screen=DESK, *, scripts: bool = True, start: str = "dasbor"):
        page = chromium.new_context(viewport=screen, base_url=site, java_script_enabled=scripts).new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda m: complaints.append(m.text) if worth_saying(m) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/masuk/")
        page.fill("[name=username]", who)
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(f"**/{start}/**")
        return settled(page)

    yield make_page
    assert complaints == []


def settled(page):
    """A click that leads elsewhere returns when the new page is there, not when its first bytes are."""
    click = page.click

    def click_and_arrive(*args, **kwargs) -> None:
        click(*args, **kwargs)
        page.wait_for_load_state()

    page.click = click_and_arrive
    return page


def picture(page, name: str) -> None:
    """Keeps a picture of the whole page where PILAR_SHOTS names a folder."""
    if folder := os.environ.get("PILAR_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def worth_saying(message) -> bool:
    """Errors and warnings, except Chromium's own line about a refused form (422), which is meant."""
    return message.type in ("error", "warning") and "status of 422" not in message.text


def sound(page) -> list[str]:
    """What a checker of accessibility finds on the page, and whether it is wider than its screen."""
    page.wait_for_function("document.readyState === 'complete'")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    found = [f"{v['id']}: {v['nodes'][0]['html']}" for v in Axe().run(page).response["violations"]]
    return [*found, *(["wider than the screen"] if wide else [])]
