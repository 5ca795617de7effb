-- One function makes every partition: row security on, no grant to anybody. Run as the owner.
CREATE FUNCTION pilar_partition(parent regclass, for_year int) RETURNS void
LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  part text := parent::text || '_' || for_year;
BEGIN
  IF to_regclass(part) IS NULL THEN
    EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES IN (%s)', part, parent, for_year);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
  END IF;
END $$;

-- Leaf of the rollup: the kecamatan of a code, or the code itself above it.
CREATE FUNCTION pilar_leaf(code bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT code / 10000 * 10000 $$;

-- TRUNCATE passes statement triggers by: counted tables refuse it.
CREATE FUNCTION pilar_refuse_truncate() RETURNS trigger
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  RAISE EXCEPTION 'TRUNCATE on % would pass the ledger by; use DELETE', TG_TABLE_NAME;
END $$;
