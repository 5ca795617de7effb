-- Lines whose beneficiary has the money or the goods, by the day he got it; 13 outside the budget year.
SELECT region, part.dim, part.breakdown, period, sum(n) AS n, sum(value) AS value
FROM (
  SELECT
    region_id / 10000 * 10000 AS region,
    programme_id,
    group_id,
    CASE WHEN date_part('year', received_on) = year THEN date_part('month', received_on)::int ELSE 13 END AS period,
    count(*) AS n,
    sum(amount) AS value
  FROM assistance_disbursement
  WHERE year = %(year)s AND state = 'transaksi'
  GROUP BY 1, 2, 3, 4
) line
CROSS JOIN LATERAL (VALUES (1, programme_id), (3, group_id)) part (dim, breakdown)
GROUP BY 1, 2, 3, 4
