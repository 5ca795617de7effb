-- A group named twice would count twice, and no group at all has no sentence: the array is a set.
CREATE FUNCTION pilar_is_set(a smallint[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_position(a, NULL) IS NULL AND cardinality(a) = (SELECT count(DISTINCT g) FROM unnest(a) g)
$$;
ALTER TABLE personnel_activity ADD CONSTRAINT activity_groups_are_a_set CHECK (pilar_is_set(target_groups));
