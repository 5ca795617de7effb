-- Matches one chunk of a result file with the lines of its list. Runs in the uploader's own scope.
WITH part AS MATERIALIZED (
  SELECT id, nik_index, outcome, amount, "on", line_ref, line_ref ~ '^[0-9]{4}-' AS keyed,
         CASE WHEN line_ref ~ '^[0-9]{4}-[0-9]{1,18}$' AND left(line_ref, 4) = %(year)s::text
              THEN split_part(line_ref, '-', 2)::bigint END AS key
  FROM assistance_resultrow
  WHERE file_id = %(file)s AND match = '' AND number > %(after)s AND number <= %(until)s
), verdict AS (
  SELECT p.id, l.id AS line,
    CASE
      WHEN l.id IS NULL OR o.nik_index <> p.nik_index THEN 'tidak_dikenal'
      WHEN NOT %(open)s THEN 'langkah'
      WHEN l.amount <> p.amount THEN 'jumlah_beda'
      WHEN t.was IS NULL THEN 'langkah'
      WHEN p."on" < l.paid_on THEN 'langkah'
      ELSE 'cocok'
    END AS match,
    CASE
      WHEN l.id IS NULL AND p.keyed THEN
        'Kunci ' || p.line_ref || ' tidak ada di daftar ini. Salin kunci dari unduhan daftar ini.'
      WHEN l.id IS NULL THEN
        'Orang dengan NIK ini tidak ada di daftar ini, atau kini tercatat di wilayah lain. Pakai kolom kunci dari '
        'unduhan daftar.'
      WHEN o.nik_index <> p.nik_index THEN
        'Kunci dan NIK menunjuk dua orang yang berbeda. Perbaiki salah satunya.'
      WHEN NOT %(open)s THEN
        %(closed)s
      WHEN l.amount <> p.amount THEN
        'Di berkas ' || 'Rp' || replace(to_char(p.amount, 'FM999,999,999,999,999'), ',', '.') || ', di daftar ' || 'Rp' || replace(to_char(l.amount, 'FM999,999,999,999,999'), ',', '.') ||
        '. Tanyakan kepada penyalur, lalu koreksi yang keliru.'
      WHEN t.was IS NULL AND l.state = p.outcome THEN
        'Baris ini sudah berkeadaan “' || s.label || '”. Tidak ada yang perlu diterapkan.'
      WHEN t.was IS NULL THEN
        'Baris ini sekarang “' || s.label || '”, jadi tidak bisa menjadi “' || w.label || '”. Periksa barisnya.'
      WHEN p."on" < l.paid_on THEN
        'Tanggal ' || to_char(p."on", 'DD/MM/YYYY') || ' mendahului tanggal salur ' ||
        to_char(l.paid_on, 'DD/MM/YYYY') || '. Perbaiki tanggalnya.'
      ELSE ''
    END AS message
  FROM part p
  LEFT JOIN LATERAL (
    SELECT d.id, d.state, d.amount, d.paid_on, d.beneficiary_id
    FROM (SELECT * FROM assistance_disbursement k WHERE k.year = %(year)s AND k.id = p.key OFFSET 0) d  -- by its key
    WHERE d.batch_id = %(batch)s
    UNION ALL
    (SELECT d.id, d.state, d.amount, d.paid_on, d.beneficiary_id
     FROM assistance_beneficiary b
     CROSS JOIN LATERAL (
       SELECT * FROM assistance_disbursement o WHERE o.beneficiary_id = b.id AND o.year = %(year)s OFFSET 0
     ) d
     WHERE NOT p.keyed AND b.nik_index = p.nik_index AND d.batch_id = %(batch)s
     ORDER BY d.state IN ('retur', 'setor_kas'), d.id DESC
     LIMIT 1)
  ) l ON true
  LEFT JOIN assistance_beneficiary o ON p.keyed AND p.nik_index IS NOT NULL AND o.id = l.beneficiary_id
  LEFT JOIN unnest(%(was)s::text[], %(became)s::text[]) t (was, became) ON t.was = l.state AND t.became = p.outcome
  LEFT JOIN unnest(%(states)s::text[], %(labels)s::text[]) s (state, label) ON s.state = l.state
  LEFT JOIN unnest(%(states)s::text[], %(labels)s::text[]) w (state, label) ON w.state = p.outcome
)
UPDATE assistance_resultrow r
SET match = v.match, message = v.message, line_id = CASE WHEN v.match <> 'tidak_dikenal' THEN v.line END
FROM verdict v
WHERE r.id = v.id
