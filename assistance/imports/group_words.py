"""PAS groups as files write them: by name, other name, number or PPKS word, which may mean several."""

import re
from collections import defaultdict
from typing import Any

from pilar.core.imports.kinds import plain
from pilar.core.imports.run import Run
from pilar.core.models import GroupAlias, PpksMapping, TargetGroup

_NUMBER = re.compile(r"(?:pas )?0?([0-9]{1,3})(?: .*)?")
_WORDS = "SELECT w, count(*) FROM {rows} s, jsonb_array_elements_text(s.kelompok_pas) w GROUP BY 1"
#: each word of a row with its group and day; one day holds for all words
_BELONGS = """
UPDATE {rows} s SET belongs = b.belongs FROM (
  SELECT r.line, jsonb_agg(jsonb_build_object(
           'g', m.id, 'w', w.word,
           's', CASE WHEN jsonb_array_length(r.sejak) = 1 THEN r.sejak ->> 0 ELSE r.sejak ->> (w.at::int - 1) END))
         AS belongs
  FROM {rows} r CROSS JOIN LATERAL jsonb_array_elements_text(r.kelompok_pas) WITH ORDINALITY w(word, at)
  JOIN unnest(%(words)s::text[], %(ids)s::int[]) m(word, id) ON m.word = w.word
  GROUP BY r.line
) b WHERE b.line = s.line
"""


def resolve(run: Run) -> list[dict[str, Any]]:
    """Fills `belongs`, notes unknown words, and returns the words of which a person must say the group."""
    known = _known()
    meant: dict[str, int] = {}
    unknown, questions = [], []
    names = dict(TargetGroup.objects.values_list("id", "name"))
    for word, rows in run.fetch(_WORDS):
        ids = _ids(known, word)
        chosen = run.session.choices.get(f"kelompok:{plain(word)}")
        if chosen and int(chosen) in ids:
            ids = {int(chosen)}
        if len(ids) == 1:
            meant[word] = next(iter(ids))
        elif ids:
            options = [[str(pk), f"PAS {pk}. {names[pk]}"] for pk in sorted(ids)]
            questions.append(
                {"key": f"kelompok:{plain(word)}", "label": f"Kelompok “{word}”", "rows": rows, "options": options}
            )
            unknown.append((word, "kelompok_pilih"))
        else:
            unknown.append((word, "kelompok_tidak_ada"))
    run.execute(_BELONGS, words=list(meant), ids=list(meant.values()))
    for rule in ("kelompok_pilih", "kelompok_tidak_ada"):
        if words := [word for word, broken in unknown if broken == rule]:
            run.fault(
                rule, "kelompok_pas", "w.word = ANY(%(words)s)", value="w.word", words=words,
                joined="CROSS JOIN LATERAL jsonb_array_elements_text(s.kelompok_pas) w(word)",
            )  # fmt: skip
    return list({question["key"]: question for question in questions}.values())


def _known() -> dict[str, set[int]]:
    known: dict[str, set[int]] = defaultdict(set)
    for pk, code, name in TargetGroup.objects.values_list("id", "code", "name"):
        known[plain(name)].add(pk)
        known[plain(code)].add(pk)
    for pk, name in GroupAlias.objects.values_list("group_id", "name"):
        known[plain(name)].add(pk)
    for pk, name in PpksMapping.objects.values_list("group_id", "ppks"):
        if plain(name) not in known or pk not in known[plain(name)]:
            known[plain(name)].add(pk)
    known["pas"] = set(TargetGroup.objects.values_list("id", flat=True))
    return known


def _ids(known: dict[str, set[int]], word: str) -> set[int]:
    name = plain(word)
    if name != "pas" and name in known:
        return known[name]
    number = _NUMBER.fullmatch(name)
    return {int(number[1])} & known["pas"] if number else set()
