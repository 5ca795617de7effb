"""What `up` prints at its end."""

import io

import pytest
from django.core.management import call_command

from assistance.example.logins import Login, write_logins
from targets.engine.drain import drain_all
from tests import factories as make


@pytest.fixture
def printed(land, tmp_path, monkeypatch):
    monkeypatch.setenv("PILAR_HOME", str(tmp_path / "rumah"))

    def run() -> str:
        out = io.StringIO()
        call_command("up_summary", stdout=out)
        return out.getvalue()

    return run


def test_both_levels_of_the_article_with_what_was_counted(printed):
    make.make_line(make.make_batch(), make.make_beneficiary(), amount=879_770_000)
    drain_all()
    text = printed()
    assert "Capaian 2024, Bengkulu (17)" in text
    assert "Capaian 2024, Kota Bengkulu (17.71)" in text
    assert text.count("Rp879.770.000") == 5  # decided and paid at both levels, paid in the printed figure


def test_printed_figures_with_their_differences(printed):
    text = printed()
    assert "418 orang dicetak, 393 orang dirinci, selisih 25 orang tidak dirinci dalam sumber" in text
    assert "berbeda (Rp2.211,67–2.221,67 juta)" in text


def test_the_logins_of_this_machine(printed):
    write_logins([Login("dinsos.kotabengkulu", "abcd-efgh-jkmn", "Dinsos", "Dinas Sosial Kota Bengkulu", "pilar_x")])
    text = printed()
    assert "dinsos.kotabengkulu  abcd-efgh-jkmn  Dinsos, Dinas Sosial Kota Bengkulu" in text
    assert "token API dinsos.kotabengkulu: pilar_x" in text


def test_without_logins_it_says_how_to_get_new_ones(printed):
    assert "load_example --new-passwords" in printed()
