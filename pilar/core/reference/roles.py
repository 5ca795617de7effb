from pilar.core.models import BudgetYear, Role
from pilar.core.reference.registry import insert_absent, register
from pilar.core.rights import ROLE_DEFAULTS

FIRST_YEARS = range(2023, 2027)


@register("peran")
def load_roles() -> int:
    rows = [
        Role(code=role.code, name=role.name, rights=list(role.rights), levels=list(role.levels))
        for role in ROLE_DEFAULTS
    ]
    return len(insert_absent(Role, rows))


@register("tahun anggaran")
def load_years() -> int:
    return len(insert_absent(BudgetYear, [BudgetYear(year=year) for year in FIRST_YEARS]))
