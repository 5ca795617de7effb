"""What pages about the field share: a place on the earth, and who wrote something down."""

from decimal import Decimal
from typing import Any

from assistance.reading import names_of
from pilar.core.models import User


def where_of(latitude: Decimal | None, longitude: Decimal | None) -> dict[str, str] | None:
    """The coordinates in Indonesian writing, and as an address that a phone opens in its map; None without."""
    if latitude is None or longitude is None:
        return None
    shown = [f"{value:.6f}".replace(".", ",") for value in (latitude, longitude)]
    return {"text": "; ".join(shown), "url": f"geo:{latitude:.6f},{longitude:.6f}"}


def officer_name(reader: Any, user: int | None) -> str:
    """Who recorded it, as far as the reader may know the officer."""
    if user is None:
        return "tidak tercatat"
    return names_of(User.objects.all(), reader, [user]).get(user, "petugas di luar wilayah Anda")
