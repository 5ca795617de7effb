-- Lines paid and not returned. The budget year decides the year, the day of payment the month;
-- 13 when that day lies in another calendar year.
SELECT region, part.dim, part.breakdown, period, sum(n) AS n, sum(value) AS value
FROM (
  SELECT
    region_id / 10000 * 10000 AS region,
    programme_id,
    group_id,
    CASE WHEN extract(year FROM paid_on) = year THEN extract(month FROM paid_on)::int ELSE 13 END AS period,
    count(*) AS n,
    sum(amount) AS value
  FROM assistance_disbursement
  WHERE year = %(year)s AND state IN ('salur', 'transaksi', 'tidak_transaksi')
  GROUP BY 1, 2, 3, 4
) line
CROSS JOIN LATERAL (VALUES (1, programme_id), (3, group_id)) part (dim, breakdown)
GROUP BY 1, 2, 3, 4
