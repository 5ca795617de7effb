"""Status kepegawaian changes on a day (a relawan becomes PPPK); earlier months keep what the person was."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import EmploymentChange, Personnel
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import User
from pilar.core.rights import Right
from pilar.core.scoping import require


@transaction.atomic
def employment_change(
    *, actor: User, person: Personnel, became: str, on: date, source: str = "", today: date
) -> EmploymentChange:
    """From `on` the person is `became`. Raises Refusal (right) or ValidationError (status, day)."""
    row = Personnel.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    require(actor, Right.ENTER, row.region_id)
    if became not in Personnel.Employment.values:
        raise ValidationError({"became": f"Pilih satu status: {', '.join(Personnel.Employment.values)}."})
    if became == row.employment:
        raise ValidationError({"became": f"Statusnya sudah {row.get_employment_display()}."})
    if on > today:
        raise ValidationError({"on": f"Tanggal {tanggal(on)} belum tiba; catat bila sudah berlaku."})
    last = EmploymentChange.objects.filter(person=row).order_by("-on").first()
    if last is not None and on <= last.on:
        raise ValidationError({"on": f"Tanggal harus sesudah perubahan terakhir ({tanggal(last.on)})."})
    if on <= row.birth_date:
        raise ValidationError({"on": "Tanggal harus sesudah tanggal lahir."})
    change = EmploymentChange(person=row, was=row.employment, became=became, on=on, source=source.strip())
    change.validate_constraints()
    change.save()
    row.employment, row.version = became, row.version + 1
    row.save(update_fields=["employment", "version"])
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary=f"Status kepegawaian menjadi {change.get_became_display()} sejak {tanggal(on)}",
        reason=change.source,
    )
    return change
