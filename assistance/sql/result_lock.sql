-- The lines of one chunk, locked in the order of their numbers, so that two writers never wait for each other.
SELECT count(*) FROM (
  SELECT d.id FROM assistance_disbursement d
  WHERE d.year = %(year)s AND d.batch_id = %(batch)s AND d.id IN (
    SELECT line_id FROM assistance_resultrow
    WHERE file_id = %(file)s AND match = 'cocok' AND NOT applied AND number > %(after)s AND number <= %(until)s
  )
  ORDER BY d.id
  FOR NO KEY UPDATE
) locked
