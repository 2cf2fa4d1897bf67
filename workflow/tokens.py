"""The flow's own rows, written with no statement more than the token needs.

viewflow saves a task whole at each of its states; here a task is inserted once, as
far as it has come, and updated in the columns that change.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS


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
    way = Task.previous.through
    way.objects.bulk_create(
        way(from_task_id=task.pk, to_task_id=previous.pk) for task in tasks
    )


def finish(task: Task) -> None:
    """Write that ``task`` is done."""
    task.finished = timezone.now()
    Task.objects.filter(pk=task.pk).update(
        status=STATUS.DONE, started=task.started, finished=task.finished
    )
