"""The review page: what is asked, the rows as understood, the document as printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from intake.meanings import Meanings
from intake.models import Document
from intake.models.documents import DocumentState
from intake.questions import NameQuestion, RowQuestion
from intake.reading.model import ROLES
from intake.reading.units import is_collective
from intake.rows import due_of
from orgs.models import Unit


@dataclass(slots=True)
class RowGroup:
    """Doubts of one reason; ``together`` when one click may confirm them all."""

    reason: str
    questions: list[RowQuestion]

    @property
    def together(self) -> bool:
        """Whether they may be confirmed at once."""
        return len(self.questions) > 1 and not any(one.alone for one in self.questions)


@dataclass(slots=True)
class NamedUnits:
    """A name of a cell with the units it means in that row."""

    name: str
    units: list[Unit]
    collective: bool
    later: bool


@dataclass(slots=True)
class ShownRow:
    """A row as it would be registered. ``cells`` by lead, support and responsible."""

    position: int
    task: dict[str, Any]
    cells: dict[str, list[NamedUnits]]
    due: date | None
    questions: int
    corrected: bool
    flaws: list[str]


@dataclass(slots=True)
class PrintedCell:
    """A cell of the document; lit when the reading of it was doubtful."""

    text: str
    span: int
    lit: bool


@dataclass(slots=True)
class PrintedTable:
    """A table as printed; ``rows`` are (number from 1, position of the task, cells)."""

    number: int
    rows: list[tuple[int, int | None, list[PrintedCell]]] = field(default_factory=list)


@dataclass(slots=True)
class Review:
    """Everything the page shows."""

    names: list[NameQuestion]
    new_names: list[NameQuestion]
    row_groups: list[RowGroup]
    settled_names: list[NameQuestion]
    settled_rows: list[RowQuestion]
    corrections: list[tuple[int, str]]
    unresolved: int
    without_lead: list[str]
    rows: list[ShownRow]
    notes: list[str]
    units: list[Unit]

    @property
    def new_subjects(self) -> list[str]:
        """The keys of the questions about names nobody has entered yet."""
        return [one.subject for one in self.new_names]


def review_of(document: Document) -> Review:
    """Return the page's content; the same number of queries for any size."""
    meanings = Meanings(document)
    rows = [
        shown_row(meanings, position, task)
        for position, task in enumerate(meanings.tasks, 1)
    ]
    open_names = meanings.open_names
    return Review(
        names=sorted(
            [one for one in open_names if not one.creatable],
            key=lambda one: not one.leads,
        ),
        new_names=[one for one in open_names if one.creatable],
        row_groups=grouped(meanings.open_rows),
        settled_names=[one for one in meanings.name_questions if one.answer],
        settled_rows=[
            one for one in meanings.row_questions if one.answer and not one.must_correct
        ],
        corrections=[
            (row.position, row.task["serial"]) for row in rows if row.corrected
        ],
        unresolved=meanings.unresolved,
        without_lead=meanings.without_lead,
        rows=rows,
        notes=list(notes_of(meanings)),
        units=sorted(meanings.directory.units.values(), key=lambda unit: unit.path),
    )


def grouped(questions: Iterable[RowQuestion]) -> list[RowGroup]:
    """Return the doubts by reason; those that must be decided one by one first."""
    groups: dict[str, RowGroup] = {}
    for question in questions:
        group = groups.setdefault(question.reason, RowGroup(question.reason, []))
        group.questions.append(question)
    return sorted(groups.values(), key=lambda group: group.together)


def shown_row(meanings: Meanings, position: int, task: dict[str, Any]) -> ShownRow:
    """Return one row as it would be registered."""
    flaws = [
        _("“%(name)s”减去不含单位后没有单位了。") % {"name": name}
        for name in meanings.emptied(task)
    ]
    flaws += [
        _("不含的“%(name)s”不在所确认的范围内。") % {"name": name}
        for name in meanings.strays(task)
    ]
    return ShownRow(
        position=position,
        task=task,
        cells={role: list(cell_of(meanings, position, task, role)) for role in ROLES},
        due=due_of(meanings, position, task),
        questions=sum(
            one.must_correct or not one.answer
            for one in meanings.questions_of_row(position, task)
        ),
        corrected=f"row:{position}:correction" in meanings.answers,
        flaws=flaws,
    )


def cell_of(
    meanings: Meanings, position: int, task: dict[str, Any], role: str
) -> Iterator[NamedUnits]:
    """Yield the names of a cell, the principal lead first."""
    printed = (
        meanings.leads_in_order(position, task)
        if role == "lead"
        else task[f"{role}_units"]
    )
    for name in printed:
        full = meanings.full(task, name)
        yield NamedUnits(
            name=full,
            units=meanings.members(task, role, full),
            collective=is_collective(full),
            later=bool(meanings.answer_to(full)),
        )


def notes_of(meanings: Meanings) -> Iterator[str]:
    """Yield what is worth knowing before the list is put to work; none of it bars."""
    for notice in meanings.document.reading["notices"]:
        # The names themselves are asked about one by one.
        if notice["kind"] != "collective":
            yield notice["sentence"]
    doubled = [
        task["serial"]
        for task in meanings.tasks
        if set(task["lead_units"])
        & {*task["support_units"], *task["responsible_units"]}
    ]
    if doubled:
        said = _("以下任务的牵头单位同时列为配合或责任单位：第%(serials)s项。")
        yield said % {"serials": "、".join(doubled)}
    if undated := [
        task["serial"] for task in meanings.tasks if not task["deadline_date"]
    ]:
        said = _("以下任务没有可计算的完成时限：第%(serials)s项。")
        yield said % {"serials": "、".join(undated)}
    yield from registered_before(meanings.document)


def registered_before(document: Document) -> Iterator[str]:
    """Yield a warning when the same file has been made a list already."""
    twin = Document.objects.filter(
        programme=document.programme_id,
        file__blob=document.file.blob_id,
        state=DocumentState.REGISTERED,
    ).exclude(pk=document.pk)
    for title in twin.values_list("task_list__title", flat=True)[:1]:
        said = _("同一文件已立项为《%(title)s》，再次立项会重复下达任务。")
        yield said % {"title": title}


def printed_tables(document: Document) -> list[PrintedTable]:
    """Return the tables that hold tasks, as printed; no queries."""
    tasks = document.reading["tasks"]
    lit = {place for task in tasks for place in doubtful_places(task)}
    positions = {
        (task["table"], task["places"]["serial"]["row"]): position
        for position, task in enumerate(tasks, 1)
        if "serial" in task["places"]
    }
    grids = document.reading["tables"]
    tables = []
    for number in sorted({task["table"] for task in tasks}):
        table = PrintedTable(number)
        for row, cells in enumerate(grids[number - 1], 1):
            printed = [
                PrintedCell(
                    "" if cell["above"] else cell["text"],
                    cell["span"],
                    (number, row, cell["column"]) in lit,
                )
                for cell in cells
            ]
            table.rows.append((row, positions.get((number, row)), printed))
        tables.append(table)
    return tables


def doubtful_places(task: dict[str, Any]) -> Iterator[tuple[int, int, int]]:
    """Yield (table, row, column) of the cells the reading was not sure of."""
    for name in task["to_confirm"]:
        place = task["places"].get(name.removesuffix("_units").removesuffix("_date"))
        if place:
            yield place["table"], place["row"], place["column"]
