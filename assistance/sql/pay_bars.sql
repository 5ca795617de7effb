-- Who of some people may not be paid by a programme on a day: the dead, whoever had left it by graduation, and
-- whose participation had ended before that day or was suspended on it, whatever became of it later.
-- Asked past row security on purpose: a death or a graduation recorded elsewhere bars all the same. Set-based: one
-- call for a whole list. In transition a family still receives; whoever was taken in again afterwards does too.
CREATE FUNCTION pilar_pay_bars(people bigint[], programme int, day date)
RETURNS TABLE (person bigint, rule text, since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.beneficiary_id, 'meninggal', min(c.as_of), NULL::date
  FROM assistance_circumstance c
  WHERE c.kind = 'meninggal' AND c.value = 'ya' AND c.beneficiary_id = ANY (people) AND c.as_of <= day
    AND NOT EXISTS (
      SELECT 1 FROM assistance_circumstance mended
      WHERE mended.beneficiary_id = c.beneficiary_id AND mended.kind = 'meninggal' AND mended.value <> 'ya'
        AND mended.as_of >= c.as_of
    )
  GROUP BY c.beneficiary_id
  UNION ALL
  SELECT g.beneficiary_id, 'graduasi', coalesce(k.left_on, g.decided_on), NULL
  FROM assistance_graduation g
  LEFT JOIN assistance_graduationcase k ON k.graduation_id = g.id
  WHERE g.programme_id = programme AND g.cancelled_on IS NULL AND g.beneficiary_id = ANY (people)
    AND (k.state IS NULL OR k.state = 'keluar')
    AND day > coalesce(k.left_on, g.decided_on)
    AND NOT EXISTS (
      SELECT 1 FROM assistance_participation p
      WHERE p.beneficiary_id = g.beneficiary_id AND p.programme_id = programme
        AND p.active_from > g.decided_on AND p.active_from <= day
    )
  UNION ALL
  -- The last participation begun by that day decides, whatever became of those before it. Sorted, not joined with
  -- itself: a planner that knows nothing yet of the table would make that quadratic.
  SELECT p.beneficiary_id, verdict.rule, CASE WHEN verdict.rule = 'berakhir' THEN p.ended_on ELSE paused.since END,
         CASE WHEN verdict.rule = 'ditangguhkan' THEN paused.until END
  FROM (
    SELECT DISTINCT ON (t.beneficiary_id) t.id, t.beneficiary_id, t.state, t.active_from, t.ended_on
    FROM assistance_participation t
    WHERE t.beneficiary_id = ANY (people) AND t.programme_id = programme AND t.active_from <= day
    ORDER BY t.beneficiary_id, t.active_from DESC, t.id DESC
  ) p
  -- The step that held on that day; somebody recorded as suspended without any step is so from the beginning.
  LEFT JOIN LATERAL (
    SELECT s.became, s."on" FROM assistance_step s
    WHERE s.kind = 'kepesertaan' AND s.object_id = p.id AND s.became IN ('aktif', 'ditangguhkan') AND s."on" <= day
    ORDER BY s."on" DESC, s.at DESC, s.id DESC LIMIT 1
  ) held ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(held."on", p.active_from) AS since, (
      SELECT min(s."on") FROM assistance_step s
      WHERE held.became = 'ditangguhkan' AND s.kind = 'kepesertaan' AND s.object_id = p.id
        AND s.became IN ('aktif', 'berakhir') AND s."on" >= day
    ) AS until
  ) paused
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN p.state = 'berakhir' AND p.ended_on < day THEN 'berakhir'
      WHEN held.became = 'ditangguhkan' THEN 'ditangguhkan'
      WHEN p.state = 'ditangguhkan' AND NOT EXISTS (
        SELECT FROM assistance_step s
        WHERE s.kind = 'kepesertaan' AND s.object_id = p.id AND s.became = 'ditangguhkan'
      ) THEN 'ditangguhkan'
    END AS rule
  ) verdict
  WHERE verdict.rule IS NOT NULL
$$;
