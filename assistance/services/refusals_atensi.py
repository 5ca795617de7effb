"""Every "no" about ATENSI cases: what happened, the rule, the remedy, and who can lift it."""

from collections.abc import Sequence

from assistance.models import AtensiCase
from assistance.services.refusals import NOBODY_LIFTS
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal


def case_open(case: AtensiCase, name: str) -> Refusal:
    return Refusal(
        f"Kasus ATENSI {name} masih berjalan: “{case.get_state_display()}”, asesmen {tanggal(case.assessed_on)}.",
        f"Teruskan kasus itu sampai selesai, atau hentikan dahulu dengan sebabnya. {NOBODY_LIFTS}",
        rule="atensi_berjalan",
    )


def not_served_yet(name: str, components: Sequence[str]) -> Refusal:
    return Refusal(
        f"Kasus ATENSI {name} belum bisa diselesaikan: belum dilayani untuk {'; '.join(components)}.",
        "Catat layanannya, atau hentikan kasus ini dengan sebabnya.",
        rule="atensi_belum_dilayani",
    )


def served_already(component: str) -> Refusal:
    return Refusal(
        f"Layanan “{component}” sudah dicatat untuk kasus ini.",
        f"Pilih komponen lain dari rencananya. {NOBODY_LIFTS}",
        rule="atensi_sudah_dilayani",
    )


def not_in_plan() -> Refusal:
    return Refusal(
        "Komponen itu tidak ada dalam rencana kasus ini.",
        "Pilih komponen dari rencananya.",
        rule="atensi_di_luar_rencana",
    )
