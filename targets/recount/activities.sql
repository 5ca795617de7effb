-- Verified activities: once per pillar, and once in each group that the activity names.
SELECT region, part.dim, part.breakdown, period, sum(n) AS n, sum(n) AS value
FROM (
  SELECT
    region_id / 10000 * 10000 AS region,
    pillar_id,
    target_groups,
    extract(month FROM date)::int AS period,
    count(*) AS n
  FROM personnel_activity
  WHERE year = %(year)s AND state = 'terverifikasi'
  GROUP BY 1, 2, 3, 4
) activity
CROSS JOIN LATERAL (
  SELECT 2, pillar_id
  UNION ALL
  SELECT DISTINCT 3, named FROM unnest(target_groups) named WHERE named IS NOT NULL
) part (dim, breakdown)
GROUP BY 1, 2, 3, 4
