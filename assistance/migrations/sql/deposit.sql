-- setor_kas follows retur: both have come back, neither is live.
ALTER TABLE assistance_disbursement
  DROP CONSTRAINT disbursement_state_known,
  DROP CONSTRAINT disbursement_return_has_date,
  ADD CONSTRAINT disbursement_state_known
    CHECK (state IN ('sk', 'salur', 'transaksi', 'tidak_transaksi', 'retur', 'setor_kas')),
  ADD CONSTRAINT disbursement_return_has_date CHECK ((state IN ('retur', 'setor_kas')) = (returned_on IS NOT NULL)),
  ADD CONSTRAINT disbursement_deposit_has_date CHECK ((state = 'setor_kas') = (deposited_on IS NOT NULL)),
  ADD CONSTRAINT disbursement_deposit_after_return CHECK (deposited_on >= returned_on);
DROP INDEX disbursement_once;
CREATE UNIQUE INDEX disbursement_once ON assistance_disbursement (batch_id, beneficiary_id, year)
  WHERE state NOT IN ('retur', 'setor_kas');
