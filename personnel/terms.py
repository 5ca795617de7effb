"""Which assignments come to an end: an SK, or the longest term that their pillar allows."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from personnel.models import ServiceRule, valid_on


def sk_ending(day: date, days: int) -> Q:
    """Assignments that run on `day` with an SK that ends within `days`, or has ended."""
    return valid_on(day) & ~Q(sk_number="") & Q(sk_until__lte=day + timedelta(days=days))


def certificate_ending(day: date, days: int) -> Q:
    """Certificates that hold on `day` and end within `days`."""
    return Q(kind="sertifikat", valid_until__range=(day, day + timedelta(days=days)))


def years_before(day: date, years: int) -> date:
    """29 February becomes 28 February of other years."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def term_rules(day: date) -> list[ServiceRule]:
    return list(ServiceRule.objects.filter(valid_on(day), kind=ServiceRule.Kind.MAX_TERM).select_related("pillar"))


def term_ending(rules: Iterable[ServiceRule], day: date, days: int) -> Q:
    """Assignments that run on `day` and reach within `days` the longest term their pillar allows, or are past it.

    The term begins with the TMT: an extension is a new assignment with its own SK.
    """
    reached = Q(pk__in=[])
    for rule in rules:
        reached |= Q(pillar=rule.pillar_id, valid_from__lte=years_before(day + timedelta(days=days), rule.value))
    return valid_on(day) & reached
