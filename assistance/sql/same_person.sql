-- Whether a beneficiary and the holder of an assignment are one person, by their NIK's blind index.
-- Asked past row security on purpose: a companion may be managed by another kabupaten, and whether he
-- may check himself must not depend on who records it. The answer gives nothing of either record away.
CREATE FUNCTION pilar_same_person(person bigint, assignment bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT 1
    FROM assistance_beneficiary b, personnel_assignment a JOIN personnel_personnel p ON p.id = a.person_id
    WHERE b.id = person AND a.id = assignment AND p.nik_index = b.nik_index
  )
$$;
