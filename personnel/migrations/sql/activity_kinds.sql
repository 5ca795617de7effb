-- A kind was free text; each text that was used becomes a kind of its own that nobody enters any more.
INSERT INTO personnel_activitykind (id, code, name, pillars, groups, reach_label, fields, by_hand, source)
SELECT 1000 + row_number() OVER (ORDER BY kind), 'lama-' || row_number() OVER (ORDER BY kind), kind,
       pillars, '{}', 'Jumlah orang yang dijangkau', '[]', false, 'tertulis sebelum jenis kegiatan menjadi data'
FROM (SELECT kind, array_agg(DISTINCT pillar_id) AS pillars FROM personnel_activity GROUP BY kind) used;

ALTER TABLE personnel_activity
  ADD COLUMN kind_id smallint NULL REFERENCES personnel_activitykind (id),
  ADD COLUMN details jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN note varchar(500) NOT NULL DEFAULT '',
  ADD COLUMN batch_id bigint NULL,
  ADD COLUMN act varchar(40) NULL CHECK (act <> ''),
  ADD COLUMN returned_note varchar(300) NOT NULL DEFAULT '',
  ADD COLUMN version integer NOT NULL DEFAULT 1;
UPDATE personnel_activity a SET kind_id = k.id FROM personnel_activitykind k WHERE k.name = a.kind;
UPDATE personnel_activity SET returned_note = 'tanpa catatan' WHERE state = 'dikembalikan';
ALTER TABLE personnel_activity ALTER COLUMN kind_id SET NOT NULL;
ALTER TABLE personnel_activity DROP COLUMN kind;

ALTER TABLE personnel_activity
  ADD CONSTRAINT activity_state_is_known
    CHECK (state IN ('draf', 'diajukan', 'terverifikasi', 'dikembalikan')),
  ADD CONSTRAINT activity_return_says_why CHECK (state <> 'dikembalikan' OR returned_note <> ''),
  ADD CONSTRAINT activity_of_an_act_once UNIQUE (act, year);
CREATE INDEX activity_batch ON personnel_activity (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX activity_waiting ON personnel_activity (region_id, id) WHERE state = 'diajukan';
