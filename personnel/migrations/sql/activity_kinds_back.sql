ALTER TABLE personnel_activity ADD COLUMN kind varchar(60) NOT NULL DEFAULT '';
UPDATE personnel_activity a SET kind = left(k.name, 60) FROM personnel_activitykind k WHERE k.id = a.kind_id;
UPDATE personnel_activity SET state = 'diajukan' WHERE state = 'draf';
DROP INDEX activity_batch, activity_waiting;
ALTER TABLE personnel_activity
  DROP CONSTRAINT activity_state_is_known,
  DROP CONSTRAINT activity_return_says_why,
  DROP CONSTRAINT activity_of_an_act_once,
  DROP COLUMN kind_id, DROP COLUMN details, DROP COLUMN note, DROP COLUMN batch_id, DROP COLUMN act,
  DROP COLUMN returned_note, DROP COLUMN version;
ALTER TABLE personnel_activity ALTER COLUMN kind DROP DEFAULT;
