"""How activities are read on pages and in the API: groups that this reader may see, and the state."""

from typing import Any

from personnel.models import Activity
from pilar.core.models import TargetGroup
from pilar.core.scoping import reach_of

HIDDEN = "kelompok yang hanya tampil bagi yang berwenang membuka data pribadi"
State = Activity.State
TONES = {State.DRAFT: "neutral", State.FILED: "wait", State.VERIFIED: "done", State.RETURNED: "back"}


def group_names() -> dict[int, TargetGroup]:
    """The catalogue, for pages that show many activities. One query."""
    return TargetGroup.objects.filter(parent=None).in_bulk()


def shows_sensitive(user: Any, row: Activity) -> bool:
    """Who may open personal data there, and who wrote the activity himself."""
    return row.filed_by_id == user.pk or any(slot.covers(row.region_id) for slot in reach_of(user).personal)


def groups_shown(user: Any, row: Activity, names: dict[int, TargetGroup]) -> list[int]:
    """Numbers of the groups it reached, without sensitive ones that this reader may not see."""
    open_to_him = shows_sensitive(user, row)
    return [pk for pk in row.target_groups if open_to_him or not (pk in names and names[pk].sensitive)]


def groups_text(user: Any, row: Activity, names: dict[int, TargetGroup]) -> str:
    shown = groups_shown(user, row, names)
    words = [names[pk].name for pk in shown if pk in names]
    return ", ".join([*words, *([HIDDEN] if len(shown) < len(row.target_groups) else [])])


def pill(row: Activity) -> dict[str, str]:
    """Text and tone for state_pill.html."""
    return {"text": row.get_state_display(), "tone": TONES[State(row.state)]}
