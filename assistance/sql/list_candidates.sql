-- Whom a drafted list is filled from: everybody of its programme and area who took part in its budget year and has no
-- line in it; with the group and place of the line he would get.
-- Asked past row security on purpose: a list without those whose PAS group its clerk may not see is half a list. The
-- group goes from here straight into the line, where pages show it to whoever may see it.
CREATE FUNCTION pilar_list_candidates(list bigint)
RETURNS TABLE (id bigint, person bigint, state text, reason text, ended_on date, group_id smallint, region_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.id, p.beneficiary_id, p.state, p.reason, p.ended_on, coalesce(g.parent_id, g.id)::smallint, p.region_id
  FROM assistance_batch b
  CROSS JOIN LATERAL (
    SELECT b.region_id - 1 + CASE
      WHEN b.region_id = 0 THEN 10000000000
      WHEN b.region_id % 100000000 = 0 THEN 100000000
      WHEN b.region_id % 1000000 = 0 THEN 1000000
      WHEN b.region_id % 10000 = 0 THEN 10000
      ELSE 1
    END AS high
  ) area
  JOIN assistance_participation p ON p.programme_id = b.programme_id AND p.region_id BETWEEN b.region_id AND area.high
  JOIN core_targetgroup g ON g.id = p.group_id
  WHERE b.id = list AND p.state <> 'calon' AND (p.ended_on IS NULL OR p.ended_on >= make_date(b.year, 1, 1))
    AND NOT EXISTS (
      SELECT FROM assistance_disbursement d
      WHERE d.batch_id = b.id AND d.year = b.year AND d.beneficiary_id = p.beneficiary_id
    )
$$;
