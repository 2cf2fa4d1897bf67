"""From a reviewed reading to the rows of a list: the last step before registering."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from intake.meanings import Meanings
from intake.reading.model import ROLES
from workflow.actions.register import Part, Row
from workflow.states import Precision, Role

ROLE_OF = {
    "lead": Role.LEAD,
    "support": Role.SUPPORT,
    "responsible": Role.IMPLEMENTER,
}


def rows_of(meanings: Meanings, *, shifted_years: int = 0) -> list[Row]:
    """Return the list's rows, every field beside its raw text and place.

    ``shifted_years`` moves the due days (a demo does); the printed text stays.
    """
    return [
        row_of(meanings, position, task, shifted_years)
        for position, task in enumerate(meanings.tasks, 1)
    ]


def row_of(
    meanings: Meanings, position: int, task: dict[str, Any], shifted_years: int
) -> Row:
    """Return one row."""
    due = due_of(meanings, position, task)
    return Row(
        serial=task["serial"],
        content=task["content"],
        section=task["section"],
        group=task["group"],
        inherits_from=task["inherits_from"] or "",
        deadline_raw=task["deadline_raw"],
        deadline_precision=precision_of(meanings, position, task),
        due_date=moved(due, shifted_years) if due else None,
        source=source_of(meanings, task),
        parts=list(parts_of(meanings, position, task)),
    )


def due_of(meanings: Meanings, position: int, task: dict[str, Any]) -> date | None:
    """Return the due day: as a person set it, or as it was read."""
    answer = meanings.answers.get(f"row:{position}:deadline_date", {})
    text = answer.get("due") or task["deadline_date"]
    return date.fromisoformat(text) if text else None


def precision_of(meanings: Meanings, position: int, task: dict[str, Any]) -> Precision:
    """Return how exact the due day is: a day that a person set is a day."""
    answer = meanings.answers.get(f"row:{position}:deadline_date", {})
    return Precision.DAY if answer.get("due") else Precision(task["deadline_precision"])


def moved(day: date, years: int) -> date:
    """Return the day that many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def source_of(meanings: Meanings, task: dict[str, Any]) -> dict[str, Any]:
    """Return where the row stands, field by field: text as printed and its cell.

    The shape that ``workflow.queries.source`` reads.
    """
    places, raws = task["places"], task["raws"]
    return {
        "document": meanings.document.file.name,
        "document_id": meanings.document.pk,
        "table": task["table"],
        "row": places.get("serial", {}).get("row"),
        "fields": {
            name: {"raw": raws.get(name, ""), "place": place}
            for name, place in places.items()
        },
        "excluded": task["excluded"],
        "open_ended": task["open_ended"],
        "milestones": task["milestones"],
    }


def parts_of(meanings: Meanings, position: int, task: dict[str, Any]) -> Iterator[Part]:
    """Yield the parts of a row, the principal lead first.

    A collective name becomes its units less the row's exclusions; one the lead is to
    name stays a name without a unit.
    """
    for role in ROLES:
        for name in ordered(meanings, position, task, role):
            full = meanings.full(task, name)
            for unit in meanings.members(task, role, full):
                yield Part(ROLE_OF[role], name, unit.pk)
            if not meanings.units_meant(full):
                yield Part(ROLE_OF[role], name)


def ordered(
    meanings: Meanings, position: int, task: dict[str, Any], role: str
) -> list[str]:
    """Return the names of a cell; among several leads the principal first."""
    if role == "lead":
        return meanings.leads_in_order(position, task)
    names: list[str] = task[f"{role}_units"]
    return names
