-- Objections filed in the year and answered not later than 14 days after they came in.
SELECT
  region_id / 10000 * 10000 AS region,
  1 AS dim,
  programme_id AS breakdown,
  extract(month FROM filed_on)::int AS period,
  count(*) AS n,
  count(*) AS value
FROM assistance_objection
WHERE filed_on >= make_date(%(year)s, 1, 1) AND filed_on < make_date(%(year)s + 1, 1, 1)
  AND answered_on - filed_on <= 14
GROUP BY 1, 2, 3, 4
