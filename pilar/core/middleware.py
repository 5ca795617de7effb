from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilar.core import audit
from pilar.core.errors import Refusal, not_for_members
from pilar.core.models import User
from pilar.core.scoping import NOBODY, enter_scope, leave_scope, reach_of

F = TypeVar("F", bound=Callable[..., Any])


def unscoped(view: F) -> F:
    """Marks a view that signs in or out: it runs with the plain login, which sees no scoped row."""
    view.unscoped = True  # type: ignore[attr-defined]
    return view


def open_to_members(view: Callable[..., Any]) -> bool:
    """Pages that a member's own account may open say so with `for_members`; all others are closed to it.

    An endpoint's view is let through: the account may be a token's, which only the API knows (`OfficersOnly`).
    """
    shown = getattr(view, "view_class", None)
    return hasattr(view, "cls") or getattr(view, "for_members", False) or getattr(shown, "for_members", False)


class ScopeMiddleware:
    """One transaction around the view and its rendering, with the user's reach set in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            enter_scope(NOBODY)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif not connection.needs_rollback:
                leave_scope()
        if refusal := getattr(request, "_refusal", None):
            _record_refusal(request, refusal)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view, "unscoped", False):
            return None
        try:
            reach = reach_of(request.user)
            if reach.member is not None and not open_to_members(view):
                raise not_for_members()
            enter_scope(reach)
        except Refusal as refusal:  # grants that grew beyond the slots after signing in
            return self.process_exception(request, refusal)
        request._scoped = True  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that no form caught becomes a page that says which rule and who can lift it."""
        if not isinstance(exception, Refusal):
            return None
        transaction.set_rollback(True)
        request._refusal = exception  # type: ignore[attr-defined]
        return render(request, "403.html", {"refusal": exception}, status=403)


def _record_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Outside the rolled-back transaction, so that the refusal itself is not lost."""
    user = request.user
    if not user.is_authenticated:
        return
    with transaction.atomic():
        audit.record(
            actor=user,
            action=audit.Action.REFUSED,
            target=User,
            region=user.region_id,
            summary=f"{request.method} {request.path}: {refusal.rule}",
        )
