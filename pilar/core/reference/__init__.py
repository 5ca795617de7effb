"""Reference data of the core: roles, years, pillars, programmes, PAS groups.

Importing the package registers its loaders; `load_reference` runs them and those of the
`reference` package of every app above.
"""

from pilar.core.reference import catalogue, groups, ppks, roles

__all__ = ["catalogue", "groups", "ppks", "roles"]
