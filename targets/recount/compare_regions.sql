-- One row: cells compared, cells that differ, and the first of these with their names.
-- A cell of zeros and a missing cell are the same.
WITH expected AS (
{expected}
), found AS (
  SELECT level, region_id AS region, dim, breakdown, period, n, value
  FROM targets_achievement
  WHERE year = %(year)s AND measure = %(measure)s
), cell AS (
  SELECT level, region, dim, breakdown, period,
    coalesce(expected.n, 0) AS expected_n, coalesce(expected.value, 0) AS expected_value,
    coalesce(found.n, 0) AS found_n, coalesce(found.value, 0) AS found_value
  FROM expected FULL JOIN found USING (level, region, dim, breakdown, period)
), drift AS (
  SELECT * FROM cell WHERE (expected_n, expected_value) <> (found_n, found_value)
), sample AS (
  SELECT * FROM drift ORDER BY level, region, dim, breakdown, period LIMIT %(examples)s
)
SELECT
  (SELECT count(*) FROM cell WHERE (expected_n, expected_value, found_n, found_value) <> (0, 0, 0, 0)),
  (SELECT count(*) FROM drift),
  (
    SELECT coalesce(jsonb_agg(to_jsonb(sample) || jsonb_build_object(
      'region_name', (SELECT name FROM core_region WHERE code = region),
      'breakdown_name', CASE dim
        WHEN 1 THEN (SELECT name FROM core_programme WHERE id = breakdown)
        WHEN 2 THEN (SELECT name FROM core_pillar WHERE id = breakdown)
        WHEN 3 THEN (SELECT name FROM core_targetgroup WHERE id = breakdown)
      END
    ) ORDER BY level, region, dim, breakdown, period), '[]')
    FROM sample
  )
