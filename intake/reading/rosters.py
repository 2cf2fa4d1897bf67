"""From a roster to rows: a kind, how many or which, under whom."""

import re

from intake.reading.columns import Columns, lay_out
from intake.reading.model import RosterRow
from intake.reading.source import Table
from intake.reading.units import read_names, split


def read_roster(table: Table, columns: Columns) -> list[RosterRow]:
    """Return the rows of a roster; separators may change within one cell."""
    rows = []
    for row in table.rows[columns.header + 1 :]:
        cells = lay_out(row, len(columns.roles))
        texts = [cell.text if cell else "" for cell in cells]
        name = texts[columns.of("name")[0]]
        if not name or name in columns.titles:
            continue
        rows.append(
            RosterRow(
                name=name,
                count=count_of(first(texts, columns, "count")),
                sites=split(first(texts, columns, "site")),
                lead_units=read_names(first(texts, columns, "lead")).units,
            )
        )
    return rows


def first(texts: list[str], columns: Columns, role: str) -> str:
    """Return the text of the first column that plays ``role``, or nothing."""
    places = columns.of(role)
    return texts[places[0]] if places else ""


def count_of(text: str) -> int | None:
    """Return the number a cell begins with, if it does."""
    found = re.match(r"\d+", text)
    return int(found[0]) if found else None
