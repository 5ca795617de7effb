-- Ceilings of lists that are recorded or approved, by the day of their SK; 13 outside the budget year.
SELECT
  region_id / 10000 * 10000 AS region,
  1 AS dim,
  programme_id AS breakdown,
  CASE WHEN date_part('year', sk_date) = year THEN date_part('month', sk_date)::int ELSE 13 END AS period,
  count(*) AS n,
  sum(ceiling)::bigint AS value
FROM assistance_batch
WHERE year = %(year)s AND NOT (approval = 'disusun' OR approval = 'diajukan')
GROUP BY 1, 2, 3, 4
