-- Refused by the checks while a line is deposited: no history is thrown away.
ALTER TABLE assistance_disbursement
  DROP CONSTRAINT disbursement_deposit_has_date,
  DROP CONSTRAINT disbursement_deposit_after_return,
  DROP CONSTRAINT disbursement_state_known,
  DROP CONSTRAINT disbursement_return_has_date,
  ADD CONSTRAINT disbursement_state_known
    CHECK (state IN ('sk', 'salur', 'transaksi', 'tidak_transaksi', 'retur')),
  ADD CONSTRAINT disbursement_return_has_date CHECK ((state = 'retur') = (returned_on IS NOT NULL));
DROP INDEX disbursement_once;
CREATE UNIQUE INDEX disbursement_once ON assistance_disbursement (batch_id, beneficiary_id, year) WHERE state <> 'retur';
