-- Whether a person has received a programme before and left it, or graduated from it.
-- Asked past row security on purpose: whoever left in one kabupaten and comes back in another is a returner all
-- the same. The answer says neither where nor when.
CREATE FUNCTION pilar_received_before(person bigint, programme int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT 1 FROM assistance_participation p
    WHERE p.beneficiary_id = person AND p.programme_id = programme
      AND p.state = 'berakhir' AND p.active_from IS NOT NULL
  ) OR EXISTS (
    SELECT 1 FROM assistance_graduation g
    WHERE g.beneficiary_id = person AND g.programme_id = programme AND g.cancelled_on IS NULL
  )
$$;
