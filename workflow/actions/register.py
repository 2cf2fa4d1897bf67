"""Enter lists and their rows from a source document (立项), before anybody is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journal.record import record
from orgs.actors import Actor
from orgs.models import Programme
from workflow import events
from workflow.models import Participation, TaskItem, TaskList
from workflow.permissions import may_issue
from workflow.refusals import NotAllowed, NotPossible
from workflow.states import Precision, Role


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's part as planned: the words read and, where known, the unit meant."""

    role: Role
    raw_text: str
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a person has confirmed it. ``source`` says where each field stands."""

    serial: str
    content: str
    section: str = ""
    group: str = ""
    inherits_from: str = ""
    deadline_raw: str = ""
    deadline_precision: Precision = Precision.NONE
    due_date: date | None = None
    source: dict[str, Any] = field(default_factory=dict)
    parts: Sequence[Part] = ()


def register(
    *,
    programme: Programme,
    title: str,
    rows: Sequence[Row],
    by: Actor,
    now: datetime,
    number: str = "",
    issuer: str = "",
    shifted_years: int = 0,
) -> TaskList:
    """Enter a list with its rows as drafts; the same number of statements for any size.

    Raises:
        NotAllowed: the actor is not of the programme's office.
        NotPossible: no rows, or no title.
    """
    standing = may_issue(by, programme.pk, programme.office_id)
    if standing is None:
        raise NotAllowed(_("只有督办办公室可以立项。"))
    if not rows:
        raise NotPossible(_("清单中没有任务，无法立项。"))
    if not title.strip():
        raise NotPossible(_("请填写清单标题。"), field="title")
    with transaction.atomic():
        task_list = TaskList.objects.create(
            programme=programme,
            title=title.strip(),
            number=number,
            issuer=issuer,
            shifted_years=shifted_years,
        )
        items = TaskItem.objects.bulk_create(
            item_of(task_list, position, row) for position, row in enumerate(rows, 1)
        )
        Participation.objects.bulk_create(parts_of(items, rows))
        record(
            [
                events.item_registered(
                    item.pk, list=task_list.pk, serial=item.serial, due=item.due_date
                )
                for item in items
            ],
            at=now,
            actor=by.as_record(standing),
        )
    return task_list


def item_of(task_list: TaskList, position: int, row: Row) -> TaskItem:
    """Return the unsaved row at ``position`` (from 1) of the list."""
    return TaskItem(
        list=task_list,
        programme_id=task_list.programme_id,
        position=position,
        serial=row.serial,
        section=row.section,
        group=row.group,
        content=row.content,
        inherits_from=row.inherits_from,
        deadline_raw=row.deadline_raw,
        deadline_precision=row.deadline_precision,
        due_date=row.due_date,
        source=row.source,
    )


def parts_of(items: Sequence[TaskItem], rows: Sequence[Row]) -> list[Participation]:
    """Return the unsaved parts of all rows; a unit named twice in a role counts once."""
    parts: dict[tuple[object, ...], Participation] = {}
    for item, row in zip(items, rows, strict=True):
        for position, part in enumerate(row.parts):
            whom = part.unit_id or part.raw_text
            parts.setdefault(
                (item.pk, part.role, whom),
                Participation(
                    item=item,
                    unit_id=part.unit_id,
                    role=part.role,
                    raw_text=part.raw_text,
                    position=position,
                    due_date=item.due_date,
                ),
            )
    return list(parts.values())
