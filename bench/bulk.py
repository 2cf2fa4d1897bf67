"""What grows with size: the fan-out of one row, the issue of a whole list."""

import json
import time
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bench.meter import counted
from orgs.actions.units import create_unit
from orgs.models import Unit
from tests.workflow.web.scene import Scene, claimed, draft_list, issued_list, open_duty
from workflow.actions.dispatch import dispatch
from workflow.actions.issue import issue, issue_batch
from workflow.models import Duty
from workflow.states import ListState, Node, Role

ROWS = 111


def districts(scene: Scene, count: int) -> list[Unit]:
    """Return that many more units."""
    place = scene.programme.jurisdiction
    return [create_unit(name=f"第{n}区", jurisdiction=place) for n in range(count)]


def fan_out(scene: Scene, sizes: tuple[int, ...]) -> dict[int, tuple[int, float]]:
    """Return statements and milliseconds of a dispatch to N units beside the lead."""
    units = districts(scene, max(sizes))
    found = {}
    for size in sizes:
        times, statements = [], 0
        for item in issued_list(scene, rows=5).items.all():
            duty = claimed(scene, open_duty(item, Node.DISPATCH), "lead")
            given = {Role.IMPLEMENTER: [unit.pk for unit in units[:size]]}
            started = time.perf_counter()
            with counted() as told:
                dispatch(
                    duty=duty,
                    version=duty.version,
                    by=scene.actor("lead"),
                    now=timezone.now(),
                    units=given,
                )
            times.append(time.perf_counter() - started)
            statements = told.count
            opened = Duty.objects.filter(item=item, node=Node.CARRY_OUT).count()
            assert opened == size + 1
        found[size] = statements, median(times) * 1000
    return found


def issue_of_a_list(scene: Scene, turns: int) -> tuple[float, float, int]:
    """Return seconds of issuing 111 rows, of inserting them barely, and statements."""
    ours, bare, statements = [], [], 0
    for _ in range(turns):
        task_list = draft_list(scene, rows=ROWS)
        by = scene.actor("office")
        started = time.perf_counter()
        with counted() as told:
            issue(task_list=task_list, by=by, now=timezone.now())
            left = issue_batch(task_list=task_list, now=timezone.now())
        ours.append(time.perf_counter() - started)
        statements = told.count
        task_list.refresh_from_db()
        assert (left, task_list.state) == (0, ListState.ISSUED)
        bare.append(bare_insert(task_list.pk))
    return median(ours), median(bare), statements


# What an issue writes: table, and which of its rows belong to the list.
MINE = "SELECT d.process_id FROM workflow_duty d JOIN workflow_taskitem i ON i.id = d.item_id WHERE i.list_id = %s"
TASKS = f"SELECT id FROM viewflow_task WHERE process_id IN ({MINE})"
EVENTS = "SELECT 'item:' || id FROM workflow_taskitem WHERE list_id = %s"
WRITTEN = {
    "viewflow_process": f"id IN ({MINE})",
    "viewflow_task": f"process_id IN ({MINE})",
    "viewflow_task_previous": f"from_task_id IN ({TASKS})",
    "workflow_duty": f"process_id IN ({MINE})",
    "journal_event": f"subject IN ({EVENTS}) AND kind <> 'item.registered'",
    "journal_outgoing": f"event_id IN (SELECT number FROM journal_event WHERE subject IN ({EVENTS}) AND kind <> 'item.registered')",
}


def bare_insert(list_id: int) -> float:
    """Insert copies of the very rows an issue wrote; return the seconds.

    One statement a table, into empty tables with the same columns and indexes.
    """
    copies = [copy_of(table, where, list_id) for table, where in WRITTEN.items()]
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, values in copies:
            cursor.execute(statement, values)
    return time.perf_counter() - started


def copy_of(table: str, where: str, list_id: int) -> tuple[str, list[Any]]:
    """Return the insert of a table's rows into an empty twin of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
        cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
        cursor.execute(f"SELECT * FROM {table} WHERE {where}", [list_id])
        names = ", ".join(column.name for column in cursor.description)
        rows = cursor.fetchall()
    line = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    values = [plain(value) for row in rows for value in row]
    lines = ", ".join([line] * len(rows))
    return (
        f"INSERT INTO bare_{table} ({names}) OVERRIDING SYSTEM VALUE VALUES {lines}",
        values,
    )


def plain(value: Any) -> Any:
    """Return a value as the driver takes it back."""
    return json.dumps(value) if isinstance(value, dict | list) else value
