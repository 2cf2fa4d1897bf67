"""What each name and each doubtful field of a document has come to mean."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from intake.directory import Candidate, Directory, directory_of, normal
from intake.models import Document
from intake.reading.model import ROLES
from intake.reading.units import is_collective, is_vague
from orgs.models import Unit, UnitGroup

UNITS, BY_LEAD = "units", "by_lead"


@dataclass(slots=True)
class NameQuestion:
    """One printed name, wherever it stands: one answer settles all its rows.

    ``offered`` is what would be taken if a person agrees; nothing is applied unseen.
    """

    name: str
    kind: str
    serials: list[str]
    roles: list[str]
    answer: dict[str, Any] | None
    candidates: list[Candidate] = dataclasses.field(default_factory=list)
    group: UnitGroup | None = None
    offered: list[Unit] = dataclasses.field(default_factory=list)

    @property
    def subject(self) -> str:
        """The key of its answer."""
        return f"name:{self.name}"

    @property
    def chosen(self) -> list[int]:
        """The units to show as chosen: answered, or offered."""
        if self.answer:
            return list(self.answer.get("units", []))
        return [unit.pk for unit in self.offered]


@dataclass(slots=True)
class RowQuestion:
    """One doubtful field of one row."""

    position: int
    field: str
    serial: str
    content: str
    reason: str
    raw: str
    answer: dict[str, Any] | None
    options: list[str] = dataclasses.field(default_factory=list)

    @property
    def subject(self) -> str:
        """The key of its answer."""
        return f"row:{self.position}:{self.field}"


class Meanings:
    """A document's reading, with the answers given and the place's directory."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tasks: list[dict[str, Any]] = document.reading.get("tasks", [])
        self.answers: dict[str, Any] = dict(
            document.answers.values_list("subject", "value")
        )

    @cached_property
    def directory(self) -> Directory:
        """The directory of the document's place."""
        place = self.document.programme.jurisdiction
        return directory_of(place, timezone.localdate())

    def full(self, task: dict[str, Any], name: str) -> str:
        """Return the name with a shared suffix handed out."""
        return str(task["resolved"].get(name, name))

    def names_in(self, task: dict[str, Any], role: str) -> list[str]:
        """Return the names of one cell, suffixes handed out."""
        return [self.full(task, name) for name in task[f"{role}_units"]]

    def answer_to(self, name: str) -> dict[str, Any] | None:
        """Return what a person said the name means, if anybody has."""
        found: dict[str, Any] | None = self.answers.get(f"name:{name}")
        return found

    def units_meant(self, name: str) -> list[Unit]:
        """Return the units a name means: as answered, or as the directory has it."""
        answer = self.answer_to(name)
        if answer:
            known = self.directory.units
            return [known[pk] for pk in answer.get("units", []) if pk in known]
        unit = None if is_collective(name) else self.directory.find(name)
        return [unit] if unit else []

    @cached_property
    def name_questions(self) -> list[NameQuestion]:
        """Every name that needs a person, collective ones first, most rows first."""
        standing: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for task in self.tasks:
            for role in ROLES:
                for name in self.names_in(task, role):
                    standing[name].append((task["serial"], role))
                for name in task["excluded"][role]:
                    standing[name].append((task["serial"], "excluded"))
        asked = [
            self.question_of(name, where)
            for name, where in standing.items()
            if is_collective(name) or self.answer_to(name) or not self.found(name)
        ]
        return sorted(asked, key=lambda one: (one.kind == "unit", -len(one.serials)))

    def found(self, name: str) -> bool:
        """Return whether the directory has exactly this name, once."""
        return self.directory.find(name) is not None

    def question_of(self, name: str, where: list[tuple[str, str]]) -> NameQuestion:
        """Return the question about one name."""
        kind = "vague" if is_vague(name) else "group" if is_collective(name) else "unit"
        group = self.directory.groups.get(normal(name))
        return NameQuestion(
            name=name,
            kind=kind,
            serials=list(dict.fromkeys(serial for serial, _role in where)),
            roles=list(dict.fromkeys(role for _serial, role in where)),
            answer=self.answer_to(name),
            candidates=self.directory.candidates(name) if kind == "unit" else [],
            group=group,
            offered=self.directory.whole_set(name) if kind == "group" else [],
        )

    @cached_property
    def row_questions(self) -> list[RowQuestion]:
        """Every doubtful field of a row that no answer about a name settles."""
        return [
            question
            for position, task in enumerate(self.tasks, 1)
            for question in self.questions_of_row(position, task)
        ]

    def questions_of_row(
        self, position: int, task: dict[str, Any]
    ) -> Iterable[RowQuestion]:
        """Yield what must be asked about one row."""
        for name in task["to_confirm"]:
            role = name.removesuffix("_units")
            if role in ROLES and not self.asks_itself(task, role):
                continue
            yield RowQuestion(
                position=position,
                field=name,
                serial=task["serial"],
                content=task["content"],
                reason=task["reasons"][name],
                raw=task["deadline_raw"] if role == name else task["raw"][role],
                answer=self.answers.get(f"row:{position}:{name}"),
                options=task["lead_units"] if role == "lead" else [],
            )

    def asks_itself(self, task: dict[str, Any], role: str) -> bool:
        """Return whether a cell's doubt is more than the names in it."""
        only_names = all(
            part.startswith("统称")
            for part in task["reasons"][f"{role}_units"].split("；")
        )
        return not only_names

    @property
    def open_names(self) -> list[NameQuestion]:
        """The names nobody has answered yet."""
        return [question for question in self.name_questions if not question.answer]

    @property
    def open_rows(self) -> list[RowQuestion]:
        """The doubtful fields nobody has answered yet."""
        return [question for question in self.row_questions if not question.answer]

    @property
    def unresolved(self) -> int:
        """How many questions are open: nothing is registered before it is 0."""
        return len(self.open_names) + len(self.open_rows)

    @property
    def without_lead(self) -> list[str]:
        """The serials of the rows whose lead is no unit yet."""
        return [task["serial"] for task in self.tasks if not self.leads(task)]

    def leads(self, task: dict[str, Any]) -> list[Unit]:
        """Return the lead units of a row."""
        return [
            unit
            for name in task["lead_units"]
            for unit in self.units_meant(self.full(task, name))
        ]

    @property
    def unknown_units(self) -> list[str]:
        """The plain names that are in no directory: new units may be made of them."""
        return [one.name for one in self.open_names if one.kind == "unit"]
