-- Ends every open participation of somebody who died, on the day of the death or of its own last step when that is
-- later; a candidate's usulan is withdrawn with it. Answers what ended, by programme.
-- Done past row security on purpose: a death is one for every programme and place, also where whoever records it may
-- neither read nor write. The caller has recorded the death in the same transaction (`services/circumstances.py`).
CREATE FUNCTION pilar_end_of_life(person bigint, day date, source text, actor bigint, actor_name text)
RETURNS TABLE (programme smallint, ended_on date)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH open AS (
    SELECT p.id, p.state, p.proposal_id, greatest(day, p.active_from, (
      SELECT max(s."on") FROM assistance_step s WHERE s.kind = 'kepesertaan' AND s.object_id = p.id
    )) AS ends
    FROM assistance_participation p
    WHERE p.beneficiary_id = person AND p.state IN ('calon', 'aktif', 'ditangguhkan')
    FOR NO KEY UPDATE
  ), ended AS (
    UPDATE assistance_participation p
    SET state = 'berakhir', ended_on = o.ends, reason = 'meninggal', note = left(source, 200), version = p.version + 1,
        decree_id = CASE WHEN o.state = 'calon' THEN NULL ELSE p.decree_id END
    FROM open o WHERE p.id = o.id
    RETURNING p.id, p.programme_id, p.region_id, o.state AS was, p.ended_on
  ), withdrawn AS (
    UPDATE assistance_proposal q SET state = 'ditarik', reason = 'meninggal', note = left(source, 300),
           version = q.version + 1
    FROM open o WHERE o.state = 'calon' AND q.id = o.proposal_id AND q.state = 'layak'
    RETURNING q.id, q.programme_id, q.region_id, 'layak' AS was, o.ends AS ended_on
  ), written AS (
    INSERT INTO assistance_step
      (kind, object_id, beneficiary_id, programme_id, region_id, was, became, "on", actor_id, actor_name, reason, note)
    SELECT 'kepesertaan', e.id, person, e.programme_id, e.region_id, e.was, 'berakhir', e.ended_on, actor, actor_name,
           'meninggal', left(source, 300) FROM ended e
    UNION ALL
    SELECT 'usulan', w.id, person, w.programme_id, w.region_id, w.was, 'ditarik', w.ended_on, actor, actor_name,
           'meninggal', left(source, 300) FROM withdrawn w
  )
  SELECT e.programme_id, e.ended_on FROM ended e ORDER BY e.programme_id
$$;
