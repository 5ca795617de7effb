from typing import Any

from pilar.core.exporting import KIND
from pilar.core.models import Job, User
from tests.factories.common import KOTA


def export_job_of(user: User, **params: Any) -> Job:
    """A list that `user` asked for and that waits for a worker."""
    known = {"list": "personel", "form": "csv", "query": "", "reason": ""}
    return Job.objects.create(kind=KIND, key="personel", region_id=KOTA, user=user, params=known | params)
