"""Reference data of this app: what a programme costs and who may receive it. Importing registers the loaders."""

from assistance.reference import programmes

__all__ = ["programmes"]
