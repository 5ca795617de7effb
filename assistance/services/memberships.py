"""Which PAS groups a person belongs to, from when to when."""

from datetime import date

from django.db import transaction

from assistance.models import Beneficiary, GroupMembership
from assistance.services.entry import day_within, require_entry, require_group, save_checked
from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import TargetGroup, User


@transaction.atomic
def membership_add(
    *, actor: User, person: Beneficiary, group: TargetGroup, since: date | None, today: date
) -> GroupMembership:
    """Raises Refusal (right, sensitive group) or ValidationError (day, the same group in that time already)."""
    require_entry(actor, person.region_id)
    require_group(actor, group)
    day = day_within("since", since, earliest=person.birth_date, why="tanggal lahir", today=today)
    row = GroupMembership(beneficiary=person, group=group, region_id=person.region_id, valid_from=day)
    save_checked(row)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=row,
        region=row.region_id,
        summary=f"{person.name}: keanggotaan PAS ditambah, sejak {tanggal(day)}",
    )
    return row


@transaction.atomic
def membership_end(*, actor: User, membership: GroupMembership, on: date | None, today: date) -> GroupMembership:
    """`on` is the last day of belonging. Raises Refusal (right, ended already) or ValidationError (day)."""
    require_entry(actor, membership.region_id)
    rows = GroupMembership.objects.visible_to(actor).select_related("group")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=membership.pk)
    require_group(actor, row.group)
    if row.valid_until:
        raise Refusal(
            f"Keanggotaan {row.group.name} sudah berakhir pada {tanggal(row.valid_until)}.",
            "Bila ia termasuk lagi, tambahkan keanggotaan baru dengan tanggal mulainya.",
            rule="keanggotaan_berakhir",
        )
    row.valid_until = day_within("on", on, earliest=row.valid_from, why="tanggal mulainya", today=today)
    save_checked(row)
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary=f"Keanggotaan PAS berakhir {tanggal(row.valid_until)}",
    )
    return row
