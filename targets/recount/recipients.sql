-- People with a paid line: per programme (dim 1), and whatever the programme (dim 0).
-- Bit m of the mask stands for month m, bit 13 for a payment outside the budget year.
WITH received AS (
  SELECT
    beneficiary_id,
    region_id / 10000 * 10000 AS region,
    programme_id,
    bit_or(1 << CASE WHEN extract(year FROM paid_on) = year THEN extract(month FROM paid_on)::int ELSE 13 END) AS mask
  FROM assistance_disbursement
  WHERE year = %(year)s AND state IN ('salur', 'transaksi', 'tidak_transaksi')
  GROUP BY 1, 2, 3
)
SELECT beneficiary_id AS subject, region, 1 AS dim, programme_id AS breakdown, mask FROM received
UNION ALL
SELECT beneficiary_id, region, 0, 0, bit_or(mask) FROM received GROUP BY 1, 2
