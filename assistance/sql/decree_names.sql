-- How many names an SK holds, also those whose PAS group the asker may not see: an SK is never proposed or decided
-- for a part of its names only. Its answer is only a number.
CREATE FUNCTION pilar_decree_names(decree bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(*) FROM assistance_participation p WHERE p.decree_id = decree
$$;
