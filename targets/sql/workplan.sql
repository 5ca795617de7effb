-- A plan is agreed when the fourth of its parties has agreed, whoever that is: an office that may not write the plan's
-- row (a kabupaten for its province) makes it so all the same. Steps that carry on from the version in force take
-- their state with them. The plan is locked first, so that a third and a fourth agreement at once do not both count three.
CREATE OR REPLACE FUNCTION pilar_workplan_agreed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  this targets_workplan;
BEGIN
  SELECT * INTO this FROM targets_workplan WHERE id = NEW.plan_id FOR NO KEY UPDATE;
  IF (SELECT count(*) FROM targets_workagreement WHERE plan_id = NEW.plan_id) < 4 THEN
    RETURN NULL;
  END IF;
  UPDATE targets_workstep step SET state = earlier.state, reason = earlier.reason
  FROM targets_workstep earlier
  WHERE step.plan_id = this.id
    AND coalesce(earlier.origin_id, earlier.id) = step.origin_id
    AND earlier.plan_id = (
      SELECT p.id FROM targets_workplan p
      WHERE p.year = this.year AND p.region_id = this.region_id AND p.version < this.version AND p.state = 'disepakati'
      ORDER BY p.version DESC LIMIT 1
    );
  UPDATE targets_workplan SET state = 'disepakati',
    agreed_on = (SELECT max(agreed_on) FROM targets_workagreement WHERE plan_id = this.id)
  WHERE id = this.id;
  RETURN NULL;
END $$;

-- Nobody calls a plan agreed by hand, and what a party has agreed to stays as it is.
CREATE OR REPLACE FUNCTION pilar_workplan_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  agreed int := (SELECT count(*) FROM targets_workagreement WHERE plan_id = OLD.id);
BEGIN
  IF TG_OP = 'UPDATE' AND agreed = 0 AND NEW.state = 'disusun' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' AND agreed = 0 THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND agreed = 4 AND OLD.state = 'disusun' AND NEW.state = 'disepakati'
     AND (NEW.strategy, NEW.mechanism, NEW.year, NEW.region_id, NEW.version)
         IS NOT DISTINCT FROM (OLD.strategy, OLD.mechanism, OLD.year, OLD.region_id, OLD.version) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'plan % has % of 4 agreements and cannot change so', OLD.id, agreed
    USING ERRCODE = 'check_violation', CONSTRAINT = 'workplan_kept', TABLE = TG_TABLE_NAME;
END $$;

-- Steps come, go and change their text only while nobody has agreed to the plan.
CREATE OR REPLACE FUNCTION pilar_workstep_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND
     (NEW.plan_id, NEW.text, NEW.owner, NEW.office, NEW.owner_region_id, NEW.region_id, NEW.deadline, NEW.indicator_id)
     IS NOT DISTINCT FROM
     (OLD.plan_id, OLD.text, OLD.owner, OLD.office, OLD.owner_region_id, OLD.region_id, OLD.deadline, OLD.indicator_id) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT 1 FROM targets_workagreement WHERE plan_id = coalesce(NEW.plan_id, OLD.plan_id))
     OR (TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM targets_workagreement WHERE plan_id = OLD.plan_id)) THEN
    RAISE EXCEPTION 'a party has agreed to plan %, its steps stay as they are', coalesce(NEW.plan_id, OLD.plan_id)
      USING ERRCODE = 'check_violation', CONSTRAINT = 'workstep_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
