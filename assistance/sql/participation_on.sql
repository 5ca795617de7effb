-- The participation of a person in a programme that began last by a day, whatever became of it since.
-- Asked past row security on purpose: to which stay a graduation belongs, and whether somebody took part on a day,
-- must not depend on who asks. A candidate takes part in nothing yet.
CREATE FUNCTION pilar_participation_on(person bigint, programme int, day date)
RETURNS TABLE (id bigint, since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.id, p.active_from, p.ended_on
  FROM assistance_participation p
  WHERE p.beneficiary_id = person AND p.programme_id = programme AND p.active_from <= day
  ORDER BY p.active_from DESC, p.id DESC LIMIT 1
$$;
