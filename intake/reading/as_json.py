"""A reading as plain values, for storing, for the command and for the child process."""

from dataclasses import asdict
from datetime import date
from typing import Any

from intake.reading.model import ROLES, Deadline, Milestone, Reading, Task


def day(value: date | None) -> str | None:
    """Return a day as ISO text."""
    return value.isoformat() if value else None


def as_json(reading: Reading) -> dict[str, Any]:
    """Return {"document", "tasks", "indicators", "cells", "notices", "tables"}."""
    document = asdict(reading.document)
    document["issued_on"] = day(reading.document.issued_on)
    return {
        "document": document,
        "tasks": [task_as_json(task) for task in reading.tasks],
        "indicators": [asdict(indicator) for indicator in reading.indicators],
        "cells": [asdict(row) for row in reading.cells],
        "notices": [asdict(notice) for notice in reading.notices],
        "tables": reading.tables,
    }


def task_as_json(task: Task) -> dict[str, Any]:
    """Return one row: the fields, what to confirm and why, raw texts and places."""
    units = {f"{role}_units": task.names[role].units for role in ROLES}
    return {
        "serial": task.serial,
        "section": task.section,
        "group": task.group,
        "group_index": task.group_index,
        "content": task.content,
        **units,
        "exclusions": gathered(task, "exclusions"),
        "collective_units": gathered(task, "collective"),
        "open_ended": [role for role in ROLES if task.names[role].open_ended],
        "resolved": {
            name: full
            for role in ROLES
            for name, full in task.names[role].resolved.items()
        },
        "inherits_from": task.inherits_from or None,
        **deadline_as_json(task.deadline),
        "milestones": [milestone_as_json(one) for one in task.milestones],
        "to_confirm": sorted(task.doubts),
        "reasons": task.doubts,
        "excluded": {role: task.names[role].exclusions for role in ROLES},
        "raw": {role: task.names[role].raw for role in ROLES},
        "raws": task.raws,
        "places": {name: asdict(place) for name, place in task.places.items()},
        "table": task.table,
    }


def gathered(task: Task, field: str) -> list[str]:
    """Return a field of all three columns as one list without doubles."""
    found = [name for role in ROLES for name in getattr(task.names[role], field)]
    return list(dict.fromkeys(found))


def deadline_as_json(deadline: Deadline) -> dict[str, Any]:
    """Return the four fields of a deadline."""
    return {
        "deadline_raw": deadline.raw,
        "deadline_date": day(deadline.date),
        "deadline_precision": deadline.precision,
        "deadline_start": day(deadline.start),
    }


def milestone_as_json(milestone: Milestone) -> dict[str, str]:
    """Return a proposed milestone."""
    return {"date": milestone.date.isoformat(), "text": milestone.text}
