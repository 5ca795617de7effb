CREATE SEQUENCE assistance_disbursement_id_seq AS bigint CACHE 50;
CREATE TABLE assistance_disbursement (
  id bigint NOT NULL DEFAULT nextval('assistance_disbursement_id_seq'),
  year smallint NOT NULL REFERENCES core_budgetyear (year),
  batch_id bigint NOT NULL REFERENCES assistance_batch (id),
  beneficiary_id bigint NOT NULL REFERENCES assistance_beneficiary (id),
  programme_id smallint NOT NULL REFERENCES core_programme (id),
  group_id smallint NOT NULL REFERENCES core_targetgroup (id),
  region_id bigint NOT NULL REFERENCES core_region (code),
  regency_id bigint GENERATED ALWAYS AS (region_id / 1000000) STORED,
  amount bigint NOT NULL CONSTRAINT disbursement_amount_positive CHECK (amount > 0),
  detail varchar(120) NOT NULL,
  state varchar(20) NOT NULL
    CONSTRAINT disbursement_state_known CHECK (state IN ('sk', 'salur', 'transaksi', 'tidak_transaksi', 'retur')),
  paid_on date NULL,
  received_on date NULL,
  returned_on date NULL,
  -- 13: paid outside the budget year (luncuran), shown apart
  month smallint GENERATED ALWAYS AS (
    CASE WHEN extract(year FROM paid_on) = year THEN extract(month FROM paid_on) ELSE 13 END
  ) STORED,
  repays_id bigint NULL,
  is_example boolean NOT NULL,
  PRIMARY KEY (id, year),
  CONSTRAINT disbursement_paid_has_date CHECK (state = 'sk' OR paid_on IS NOT NULL),
  CONSTRAINT disbursement_return_has_date CHECK ((state = 'retur') = (returned_on IS NOT NULL)),
  CONSTRAINT disbursement_received_has_date CHECK ((state = 'transaksi') = (received_on IS NOT NULL)),
  CONSTRAINT disbursement_return_after_payment CHECK (returned_on >= paid_on),
  FOREIGN KEY (repays_id, year) REFERENCES assistance_disbursement (id, year)
) PARTITION BY LIST (year);
ALTER SEQUENCE assistance_disbursement_id_seq OWNED BY assistance_disbursement.id;
-- one live line per person and batch; a returned one may be paid again
CREATE UNIQUE INDEX disbursement_once ON assistance_disbursement (batch_id, beneficiary_id, year) WHERE state <> 'retur';
CREATE INDEX disbursement_beneficiary ON assistance_disbursement (beneficiary_id, year);
-- deleting a line looks for one that repays it
CREATE INDEX disbursement_repays ON assistance_disbursement (repays_id, year) WHERE repays_id IS NOT NULL;
CREATE INDEX disbursement_regency ON assistance_disbursement (regency_id, id DESC);
CREATE INDEX disbursement_region ON assistance_disbursement (region_id, programme_id, month, group_id) INCLUDE (amount, beneficiary_id, state);
SELECT pilar_partition('assistance_disbursement', y) FROM generate_series(2022, 2032) y;
