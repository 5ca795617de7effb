-- The open participation of a person in a programme, or NULL.
-- Asked past row security on purpose: whoever closes a graduation must not leave a participation running
-- only because its PAS group is hidden from him. The answer is a number; the row stays hidden.
CREATE FUNCTION pilar_participation_of(person bigint, programme int) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.id
  FROM assistance_participation p
  WHERE p.beneficiary_id = person AND p.programme_id = programme AND p.state IN ('calon', 'aktif', 'ditangguhkan')
$$;
