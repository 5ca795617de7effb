-- People with a paid line, in the groups they belonged to on the day of payment;
-- a sub-category counts for its group.
SELECT
  line.beneficiary_id AS subject,
  line.region_id / 10000 * 10000 AS region,
  3 AS dim,
  coalesce(category.parent_id, category.id) AS breakdown,
  bit_or(1 << CASE WHEN extract(year FROM paid_on) = year THEN extract(month FROM paid_on)::int ELSE 13 END) AS mask
FROM assistance_disbursement line
JOIN assistance_groupmembership member
  ON member.beneficiary_id = line.beneficiary_id
  AND member.valid_from <= line.paid_on
  AND (member.valid_until IS NULL OR member.valid_until >= line.paid_on)
JOIN core_targetgroup category ON category.id = member.group_id
WHERE line.year = %(year)s AND line.state IN ('salur', 'transaksi', 'tidak_transaksi')
GROUP BY 1, 2, 3, 4
