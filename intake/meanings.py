"""What each name and each doubtful field of a document has come to mean."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.utils import timezone

from intake.corrections import NO_LEAD, SLIP, corrected, doubts_of, swapped
from intake.directory import Directory, directory_of, normal
from intake.models import Answer, Document
from intake.questions import NameQuestion, RowQuestion
from intake.reading.model import ROLES
from intake.reading.units import is_collective, is_vague
from orgs.models import Unit

UNITS, BY_LEAD = "units", "by_lead"


class Meanings:
    """A document's reading, with the answers given and the place's directory.

    Five queries for any number of rows and names.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.held: dict[str, Answer] = {
            answer.subject: answer
            for answer in document.answers.select_related("person")
        }
        self.answers: dict[str, Any] = {
            subject: answer.value for subject, answer in self.held.items()
        }
        self.tasks: list[dict[str, Any]] = [
            self.laid_over(position, task)
            for position, task in enumerate(document.reading.get("tasks", []), 1)
        ]

    def laid_over(self, position: int, task: dict[str, Any]) -> dict[str, Any]:
        """Return the row as read, with a correction or an exchange of columns."""
        if cells := self.answers.get(f"row:{position}:correction"):
            return corrected(task, cells)
        if self.answers.get(f"row:{position}:support_units", {}).get("swap"):
            return swapped(task)
        return task

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

    def members(self, task: dict[str, Any], role: str, name: str) -> list[Unit]:
        """Return the units a name means in one cell: a set less what is excluded."""
        units = self.units_meant(name)
        if not is_collective(name):
            return units
        out = {unit.pk for unit in self.excluded(task, role)}
        return [unit for unit in units if unit.pk not in out]

    def excluded(self, task: dict[str, Any], role: str) -> list[Unit]:
        """Return the units that a cell's 不含 takes out."""
        return [
            unit for name in task["excluded"][role] for unit in self.units_meant(name)
        ]

    def emptied(self, task: dict[str, Any]) -> Iterator[str]:
        """Yield the sets of a row that have no unit left after its exclusions."""
        for role in ROLES:
            for name in self.names_in(task, role):
                if self.units_meant(name) and not self.members(task, role, name):
                    yield name

    def strays(self, task: dict[str, Any]) -> Iterator[str]:
        """Yield the excluded names that are in none of the row's sets: worth a look."""
        for role in ROLES:
            sets = [name for name in self.names_in(task, role) if is_collective(name)]
            members = {unit.pk for name in sets for unit in self.units_meant(name)}
            for name in task["excluded"][role]:
                units = {unit.pk for unit in self.units_meant(name)}
                if members and units and not members & units:
                    yield name

    @cached_property
    def name_questions(self) -> list[NameQuestion]:
        """Every name that needs a person, collective ones first, most rows first."""
        asked = [
            self.question_of(name, where)
            for name, where in self.mentions.items()
            if is_collective(name) or self.answer_to(name) or not self.found(name)
        ]
        return sorted(
            asked, key=lambda one: (one.kind == "unit", -len(one.positions), one.name)
        )

    @cached_property
    def mentions(self) -> dict[str, list[tuple[int, str]]]:
        """Where each name stands: (position of the row, role or "excluded")."""
        standing: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for position, task in enumerate(self.tasks, 1):
            for role in ROLES:
                for name in self.names_in(task, role):
                    standing[name].append((position, role))
                for name in task["excluded"][role]:
                    standing[name].append((position, "excluded"))
        return standing

    def found(self, name: str) -> bool:
        """Return whether the directory has exactly this name, once."""
        return self.directory.find(name) is not None

    def question_of(self, name: str, where: list[tuple[int, str]]) -> NameQuestion:
        """Return the question about one name."""
        kind = "vague" if is_vague(name) else "group" if is_collective(name) else "unit"
        positions = list(dict.fromkeys(position for position, _role in where))
        return NameQuestion(
            held=self.held.get(f"name:{name}"),
            name=name,
            kind=kind,
            positions=positions,
            serials=[self.tasks[position - 1]["serial"] for position in positions],
            roles=list(dict.fromkeys(role for _position, role in where)),
            candidates=self.directory.candidates(name) if kind == "unit" else [],
            group=self.directory.groups.get(normal(name)),
            offered=self.directory.whole_set(name) if kind == "group" else [],
            units=self.units_meant(name),
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
        for field, reason in doubts_of(task).items():
            role = field.removesuffix("_units")
            leads = task["lead_units"] if role == "lead" else []
            yield RowQuestion(
                held=self.held.get(f"row:{position}:{field}"),
                position=position,
                field=field,
                serial=task["serial"],
                content=task["content"],
                reason=reason,
                raw=task["raw"].get(role) or task["raws"].get(raw_of(field), ""),
                options=leads,
                slip=SLIP in reason,
                must_correct=reason == NO_LEAD,
            )

    @property
    def open_names(self) -> list[NameQuestion]:
        """The names nobody has answered yet."""
        return [question for question in self.name_questions if not question.answer]

    @property
    def open_rows(self) -> list[RowQuestion]:
        """The doubtful fields nobody has answered yet."""
        return [
            question
            for question in self.row_questions
            if question.must_correct or not question.answer
        ]

    @property
    def unresolved(self) -> int:
        """How many questions are open: nothing is registered before it is 0."""
        return len(self.open_names) + len(self.open_rows)

    @property
    def without_lead(self) -> list[str]:
        """The serials of the rows whose principal lead is no unit yet."""
        return [
            task["serial"]
            for position, task in enumerate(self.tasks, 1)
            if not self.principal(position, task)
        ]

    def principal(self, position: int, task: dict[str, Any]) -> Unit | None:
        """Return the lead unit that answers for the row, if it is known."""
        names = self.leads_in_order(position, task)
        units = self.units_meant(self.full(task, names[0])) if names else []
        return units[0] if units else None

    def leads_in_order(self, position: int, task: dict[str, Any]) -> list[str]:
        """Return the printed names of the leads, the principal one first."""
        chosen = self.answers.get(f"row:{position}:lead_units", {}).get("principal")
        return sorted(task["lead_units"], key=lambda name: name != chosen)

    @property
    def unknown_units(self) -> list[str]:
        """The plain names that are in no directory: new units may be made of them."""
        return [one.name for one in self.open_names if one.kind == "unit"]

    @property
    def creatable(self) -> list[str]:
        """The unknown names that look like no unit there is: new ones, most likely."""
        return [one.name for one in self.open_names if one.creatable]


def raw_of(field: str) -> str:
    """Return the name of a field's raw text in a reading."""
    return field.removesuffix("_units").removesuffix("_date")
