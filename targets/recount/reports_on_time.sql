-- Monthly reports that were accepted and first handed in by their due day, in the month they tell of.
SELECT
  region_id / 10000 * 10000 AS region,
  2 AS dim,
  pillar_id AS breakdown,
  extract(month FROM month)::int AS period,
  count(*) AS n,
  count(*) AS value
FROM personnel_monthlyreport
WHERE extract(year FROM month) = %(year)s AND state = 'diterima' AND submitted_on <= due_on
GROUP BY 1, 2, 3, 4
