"""What grows with size: the fan-out of one row, the issue of a whole list."""

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


def bare_insert(mark: int) -> float:
    """Insert 111 duties and 111 events with two statements; return the seconds."""
    at = timezone.now()
    duties: list[Any] = []
    events: list[Any] = []
    for row in range(ROWS):
        duties += [mark, "dispatch", "offered", 0]
        events += [at, "item.issued", row, 1]
    line = ", ".join(["(%s, %s, %s, %s)"] * ROWS)
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO stock_bareduty (unit, node, state, version) VALUES {line}",
            duties,
        )
        cursor.execute(
            f"INSERT INTO stock_bareevent (at, kind, duty, actor) VALUES {line}",
            events,
        )
    return time.perf_counter() - started
