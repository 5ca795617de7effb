from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from assistance.forms.lists import LineForm, NewPersonForm
from assistance.forms.people import GROUP_ROWS
from assistance.models import Batch, Beneficiary, Disbursement, EligibilityRule, GroupMembership
from assistance.reading import live_sum
from assistance.services.eligibility import against
from assistance.services.entry import require_entry
from assistance.services.lines import LineEntry, disbursement_add
from assistance.views.acts import offered
from assistance.views.find import FindPersonView, person_from
from assistance.views.marks import MOVED_AWAY, group_shown, list_name, short_place, state_mark
from assistance.views.proof_panels import line_section
from assistance.views.registering import Registering
from assistance.words import line_label, line_words
from pilar.core import places
from pilar.core.formatting import rupiah, tanggal
from pilar.core.scoping import narrow_choices
from pilar.core.views import PageView, ServiceFormView

State = Disbursement.State
STEPS = ("Cari penerima", "Isi baris")
NOT_A_MEMBER = (
    "{name} belum tercatat di kelompok {group} pada tanggal salur. Rupiahnya dihitung menurut SK, "
    "tetapi ia tidak dihitung sebagai penerima kelompok itu."
)
AGAINST_RULES = "Tersimpan karena SK-nya terbit di luar PILAR. Menurut syarat program,"


class OfBatch:
    """The list from the address; a foreign one is 404."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def batch(self) -> Batch:
        rows = narrow_choices(Batch.objects.select_related("programme", "year", "region"), self.request.user)
        batch = rows.filter(pk=self.kwargs["batch"]).first()
        if batch is None:
            raise Http404("Daftar penyaluran ini tidak ada.")
        return batch

    @property
    def batch_url(self) -> str:
        return reverse("batch-detail", args=[self.batch.pk])

    def list_shown(self) -> dict[str, Any]:
        """Which list, and what is left under its ceiling; for batch_line.html."""
        name = f"{list_name(self.batch)}, {places.name_of(self.batch.region)}"
        return {"name": name, "url": self.batch_url, "room": self.batch.ceiling - live_sum(self.batch)}

    def steps(self) -> list[dict[str, str]]:
        return [
            {"label": STEPS[0], "url": reverse("disbursement-find", args=[self.batch.pk])},
            {"label": STEPS[1], "url": ""},
        ]


class LineFindView(OfBatch, FindPersonView):
    """First step of a new line: who gets it."""

    template_name = "assistance/disbursement_find.html"

    def chosen_url(self, person: Beneficiary) -> str:
        return f"{self.create_url}?penerima={person.pk}"

    def missing_url(self) -> str:
        return f"{self.create_url}?baru=1"

    @property
    def create_url(self) -> str:
        return reverse("disbursement-create", args=[self.batch.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_entry(self.request.user, self.batch.region_id, self.batch.programme)  # type: ignore[arg-type]
        context = super().get_context_data(**kwargs)
        people = [row["person"] for row in context["people"]]
        lines = Disbursement.objects.filter(batch=self.batch, year=self.batch.year_id, beneficiary__in=people)
        here = {line.beneficiary_id: line for line in lines.order_by("id")}
        names = places.labels({person.region for person in people})
        for row in context["people"]:
            person = row["person"]
            row["place"] = short_place(names[person.region_id])
            row["line"] = here.get(person.pk)
            row["state"] = state_mark(here[person.pk], self.batch.programme) if person.pk in here else None
        return context | {
            "title": "Tambah penerima ke daftar",
            "list": self.list_shown(),
            "new_url": self.missing_url(),
            "steps": self.steps(),
        }


class LineCreateView(OfBatch, Registering, ServiceFormView):
    """Second step: the line of ?penerima=, or of a new beneficiary registered with it (?baru=1)."""

    template_name = "assistance/disbursement_form.html"

    @cached_property
    def person(self) -> Beneficiary | None:
        return person_from(self.request)

    def get_form_class(self) -> type[LineForm]:
        return LineForm if self.person else NewPersonForm

    def get_initial(self) -> dict[str, Any]:
        if self.person is None:
            return {"region": self.batch.region}
        return {"beneficiary": self.person, "group": self._usual_group(), "amount": self.batch.portion}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"own": self._own()}

    def _own(self) -> set[int]:
        """The person's PAS groups, past ones too: a line may be of an earlier year."""
        return {m.group.parent_id or m.group_id for m in self.memberships} if self.person else set()

    def _usual_group(self) -> int | None:
        """The only PAS group of the person, when there is just one."""
        groups = self._own()
        return groups.pop() if len(groups) == 1 else None

    @cached_property
    def memberships(self) -> list[GroupMembership]:
        rows = narrow_choices(GroupMembership.objects.select_related("group"), self.request.user)
        return list(rows.filter(beneficiary=self.person).order_by("valid_from"))

    def serve(self, form: Any) -> Disbursement:
        data = form.cleaned_data
        actor: Any = self.request.user
        today = timezone.localdate()
        person = data["beneficiary"] if self.person else self.register(form)
        return disbursement_add(
            actor=actor,
            batch=self.batch,
            entry=LineEntry(
                beneficiary=person,
                group=data["group"],
                amount=data["amount"],
                detail=data["detail"],
                region=data["region"] if self.person else None,
                state=data["state"],
                paid_on=data["paid_on"],
            ),
            today=today,
        )

    def get_done_url(self, saved: Any) -> str:
        self._warn_of_membership(saved)
        self._warn_of_rules(saved)
        if "again" in self.request.POST:
            return reverse("disbursement-find", args=[self.batch.pk])
        return self.batch_url

    def _warn_of_rules(self, line: Disbursement) -> None:
        """Not refused: an SK outside PILAR decided it. What the programme's rules say against it is told."""
        if not self.batch.recorded:
            return
        day = line.paid_on or self.batch.sk_date
        hits = against(line.beneficiary_id, programme=self.batch.programme, on=day)
        if said := [hit.sentence for hit in hits if hit.rule != EligibilityRule.Kind.GROUPS]:
            messages.warning(self.request, f"{AGAINST_RULES} {line.beneficiary.name}: {' '.join(said)}")

    def _warn_of_membership(self, line: Disbursement) -> None:
        """Not refused: the SK decides the line's group, memberships decide who is counted in it."""
        if line.paid_on is None:
            return
        on_payday = line.beneficiary.memberships.filter(valid_from__lte=line.paid_on).exclude(
            valid_until__lt=line.paid_on
        )
        if not any(line.group_id in (m.group_id, m.group.parent_id) for m in on_payday.select_related("group")):
            messages.warning(self.request, NOT_A_MEMBER.format(name=line.beneficiary.name, group=line.group.name))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_entry(self.request.user, self.batch.region_id, self.batch.programme)  # type: ignore[arg-type]
        context = super().get_context_data(**kwargs)
        return context | {
            "title": f"Baris untuk {self.person.name}" if self.person else "Penerima baru dan barisnya",
            "list": self.list_shown(),
            "person": self.person,
            "person_facts": self._person_facts() if self.person else [],
            "groups": self._groups(context["form"]),
            "steps": self.steps(),
        }

    def _person_facts(self) -> list[dict[str, Any]]:
        person = self.person
        assert person is not None  # noqa: S101 - the caller asked
        belongs = [f"{m.group.name} sejak {tanggal(m.valid_from)}" for m in self.memberships]
        return [
            {"label": "NIK", "value": person.nik_masked},
            {"label": "Tanggal lahir", "value": tanggal(person.birth_date)},
            {"label": "Tempat tinggal", "value": places.labels([person.region])[person.region_id]},
            {"label": "Kelompok PAS", "value": "; ".join(belongs) or "belum tercatat"},
        ]

    def _groups(self, form: Any) -> list[dict[str, Any]]:
        line = ["group", "amount", "state", "paid_on", "detail"]
        if self.person:
            return [{"title": "Baris", "fields": [form[n] for n in (*line, "region")]}]
        person = ("name", "nik", "sex", "birth_date", "region")
        belongs = [f"{part}_{row}" for row in GROUP_ROWS for part in ("group", "since")]
        return [
            *self.twin_group(form),
            {"title": "Penerima baru", "fields": [form[n] for n in person]},
            {
                "title": "Kelompok PAS",
                "note": "Satu orang boleh termasuk beberapa kelompok. Isi satu atau lebih.",
                "fields": [form[n] for n in belongs],
            },
            {"title": "Baris di daftar ini", "fields": [form[n] for n in line]},
        ]


class OfLine(OfBatch):
    """The line from the address, looked up with its year; a foreign one is 404."""

    @cached_property
    def line(self) -> Disbursement:
        rows = narrow_choices(Disbursement.objects.all(), self.request.user).select_related(
            "programme", "region", "group"
        )
        line = rows.filter(batch=self.batch, year=self.batch.year_id, pk=self.kwargs["line"]).first()
        if line is None:
            raise Http404("Baris ini tidak ada di daftar itu.")
        return line

    @cached_property
    def payee(self) -> Beneficiary | None:
        """The line's beneficiary, None when the person is recorded elsewhere by now."""
        return Beneficiary.objects.visible_to(self.request.user).filter(pk=self.line.beneficiary_id).first()

    @property
    def payee_name(self) -> str:
        return self.payee.name if self.payee else f"Penerima {MOVED_AWAY}"

    @property
    def line_url(self) -> str:
        return reverse("disbursement-detail", args=[self.batch.pk, self.line.pk])


class LineDetailView(OfLine, PageView):
    """One line: what it is, what became of it, what may be done now."""

    template_name = "assistance/disbursement_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line, user = self.line, self.request.user
        again = narrow_choices(Disbursement.objects.all(), user).filter(repays_id=line.pk, year=line.year).first()
        line.repaid = again is not None  # type: ignore[attr-defined]
        return super().get_context_data(**kwargs) | {
            "title": self.payee_name,
            "list": self.list_shown(),
            "line": line,
            "state": state_mark(line, self.batch.programme),
            "next_step": "Selesai: sudah dibayar ulang." if again else self.next_step(),
            "facts": self.facts(),
            "events": self.events(again),
            "acts": offered(user, line, self.batch, repaid=again is not None),
            "proof": line_section(user, line),
        }

    def next_step(self) -> str:
        return line_words(self.line.state, self.batch.programme).next_step

    def facts(self) -> list[dict[str, Any]]:
        line = self.line
        return [
            {"label": "Jumlah", "value": rupiah(line.amount)},
            {"label": "Rincian", "value": line.detail or "tidak diisi"},
            {"label": "Kelompok PAS menurut SK", "value": group_shown(self.request.user, line.group)},
            {"label": "Wilayah", "value": places.labels([line.region])[line.region_id]},
            {"label": "NIK", "value": self.payee.nik_masked if self.payee else MOVED_AWAY},
        ]

    def events(self, again: Disbursement | None) -> list[dict[str, Any]]:
        """What happened to the money, oldest first."""
        line = self.line
        found = [{"when": "", "title": "Dimuat di daftar yang belum disetujui"}]
        if line.decided_on:
            found = [{"when": tanggal(line.decided_on), "title": f"Ditetapkan: SK {self.batch.sk_number}"}]
        if line.repays_id:
            url = reverse("disbursement-detail", args=[self.batch.pk, line.repays_id])
            found.append({"when": "", "title": "Membayar ulang baris yang dikembalikan", "url": url})
        if line.paid_on:
            late = f"luncuran: di luar tahun anggaran {line.year}" if line.paid_on.year != line.year else ""
            found.append({"when": tanggal(line.paid_on), "title": "Disalurkan", "text": late})
        if line.received_on:
            found.append({"when": tanggal(line.received_on), "title": "Diterima", "kind": "now"})
        if line.returned_on:
            found.append({"when": tanggal(line.returned_on), "title": "Dikembalikan (retur)", "kind": "bad"})
        if line.deposited_on:
            title = line_label(line.state, self.batch.programme).capitalize()
            found.append({"when": tanggal(line.deposited_on), "title": title, "text": line.detail})
        if again:
            url = reverse("disbursement-detail", args=[self.batch.pk, again.pk])
            found.append({"when": tanggal(again.paid_on), "title": "Dibayar ulang", "url": url, "kind": "now"})
        return found
