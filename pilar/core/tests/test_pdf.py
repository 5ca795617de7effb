from datetime import UTC, datetime

import pytest
import typst

from pilar.core import pdf

AT = datetime(2026, 11, 24, 9, 20, tzinfo=UTC)
HEAD = pdf.Letterhead("Dinas Sosial", "Pemerintah Kota Bengkulu", "Jalan Basuki Rahmat 5", "Telepon (0736) 12345")
SIGNED = pdf.Signature("Kepala Dinas Sosial", "Bengkulu, 24 November 2026", name="Umi", number="NIP 197001011995031001")


def document(**changes):
    table = pdf.Table([pdf.Column("No"), pdf.Column("Nama", share=1)], [["1", "Lansia"], ["", "Jumlah"]], totals=1)
    fields = {"title": "Capaian", "letterhead": HEAD, "as_of": AT, "tables": [table], "signatures": [SIGNED]}
    return pdf.Document(**fields | changes)


def test_a_document_is_a_tagged_pdf_for_everybody():
    made = pdf.printed(document(), at=AT)
    assert made.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/MarkInfo" in made


def test_the_same_document_at_the_same_moment_is_the_same_file():
    assert pdf.printed(document(), at=AT) == pdf.printed(document(), at=AT)


@pytest.mark.parametrize(
    "text", ["#panic()", "$x$", "*tebal* _miring_", '] #read("/etc/passwd")', "<label> @ref", "\\"]
)
def test_what_people_wrote_stays_text(text):
    seen = typst.Compiler(
        pdf.TEMPLATE, ignore_system_fonts=True, sys_inputs=pdf.inputs(document(title=text, notes=[text]))
    ).query("heading")
    assert f'"text":{pdf.json.dumps(text)}' in seen.replace('": ', '":')
    assert pdf.printed(document(title=text, subtitle=[text], notes=[text]), at=AT).startswith(b"%PDF-")


def test_a_table_without_rows_a_letterhead_alone_and_an_unnamed_signatory_are_printed():
    empty = pdf.Table([pdf.Column("No")], [])
    bare = pdf.Letterhead("Kementerian Sosial Republik Indonesia")
    drawn = document(tables=[empty], letterhead=bare, as_of=None, signatures=[pdf.Signature("Kepala")] * 2)
    assert pdf.printed(drawn, at=AT).startswith(b"%PDF-")


def test_a_row_that_does_not_fit_its_table_is_refused():
    with pytest.raises(ValueError, match="does not have 1 cells"):
        pdf.printed(document(tables=[pdf.Table([pdf.Column("No")], [["1", "2"]])]), at=AT)
