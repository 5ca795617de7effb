-- Figures that no recount knows: each of them is drift.
SELECT DISTINCT measure FROM {table} WHERE year = %(year)s AND measure <> ALL(%(known)s) ORDER BY 1
