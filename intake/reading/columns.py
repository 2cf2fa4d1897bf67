"""Which column plays which part, by the words of the header."""

import re
from collections import Counter
from dataclasses import dataclass

from intake.reading.source import Cell, Table

# Tried in this order: 牵头责任部门 is a lead, 配合单位 a support, whatever else it says.
TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("serial", re.compile(r"^(?:序号|编号|序|项次)$")),
    ("indicator", re.compile(r"指标(?!值)")),
    ("deadline", re.compile(r"时限|完成时间|时间节点|时间安排|完成日期|办结时间|期限")),
    ("lead", re.compile(r"牵头|主办|总责")),
    ("support", re.compile(r"配合|协办|协助|参与|参加")),
    ("leader", re.compile(r"责任人|责任领导|分管领导|联系人")),
    ("progress", re.compile(r"进展|完成情况|落实情况")),
    ("note", re.compile(r"备注|验收")),
    ("current", re.compile(r"现状|基期|基准")),
    ("target", re.compile(r"(?:19|20)\d\d年|目标")),
    ("responsible", re.compile(r"责任|落实单位|承办|实施单位|完成单位")),
    ("content", re.compile(r"任务|措施|内容|事项|举措|工作|项目")),
    ("name", re.compile(r"名称|类型|类别")),
    ("site", re.compile(r"示范单位|名单|创建单位")),
    ("count", re.compile(r"数量|个数")),
)


@dataclass(slots=True)
class Columns:
    """The parts of a table's grid columns, and where its header stands."""

    roles: list[str]
    titles: list[str]
    header: int

    def of(self, role: str) -> list[int]:
        """Return the grid columns (from 0) that play ``role``."""
        return [index for index, found in enumerate(self.roles) if found == role]

    @property
    def is_tasks(self) -> bool:
        """Whether the table is a list of tasks."""
        units = {"lead", "support", "responsible"} & set(self.roles)
        return "content" in self.roles and bool(units) and not self.is_indicators

    @property
    def is_indicators(self) -> bool:
        """Whether the table is one of indicators."""
        return "indicator" in self.roles

    @property
    def is_roster(self) -> bool:
        """Whether the table names things by kind under a lead."""
        return "name" in self.roles and bool({"site", "count"} & set(self.roles))


def columns_of(table: Table) -> Columns | None:
    """Return the parts of the columns, or None for a table without a known header."""
    for index, row in enumerate(table.rows[:6]):
        titles = [cell.text.replace(" ", "") for cell in row]
        roles = [role_of(title) for title in titles]
        if len([role for role in roles if role]) >= 3:
            return expanded(table, index, row, titles, roles)
    return None


def role_of(title: str) -> str:
    """Return the part a title names, or an empty text."""
    if not title or len(title) > 20:
        return ""
    return next((role for role, words in TITLES if words.search(title)), "")


def expanded(
    table: Table, index: int, row: list[Cell], titles: list[str], roles: list[str]
) -> Columns:
    """Return the columns with each title standing over as many as it spans."""
    spans = [cell.span for cell in row]
    missing = usual_width(table, index) - sum(spans)
    if missing > 0:
        widen(spans, roles, missing)
    all_titles = [t for t, span in zip(titles, spans, strict=True) for _ in range(span)]
    all_roles = [r for r, span in zip(roles, spans, strict=True) for _ in range(span)]
    content = [place for place, role in enumerate(all_roles) if role == "content"]
    for place in content[:-1]:
        all_roles[place] = "group"
    return Columns(all_roles, all_titles, index)


def usual_width(table: Table, header: int) -> int:
    """Return how many grid columns most rows below the header have."""
    widths = Counter(
        sum(cell.span for cell in row)
        for row in table.rows[header + 1 :]
        if len(row) > 1
    )
    return widths.most_common(1)[0][0] if widths else 0


def widen(spans: list[int], roles: list[str], missing: int) -> None:
    """Let the task title stand over the columns a text export does not show."""
    if "content" in roles:
        spans[roles.index("content")] += missing


def lay_out(row: list[Cell], width: int) -> list[Cell | None]:
    """Return the cell at each grid column; None where the row has none."""
    laid: list[Cell | None] = []
    for cell in row:
        laid += [cell] * cell.span
    return (laid + [None] * width)[:width]
