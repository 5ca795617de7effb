-- The lines of one chunk, locked in the order of their numbers, so that two writers never wait for each other.
-- Each by its key: joined, a list just filled looks to the planner as if it had one line, and this would be n x n.
SELECT count(*) FROM (
  SELECT DISTINCT line_id FROM assistance_resultrow
  WHERE file_id = %(file)s AND match = 'cocok' AND NOT applied AND number > %(after)s AND number <= %(until)s
  ORDER BY line_id
) said
CROSS JOIN LATERAL (
  SELECT d.id FROM assistance_disbursement d
  WHERE d.year = %(year)s AND d.id = said.line_id
  FOR NO KEY UPDATE
) locked
