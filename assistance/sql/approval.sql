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
  ELSIF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT batch_id FROM nt UNION SELECT DISTINCT batch_id FROM ot) line
    JOIN assistance_batch b ON b.id = line.batch_id WHERE b.approval <> 'dicatat'
  ) THEN
    SELECT b.id, b.approval INTO wrong_id, wrong_state
    FROM nt JOIN ot ON ot.id = nt.id AND ot.year = nt.year
    JOIN assistance_batch b ON b.id = ot.batch_id
    JOIN assistance_batch n ON n.id = nt.batch_id
    WHERE (b.approval <> 'dicatat' OR n.approval <> 'dicatat')
      AND NOT (
        nt.batch_id = ot.batch_id
        AND (
          b.approval = 'disusun' AND nt.state = 'sk' AND ot.state = 'sk'
          OR b.approval = 'ditutup'
             AND (nt.amount, nt.beneficiary_id, nt.group_id) = (ot.amount, ot.beneficiary_id, ot.group_id)
        )
      )
    LIMIT 1;
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
