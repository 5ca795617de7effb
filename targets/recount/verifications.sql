-- Verval acts of the year, by their day, whatever was found.
SELECT
  region_id / 10000 * 10000 AS region,
  1 AS dim,
  programme_id AS breakdown,
  extract(month FROM verified_on)::int AS period,
  count(*) AS n,
  count(*) AS value
FROM assistance_verification
WHERE verified_on >= make_date(%(year)s, 1, 1) AND verified_on < make_date(%(year)s + 1, 1, 1)
GROUP BY 1, 2, 3, 4
