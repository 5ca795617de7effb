"""The arithmetic of sharing out: whole numbers by weights, adding up to the last one. No database."""

from collections.abc import Mapping


def apportion(total: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Shares `total` among the keys by largest remainder; each lies within 1 of its exact share.

    Equal remainders go to the lower key (the lower region code), so that the order of entry changes nothing.

    Args:
        total: at least 0, in whole units (people, families, whole rupiah).
        weights: at least 0 each.

    Raises:
        ValueError: nothing to share by (no keys, or all weights 0), or a negative number.
    """
    whole = sum(weights.values())
    if total < 0 or min(weights.values(), default=0) < 0:
        raise ValueError("a share of less than nothing")
    if whole == 0:
        raise ValueError("nothing to share by")
    exact = {key: divmod(total * weight, whole) for key, weight in weights.items()}
    shares = {key: floor for key, (floor, _) in exact.items()}
    left = total - sum(shares.values())
    for key in sorted(exact, key=lambda key: (-exact[key][1], key))[:left]:
        shares[key] += 1
    return shares
