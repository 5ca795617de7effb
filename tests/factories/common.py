"""Places, numbers and helpers of every factory."""

from itertools import count

from pilar.core.models import User

serial = count(1)
KOTA, SELEBAR, TELUK_SEGARA = 1771000000, 1771010000, 1771030000
REJANG_LEBONG, CURUP = 1702000000, 1702090000


def nik(day: int = 12, month: int = 3, year: int = 90) -> str:
    number = next(serial)
    return f"{177101 + number // 9999 % 800:06d}{day:02d}{month:02d}{year:02d}{number % 9999 + 1:04d}"


def make_verifier() -> User:
    return User.objects.get(username="colleague")
