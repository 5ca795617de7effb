-- The person who looked after a family in a programme on a day, or NULL.
-- Asked past row security on purpose: who is credited must not depend on who records the graduation
-- (a family that moved still has its companion in the kabupaten it came from).
CREATE FUNCTION pilar_companion_on(family bigint, programme int, day date) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.person_id
  FROM assistance_caseload c JOIN personnel_assignment a ON a.id = c.assignment_id
  WHERE c.beneficiary_id = family AND c.programme_id = programme
    AND c.valid_from <= day AND (c.valid_until IS NULL OR c.valid_until >= day)
$$;
