"""Files as a Dinas would send them, and the jobs run here, without a worker."""

import io

import xlsxwriter

from pilar.core.imports.kinds import kind_of
from pilar.core.imports.services import import_apply, import_map, import_upload
from pilar.core.imports.workbooks import recorded
from pilar.core.models import ImportSession, Job, Region
from pilar.core.tasks import import_job
from tests import factories as make

HEAD = "NIK;Nama lengkap;Jenis kelamin;Tanggal lahir;Kode wilayah;Kelompok PAS;Anggota kelompok sejak"


def nik(serial: int) -> str:
    return f"177999410150{serial:04d}"


def line(
    serial: int, name: str = "", *, sex="P", born="01/01/1950", code="17.71.01.1001", groups="12", since="01/02/2024"
):
    return f"{nik(serial)};{name or f'Orang {serial}'};{sex};{born};{code};{groups};{since}"


def csv(*rows: str, head: str = HEAD) -> io.BytesIO:
    return io.BytesIO("\n".join((head, *rows)).encode())


def xlsx(rows, *, sheet="Data", **options) -> io.BytesIO:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(at, column, cell)
    book.close()
    out.seek(0)
    return out


def upload(actor, content, *, kind="penerima", name="data.csv", region: int = make.KOTA, again=False) -> ImportSession:
    return import_upload(
        actor=actor, kind=kind, region=Region.objects.get(pk=region), name=name, content=content, again=again
    )


def work() -> None:
    for job in Job.objects.filter(kind="impor", state=Job.State.QUEUED).order_by("pk"):
        import_job(job.pk)


def confirmed(actor, session: ImportSession) -> ImportSession:
    """Its columns as they were found, unknown ones passed over; then the check."""
    import_map(actor=actor, session=session, mapping=[column or "" for column in session.mapping])
    work()
    session.refresh_from_db()
    return session


def checked(actor, *rows: str, head: str = HEAD, **kwargs) -> ImportSession:
    return confirmed(actor, upload(actor, csv(*rows, head=head), **kwargs))


def saved(actor, session: ImportSession, mode: str = "semua") -> ImportSession:
    import_apply(actor=actor, session=session, mode=mode)
    work()
    session.refresh_from_db()
    return session


def faults(session: ImportSession) -> list[tuple[int, str, str]]:
    return list(session.faults.order_by("number", "column", "rule").values_list("number", "column", "rule"))


def counts(session: ImportSession) -> tuple[int, int, int, int]:
    """create, update, same, bad"""
    return tuple(session.counts[name] for name in ("create", "update", "same", "bad"))


def round_trip(actor, kind: str, *, region: int = make.KOTA) -> ImportSession:
    """What is recorded, out as a workbook and in again; checked."""
    place = Region.objects.get(pk=region)
    file = recorded(actor=actor, kind=kind_of(kind), region=place, reason="uji pulang pergi")
    content = io.BytesIO(file.read())
    return confirmed(actor, upload(actor, content, kind=kind, name="data.xlsx", region=region))
