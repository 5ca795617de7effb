-- Lines that an SK decided and whose money did not come back. The budget year decides the year, the day of the
-- SK the month; 13 when that day lies in another calendar year.
SELECT region, part.dim, part.breakdown, period, sum(n) AS n, sum(value) AS value
FROM (
  SELECT
    region_id / 10000 * 10000 AS region,
    programme_id,
    group_id,
    CASE WHEN date_part('year', decided_on) = year THEN date_part('month', decided_on)::int ELSE 13 END AS period,
    count(*) AS n,
    sum(amount) AS value
  FROM assistance_disbursement
  WHERE year = %(year)s AND decided_on IS NOT NULL AND NOT (state = 'retur' OR state = 'setor_kas')
  GROUP BY 1, 2, 3, 4
) line
CROSS JOIN LATERAL (VALUES (1, programme_id), (3, group_id)) part (dim, breakdown)
GROUP BY 1, 2, 3, 4
