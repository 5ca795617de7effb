-- As compare_regions, for the facts of named persons; a person is told by number only.
WITH expected AS (
{expected}
), found AS (
  SELECT person_id AS person, period, n, value
  FROM targets_personalachievement
  WHERE year = %(year)s AND measure = %(measure)s
), cell AS (
  SELECT person, period,
    coalesce(expected.n, 0) AS expected_n, coalesce(expected.value, 0) AS expected_value,
    coalesce(found.n, 0) AS found_n, coalesce(found.value, 0) AS found_value
  FROM expected FULL JOIN found USING (person, period)
), drift AS (
  SELECT * FROM cell WHERE (expected_n, expected_value) <> (found_n, found_value)
), sample AS (
  SELECT * FROM drift ORDER BY person, period LIMIT %(examples)s
)
SELECT
  (SELECT count(*) FROM cell WHERE (expected_n, expected_value, found_n, found_value) <> (0, 0, 0, 0)),
  (SELECT count(*) FROM drift),
  (SELECT coalesce(jsonb_agg(to_jsonb(sample) ORDER BY person, period), '[]') FROM sample)
