"""A long list with a real worker: written, fetched by whoever asked, cancelled."""

import pytest
from django.urls import reverse

from pilar.core.models import Job, User
from tests import factories as make
from tests.harness.processes import until

pytestmark = pytest.mark.worker


@pytest.fixture
def long_list(committed, settings, monkeypatch, tmp_path):
    """Two people are too many to hand out at once."""
    settings.EXPORT_AT_ONCE = 1
    monkeypatch.setenv("PILAR_EXPORT_ROOT", str(tmp_path))
    settings.STORAGES = settings.STORAGES | {
        "exports": settings.STORAGES["exports"] | {"OPTIONS": {"location": str(tmp_path), "base_url": None}}
    }
    return [make.make_person(name=name) for name in ("Budi", "Ani")]


@pytest.fixture
def owner(committed) -> User:
    return User.objects.select_related("role").get(username="owner")


def ask(browser) -> Job:
    browser.post(reverse("export-create", args=["personel"]), {"form": "csv"})
    return Job.objects.get(kind="unduhan")


def state_of(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def test_a_long_list_is_written_by_the_worker_and_fetched(long_list, owner, client_of, worker):
    browser = client_of(owner)
    job = ask(browser)
    until(lambda: state_of(job) == "selesai")
    job.refresh_from_db()
    assert (job.done, job.expected) == (2, 2)
    text = b"".join(browser.get(reverse("export-file", args=[job.pk]))).decode()
    assert [line.split(";")[1] for line in text.splitlines()[1:]] == ["Ani", "Budi"]
    assert "Ambil berkas" in browser.get(reverse("job-detail", args=[job.pk])).content.decode()


def test_whoever_lost_the_right_meanwhile_gets_no_file(long_list, owner, client_of, start_worker):
    job = ask(client_of(owner))
    owner.grants.all().delete()
    start_worker()
    until(lambda: state_of(job) == "gagal")
    job.refresh_from_db()
    assert "belum punya wewenang" in job.error
