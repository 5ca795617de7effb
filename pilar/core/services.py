"""Users, their grants and tokens, and background acts. Nobody hands out more than he holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from pilar.core import audit, handover, jobs, regions, tokens
from pilar.core.errors import Refusal
from pilar.core.formatting import kode_wilayah, tanggal_ringkas
from pilar.core.handover import Work
from pilar.core.models import ApiToken, Job, Pillar, Programme, Region, RegionGrant, Role, User
from pilar.core.regions import LEVEL_NAMES, Level
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import SLOTS, Reach, Slot, reach_of, require


@dataclass(frozen=True)
class Terms:
    """What one grant allows, where and when; empty pillars or programmes mean all."""

    region: Region
    valid_from: date
    valid_until: date | None = None
    may_enter: bool = False
    may_approve: bool = False
    may_view_personal_data: bool = False
    pillars: list[int] = field(default_factory=list)
    programmes: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, grant: RegionGrant) -> "Terms":
        return cls(**{name: getattr(grant, name) for name in cls.__dataclass_fields__})

    def __str__(self) -> str:
        acts = [
            name
            for held, name in (
                (self.may_enter, "mengisi data"),
                (self.may_approve, "menyetujui"),
                (self.may_view_personal_data, "membuka data pribadi"),
            )
            if held
        ]
        until = f" sampai {tanggal_ringkas(self.valid_until)}" if self.valid_until else ""
        only = [*_codes(Pillar, self.pillars), *_codes(Programme, self.programmes)]
        narrowed = f", hanya {', '.join(only)}" if only else ""
        return (
            f"{kode_wilayah(self.region.code)} {self.region.name}: {', '.join(acts) or 'melihat'}, "
            f"sejak {tanggal_ringkas(self.valid_from)}{until}{narrowed}"
        )


def _codes(model: type[Pillar] | type[Programme], keys: list[int]) -> list[str]:
    return list(model._default_manager.filter(pk__in=keys).values_list("code", flat=True)) if keys else []


# --- who may manage whom ----------------------------------------------------


def beyond(actor: User, role: Role, terms: list[Terms]) -> list[str]:
    """What this role and these grants hold and the actor does not, in words; empty when nothing."""
    reach = reach_of(actor)
    found = [RIGHT_NAMES[Right(right)] for right in role.rights if right not in reach.rights]
    for one in terms:
        found += _grant_beyond(reach, one)
    return list(dict.fromkeys(found))


def _grant_beyond(reach: Reach, terms: Terms) -> Iterator[str]:
    asked = (
        (True, reach.view, "melihat data"),
        (terms.may_enter, reach.write, "mengisi data"),
        (terms.may_approve, reach.approve, "menyetujui"),
        (terms.may_view_personal_data, reach.personal, "membuka data pribadi"),
    )
    for wanted, slots, name in asked:
        if wanted and not any(_holds(slot, terms) for slot in slots):
            yield f"{name} di {terms.region.name}"


def _holds(slot: Slot, terms: Terms) -> bool:
    return slot.covers(terms.region.code) and all(
        not narrow or (asked and set(asked) <= set(narrow))
        for narrow, asked in ((slot.pillars, terms.pillars), (slot.programmes, terms.programmes))
    )


def require_manager(*, actor: User, user: User, today: date) -> None:
    """Raises Refusal unless `actor` may manage `user`: in his area, not himself, and holding no more than he."""
    require(actor, Right.USERS, user.region_id)
    if actor.pk == user.pk:
        raise Refusal(
            "Anda tidak dapat mengatur akun sendiri.",
            "Minta petugas lain yang berwenang mengatur pengguna, atau admin wilayah di atas Anda.",
            rule="akun_sendiri",
        )
    held = [Terms.of(grant) for grant in _not_ended(user, today).select_related("region")]
    if more := beyond(actor, user.role, held):
        raise Refusal(
            f"Akun {user.name} memegang wewenang yang tidak Anda pegang: {', '.join(more)}.",
            "Minta admin wilayah di atas Anda.",
            rule="melebihi_wewenang",
        )


def _not_ended(user: User, today: date) -> QuerySet[RegionGrant]:
    return user.grants.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))


def _record(actor: User, user: User, summary: str) -> None:
    audit.record(actor=actor, action=audit.Action.RIGHTS, target=user, region=user.region_id, summary=summary)


# --- users --------------------------------------------------------------------


@transaction.atomic
def user_invite(
    *, actor: User, username: str, name: str, office: str, role: Role, region: Region, terms: Terms
) -> User:
    """An account without a usable password and with one grant; the one-time link opens it."""
    require(actor, Right.USERS, region.code)
    user = User(username=username, name=name, office=office, role=role, region=region)
    user.set_unusable_password()
    user.full_clean()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:  # the name may be taken where the actor sees nobody
        raise ValidationError({"username": User._meta.get_field("username").error_messages["unique"]}) from error
    _record(actor, user, f"mengundang {user.username} sebagai {role.name}")
    grant_add(actor=actor, user=user, terms=terms, today=terms.valid_from)
    return user


def one_time_key(user: User) -> dict[str, str]:
    """Parts of the address under which a password can be set once; it ends with any change of password."""
    return {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }


@transaction.atomic
def user_reset(*, actor: User, user: User, today: date) -> User:
    """Makes the old password and all sessions end; opens a deactivated account again."""
    require_manager(actor=actor, user=user, today=today)
    summary = "tautan kata sandi baru dibuat" if user.is_active else "diaktifkan lagi dengan tautan baru"
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["password", "is_active"])
    _record(actor, user, summary)
    return user


@transaction.atomic
def user_deactivate(*, actor: User, user: User, successor: User | None, today: date) -> list[Work]:
    """Ends password and sessions and passes open work on; returns what was passed.

    Raises ValidationError on `successor` when there is open work and nobody to take it.
    """
    require_manager(actor=actor, user=user, today=today)
    work = handover.open_work(user=user, seen_by=actor)
    if work and successor is None:
        raise ValidationError(
            {"successor": f"Pilih penerus: {_listed(work)} masih menjadi tanggung jawab {user.name}."}
        )
    passed = _pass_on(actor, user, successor) if successor else []
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["password", "is_active"])
    _record(
        actor, user, f"dinonaktifkan; {f'{_listed(passed)} ke {successor}' if passed else 'tanpa pekerjaan terbuka'}"
    )
    return passed


def _pass_on(actor: User, user: User, successor: User) -> list[Work]:
    if successor == user or not successor.is_active or not reach_of(successor).can(Right.ENTER, user.region_id):
        raise ValidationError(
            {"successor": f"{successor.name} tidak dapat mengisi data di {user.region.name}. Pilih petugas lain."}
        )
    return handover.pass_on(user=user, successor=successor, actor=actor)


def _listed(work: list[Work]) -> str:
    return ", ".join(f"{one.rows} {one.kind}" for one in work)


# --- grants -------------------------------------------------------------------


@transaction.atomic
def grant_add(*, actor: User, user: User, terms: Terms, today: date) -> RegionGrant:
    """One more area for a user, inside his office's area and within what the actor holds."""
    require(actor, Right.USERS, terms.region.code)
    require_manager(actor=actor, user=user, today=today)
    _check_place(user, terms.region)
    _check_role(user.role, terms)
    if more := beyond(actor, user.role, [terms]):
        raise Refusal(
            f"Wewenang ini melebihi yang Anda pegang: {', '.join(more)}.",
            "Kurangi, atau minta admin wilayah di atas Anda memberikannya.",
            rule="melebihi_wewenang",
        )
    if _not_ended(user, today).count() >= SLOTS:
        raise Refusal(
            f"{user.name} sudah memegang {SLOTS} wilayah, paling banyak yang dapat dijaga.",
            "Akhiri satu wewenang dahulu, atau minta admin menggabungkannya ke tingkat di atasnya.",
            rule="jumlah_wewenang",
        )
    grant = RegionGrant(user=user, **{name: getattr(terms, name) for name in Terms.__dataclass_fields__})
    grant.full_clean()
    grant.save()
    _record(actor, user, f"wewenang ditambah: {terms}")
    return grant


def _check_place(user: User, region: Region) -> None:
    """So that whoever manages the account sees all of its grants."""
    if not regions.contains(user.region_id, region.code):
        raise ValidationError(
            {"region": f"Wewenang harus di dalam wilayah kantor {user.name}, yaitu {user.region.name}."}
        )
    if not user.role.levels:
        raise ValidationError({"region": f"Peran {user.role.name} tidak memegang wewenang wilayah."})
    if region.level not in user.role.levels:
        fitting = " atau ".join(LEVEL_NAMES[Level(level)] for level in user.role.levels)
        raise ValidationError({"region": f"Peran {user.role.name} hanya untuk tingkat {fitting}."})


def _check_role(role: Role, terms: Terms) -> None:
    """A grant must not promise what the role does not hold."""
    entering = {Right.ENTER, Right.PROPOSE, Right.VERIFY}
    if terms.may_enter and not entering & set(role.rights):
        raise ValidationError({"may_enter": f"Peran {role.name} tidak memuat hak mengisi data."})
    if terms.may_view_personal_data and Right.PERSONAL_DATA not in role.rights:
        raise ValidationError({"may_view_personal_data": f"Peran {role.name} tidak memuat hak membuka data pribadi."})


@transaction.atomic
def grant_end(*, actor: User, grant: RegionGrant, today: date) -> None:
    """Takes effect at once: yesterday was the last day; a grant that had not yet begun goes away."""
    require_manager(actor=actor, user=grant.user, today=today)
    _record(actor, grant.user, f"wewenang diakhiri: {Terms.of(grant)}")
    if grant.valid_from >= today:
        grant.delete()
        return
    grant.valid_until = today - timedelta(days=1)
    grant.save(update_fields=["valid_until"])


# --- tokens and jobs ------------------------------------------------------------


@transaction.atomic
def token_create(*, actor: User, name: str, days: int, now: datetime) -> tuple[ApiToken, str]:
    """A key of the actor's own, with all that he may do; the second part is shown once."""
    row, key = tokens.token_issue(user=actor, name=name, now=now, life=timedelta(days=days))
    _record(actor, actor, f"token API dibuat: {name} ({row.hint}…), {days} hari")
    return row, key


@transaction.atomic
def token_revoke(*, actor: User, token: ApiToken, now: datetime) -> None:
    if token.user_id != actor.pk:
        raise Refusal("Token ini bukan milik Anda.", "Minta pemiliknya mencabut.", rule="wewenang")
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    _record(actor, actor, f"token API dicabut: {token.name} ({token.hint}…)")


def may_cancel(*, actor: User, job: Job) -> bool:
    """Whoever asked for it, and who may recount in its area."""
    return job.state in Job.OPEN and (job.user_id == actor.pk or reach_of(actor).can(Right.ROLLUP, job.region_id))


@transaction.atomic
def job_stop(*, actor: User, job: Job) -> None:
    """A waiting job ends at once, a running one at its next sign of life."""
    if not may_cancel(actor=actor, job=job):
        raise Refusal(
            "Pekerjaan ini tidak dapat Anda batalkan.",
            "Yang dapat: yang memintanya, atau admin pusat; dan hanya selama belum selesai.",
            rule="batal_pekerjaan",
        )
    jobs.job_cancel(job=job)
    audit.record(
        actor=actor, action=audit.Action.CHANGE, target=job, region=job.region_id, summary=f"minta batal: {job}"
    )
