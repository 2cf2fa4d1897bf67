"""From a reviewed reading to the rows of a list: the last step before registering."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from intake.meanings import Meanings
from intake.reading.model import ROLES
from intake.reading.units import is_collective
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
        deadline_precision=Precision(task["deadline_precision"]),
        due_date=moved(due, shifted_years) if due else None,
        source={
            "document": meanings.document.pk,
            "table": task["table"],
            "places": task["places"],
            "raw": task["raw"],
            "raws": task["raws"],
            "excluded": task["excluded"],
            "open_ended": task["open_ended"],
            "milestones": task["milestones"],
        },
        parts=list(parts_of(meanings, position, task)),
    )


def due_of(meanings: Meanings, position: int, task: dict[str, Any]) -> date | None:
    """Return the due day: as a person set it, or as it was read."""
    answer = meanings.answers.get(f"row:{position}:deadline_date", {})
    text = answer.get("due") or task["deadline_date"]
    return date.fromisoformat(text) if text else None


def moved(day: date, years: int) -> date:
    """Return the day that many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def parts_of(meanings: Meanings, position: int, task: dict[str, Any]) -> Iterator[Part]:
    """Yield the parts of a row, the principal lead first.

    A collective name becomes its units less the row's exclusions; one the lead is to
    name stays a name without a unit.
    """
    for role in ROLES:
        out = {
            unit.pk
            for name in task["excluded"][role]
            for unit in meanings.units_meant(name)
        }
        for name in ordered(meanings, position, task, role):
            full = meanings.full(task, name)
            units = meanings.units_meant(full)
            if not units:
                yield Part(ROLE_OF[role], full)
            for unit in units:
                if not (is_collective(full) and unit.pk in out):
                    yield Part(ROLE_OF[role], full, unit.pk)


def ordered(
    meanings: Meanings, position: int, task: dict[str, Any], role: str
) -> list[str]:
    """Return the names of a cell; among several leads the principal first."""
    names: list[str] = task[f"{role}_units"]
    answer = meanings.answers.get(f"row:{position}:lead_units", {})
    principal = answer.get("principal") if role == "lead" else None
    return sorted(names, key=lambda name: name != principal)
