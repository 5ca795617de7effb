-- What decides whether people may receive a programme on a day, one row per person (`services/standing.py`).
-- Asked past row security on purpose: whether somebody is eligible must not depend on who asks. A PKH family is
-- one for an office that only keeps permakanan, too, and a group that is specific personal data answers the
-- programme's question without being shown. Nothing but these answers leaves this function.
CREATE FUNCTION pilar_standing(people bigint[], wanted smallint, others smallint[], day date)
RETURNS TABLE (
  person bigint,
  born date,
  circumstances jsonb,      -- kind -> [value, as of]: the latest of each on that day
  groups text[],            -- codes of PAS groups and of the groups above them
  receives smallint[],      -- of `others`: takes part on that day; without any participation, a line paid that year
  left_on date,             -- graduated from `wanted` and out of it (a family in transition still receives)
  proposed_again boolean,   -- since then proposed with a reason, and not refused or withdrawn
  open_proposal text,       -- state of an unfinished proposal for `wanted`
  takes_part text,          -- state of an unfinished participation in `wanted`
  ended_on date             -- last end of an earlier participation in `wanted`
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT
    b.id,
    b.birth_date,
    (
      SELECT coalesce(jsonb_object_agg(c.kind, jsonb_build_array(c.value, c.as_of)), '{}'::jsonb) FROM (
        SELECT DISTINCT ON (kind) kind, value, as_of FROM assistance_circumstance
        WHERE beneficiary_id = b.id AND as_of <= day ORDER BY kind, as_of DESC, id DESC
      ) c
    ),
    ARRAY(
      SELECT unnest(ARRAY[own.code, above.code]) FROM assistance_groupmembership m
      JOIN core_targetgroup own ON own.id = m.group_id LEFT JOIN core_targetgroup above ON above.id = own.parent_id
      WHERE m.beneficiary_id = b.id AND m.valid_from <= day AND (m.valid_until IS NULL OR m.valid_until >= day)
    )::text[],
    ARRAY(
      SELECT other FROM unnest(others) other
      WHERE EXISTS (
        SELECT FROM assistance_participation m
        WHERE m.beneficiary_id = b.id AND m.programme_id = other
          AND m.active_from <= day AND (m.ended_on IS NULL OR m.ended_on > day)
      ) OR (
        NOT EXISTS (
          SELECT FROM assistance_participation m WHERE m.beneficiary_id = b.id AND m.programme_id = other
        ) AND EXISTS (
          SELECT FROM assistance_disbursement d
          WHERE d.beneficiary_id = b.id AND d.programme_id = other AND d.year = extract(year FROM day)::smallint
            AND d.state IN ('salur', 'transaksi', 'tidak_transaksi') AND d.paid_on <= day
            AND NOT EXISTS (
              SELECT FROM assistance_graduation g LEFT JOIN assistance_graduationcase k ON k.graduation_id = g.id
              WHERE g.beneficiary_id = b.id AND g.programme_id = other AND g.cancelled_on IS NULL
                AND (k.id IS NULL OR k.state = 'keluar')
                AND coalesce(k.left_on, g.decided_on) BETWEEN d.paid_on AND day
            )
        )
      )
    )::smallint[],
    gone.left_on,
    gone.left_on IS NOT NULL AND EXISTS (
      SELECT FROM assistance_proposal q
      WHERE q.beneficiary_id = b.id AND q.programme_id = wanted AND q.reentry_reason <> ''
        AND q.state IN ('diajukan', 'layak', 'ditetapkan') AND q.proposed_on >= gone.left_on
    ),
    (
      SELECT q.state FROM assistance_proposal q
      WHERE q.beneficiary_id = b.id AND q.programme_id = wanted AND q.state IN ('diajukan', 'layak')
    ),
    (
      SELECT m.state FROM assistance_participation m
      WHERE m.beneficiary_id = b.id AND m.programme_id = wanted AND m.state IN ('calon', 'aktif', 'ditangguhkan')
    ),
    (
      SELECT max(m.ended_on) FROM assistance_participation m
      WHERE m.beneficiary_id = b.id AND m.programme_id = wanted AND m.active_from IS NOT NULL
    )
  FROM unnest(people) asked(id)
  JOIN assistance_beneficiary b ON b.id = asked.id
  CROSS JOIN LATERAL (
    SELECT max(coalesce(k.left_on, g.decided_on)) AS left_on
    FROM assistance_graduation g LEFT JOIN assistance_graduationcase k ON k.graduation_id = g.id
    WHERE g.beneficiary_id = b.id AND g.programme_id = wanted AND g.cancelled_on IS NULL
      AND (k.id IS NULL OR k.state = 'keluar') AND coalesce(k.left_on, g.decided_on) <= day
  ) gone
$$;
