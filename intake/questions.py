"""What a person is asked about a document."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.directory import Candidate
from intake.models import Answer
from orgs.models import Unit, UnitGroup

# The fields that can be in doubt, as a person calls them.
LABELS: dict[str, str | Promise] = {
    "lead_units": _("牵头单位"),
    "support_units": _("配合单位"),
    "responsible_units": _("责任单位"),
    "deadline_date": _("完成时限"),
}


@dataclass(slots=True)
class Question:
    """Something asked; ``held`` is what was answered, if anything."""

    held: Answer | None

    @property
    def answer(self) -> dict[str, Any] | None:
        """The value of the answer."""
        return self.held.value if self.held else None

    @property
    def seen(self) -> str:
        """What a form is opened with, to notice answers given meanwhile."""
        return seen_of(self.held)


def seen_of(held: Answer | None) -> str:
    """Return the mark of an answer as it stands now; empty for none."""
    return held.made_at.isoformat() if held else ""


@dataclass(slots=True)
class NameQuestion(Question):
    """One printed name, wherever it stands: one answer settles all its rows.

    ``kind`` is unit, group (all of a set) or vague (some, unsaid which). ``offered``
    is what would be taken if a person agrees; nothing is applied unseen.
    """

    name: str
    kind: str
    positions: list[int]
    serials: list[str]
    roles: list[str]
    candidates: list[Candidate] = dataclasses.field(default_factory=list)
    group: UnitGroup | None = None
    offered: list[Unit] = dataclasses.field(default_factory=list)
    units: list[Unit] = dataclasses.field(default_factory=list)

    @property
    def subject(self) -> str:
        """The key of its answer."""
        return f"name:{self.name}"

    @property
    def about(self) -> str:
        """What it asks about, for whoever hears a button without its row."""
        return self.name

    @property
    def places(self) -> list[tuple[int, str]]:
        """The rows it stands in: (position, printed serial)."""
        return list(zip(self.positions, self.serials, strict=True))

    @property
    def chosen(self) -> list[int]:
        """The units to show as chosen: answered, or offered."""
        if self.answer:
            return list(self.answer.get("units", []))
        return [unit.pk for unit in self.offered]

    @property
    def leads(self) -> bool:
        """Whether rows hang on it: a lead cannot be left open."""
        return "lead" in self.roles

    @property
    def may_wait(self) -> bool:
        """Whether the lead may say later what is meant; an exclusion must be known."""
        return not {"lead", "excluded"} & set(self.roles)

    @property
    def creatable(self) -> bool:
        """Whether it is, most likely, a unit nobody has entered yet.

        A name that only stands behind 不含 is the short form of a member of the set.
        """
        return (
            self.kind == "unit" and not self.candidates and self.roles != ["excluded"]
        )


@dataclass(slots=True)
class RowQuestion(Question):
    """One doubtful field of one row.

    ``options`` are the leads among which one is principal. ``slip``: the columns may
    be exchanged. ``must_correct``: only a correction of the row settles it.
    """

    position: int
    field: str
    serial: str
    content: str
    reason: str
    raw: str
    options: list[str] = dataclasses.field(default_factory=list)
    slip: bool = False
    must_correct: bool = False

    @property
    def subject(self) -> str:
        """The key of its answer."""
        return f"row:{self.position}:{self.field}"

    @property
    def about(self) -> str:
        """What it asks about, for whoever hears a button without its row."""
        return f"{self.serial} {self.label}"

    @property
    def label(self) -> str:
        """The field in words."""
        return str(LABELS.get(self.field, _("本项")))

    @property
    def alone(self) -> bool:
        """Whether it must be decided by itself, not with others of its kind."""
        return len(self.options) > 1 or self.slip or self.must_correct
