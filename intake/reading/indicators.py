"""From a table of indicators to rows: levels, ★, baseline, targets with comparisons."""

import re
import unicodedata
from typing import Any

from intake.reading.columns import Columns, lay_out
from intake.reading.model import Indicator
from intake.reading.source import Cell, Table
from intake.reading.units import read_names

YEAR = re.compile(r"(?:19|20)\d\d")
OPERATORS = {"≤": "<=", "≥": ">=", ">": ">", "<": "<", "=": "=", "≦": "<=", "≧": ">="}
COMPARISON = re.compile(
    r"^(?P<before>[^\d≤≥<>=≦≧]*?)(?P<op>[≤≥<>=≦≧])?(?P<value>\d+(?:\.\d+)?)"
    r"(?P<unit>[%‰]|[^\d、，,；;（()）。]{0,10})(?:\((?P<scope>[^()]*)\))?$"
)
SOFT = re.compile(r"^(?:保持|力争|基本达到|达到|不低于|不高于|不超过)?$")
RATE = re.compile(r"率$|比例$|占比$")


def read_indicators(table: Table, columns: Columns) -> list[Indicator]:
    """Return the rows; a target cell over two years serves both."""
    found: list[Indicator] = []
    levels = ["", ""]
    for row in table.rows[columns.header + 1 :]:
        cells = lay_out(fitted(row, columns), len(columns.roles))
        names = columns.of("indicator")
        texts = [cell.text if cell else "" for cell in cells]
        if not any(texts) or texts[: len(columns.titles)] == columns.titles:
            continue
        level_columns, name_column = names[:-1], names[-1]
        for level, column in enumerate(level_columns[:2]):
            if texts[column]:
                levels[level] = texts[column]
        name = texts[name_column]
        if not name:
            continue
        found.append(indicator_of(texts, columns, name, tuple(levels)))
    return found


def fitted(row: list[Cell], columns: Columns) -> list[Cell]:
    """Return the row with a target that spans two years standing over both.

    A text export does not show the merge; the row is then one cell short.
    """
    short = len(columns.roles) - sum(cell.span for cell in row)
    targets = columns.of("target")
    if short <= 0 or short >= len(targets) or len(row) <= targets[0]:
        return row
    cell = row[targets[0]]
    wide = Cell(cell.raw, cell.place, cell.above, cell.span + short)
    return [*row[: targets[0]], wide, *row[targets[0] + 1 :]]


def indicator_of(
    texts: list[str], columns: Columns, name: str, levels: tuple[str, ...]
) -> Indicator:
    """Return one indicator."""
    currents, leads = columns.of("current"), columns.of("lead")
    current = texts[currents[0]] if currents else ""
    return Indicator(
        serial=texts[columns.of("serial")[0]] if columns.of("serial") else "",
        name=name.replace("★", "").strip(),
        mandatory="★" in name,
        level1=levels[0],
        level2=levels[1],
        current=current if current and current not in "—-" else None,
        targets=[
            target_of(columns.titles[place], texts[place])
            for place in columns.of("target")
        ],
        lead_units=read_names(texts[leads[0]]).units if leads else [],
    )


def target_of(title: str, raw: str) -> dict[str, Any]:
    """Return a target: {year, raw, comparisons:[{op, value, unit, scope}]}."""
    year = YEAR.search(title)
    return {
        "year": int(year[0]) if year else None,
        "raw": raw,
        "comparisons": comparisons(raw),
    }


def comparisons(raw: str) -> list[dict[str, Any]]:
    """Return the comparisons a target states; a goal in words has none.

    No operator is invented: 50% has ``op`` None.
    """
    text = unicodedata.normalize("NFKC", raw).replace(" ", "").strip("。")
    found = []
    for part in re.split(r"[、;；](?![^(]*\))", text):
        match = COMPARISON.match(part)
        if not match or not qualifies(match["before"]):
            return []
        comparison: dict[str, Any] = {
            "op": OPERATORS.get(match["op"] or ""),
            "value": float(match["value"]),
            "unit": match["unit"],
            "scope": match["scope"],
        }
        if match["before"]:
            comparison["qualifier"] = match["before"]
        found.append(comparison)
    return found


def qualifies(before: str) -> bool:
    """Return whether the words before a number leave it a number to compare with."""
    return bool(SOFT.match(before) or RATE.search(before))
