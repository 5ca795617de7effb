-- What the approval of a list forbids. A recorded list (dicatat) is never approved here and takes lines at any time.
-- Otherwise: lines come and go only while it is drafted (disusun); money moves only after final closing (ditutup),
-- when the sums stand still; nothing changes once it is settled (selesai).
CREATE OR REPLACE FUNCTION pilar_approval_of_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  wrong_id bigint;
  wrong_state text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT b.id, b.approval INTO wrong_id, wrong_state
    FROM (SELECT DISTINCT batch_id, state, repays_id IS NOT NULL AS again FROM nt) line
    JOIN assistance_batch b ON b.id = line.batch_id
    WHERE b.approval <> 'dicatat'
      AND NOT (b.approval = 'disusun' AND line.state = 'sk' OR b.approval = 'ditutup' AND line.again)
    LIMIT 1;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT b.id, b.approval INTO wrong_id, wrong_state
    FROM (SELECT DISTINCT batch_id FROM ot) line JOIN assistance_batch b ON b.id = line.batch_id
    WHERE b.approval NOT IN ('dicatat', 'disusun')
    LIMIT 1;
  ELSE
    SELECT b.id, b.approval INTO wrong_id, wrong_state
    FROM (
      -- `amiss`: while a list waits for approval its lines change in one way only, by becoming decided
      SELECT batch_id, state, decided_on IS NULL AS amiss FROM nt
      UNION
      SELECT batch_id, state, decided_on IS NOT NULL FROM ot
    ) line
    JOIN assistance_batch b ON b.id = line.batch_id
    WHERE b.approval IN ('disetujui', 'selesai') OR b.approval = 'diajukan' AND line.amiss
       OR b.approval IN ('disusun', 'diajukan') AND line.state <> 'sk'
    LIMIT 1;
    IF wrong_id IS NULL AND EXISTS (
      SELECT 1 FROM (SELECT batch_id FROM nt UNION SELECT batch_id FROM ot) line
      JOIN assistance_batch b ON b.id = line.batch_id WHERE b.approval IN ('diajukan', 'ditutup')
    ) THEN
      -- Grouped, not joined row by row: a plan kept from a small statement must not turn quadratic for a large one.
      SELECT b.id, b.approval INTO wrong_id, wrong_state
      FROM (
        SELECT batch_id FROM (
          SELECT id, batch_id, amount, beneficiary_id, group_id, 1 AS side FROM nt
          UNION ALL
          SELECT id, batch_id, amount, beneficiary_id, group_id, -1 FROM ot
        ) both_sides
        GROUP BY id, batch_id, amount, beneficiary_id, group_id HAVING sum(side) <> 0
      ) changed
      JOIN assistance_batch b ON b.id = changed.batch_id
      WHERE b.approval IN ('diajukan', 'ditutup')
      LIMIT 1;
    END IF;
  END IF;
  IF wrong_id IS NOT NULL THEN
    RAISE EXCEPTION 'list % is %, its lines cannot change so', wrong_id, wrong_state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_approval_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

-- A list goes from state to state by the table only, and a settled one stays as it is.
CREATE OR REPLACE FUNCTION pilar_approval_of_batch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF OLD.approval = 'selesai'
     OR OLD.approval <> NEW.approval AND OLD.approval || '>' || NEW.approval <> ALL (TG_ARGV[0]::text[]) THEN
    RAISE EXCEPTION 'list % is %, it cannot become %', OLD.id, OLD.approval, NEW.approval
      USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_approval_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
