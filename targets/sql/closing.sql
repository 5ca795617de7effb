-- What a closing kept stays as it is, whoever asks: the owner's login too.
CREATE OR REPLACE FUNCTION pilar_closed_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION 'figures of a closed year are never changed: % on %', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_kept', TABLE = TG_TABLE_NAME;
END $$;

-- Figures are added only while a decided closing waits for them.
CREATE OR REPLACE FUNCTION pilar_closed_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM targets_yearclosure WHERE state = 'disetujui') THEN
    RAISE EXCEPTION 'no closing of a year is waiting for figures: % on %', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

-- A closing that is closed or dropped has ended; none goes away, and no year is opened again.
CREATE OR REPLACE FUNCTION pilar_yearclosure_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state IN ('ditutup', 'batal')
     OR (NEW.year, NEW.version, NEW.proposed_by_id) IS DISTINCT FROM (OLD.year, OLD.version, OLD.proposed_by_id) THEN
    RAISE EXCEPTION 'closing % is %, it cannot change so', OLD.id, OLD.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'yearclosure_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION pilar_year_stays_closed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.closed_on IS DISTINCT FROM OLD.closed_on
     AND EXISTS (SELECT 1 FROM targets_yearclosure WHERE year = OLD.year AND state = 'ditutup' AND OLD.closed_on IS NOT NULL)
  THEN
    RAISE EXCEPTION 'year % is closed and is not opened again', OLD.year
      USING ERRCODE = 'check_violation', CONSTRAINT = 'year_stays_closed', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
