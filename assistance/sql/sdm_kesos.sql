-- Which of these beneficiaries hold an assignment in a pillar on a day (OVERLAP SDM KESOS).
-- Asked past row security on purpose: somebody who serves in one kabupaten may live and receive in another.
-- The answer to each id that is handed in is only yes or no; who and where stays with the office that may see it.
CREATE FUNCTION pilar_sdm_kesos(people bigint[], day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT b.id
  FROM assistance_beneficiary b JOIN personnel_personnel p ON p.nik_index = b.nik_index
  WHERE b.id = ANY(people)
    AND EXISTS (
      SELECT 1 FROM personnel_assignment a
      WHERE a.person_id = p.id AND a.valid_from <= day AND (a.valid_until IS NULL OR a.valid_until >= day)
    )
$$;
