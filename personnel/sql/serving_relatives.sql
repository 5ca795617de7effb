-- Of these NIK (by their blind index) those of a close relative of somebody who serves in a pillar on a day.
-- Asked past row security on purpose: the relative may serve in another kabupaten. The answer to each NIK that is
-- handed in is only the relation; who serves and where stays with the office that may see it.
CREATE FUNCTION pilar_serving_relatives(niks bytea[], day date) RETURNS TABLE (nik bytea, relation text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT ON (t.nik_index) t.nik_index, t.relation::text
  FROM personnel_familytie t
  WHERE t.nik_index = ANY(niks) AND (t.ended_on IS NULL OR t.ended_on > day)
    AND EXISTS (
      SELECT 1 FROM personnel_assignment a
      WHERE a.person_id = t.person_id AND a.valid_from <= day AND (a.valid_until IS NULL OR a.valid_until >= day)
    )
  ORDER BY t.nik_index, t.relation
$$;
