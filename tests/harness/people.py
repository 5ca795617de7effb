"""The cast: who signs in in tests, each in one place of the land."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from pilar.core.models import RegionGrant, User
from pilar.core.tokens import token_issue

PASSWORD = "sandi-uji-yang-panjang"
KOTA_BENGKULU, REJANG_LEBONG, BENGKULU, NATION = 1771000000, 1702000000, 1700000000, 0

#: name -> (role, region, office, may enter, may approve, may view personal data)
CAST = {
    "owner": ("dinsos_kabkota", KOTA_BENGKULU, "Dinas Sosial Kota Bengkulu", True, False, True),
    "colleague": ("dinsos_kabkota", KOTA_BENGKULU, "Dinas Sosial Kota Bengkulu", True, True, True),
    "clerk": ("dinsos_kabkota", KOTA_BENGKULU, "Dinas Sosial Kota Bengkulu", True, False, False),
    "neighbour": ("dinsos_kabkota", REJANG_LEBONG, "Dinas Sosial Rejang Lebong", True, True, True),
    "province": ("dinsos_provinsi", BENGKULU, "Dinas Sosial Provinsi Bengkulu", True, True, True),
    "staff": ("staf_pusat", NATION, "Kementerian Sosial", True, True, True),
    "admin": ("admin_pusat", NATION, "Kementerian Sosial", True, True, True),
    "auditor": ("auditor", NATION, "Inspektorat Jenderal", False, False, True),
    "stranger": ("klien_api", KOTA_BENGKULU, "Tanpa wewenang", False, False, False),
}


def make_cast() -> None:
    """Committed once into the land; the stranger holds no grant at all."""
    for name, (role, region, office, enter, approve, personal) in CAST.items():
        user = User.objects.create_user(
            name, PASSWORD, name=name.title(), office=office, role_id=role, region_id=region
        )
        if name != "stranger":
            RegionGrant.objects.create(
                user=user,
                region_id=region,
                valid_from=date(2023, 1, 1),
                may_enter=enter,
                may_approve=approve,
                may_view_personal_data=personal,
            )


@pytest.fixture
def cast(land) -> SimpleNamespace:
    users = User.objects.select_related("role", "region").in_bulk(list(CAST), field_name="username")
    return SimpleNamespace(**users)


@pytest.fixture
def client_of():
    """A signed-in browser of a user."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def api_of():
    """A REST client with a bearer token of a user; what earlier tests asked is not held against it."""
    cache.clear()

    def make(user: User) -> APIClient:
        _, key = token_issue(user=user, name="uji", now=timezone.now(), life=timedelta(days=1))
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
        return client

    return make
