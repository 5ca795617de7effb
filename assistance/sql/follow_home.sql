-- PAS groups of a person lie where the person lives. Moved past row security on purpose: a group that is specific
-- personal data is hidden from most who register a move, and would stay readable where the person no longer lives.
-- The new place is the person's own, so that whoever calls this decides nothing.
CREATE FUNCTION pilar_follow_home(person bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE assistance_groupmembership m SET region_id = b.region_id
  FROM assistance_beneficiary b
  WHERE b.id = person AND m.beneficiary_id = b.id AND m.region_id <> b.region_id
$$;
