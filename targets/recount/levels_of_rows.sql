-- Leaves (region, dim, breakdown, period, n, value) added up to every level by their codes' digits.
WITH leaf AS (
{leaves}
)
SELECT up.level, up.region, dim, breakdown, period, sum(n)::bigint AS n, sum(value)::bigint AS value
FROM leaf
CROSS JOIN LATERAL (
  VALUES (3, leaf.region),
    (2, leaf.region / 1000000 * 1000000),
    (1, leaf.region / 100000000 * 100000000),
    (0, 0)
) up (level, region)
GROUP BY 1, 2, 3, 4, 5
