"""The flow's own rows, written with no statement more than the token needs.

viewflow saves a task whole at each of its states; here a task is inserted once, as
far as it has come, and updated in the columns that change.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import timezone
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

# Plain statements: every step of every row runs them.
LINK = "INSERT INTO viewflow_task_previous (from_task_id, to_task_id) VALUES "
FINISH = (
    "UPDATE viewflow_task SET status = %s, started = %s, finished = %s WHERE id = %s"
)


def new_task(process: Any, node: Any, token: Any, status: str = STATUS.NEW) -> Task:
    """Return an unsaved task of ``process`` at ``node``."""
    now = timezone.now()
    return Task(
        process=process,
        flow_task=node,
        flow_task_type=node.task_type,
        status=status,
        token=token,
        data={},
        started=None if status == STATUS.NEW else now,
        finished=now if status == STATUS.DONE else None,
    )


def insert(task: Task, previous: Task) -> None:
    """Insert ``task`` and say which task it came from."""
    task.save(force_insert=True)
    link([task], previous)


def link(tasks: Iterable[Task], previous: Task) -> None:
    """Say that ``tasks``, all new, came from ``previous``."""
    tasks = list(tasks)
    if not tasks:
        return
    pairs = [key for task in tasks for key in (task.pk, previous.pk)]
    with connection.cursor() as cursor:
        cursor.execute(LINK + ", ".join(["(%s, %s)"] * len(tasks)), pairs)


def finish(task: Task) -> None:
    """Write that ``task`` is done."""
    task.finished = timezone.now()
    moment = connection.ops.adapt_datetimefield_value
    told = [STATUS.DONE.value, moment(task.started), moment(task.finished), task.pk]
    with connection.cursor() as cursor:
        cursor.execute(FINISH, told)
