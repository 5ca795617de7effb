-- Changes of the year that the facts do not hold yet; year 0 stands for every open year.
SELECT
  (SELECT count(*) FROM targets_ledgerentry WHERE year = %(year)s),
  (SELECT count(*) FROM targets_dirtysubject WHERE year IN (0, %(year)s))
