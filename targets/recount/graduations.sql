-- Graduations decided in the year, not cancelled, of a kind that counts, confirmed by a second officer.
SELECT
  region_id / 10000 * 10000 AS region,
  1 AS dim,
  programme_id AS breakdown,
  extract(month FROM decided_on)::int AS period,
  count(*) AS n,
  count(*) AS value
FROM assistance_graduation
WHERE decided_on >= make_date(%(year)s, 1, 1) AND decided_on < make_date(%(year)s + 1, 1, 1)
  AND counts AND cancelled_on IS NULL AND confirmed_on IS NOT NULL
GROUP BY 1, 2, 3, 4
