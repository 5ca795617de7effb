"""The database addresses of the three logins, from the owner's address and the secret key."""

import hashlib
import hmac
from urllib.parse import quote, urlsplit, urlunsplit


def login_password(login: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"pilar-login-{login}".encode(), hashlib.sha256).hexdigest()


def login_url(owner_url: str, login: str, secret: str) -> str:
    """The owner's address with the login pilar_web or pilar_worker and its password."""
    if login == "owner":
        return owner_url
    parts = urlsplit(owner_url)
    host = parts.netloc.rpartition("@")[2]
    password = quote(login_password(login, secret))
    return urlunsplit(parts._replace(netloc=f"pilar_{login}:{password}@{host}"))
