"""What may be done to an SK penetapan, each act with its form and its consequence spelt out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assistance.forms.participation import DecideForm, EmptyForm, SendBackForm
from assistance.models import Decree
from assistance.services import decrees as service
from assistance.services.authority import may_decide
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedForm

State = Decree.State


@dataclass(frozen=True)
class Act:
    """Attributes: state: in which it is offered; right: who may, None: the level that funds decides."""

    code: str
    label: str
    serve: Callable[..., Any]
    form: type[GatedForm]
    state: State
    right: Right | None
    consequence: str
    done: str
    variant: str = "secondary"


ACTS = (
    Act(
        "isi", "Isi dari calon penerima", service.decree_fill, EmptyForm, State.DRAFT, Right.ENTER,
        "Semua calon program ini di wilayah SK yang memenuhi syarat dimasukkan. Yang tidak memenuhi syarat tetap calon "
        "dan ditampilkan dengan sebabnya. Belum ada yang menjadi penerima.",
        "{0.added} nama masuk; {left} calon tidak masuk{why}.",
    ),
    Act(
        "ajukan", "Ajukan penetapan", service.decree_propose, EmptyForm, State.DRAFT, Right.PROPOSE,
        "Nama di dalamnya dikunci sampai SK ini ditetapkan atau dikembalikan. Anda menjadi pengusulnya, jadi bukan "
        "Anda yang menetapkan.",
        "SK diajukan. Pejabat di tingkat yang mendanai akan menetapkannya.", "primary",
    ),
    Act(
        "tetapkan", "Tetapkan", service.decree_decide, DecideForm, State.PROPOSED, None,
        "Semua namanya menjadi penerima aktif sejak tanggal SK, usulannya selesai, dan SK ini tidak bisa diubah lagi.",
        "SK ditetapkan; semua namanya kini penerima aktif.", "primary",
    ),
    Act(
        "kembalikan", "Kembalikan dengan catatan", service.decree_send_back, SendBackForm, State.PROPOSED, None,
        "SK kembali menjadi draf dengan catatan Anda. Belum ada nama yang menjadi penerima.",
        "SK dikembalikan dengan catatan.",
    ),
)  # fmt: skip

BY_CODE = {act.code: act for act in ACTS}
WITHDRAW = "Tarik kembali"


def label_of(user: Any, decree: Decree, act: Act) -> str:
    """The proposer does not send back, he takes back."""
    return WITHDRAW if act.code == "kembalikan" and not decides(user, decree) else act.label


def decides(user: Any, decree: Decree) -> bool:
    return may_decide(user, funding=decree.funding, region=decree.region_id, programme=decree.programme)


def offered(user: Any, decree: Decree, *, names: int) -> list[dict[str, Any]]:
    """Buttons for what this user may do to the SK now; the one that leads on is the primary one."""
    acts = [act for act in ACTS if act.state == decree.state and _may(user, decree, act)]
    shown = []
    for act in acts:
        if act.code == "ajukan" and not names:
            continue
        variant = "primary" if act.code == "isi" and not names else act.variant
        url = reverse("decree-act", args=[decree.pk, act.code])
        shown.append({"label": label_of(user, decree, act), "variant": variant, "url": url})
    return shown


def _may(user: Any, decree: Decree, act: Act) -> bool:
    if act.right is not None:
        return reach_of(user).can(act.right, decree.region_id)
    mine = user.pk == decree.proposed_by_id
    return decides(user, decree) and not mine if act.code == "tetapkan" else mine or decides(user, decree)
