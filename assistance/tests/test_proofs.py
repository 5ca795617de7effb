"""Proof of lists, lines, vervals and usulan: handed in through both doors, asked for at settlement, kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assistance.models import BatchProof, LineProof, ProposalMinutes, VerificationProof
from assistance.services.approvals import batch_settle
from assistance.services.lines import disbursement_receive
from assistance.services.mass import lines_pay
from assistance.services.proofs import batch_proof_add, line_proof_add
from assistance.tests.entries import PAID_ON, TODAY
from pilar.core.attachments import attachment_withdraw
from pilar.core.errors import Refusal
from pilar.core.models import Attachment, Programme, RegionGrant, User
from tests import factories as make
from tests import factories_lists as lists

PLACE = {"latitude": Decimal("-3.795512"), "longitude": Decimal("102.259223")}
WRONG = [
    (make.make_pdf()[:-8], "ba.pdf", "terpotong"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ba.pdf", "gambar SVG"),
    (make.make_jpeg() + bytes(20 * 1024 * 1024), "besar.jpg", "20,0 MB; paling besar 10 MB"),
    (b"PK\x03\x04" + bytes(60), "ba.docx", "berkas Word, Excel, atau ZIP"),
    (make.make_jpeg()[:-200], "putus.jpg", "rusak atau terpotong"),
]


def pdf(name: str = "bast.pdf") -> SimpleUploadedFile:
    return make.make_upload(make.make_pdf(), name)


@pytest.fixture
def received(cast):
    """A closed list of YAPI with two lines, paid and received."""
    people = [make.make_beneficiary(name=name, birth_date=date(2014, 1, 1)) for name in ("Siti Aminah", "Umar Bakri")]
    batch = lists.make_closed(*people, programme="YAPI")
    lines_pay(actor=cast.owner, batch=batch, on=PAID_ON, today=TODAY)
    for line in batch.lines.order_by("id"):
        disbursement_receive(actor=cast.owner, line=line, on=PAID_ON, today=TODAY)
    return batch


def line_of(batch, place: int = 0):
    return batch.lines.select_related("programme", "beneficiary").order_by("id")[place]


def settle(cast, batch):
    return batch_settle(actor=cast.owner, batch=batch, today=TODAY)


def photo_of(cast, batch, place: int, **where) -> LineProof:
    upload = make.make_upload(make.make_jpeg(colour=("red", "blue")[place]))
    return line_proof_add(actor=cast.owner, line=line_of(batch, place), document="foto", upload=upload, **where)


# --- settlement ------------------------------------------------------------------


def test_a_programme_that_asks_nothing_is_settled_without_proof(cast, received):
    assert settle(cast, received).approval == "selesai"


def test_settling_names_what_the_list_lacks_and_the_lines_without_their_document(cast, received):
    make.make_proof_rule(of="baris", document="foto")
    make.make_proof_rule(of="daftar", document="bast")
    with pytest.raises(Refusal) as found:
        settle(cast, received)
    assert found.value.rule == "bukti_kurang"
    assert "2 baris tanpa foto penyerahan (Siti Aminah, Umar Bakri)" in found.value.happened
    assert "daftar tanpa BAST (berita acara serah terima)" in found.value.happened
    assert "Surat Dirjen Rehsos 12/2023" in found.value.remedy


def test_with_every_document_the_list_is_settled(cast, received):
    make.make_proof_rule(of="baris", document="foto")
    make.make_proof_rule(of="daftar", document="bast")
    photo_of(cast, received, 0)
    photo_of(cast, received, 1)
    batch_proof_add(actor=cast.owner, batch=received, document="bast", upload=pdf())
    assert settle(cast, received).approval == "selesai"


def test_another_document_is_not_the_one_asked_for(cast, received):
    make.make_proof_rule(of="daftar", document="bast")
    batch_proof_add(actor=cast.owner, batch=received, document="sptjm", upload=pdf())
    with pytest.raises(Refusal, match="daftar tanpa BAST"):
        settle(cast, received)


def test_a_photo_without_a_place_does_not_meet_a_rule_that_asks_for_one(cast, received):
    make.make_proof_rule(placed=True)
    photo_of(cast, received, 0)
    photo_of(cast, received, 1, **PLACE)
    with pytest.raises(Refusal, match=r"1 baris tanpa foto penyerahan dengan titik lokasi \(Siti Aminah\)"):
        settle(cast, received)


def test_a_withdrawn_proof_proves_nothing(cast, received):
    make.make_proof_rule(of="daftar", document="bast")
    link = batch_proof_add(actor=cast.owner, batch=received, document="bast", upload=pdf())
    attachment_withdraw(actor=cast.owner, attachment=link.attachment, reason="BAST daftar lain", now=timezone.now())
    with pytest.raises(Refusal, match="daftar tanpa BAST"):
        settle(cast, received)


def test_a_settled_lists_proof_is_not_withdrawn_and_more_may_come(cast, received):
    link = batch_proof_add(actor=cast.owner, batch=received, document="bast", upload=pdf())
    photo = photo_of(cast, received, 0)
    settle(cast, received)
    for proof in (link, photo):
        with pytest.raises(Refusal, match="sudah dinyatakan selesai"):
            attachment_withdraw(
                actor=cast.owner, attachment=proof.attachment, reason="keliru unggah", now=timezone.now()
            )
    batch_proof_add(actor=cast.owner, batch=received, document="lain", upload=make.make_upload())


@pytest.mark.parametrize("fields", [{"valid_until": date(2024, 2, 1)}, {"valid_from": date(2099, 1, 1)}])
def test_a_rule_out_of_its_time_asks_nothing(cast, received, fields):
    make.make_proof_rule(of="daftar", document="bast", **fields)
    assert settle(cast, received).approval == "selesai"


def test_a_rule_of_another_programme_asks_nothing_here(cast, received):
    make.make_proof_rule(programme="PERMAKANAN", of="daftar", document="bast")
    assert settle(cast, received).approval == "selesai"


def test_the_api_says_what_is_asked_of_a_list_and_what_is_missing(cast, received, api_of):
    make.make_proof_rule(of="baris", document="foto")
    make.make_proof_rule(of="daftar", document="bast")
    batch_proof_add(actor=cast.owner, batch=received, document="bast", upload=pdf())
    rows = api_of(cast.owner).get(reverse("api-batch-asked", args=[received.pk])).json()
    assert [(row["untuk"], row["dokumen"], row["lengkap"], row["baris_kurang"]) for row in rows] == [
        ("daftar", "bast", True, 0),
        ("baris", "foto", False, 2),
    ]


def test_more_proof_costs_a_list_and_a_line_no_more_queries(cast, received, client_of):
    make.make_proof_rule(of="daftar", document="bast")
    reader = client_of(cast.owner)

    def add(*colours: str) -> None:
        for colour in colours:
            for prove, row in ((batch_proof_add, {"batch": received}), (line_proof_add, {"line": line_of(received)})):
                upload = make.make_upload(make.make_jpeg(colour=colour), f"{colour}.jpg")
                prove(actor=cast.owner, document="lain", upload=upload, **row)

    add("red")
    costs(reader, received)  # asks once what a fresh cache asks
    few = costs(reader, received)
    add("blue", "green", "white")
    assert costs(reader, received) == few


def costs(reader, batch) -> list[int]:
    """Queries of the list's page and of its first line's."""
    pages = (f"/penyaluran/{batch.pk}/", f"/penyaluran/{batch.pk}/baris/{line_of(batch).pk}/")
    found = []
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(page).status_code == 200
        found.append(len(queries))
    return found


# --- handing in, both doors --------------------------------------------------------


def addresses(received) -> dict[str, tuple[str, str, dict]]:
    """Noun -> (page, endpoint, what else is said)."""
    line = line_of(received)
    verification = make.make_verification(line.beneficiary, make.make_assignment(make.make_person(), pillar="PKH"))
    proposal = make.make_proposal(make.make_beneficiary(), state="diajukan")
    return {
        "list": (
            reverse("batch-proof", args=[received.pk]),
            reverse("api-batch-proofs", args=[received.pk]),
            {"document": "bast"},
        ),
        "line": (
            reverse("disbursement-proof", args=[received.pk, line.pk]),
            reverse("api-line-proofs", args=[f"{line.year}-{line.pk}"]),
            {"document": "kwitansi"},
        ),
        "verval": (
            reverse("verification-proof", args=[verification.pk]),
            reverse("api-verification-proofs", args=[verification.pk]),
            {},
        ),
        "usulan": (
            reverse("proposal-minutes", args=[proposal.pk]),
            reverse("api-proposal-minutes", args=[proposal.pk]),
            {},
        ),
    }


def in_api(said: dict) -> dict:
    """The page's words as the API spells them."""
    return {"dokumen": said["document"]} if said else {}


NOUNS = ("list", "line", "verval", "usulan")
MODELS = {"list": BatchProof, "line": LineProof, "verval": VerificationProof, "usulan": ProposalMinutes}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_document_is_handed_in_by_page_and_by_api_and_both_show_it(cast, received, client_of, api_of, noun):
    page, rest, said = addresses(received)[noun]
    spoken = in_api(said)
    assert client_of(cast.owner).post(page, {"upload": pdf(), **said}).status_code == 302
    made = api_of(cast.owner).post(rest, {"berkas": make.make_upload(), **spoken})
    assert made.status_code == 201, made.content
    assert [row["nama"] for row in api_of(cast.owner).get(rest).json()] == ["foto.jpg", "bast.pdf"]
    links = list(MODELS[noun].objects.order_by("id"))
    html = client_of(cast.owner).get(links[0].owner_url()).content.decode()
    assert "bast.pdf" in html
    assert reverse("attachment-thumbnail", args=[links[1].attachment_id]) in html
    proof = client_of(cast.owner).get(reverse("attachment-detail", args=[links[0].attachment_id])).content.decode()
    assert links[0].owner_url() in proof


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(("content", "name", "why"), WRONG, ids=[name + why[:5] for _, name, why in WRONG])
def test_a_wrong_file_is_answered_in_both_doors(cast, received, client_of, api_of, noun, content, name, why):
    page, rest, said = addresses(received)[noun]
    spoken = in_api(said)
    shown = client_of(cast.owner).post(page, {"upload": SimpleUploadedFile(name, content), **said})
    told = api_of(cast.owner).post(rest, {"berkas": SimpleUploadedFile(name, content), **spoken})
    assert (shown.status_code, told.status_code) == (422, 400)
    assert why in shown.context["form"].errors["upload"][0]
    assert why in told.json()["errors"]["berkas"][0]
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("noun", ["list", "line", "verval"])
def test_a_place_is_kept_as_fields_and_half_a_place_is_refused(cast, received, api_of, noun):
    _, rest, said = addresses(received)[noun]
    spoken = in_api(said)
    half = api_of(cast.owner).post(rest, {"berkas": make.make_upload(), "lintang": "-3.79", **spoken})
    assert half.status_code == 400
    assert "bujur" in half.json()["errors"]
    whole = api_of(cast.owner).post(
        rest, {"berkas": make.make_upload(), "lintang": "-3.795512", "bujur": "102.259223", **spoken}
    )
    assert (whole.json()["lintang"], whole.json()["bujur"]) == ("-3.795512", "102.259223")


def test_a_line_that_was_not_paid_proves_nothing(cast, client_of):
    batch = lists.make_closed(make.make_beneficiary(name="Siti Aminah"))
    line = line_of(batch)
    page = reverse("disbursement-proof", args=[batch.pk, line.pk])
    answer = client_of(cast.owner).post(page, {"upload": make.make_upload(), "document": "foto"})
    assert answer.status_code == 422
    assert "baris Siti Aminah belum disalurkan" in answer.content.decode()


def test_an_unknown_kind_of_document_is_refused(cast, received):
    with pytest.raises(ValidationError, match="Pilih jenis bukti"):
        batch_proof_add(actor=cast.owner, batch=received, document="surat", upload=pdf())


def test_a_line_is_proved_in_its_own_year_or_not_at_all(cast, received):
    link = photo_of(cast, received, 0)
    with pytest.raises(IntegrityError, match="lineproof_line"), transaction.atomic():
        LineProof.objects.filter(pk=link.pk).update(year=2023)


def test_a_programme_that_is_not_ones_own_is_not_proved(cast, received):
    cast.owner.grants.update(programmes=[Programme.objects.get(code="PERMAKANAN").pk])
    owner = User.objects.get(pk=cast.owner.pk)  # as he signs in next
    with pytest.raises(Refusal, match="tidak mencakup program"):
        batch_proof_add(actor=owner, batch=received, document="bast", upload=pdf())


def test_a_photo_of_the_handing_over_is_a_photo(cast, received):
    with pytest.raises(ValidationError, match="adalah dokumen PDF; di sini yang diterima foto"):
        line_proof_add(actor=cast.owner, line=line_of(received), document="foto", upload=pdf("foto.jpg"))


def test_who_only_checks_in_the_field_hands_in_proof_of_a_verval(cast, received, client_of):
    checker = User.objects.create_user("koor", None, name="Koor", role_id="koordinator", region_id=make.KOTA)
    RegionGrant.objects.create(user=checker, region_id=make.KOTA, valid_from=date(2023, 1, 1), may_enter=True)
    page, _, _ = addresses(received)["verval"]
    assert client_of(checker).post(page, {"upload": make.make_upload()}).status_code == 302


def test_lines_without_their_document_are_found_by_filter_in_both_doors(cast, received, client_of, api_of):
    make.make_proof_rule(of="baris", document="foto")
    photo_of(cast, received, 0)
    page = client_of(cast.owner).get(reverse("batch-detail", args=[received.pk]), {"proof": "kurang"})
    assert [row["name"] for row in page.context["lines"]] == ["Umar Bakri"]
    assert "1 baris belum" in page.content.decode()
    rest = api_of(cast.owner).get(reverse("api-line-list"), {"bukti": "kurang", "daftar": received.pk}).json()
    assert [row["nama_penerima"] for row in rest["results"]] == ["Umar Bakri"]
