SELECT credited_to_id AS person, extract(month FROM decided_on)::int AS period, count(*) AS n, count(*) AS value
FROM assistance_graduation
WHERE decided_on >= make_date(%(year)s, 1, 1) AND decided_on < make_date(%(year)s + 1, 1, 1)
  AND counts AND cancelled_on IS NULL AND confirmed_on IS NOT NULL AND credited_to_id IS NOT NULL
GROUP BY 1, 2
