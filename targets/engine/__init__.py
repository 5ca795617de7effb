"""The rollup engine: triggers write a ledger, drains bring it into the facts, rebuilds compare.

Invariant, tested everywhere: facts in the source tables = Achievement + undrained ledger.
The engine knows no app's tables by name; it reads the measures that apps declare.
"""
