SELECT person_id AS person, extract(month FROM date)::int AS period, count(*) AS n, count(*) AS value
FROM personnel_activity
WHERE year = %(year)s AND state = 'terverifikasi'
GROUP BY 1, 2
