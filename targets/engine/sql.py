"""SQL pieces that triggers, drain and rebuild share, generated from one declared measure."""

from pilar.core.measures import OUTSIDE_YEAR, AdditiveMeasure, DistinctMeasure
from targets.models.facts import CELL_COLUMNS, CELL_KEY

#: level -> codes below one area of it; a leaf code divided by the span gives its ancestor
LEVELS = "(VALUES (3, 10000), (2, 1000000), (1, 100000000), (0, 10000000000)) l (level, span)"

#: period -> bits of a month mask that put a subject into it
PERIODS = "(VALUES {}) p (period, bits)".format(
    ", ".join(
        [f"(0, {(1 << OUTSIDE_YEAR) - 1})"]
        + [f"({m}, {1 << (m - 1)})" for m in range(1, OUTSIDE_YEAR + 1)]
        + [f"({21 + q}, {7 << (3 * q)})" for q in range(4)]
    )
)

#: columns of a region's fact, and its key
FACT, FACT_KEY = f"year, {CELL_COLUMNS}", ", ".join(("year", *CELL_KEY))
CELL = "year, period, region_id, measure, dim, breakdown, person_id"


def additive_select(measure: AdditiveMeasure, source: str, *, where: str = "true", sign: str = "1") -> str:
    """Rows (CELL, n, value) not yet grouped: one per dimension, and one for the person."""
    head = f"({measure.year})::smallint AS year, ({measure.month})::smallint AS period"
    tail = f"{sign} AS n, {sign} * ({measure.value})::bigint AS value FROM {source} t WHERE {measure.where} AND {where}"
    parts = [
        f"SELECT {head}, pilar_leaf({measure.region}) AS region_id, {measure.number} AS measure, "
        f"{int(dim)} AS dim, ({expression})::int AS breakdown, 0::bigint AS person_id, {tail}"
        for dim, expression in measure.dims.items()
    ]
    if measure.person:
        parts.append(
            f"SELECT {head}, 0::bigint AS region_id, {measure.number} AS measure, 0 AS dim, 0 AS breakdown, "
            f"({measure.person})::bigint AS person_id, {tail}"
            f" AND {measure.person} IS NOT NULL"
        )
    return " UNION ALL ".join(parts)


def grouped(select: str) -> str:
    return (
        f"SELECT {CELL}, sum(n)::bigint AS n, sum(value)::bigint AS value FROM ({select}) x "
        f"GROUP BY {CELL} HAVING sum(n) <> 0 OR sum(value) <> 0"
    )


def distinct_select(measure: DistinctMeasure, *, only: str, years: str) -> str:
    """Rows (year, subject, region_id, dim, breakdown, mask), one per subject and leaf region."""
    inner = measure.select.format(only=only, years=years)
    return (
        "SELECT year, subject, region AS region_id, dim, breakdown, bit_or(mask) AS mask "
        f"FROM ({inner}) q GROUP BY 1, 2, 3, 4, 5 HAVING bit_or(mask) <> 0"
    )


def distinct_cells(source: str, *, levels: str = LEVELS, sign: str = "1") -> str:
    """Cells (level, region_id, measure, dim, breakdown, period, n) from participation rows.

    A subject is counted once per level and period: its masks are ORed over the rows below.
    """
    return f"""
        SELECT s.year, s.level, s.region_id, s.measure, s.dim, s.breakdown, p.period, sum(s.sign)::bigint AS n
        FROM (
          SELECT {sign} AS sign, year, l.level, region_id / l.span * l.span AS region_id, measure, dim, breakdown,
                 subject, bit_or(mask) AS mask
          FROM {source} r CROSS JOIN {levels}
          GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ) s
        JOIN {PERIODS} ON s.mask & p.bits <> 0
        GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(s.sign) <> 0
    """


def corrections(cells: str, now: str = "now()") -> str:
    """What these differences of cells (year, level, ..., n, value) do to years that are closed, as an INSERT."""
    return f"""
        INSERT INTO targets_yearcorrection
          (closure_id, {CELL_COLUMNS}, noted_at)
        SELECT k.id, {CELL_COLUMNS}, {now}
        FROM {cells} c JOIN (
          SELECT DISTINCT ON (year) year, id FROM targets_yearclosure WHERE state = 'ditutup'
          ORDER BY year, version DESC
        ) k USING (year)
        WHERE c.n <> 0 OR c.value <> 0
    """
