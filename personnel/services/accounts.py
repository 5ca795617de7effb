"""An account of a member's own: it opens his page and nothing about anybody else."""

from django.db import IntegrityError, transaction

from personnel.models import Personnel
from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.models import Role, User
from pilar.core.rights import MEMBER, Right
from pilar.core.scoping import require

OFFICE = "Anggota pilar"


@transaction.atomic
def member_account_create(*, actor: User, person: Personnel, username: str) -> User:
    """Without a usable password: the one-time link opens it. Raises Refusal (right, has one) or ValidationError."""
    require(actor, Right.USERS, person.region_id)
    user = User(
        username=username.strip().lower(),
        name=person.name,
        office=OFFICE,
        role=Role.objects.get(pk=MEMBER),
        region_id=person.region_id,
        personnel_id=person.pk,
    )
    user.set_unusable_password()
    if User.objects.filter(personnel_id=person.pk).exists():
        raise has_account(person)
    user.full_clean()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        if "personnel_id" in str(error):  # in an office that the actor does not see
            raise has_account(person) from error
        raise
    audit.record(
        actor=actor,
        action=audit.Action.RIGHTS,
        target=user,
        region=user.region_id,
        summary=f"akun anggota {user.username} dibuat",
    )
    return user


def has_account(person: Personnel) -> Refusal:
    return Refusal(
        f"{person.name} sudah punya akun anggota; satu orang satu akun.",
        "Bila ia lupa kata sandi, buat tautan baru di halaman akunnya (Pengguna & wewenang).",
        rule="akun_sudah_ada",
    )
