-- Of a closed year: what its copy and its corrections make together, against the live figures. Cells, and those that differ.
WITH closing AS (
  SELECT id FROM targets_yearclosure WHERE year = %(year)s AND state = 'ditutup' ORDER BY version DESC LIMIT 1
), kept AS (
  SELECT level, region_id, measure, dim, breakdown, period, sum(n) AS n, sum(value) AS value
  FROM (
    SELECT level, region_id, measure, dim, breakdown, period, n, value
    FROM targets_closedcell WHERE closure_id = (SELECT id FROM closing)
    UNION ALL
    SELECT level, region_id, measure, dim, breakdown, period, n, value
    FROM targets_yearcorrection WHERE closure_id = (SELECT id FROM closing)
  ) both_of_them
  GROUP BY 1, 2, 3, 4, 5, 6
), live AS (
  SELECT level, region_id, measure, dim, breakdown, period, n, value FROM targets_achievement WHERE year = %(year)s
)
SELECT
  count(*),
  count(*) FILTER (
    WHERE (coalesce(kept.n, 0), coalesce(kept.value, 0)) IS DISTINCT FROM (coalesce(live.n, 0), coalesce(live.value, 0))
  ),
  (SELECT count(DISTINCT (level, region_id, measure, dim, breakdown, period)) FROM targets_yearcorrection
   WHERE closure_id = (SELECT id FROM closing))
FROM kept FULL JOIN live USING (level, region_id, measure, dim, breakdown, period)
