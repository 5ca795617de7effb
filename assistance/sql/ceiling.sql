-- Live lines (all but retur and setor_kas) never sum to more than the ceiling of their batch.
-- Per statement: only batches whose live sum grew are locked and summed, so paying out costs nothing.
-- The row lock makes two writers of one batch wait for each other; different batches never meet.
CREATE OR REPLACE FUNCTION pilar_ceiling_of_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  grown bigint[];
  over record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT batch_id) INTO grown FROM nt WHERE state NOT IN ('retur', 'setor_kas');
  ELSE
    SELECT array_agg(batch_id) INTO grown FROM (
      SELECT batch_id FROM (
        SELECT batch_id, amount FROM nt WHERE state NOT IN ('retur', 'setor_kas')
        UNION ALL
        SELECT batch_id, -amount FROM ot WHERE state NOT IN ('retur', 'setor_kas')
      ) change GROUP BY batch_id HAVING sum(amount) > 0
    ) up;
  END IF;
  IF grown IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM 1 FROM assistance_batch WHERE id = ANY (grown) ORDER BY id FOR NO KEY UPDATE;
  SELECT b.id, b.ceiling, live.total INTO over
  FROM assistance_batch b
  CROSS JOIN LATERAL (
    SELECT sum(d.amount) AS total FROM assistance_disbursement d
    WHERE d.batch_id = b.id AND d.state NOT IN ('retur', 'setor_kas')
  ) live
  WHERE b.id = ANY (grown) AND live.total > b.ceiling
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'lines of batch % sum to %, its ceiling is %', over.id, over.total, over.ceiling
      USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_ceiling_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

-- A ceiling never falls below what its lines already hold.
CREATE OR REPLACE FUNCTION pilar_ceiling_of_batch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.ceiling < (
    SELECT coalesce(sum(amount), 0) FROM assistance_disbursement
    WHERE batch_id = NEW.id AND state NOT IN ('retur', 'setor_kas')
  ) THEN
    RAISE EXCEPTION 'lines of batch % sum to more than the new ceiling %', NEW.id, NEW.ceiling
      USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_ceiling_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
