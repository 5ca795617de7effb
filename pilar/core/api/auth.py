from typing import Any

from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.authentication import SessionAuthentication as DRFSessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

from pilar.core.errors import not_for_members
from pilar.core.models import User
from pilar.core.scoping import enter_scope, reach_of
from pilar.core.tokens import token_user


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer pilar_...`; the scope of the transaction is set as soon as it is known."""

    keyword = b"bearer"

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != self.keyword:
            return None
        user = token_user(parts[-1].decode("latin-1"), now=timezone.now())
        if user is None:
            raise exceptions.AuthenticationFailed(
                "Token tidak dikenal, sudah dicabut, atau sudah lewat masa berlakunya."
            )
        enter_scope(reach_of(user))
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionAuthentication(DRFSessionAuthentication):
    """The browser's session; ScopeMiddleware has set the scope already."""


class OfficersOnly(BasePermission):
    """A member's own account opens only the endpoints' actions that are named in `for_members`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        member = reach_of(request.user).member is not None
        if member and getattr(view, "action", "") not in getattr(view, "for_members", ()):
            raise not_for_members()
        return True


class UserThrottle(UserRateThrottle):
    scope = "user"
