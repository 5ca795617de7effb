"""Every address of PILAR and what each reader gets there; `tests/test_doors.py` walks it.

All sample rows lie in Kota Bengkulu. A new URL needs a row in `pages.py` or `api.py` (those of assistance have
modules of their own): its name, the statuses of GET in the order of ROLES, those of POST with an empty form when it
takes one, and the keys of its address. The sample rows themselves are made in `rows.py`.
"""

from tests.doors import api, api_assistance, api_personnel, imports, pages, pages_assistance, pages_personnel
from tests.doors.door import ROLES, Door
from tests.doors.rows import KOTA, SELEBAR, make_rows, year_and

PAGES = (*pages.PAGES, *pages_assistance.PAGES, *pages_personnel.PAGES, *imports.PAGES)
API = (*api.API, *api_assistance.API, *api_personnel.API, *imports.API)

__all__ = ["API", "KOTA", "PAGES", "ROLES", "SELEBAR", "Door", "make_rows", "year_and"]
