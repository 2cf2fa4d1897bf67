"""From a table of tasks to rows: sections, groups, sub-rows, units, deadlines."""

import re
from collections import Counter

from intake.reading.columns import Columns, lay_out
from intake.reading.deadlines import promises, read_deadline
from intake.reading.model import ROLES, Deadline, Names, Notice, Task
from intake.reading.source import Cell, Place, Table
from intake.reading.units import is_enterprise, is_government, read_names

SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+[章部篇])"
)
ROLE_WORDS = {"lead": "牵头单位", "support": "配合单位", "responsible": "责任单位"}


class TaskTable:
    """Reads one table; remembers section, group and the last row with its own units."""

    def __init__(self, table: Table, columns: Columns, *, year: int | None) -> None:
        self.table = table
        self.columns = columns
        self.year = year
        self.section = ""
        self.group = ""
        self.group_index = 0
        self.tasks: list[Task] = []
        self.notices: list[Notice] = []

    def read(self) -> list[Task]:
        """Return the rows of the table, in order."""
        for row in self.table.rows[self.columns.header + 1 :]:
            cells = lay_out(row, len(self.columns.roles))
            if self.is_blank(cells) or self.is_header(cells):
                continue
            section = self.section_of(row)
            if section:
                self.section = section
            else:
                self.tasks.append(self.task_of(cells))
        flag_slips(self.tasks)
        return self.tasks

    def is_blank(self, cells: list[Cell | None]) -> bool:
        """Return whether nothing stands in the row."""
        return not any(cell and cell.text for cell in cells)

    def is_header(self, cells: list[Cell | None]) -> bool:
        """Return whether the row is the header again, as at the top of a page."""
        texts = [cell.text.replace(" ", "") if cell else "" for cell in cells]
        same = sum(
            bool(text) and text == title
            for text, title in zip(texts, self.columns.titles, strict=True)
        )
        return same >= 3

    def section_of(self, row: list[Cell]) -> str:
        """Return the heading, where one text stands over the whole row."""
        texts = [cell.text for cell in row if cell.text]
        if len(texts) != 1:
            return ""
        alone = len(row) == 1 or bool(SECTION.match(texts[0]))
        return texts[0] if alone else ""

    def task_of(self, cells: list[Cell | None]) -> Task:
        """Return one row; blank unit cells beside a filled lead mean none."""
        self.enter_group(self.cell(cells, "group"))
        content = self.cell(cells, "content")
        task = Task(
            serial=text_of(self.cell(cells, "serial")),
            section=self.section,
            group=self.group,
            group_index=self.group_index,
            content=text_of(content),
            names={role: self.names_of(cells, role) for role in ROLES},
            deadline=self.deadline_of(cells),
            table=self.table.number,
        )
        self.keep_places(task, cells)
        if self.goes_on(cells):
            self.inherit(task)
        self.raise_doubts(task)
        return task

    def cell(self, cells: list[Cell | None], role: str) -> Cell | None:
        """Return the cell that plays ``role`` in this row, if any."""
        places = self.columns.of(role)
        return cells[places[0]] if places else None

    def enter_group(self, cell: Cell | None) -> None:
        """Fill the group down: blank, or the same text after a page, is the same."""
        text = text_of(cell)
        if text and text != self.group:
            self.group = text
            self.group_index += 1

    def names_of(self, cells: list[Cell | None], role: str) -> Names:
        """Return the units of one column, read by the grammar."""
        cell = self.cell(cells, role)
        return read_names(text_of(cell))

    def deadline_of(self, cells: list[Cell | None]) -> Deadline:
        """Return the deadline; 同上 is the row above's."""
        text = text_of(self.cell(cells, "deadline"))
        if text in ("同上", "〃", "″") and self.tasks:
            above = self.tasks[-1].deadline
            return Deadline(text, above.date, above.precision, above.start)
        return read_deadline(text, year=self.year)

    def keep_places(self, task: Task, cells: list[Cell | None]) -> None:
        """Keep where each field stands, and its text as it stands there."""
        for role in ("serial", "group", "content", *ROLES, "deadline"):
            cell = self.cell(cells, role)
            if cell:
                task.places[role] = cell.place
                task.raws[role] = cell.raw

    def goes_on(self, cells: list[Cell | None]) -> bool:
        """Return whether every unit and deadline cell is blank: a merge from above."""
        roles = [role for role in (*ROLES, "deadline") if self.columns.of(role)]
        blank = not any(text_of(self.cell(cells, role)) for role in roles)
        return blank and bool(roles) and bool(self.tasks)

    def inherit(self, task: Task) -> None:
        """Give a sub-row the units and deadline of the row its merge begins in."""
        above = self.tasks[-1]
        task.inherits_from = above.inherits_from or above.serial
        task.names = dict(above.names)
        task.deadline = above.deadline
        reason = f"单元格空白，沿用第{task.inherits_from}项"
        for role in ROLES:
            if task.names[role].raw:
                task.doubt(f"{role}_units", reason)
        task.doubt("deadline_date", reason)

    def raise_doubts(self, task: Task) -> None:
        """Say what a person must look at in the row."""
        for role in ROLES:
            doubt_names(task, role)
        if self.columns.of("lead") and not task.names["lead"].units:
            task.doubt("lead_units", "没有牵头单位")
        if task.deadline.doubt:
            task.doubt("deadline_date", task.deadline.doubt)
        due = task.deadline.date
        task.milestones = [
            promise
            for promise in promises(task.content)
            if due is None or promise.date != due
        ]
        if task.milestones:
            days = "、".join(promise.date.isoformat() for promise in task.milestones)
            task.doubt("deadline_date", f"正文承诺的时间（{days}）与完成时限不同")


def text_of(cell: Cell | None) -> str:
    """Return the clean text of a cell, or nothing."""
    return cell.text if cell else ""


def doubt_names(task: Task, role: str) -> None:
    """Say what is uncertain about the units of one column."""
    names = task.names[role]
    field = f"{role}_units"
    if names.collective:
        task.doubt(field, f"统称需确认具体单位：{'、'.join(names.collective)}")
    if names.open_ended:
        task.doubt(field, "以“等”结尾，名单未列全")
    if names.resolved:
        task.doubt(field, f"共用后缀：{'、'.join(names.resolved.values())}")
    if role == "lead" and len(names.units) > 1:
        task.doubt(field, "有多个牵头单位，请确认总牵头")


def flag_slips(tasks: list[Task]) -> None:
    """Show rows whose support and responsible cells look exchanged; repair nothing.

    A government stands where bureaux usually do, and an enterprise where governments
    do: 003 row 18 is such a row.
    """
    usual = Counter(
        is_government(unit)
        for task in tasks
        for unit in task.names["responsible"].units
    )
    if usual[True] <= usual[False]:
        return
    for task in tasks:
        support = task.names["support"].units
        responsible = task.names["responsible"].units
        slipped = any(map(is_government, support)) and any(
            map(is_enterprise, responsible)
        )
        if slipped and not any(map(is_government, responsible)):
            for role in ("support", "responsible"):
                task.doubt(f"{role}_units", "配合单位与责任单位可能错栏，请核对原文")


def serial_notices(tasks: list[Task], table: int) -> list[Notice]:
    """Report serials that are missing or stand twice; nothing is renumbered."""
    numbers = [int(task.serial) for task in tasks if task.serial.isdecimal()]
    place = Place(table=table)
    notices = []
    if numbers:
        missing = sorted(set(range(min(numbers), max(numbers) + 1)) - set(numbers))
        if missing:
            notices.append(
                Notice("serial_missing", f"序号缺 {join(missing)}，按原文保留。", place)
            )
    twice = sorted(number for number, times in Counter(numbers).items() if times > 1)
    if twice:
        notices.append(
            Notice("serial_repeated", f"序号 {join(twice)} 重复，按原文保留。", place)
        )
    return notices


def join(numbers: list[int]) -> str:
    """Return numbers as they are read aloud."""
    return "、".join(map(str, numbers))
