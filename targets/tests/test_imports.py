"""Target figures from a file: drafts, by the rules of the form."""

from assistance.tests.import_files import checked, counts, faults, round_trip, saved, work
from pilar.core.imports.services import import_undo
from targets.models import Target
from tests import factories as make

HEAD = "Tahun;Kode wilayah;Indikator;Rincian;Nilai target;Sumber;Alasan"


def figures(actor, *rows: str, **kwargs):
    return checked(actor, *rows, head=HEAD, kind="target", **kwargs)


def test_targets_are_drafted_and_unchanged_the_second_time(cast):
    rows = ["2024;17.71;PENERIMA_PAS;3;1250;Renja;", "2024;17.71.01;PENERIMA_PAS;Lanjut usia terlantar;250;Renja;"]
    session = figures(cast.owner, *rows)
    assert (faults(session), counts(session)) == ([], (2, 0, 0, 0))
    assert not Target.objects.filter(source="Renja").exists()
    session = saved(cast.owner, session)
    found = Target.objects.filter(source="Renja").order_by("region_id")
    assert [(t.region_id, t.breakdown, t.value, t.state) for t in found] == [
        (make.KOTA, 3, 1250, "draf"), (make.SELEBAR, 3, 250, "draf"),
    ]  # fmt: skip
    again = figures(cast.owner, *rows, again=True)
    assert counts(again) == (0, 0, 2, 0)
    out = round_trip(cast.owner, "target")
    assert (faults(out), counts(out)[2]) == ([], out.counts["rows"])
    found.filter(region_id=make.SELEBAR).update(state="diajukan")
    import_undo(actor=cast.owner, session=session, reason="salah berkas")
    work()
    assert [t.region_id for t in Target.objects.filter(source="Renja")] == [make.SELEBAR]


def test_a_new_value_is_a_new_version_with_its_reason_and_an_old_draft_comes_back(cast):
    make.make_target(value=10, state="diajukan")
    draft = make.make_target(value=11, breakdown=4, state="draf", source="lama")
    row = "2024;17.71;PENERIMA_PAS;{};20;Renja;{}"
    session = figures(cast.owner, row.format(3, ""), row.format(4, ""))
    assert [rule for _, _, rule in faults(session)][:1] == ["aturan"]
    session = figures(cast.owner, row.format(3, "perubahan pagu"), row.format(4, ""))
    assert counts(session) == (1, 1, 0, 0)
    session = saved(cast.owner, session)
    draft.refresh_from_db()
    assert draft.value == 20
    import_undo(actor=cast.owner, session=session, reason="salah berkas")
    work()
    draft.refresh_from_db()
    assert (draft.value, draft.source) == (11, "lama")
    assert Target.objects.filter(value=20).count() == 0


def test_what_the_form_refuses_is_told(cast):
    session = figures(
        cast.owner,
        "2031;17.71;PENERIMA_PAS;3;1;x;",
        "2024;17.71;ENTAH;3;1;x;",
        "2024;17.71;PENERIMA_PAS;99;1;x;",
        "2024;17.71.01.1001;PENERIMA_PAS;3;1;x;",
        "2024;17.71;GRADUASI;3;5;x;",
        "2024;17.71;GRADUASI;3;6;x;",
        "2024;17.02;PENERIMA_PAS;3;1;x;",
    )
    assert faults(session) == [
        (2, "tahun", "aturan"), (3, "indikator", "aturan"), (4, "rincian", "aturan"), (5, "", "aturan"),
        (6, "nilai", "ganda"), (7, "nilai", "ganda"), (8, "kode_wilayah", "wilayah_luar"),
    ]  # fmt: skip
