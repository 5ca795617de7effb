-- Rows of one file about the same line: when all say the same, the first one stands; when they differ, none does.
WITH said AS (
  SELECT line_id, min(number) AS first, max(number) AS last, count(DISTINCT (outcome, amount, "on")) AS kinds
  FROM assistance_resultrow
  WHERE file_id = %(file)s AND line_id IS NOT NULL
  GROUP BY line_id
  HAVING count(*) > 1
)
UPDATE assistance_resultrow r
SET match = 'ganda',
    message = CASE
      WHEN s.kinds = 1 THEN 'Sama dengan baris ' || s.first || ' berkas ini. Baris ' || s.first || ' yang dipakai.'
      ELSE 'Baris penyaluran ini tertulis lebih dari sekali dengan isi berbeda (baris ' || s.first || ' sampai ' ||
           s.last || '). Tidak satu pun diterapkan; tanyakan kepada penyalur mana yang benar.'
    END
FROM said s
WHERE r.file_id = %(file)s AND r.line_id = s.line_id AND (s.kinds > 1 OR r.number > s.first)
