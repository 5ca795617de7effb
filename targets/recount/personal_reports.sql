SELECT person_id AS person, extract(month FROM month)::int AS period, count(*) AS n, count(*) AS value
FROM personnel_monthlyreport
WHERE extract(year FROM month) = %(year)s AND state = 'diterima' AND submitted_on <= due_on
GROUP BY 1, 2
