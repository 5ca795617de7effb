"""What an import of beneficiaries writes, how it is taken back, and the same columns out again."""

from collections.abc import Sequence
from typing import Any

from assistance.models import Beneficiary, GroupMembership
from assistance.services.twins import CONFIRM
from pilar.core import audit, regions
from pilar.core.imports.one_by_one import delete_made, keep_changed, keep_used, restore
from pilar.core.imports.run import Run
from pilar.core.models import User

FACTS = {"name": "text", "sex": "text", "birth_date": "date", "region_id": "bigint"}
_CREATE = """
WITH made AS (
  INSERT INTO assistance_beneficiary
    (name, nik_cipher, nik_index, sex, birth_date, region_id, is_example, version)
  SELECT s.nama, s.nik_cipher, s.nik_index, s.jenis_kelamin, s.tanggal_lahir, s.place, false, 1
  FROM {rows} s WHERE s.act = 'baru' AND NOT s.bad
  ON CONFLICT DO NOTHING RETURNING id, nik_index
)
UPDATE {rows} s SET target = made.id, stamp = '1' FROM made WHERE made.nik_index = s.nik_index
"""
_NOTE_CREATED = """
INSERT INTO core_importedrow (session_id, number, noun, object_id, act, before, mark, kept)
SELECT %(session)s, s.line, 'penerima', s.target, 'baru', '{}', '1', ''
FROM {rows} s WHERE s.act = 'baru' AND NOT s.bad
"""
_NOTE_CHANGED = """
INSERT INTO core_importedrow (session_id, number, noun, object_id, act, before, mark, kept)
SELECT %(session)s, s.line, 'penerima', b.id, 'ubah',
       jsonb_build_object('name', b.name, 'sex', b.sex, 'birth_date', b.birth_date, 'region_id', b.region_id),
       (b.version + 1)::text, ''
FROM {rows} s JOIN assistance_beneficiary b ON b.id = s.target
WHERE s.act = 'ubah' AND s.facts AND NOT s.bad AND b.version::text = s.stamp
ORDER BY b.id FOR NO KEY UPDATE OF b
"""
_CHANGE = """
UPDATE assistance_beneficiary b SET name = coalesce(s.nama, b.name), sex = coalesce(s.jenis_kelamin, b.sex),
  birth_date = coalesce(s.tanggal_lahir, b.birth_date), region_id = s.place, version = b.version + 1
FROM {rows} s WHERE b.id = s.target AND s.act = 'ubah' AND s.facts AND NOT s.bad
"""
_JOIN = """
WITH made AS (
  INSERT INTO assistance_groupmembership (beneficiary_id, group_id, region_id, valid_from, written)
  SELECT s.target, m.g, s.place, m.s, left(m.w, 120)
  FROM {rows} s CROSS JOIN LATERAL jsonb_to_recordset(s.belongs) m(g smallint, s date, w text)
  WHERE s.act IN ('baru', 'ubah') AND NOT s.bad
  ON CONFLICT DO NOTHING RETURNING id, beneficiary_id, valid_from
)
INSERT INTO core_importedrow (session_id, number, noun, object_id, act, before, mark, kept)
SELECT %(session)s, s.line, 'kelompok', made.id, 'baru', '{}', made.valid_from::text, ''
FROM made JOIN {rows} s ON s.target = made.beneficiary_id
"""
#: one event per person, as the form writes it
_AUDIT = """
SELECT count(pilar_audit(clock_timestamp(), %(actor)s, %(actor_name)s,
  CASE s.act WHEN 'baru' THEN %(made)s ELSE %(changed)s END, s.place, 'assistance.beneficiary', s.target::text,
  left(CASE s.act WHEN 'baru' THEN 'Penerima manfaat ' || s.nama ELSE 'Diubah' END || ', ' ||
       coalesce(jsonb_array_length(s.belongs), 0) || ' kelompok PAS ditambah; impor berkas ' || %(session)s ||
       ' baris ' || s.line,
       300),
  CASE WHEN s.act = 'baru' AND s.berbeda THEN %(confirmed)s ELSE '' END))
FROM {rows} s WHERE s.act IN ('baru', 'ubah') AND NOT s.bad
"""
CHANGED = """
SELECT r.id FROM core_importedrow r WHERE r.session_id = %(session)s AND (
  r.noun = 'penerima' AND NOT EXISTS (
    SELECT 1 FROM assistance_beneficiary b WHERE b.id = r.object_id AND b.version::text = r.mark)
  OR r.noun = 'kelompok' AND NOT EXISTS (
    SELECT 1 FROM assistance_groupmembership m
    WHERE m.id = r.object_id AND m.valid_from::text = r.mark AND m.valid_until IS NULL))
"""


def save(run: Run) -> None:
    run.execute(_CREATE)
    run.analyse()
    _give_up(run, "s.act = 'baru' AND s.target IS NULL")
    run.execute(_NOTE_CREATED)
    run.execute(_NOTE_CHANGED)
    _give_up(
        run, "s.act = 'ubah' AND s.facts AND NOT EXISTS (SELECT 1 FROM core_importedrow r WHERE r.session_id = "
        "%(session)s AND r.noun = 'penerima' AND r.object_id = s.target)",
    )  # fmt: skip
    run.execute(_CHANGE)
    _follow(run, "SELECT s.target FROM {rows} s WHERE s.act = 'ubah' AND NOT s.bad AND s.place <> s.home")
    run.execute(_JOIN)
    lost = run.fetch(
        "SELECT s.line FROM {rows} s LEFT JOIN (SELECT number, count(*) AS many FROM core_importedrow"
        " WHERE session_id = %(session)s AND noun = 'kelompok' GROUP BY number) m ON m.number = s.line"
        " WHERE s.act IN ('baru', 'ubah') AND NOT s.bad AND jsonb_array_length(s.belongs) <> coalesce(m.many, 0)"
    )
    if lost:
        run.fault("berubah", "kelompok_pas", "s.line = ANY(%(lines)s)", lines=[line for (line,) in lost])
    run.fetch(_AUDIT, made=audit.Action.CREATE, changed=audit.Action.CHANGE, confirmed=CONFIRM)


def _give_up(run: Run, where: str) -> None:
    run.fault("berubah", "nik", f"({where}) AND NOT s.bad", value="s.nik_masked")
    run.mark_bad()


def _follow(run: Run, people: str) -> None:
    """Circumstances and PAS groups move along with their person."""
    run.execute(
        "UPDATE assistance_circumstance c SET region_id = b.region_id FROM assistance_beneficiary b"
        f" WHERE b.id = c.beneficiary_id AND b.id IN ({people})"
    )
    run.fetch(f"SELECT count(pilar_follow_home(p.id)) FROM ({people}) p(id)")


def undo(run: Run) -> None:
    """Memberships first, then changed people, then those whom the file registered and nobody used since."""
    keep_changed(run)
    delete_made(run, "kelompok", "assistance_groupmembership")
    restore(run, "penerima", "assistance_beneficiary", FACTS, versioned=True)
    _follow(
        run, "SELECT r.object_id FROM core_importedrow r WHERE r.session_id = %(session)s AND r.kept = ''"
        " AND r.noun = 'penerima' AND r.act = 'ubah'",
    )  # fmt: skip
    keep_used(run, "penerima", Beneficiary)
    delete_made(run, "penerima", "assistance_beneficiary")


def cells(actor: User, people: Sequence[Beneficiary]) -> list[Sequence[Any]]:
    """With the PAS groups that he belongs to by now."""
    held: dict[int, list[GroupMembership]] = {}
    groups = GroupMembership.objects.visible_to(actor).filter(beneficiary__in=people, valid_until=None)
    for membership in groups.select_related("group").order_by("group_id", "pk"):
        held.setdefault(membership.beneficiary_id, []).append(membership)
    return [
        (
            person.reveal_nik(), person.name, person.sex, f"{person.birth_date:%d/%m/%Y}",
            regions.dotted(person.region_id), "", "", "", "; ".join(m.group.name for m in held.get(person.pk, ())),
            "; ".join(f"{m.valid_from:%d/%m/%Y}" for m in held.get(person.pk, ())), "",
        )
        for person in people
    ]  # fmt: skip
