-- An institution (LKS, LK3, a Karang Taruna unit) is a pillar of another shape: nobody is assigned to it, so that it is
-- never counted as a person. A pillar that people serve in does not become one either.
CREATE FUNCTION pilar_people_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM core_pillar WHERE id = NEW.pillar_id AND shape <> 'orang') THEN
    RAISE EXCEPTION 'pilar ini lembaga; orang tidak ditugaskan di dalamnya'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_people_only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER assignment_people_only BEFORE INSERT OR UPDATE OF pillar_id ON personnel_assignment
  FOR EACH ROW EXECUTE FUNCTION pilar_people_only();
CREATE FUNCTION pilar_stays_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM personnel_assignment WHERE pillar_id = NEW.id) THEN
    RAISE EXCEPTION 'di pilar ini ada orang yang ditugaskan; bentuknya tidak bisa menjadi lembaga'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pillar_stays_people';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pillar_stays_people BEFORE UPDATE OF shape ON core_pillar
  FOR EACH ROW WHEN (NEW.shape <> 'orang') EXECUTE FUNCTION pilar_stays_people();
