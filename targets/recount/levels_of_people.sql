-- Leaves (subject, region, dim, breakdown, mask), each subject once per leaf and breakdown,
-- counted once per level and period. Subjects of one mask are counted together before the
-- mask is spread over its periods: months, 13, quarters (21 to 24: three months, never 13), year (0).
WITH leaf AS (
{leaves}
), regency AS (
  SELECT subject, region / 1000000 * 1000000 AS region, dim, breakdown, bit_or(mask) AS mask
  FROM leaf GROUP BY 1, 2, 3, 4
), province AS (
  SELECT subject, region / 100000000 * 100000000 AS region, dim, breakdown, bit_or(mask) AS mask
  FROM regency GROUP BY 1, 2, 3, 4
), nation AS (
  SELECT subject, 0 AS region, dim, breakdown, bit_or(mask) AS mask
  FROM province GROUP BY 1, 2, 3, 4
), people AS (
  SELECT 3 AS level, region, dim, breakdown, mask, count(*) AS n FROM leaf GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT 2, region, dim, breakdown, mask, count(*) FROM regency GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT 1, region, dim, breakdown, mask, count(*) FROM province GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT 0, region, dim, breakdown, mask, count(*) FROM nation GROUP BY 1, 2, 3, 4, 5
), calendar (period, months) AS (
  SELECT month, 1 << month FROM generate_series(1, 13) month
  UNION ALL
  SELECT 20 + quarter, 14 << 3 * (quarter - 1) FROM generate_series(1, 4) quarter
  UNION ALL
  SELECT 0, (1 << 14) - 1
)
SELECT level, region, dim, breakdown, period, sum(n)::bigint AS n, sum(n)::bigint AS value
FROM people JOIN calendar ON mask & months <> 0
GROUP BY 1, 2, 3, 4, 5
