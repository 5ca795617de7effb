-- A NIK hidden by the gate still hits the national unique key; this says only which kabupaten/kota holds it.
-- Every question is recorded under the asking user, so that thirty in an hour can be counted; the NIK never is.
CREATE FUNCTION pilar_nik_probe(asked bytea, OUT allowed boolean, OUT regency bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  hourly CONSTANT int := 30;
  asker record;
  moment timestamptz := clock_timestamp();
BEGIN
  SELECT id, name, region_id INTO STRICT asker FROM core_user
  WHERE id = nullif(current_setting('pilar.user', true), '')::bigint AND is_active;

  SELECT count(*) < hourly INTO allowed FROM core_auditevent
  WHERE object_type = 'core.user' AND object_id = asker.id::text AND action = 'periksa_nik'
    AND at > moment - interval '1 hour'
    AND year >= extract(year FROM (moment - interval '1 hour') AT TIME ZONE 'Asia/Jakarta')::smallint;
  IF NOT allowed THEN
    RETURN;
  END IF;

  SELECT region_id / 1000000 * 1000000 INTO regency FROM personnel_personnel WHERE nik_index = asked;
  PERFORM pilar_audit(moment, asker.id, asker.name, 'periksa_nik', asker.region_id, 'core.user', asker.id::text,
                      CASE WHEN regency IS NULL THEN 'NIK belum terdaftar' ELSE 'NIK terdaftar' END, '');
END $$;
REVOKE ALL ON FUNCTION pilar_nik_probe(bytea) FROM PUBLIC;
