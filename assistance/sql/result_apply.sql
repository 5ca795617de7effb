-- One chunk of matched rows becomes steps of their lines: line, history row and mark in one statement, or none.
WITH fit AS MATERIALIZED (
  SELECT p.id, p.outcome, p."on", d.id AS line, d.state AS was, d.beneficiary_id, d.programme_id, d.region_id
  FROM assistance_resultrow p
  -- each line by its key, whatever is known of the tables: a list just filled or paid looks to the planner as if it
  -- had one line, and walking the list for every row of the sheet would be n x n
  CROSS JOIN LATERAL (SELECT * FROM assistance_disbursement l WHERE l.id = p.line_id AND l.year = %(year)s OFFSET 0) d
  JOIN unnest(%(was)s::text[], %(became)s::text[]) t (was, became) ON t.was = d.state AND t.became = p.outcome
  WHERE p.file_id = %(file)s AND p.match = 'cocok' AND NOT p.applied AND d.batch_id = %(batch)s
    AND p.number > %(after)s AND p.number <= %(until)s
    AND d.amount = p.amount AND (p."on" IS NULL OR p."on" >= d.paid_on)
), moved AS (
  UPDATE assistance_disbursement d
  SET state = f.outcome,
      received_on = CASE WHEN f.outcome = 'transaksi' THEN f."on" END,
      returned_on = CASE WHEN f.outcome = 'retur' THEN f."on" END,
      detail = CASE WHEN %(reason)s = '' OR length(concat_ws('; ', nullif(d.detail, ''), %(reason)s)) > 120
                    THEN d.detail ELSE concat_ws('; ', nullif(d.detail, ''), %(reason)s) END
  FROM fit f
  WHERE d.id = f.line AND d.year = %(year)s
  -- everything the history needs comes from here: planned as a join of two such small sets, it would be n x n
  RETURNING f.id, f.line, f.was, f.outcome, f."on", f.beneficiary_id, f.programme_id, f.region_id
), noted AS (
  INSERT INTO assistance_step
    (kind, object_id, object_year, beneficiary_id, programme_id, region_id, was, became, "on",
     actor_id, actor_name, reason, note)
  SELECT 'baris', line, %(year)s, beneficiary_id, programme_id, region_id, was, outcome,
         coalesce("on", %(today)s), %(actor)s, %(actor_name)s, '', %(note)s
  FROM moved
), marked AS (
  UPDATE assistance_resultrow r SET applied = true FROM moved m WHERE r.id = m.id
)
SELECT count(*) FROM moved
