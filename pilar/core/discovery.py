"""Finding what apps declare of themselves in modules of one name: measures, exports, imports, panels, ..."""

from functools import cache

from django.utils.module_loading import autodiscover_modules


@cache
def discover(name: str) -> None:
    """Imports each app's module of that name, once: looking for modules reads the disk."""
    autodiscover_modules(name)
