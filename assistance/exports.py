"""Lists of this app that can be taken away. PAS groups stay out where the row itself does not hide them."""

from assistance.filters.atensi import AtensiFilter
from assistance.filters.care import GraduationFilter
from assistance.filters.field import ObjectionFilter, VerificationFilter
from assistance.filters.graduation_cases import CaseFilter
from assistance.filters.lists import BatchFilter
from assistance.filters.participation import DecreeFilter, ParticipationFilter
from assistance.filters.people import BeneficiaryFilter
from assistance.filters.proposals import ProposalFilter
from assistance.models import (
    AtensiCase,
    Batch,
    Beneficiary,
    Decree,
    Graduation,
    GraduationCase,
    Objection,
    Participation,
    Proposal,
    Verification,
)
from personnel.models import Personnel
from pilar.core.exports import NUMBER, Column, Form, ListExport, place_columns, register, seen, words

PROGRAMME = Column("program", "Program", "programme__name")
PERSON = (
    NUMBER,
    Column("penerima", "Nomor penerima", "beneficiary_id", Form.NUMBER),
    Column("nama", "Nama", seen(Beneficiary, "beneficiary_id", "name")),
)
PERSON_IN_PROGRAMME = (*PERSON, PROGRAMME, *place_columns())

register(
    ListExport(
        name="penerima",
        title="Penerima manfaat",
        rows=Beneficiary.objects.all,
        filters=BeneficiaryFilter,
        ordering=("region_id", "name_key", "id"),
        columns=(
            NUMBER,
            Column("nama", "Nama", "name"),
            Column("nik", "NIK", "nik_cipher", personal=True, sealed=True),
            Column("jenis_kelamin", "Jenis kelamin", words(Beneficiary, "sex")),
            Column("tanggal_lahir", "Tanggal lahir", "birth_date", Form.DATE, personal=True),
            *place_columns(),
        ),
    )
)
register(
    ListExport(
        name="usulan",
        title="Usulan",
        rows=Proposal.objects.all,
        filters=ProposalFilter,
        columns=(
            *PERSON_IN_PROGRAMME,
            Column("diusulkan_pada", "Diusulkan pada", "proposed_on", Form.DATE),
            Column("berita_acara", "Nomor berita acara", "minutes_number"),
            Column("tanggal_berita_acara", "Tanggal berita acara", "minutes_date", Form.DATE),
            Column("keadaan", "Keadaan", words(Proposal, "state")),
            Column("catatan", "Catatan", "note"),
        ),
    )
)
register(
    ListExport(
        name="verval",
        title="Verval tercatat",
        rows=Verification.objects.all,
        filters=VerificationFilter,
        ordering=("-verified_on", "-id"),
        columns=(
            *PERSON_IN_PROGRAMME,
            Column("tanggal", "Tanggal verval", "verified_on", Form.DATE),
            Column("hasil", "Hasil", words(Verification, "result")),
            Column("bukti", "Bukti", "evidence"),
        ),
    )
)
register(
    ListExport(
        name="sk",
        title="SK penetapan",
        rows=Decree.objects.all,
        filters=DecreeFilter,
        columns=(
            NUMBER,
            Column("judul", "Judul", "title"),
            PROGRAMME,
            Column("tahun", "Tahun anggaran", "year_id", Form.NUMBER),
            *place_columns(),
            Column("sumber_dana", "Sumber dana", words(Decree, "funding")),
            Column("keadaan", "Keadaan", words(Decree, "state")),
            Column("nomor", "Nomor SK", "number"),
            Column("tanggal", "Tanggal SK", "sk_date", Form.DATE),
        ),
    )
)
register(
    ListExport(
        name="kepesertaan",
        title="Kepesertaan",
        rows=Participation.objects.all,
        filters=ParticipationFilter,
        columns=(
            *PERSON_IN_PROGRAMME,
            Column("keadaan", "Keadaan", words(Participation, "state")),
            Column("aktif_sejak", "Aktif sejak", "active_from", Form.DATE),
            Column("berakhir_pada", "Berakhir pada", "ended_on", Form.DATE),
            Column("catatan", "Catatan", "note"),
        ),
    )
)
register(
    ListExport(
        name="penyaluran",
        title="Daftar penyaluran",
        rows=Batch.objects.all,
        filters=BatchFilter,
        ordering=("-year_id", "programme_id", "-sk_date", "-id"),
        columns=(
            NUMBER,
            PROGRAMME,
            Column("tahun", "Tahun anggaran", "year_id", Form.NUMBER),
            Column("tahap", "Tahap", "stage"),
            *place_columns(),
            Column("sumber_dana", "Sumber dana", words(Batch, "funding")),
            Column("nomor_sk", "Nomor SK", "sk_number"),
            Column("tanggal_sk", "Tanggal SK", "sk_date", Form.DATE),
            Column("pagu", "Pagu (Rp)", "ceiling", Form.NUMBER),
            Column("persetujuan", "Persetujuan", words(Batch, "approval")),
        ),
    )
)
register(
    ListExport(
        name="graduasi",
        title="Graduasi",
        rows=Graduation.objects.all,
        filters=GraduationFilter,
        ordering=("-decided_on", "-id"),
        columns=(
            *PERSON_IN_PROGRAMME,
            Column("jenis", "Jenis", words(Graduation, "kind")),
            Column("diputuskan_pada", "Diputuskan pada", "decided_on", Form.DATE),
            Column("pendamping", "Pendamping", seen(Personnel, "credited_to_id", "name")),
            Column("dibatalkan_pada", "Dibatalkan pada", "cancelled_on", Form.DATE),
        ),
    )
)
register(
    ListExport(
        name="proses-graduasi",
        title="Proses graduasi",
        rows=GraduationCase.objects.all,
        filters=CaseFilter,
        columns=(
            *PERSON_IN_PROGRAMME,
            Column("jenis", "Jenis", words(GraduationCase, "kind")),
            Column("keadaan", "Keadaan", words(GraduationCase, "state")),
            Column("diusulkan_pada", "Diusulkan pada", "proposed_on", Form.DATE),
            Column("asesmen_pada", "Asesmen pada", "assessed_on", Form.DATE),
            Column("skor", "Skor", "score", Form.NUMBER),
            Column("keluar_pada", "Keluar pada", "left_on", Form.DATE),
        ),
    )
)
register(
    ListExport(
        name="usul-sanggah",
        title="Usul-sanggah",
        rows=Objection.objects.all,
        filters=ObjectionFilter,
        ordering=("due_on", "id"),
        columns=(
            *PERSON_IN_PROGRAMME,
            Column("jenis", "Jenis", words(Objection, "kind")),
            Column("masuk_pada", "Masuk pada", "filed_on", Form.DATE),
            Column("batas", "Harus diperiksa sampai", "due_on", Form.DATE),
            Column("keadaan", "Keadaan", words(Objection, "state")),
            Column("dijawab_pada", "Dijawab pada", "answered_on", Form.DATE),
            Column("jawaban", "Jawaban", "answer"),
        ),
    )
)
register(
    ListExport(
        name="atensi",
        title="ATENSI",
        rows=AtensiCase.objects.all,
        filters=AtensiFilter,
        columns=(
            *PERSON,
            Column("kelompok", "Kelompok PAS", "group__name"),
            *place_columns(),
            Column("tempat_layanan", "Tempat layanan", words(AtensiCase, "setting")),
            Column("sentra", "Sentra", "sentra"),
            Column("keadaan", "Keadaan", words(AtensiCase, "state")),
            Column("asesmen_pada", "Asesmen pada", "assessed_on", Form.DATE),
            Column("kebutuhan", "Kebutuhan", "needs"),
            Column("ditutup_pada", "Ditutup pada", "closed_on", Form.DATE),
        ),
    )
)
