CREATE SEQUENCE assistance_step_id_seq AS bigint CACHE 50;
CREATE TABLE assistance_step (
  id bigint NOT NULL DEFAULT nextval('assistance_step_id_seq'),
  year smallint NOT NULL DEFAULT extract(year FROM now() AT TIME ZONE 'Asia/Jakarta'),
  kind varchar(12) NOT NULL,
  object_id bigint NOT NULL,
  object_year smallint NULL,
  beneficiary_id bigint NULL REFERENCES assistance_beneficiary (id),
  programme_id smallint NOT NULL REFERENCES core_programme (id),
  region_id bigint NOT NULL REFERENCES core_region (code),
  was varchar(20) NOT NULL,
  became varchar(20) NOT NULL,
  "on" date NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id bigint NULL REFERENCES core_user (id),
  actor_name varchar(120) NOT NULL,
  reason varchar(30) NOT NULL,
  note varchar(300) NOT NULL,
  PRIMARY KEY (id, year),
  CONSTRAINT step_year_is_recording CHECK (year = extract(year FROM at AT TIME ZONE 'Asia/Jakarta'))
) PARTITION BY LIST (year);
ALTER SEQUENCE assistance_step_id_seq OWNED BY assistance_step.id;
CREATE INDEX step_object ON assistance_step (kind, object_id, id);
CREATE INDEX step_beneficiary ON assistance_step (beneficiary_id, id) WHERE beneficiary_id IS NOT NULL;
SELECT pilar_partition('assistance_step', y) FROM generate_series(2022, 2035) y;
