"""Routes of this app: (prefix, viewset, basename)."""

from typing import Any

ROUTES: list[tuple[str, Any, str]] = []
