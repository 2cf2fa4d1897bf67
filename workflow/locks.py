"""The lock of the one door: the row of the process, until the act commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from viewflow.workflow.lock import SelectForUpdateLock

LOCK = "SELECT id FROM viewflow_process WHERE id = %s "


class RowLock(SelectForUpdateLock):
    """viewflow's row lock that waits for its turn, once, in one plain statement.

    SQLite has no row locks and needs none: its transactions take the one write lock
    as they begin.
    """

    def __init__(self) -> None:
        super().__init__(nowait=False, attempts=1)

    @contextmanager
    def __call__(self, flow_class: Any, process_pk: int) -> Iterator[None]:
        """Hold the row of ``process_pk`` in a transaction around the block."""
        with transaction.atomic():
            if connection.features.has_select_for_update:
                with connection.cursor() as cursor:
                    cursor.execute(LOCK + connection.ops.for_update_sql(), [process_pk])
            yield
