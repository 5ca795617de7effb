-- People whose assignment is valid on the last day of a month; bit m of the mask stands for month m.
SELECT
  held.person_id AS subject,
  held.region_id / 10000 * 10000 AS region,
  2 AS dim,
  held.pillar_id AS breakdown,
  bit_or(1 << month) AS mask
FROM generate_series(1, 12) month
CROSS JOIN LATERAL (
  SELECT (make_date(%(year)s, month, 1) + interval '1 month' - interval '1 day')::date AS last_day
) calendar
JOIN personnel_assignment held
  ON held.valid_from <= last_day AND (held.valid_until IS NULL OR held.valid_until >= last_day)
GROUP BY 1, 2, 3, 4
