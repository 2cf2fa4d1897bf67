"""Seconds and statements of each step, with nothing counted between the steps."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")


class Statements:
    """Counts what goes to the database; begin and end of transactions are not seen."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *rest: Any) -> Any:
        """Count one statement and let it through."""
        self.count += 1
        return execute(*rest)


@contextmanager
def counted() -> Iterator[Statements]:
    """Count the statements of a block."""
    statements = Statements()
    with connection.execute_wrapper(statements):
        yield statements


class Meter:
    """Takes the time of each step (seconds) and, when ``counting``, its statements."""

    def __init__(self, *, counting: bool = False) -> None:
        self.counting = counting
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.statements: dict[str, list[int]] = defaultdict(list)

    def step(self, name: str, door: Callable[[], T]) -> T:
        """Do one step under the watch and return what it returned."""
        if not self.counting:
            started = time.perf_counter()
            done = door()
            self.seconds[name].append(time.perf_counter() - started)
            return done
        with counted() as statements:
            done = door()
        self.statements[name].append(statements.count)
        return done

    @property
    def life(self) -> float:
        """Seconds of a whole life: the median of each step, times how often it comes.

        The median keeps a hiccup of the machine out of the ratio.
        """
        turns = min(len(times) for times in self.seconds.values())
        return sum(
            median(times) * len(times) / turns for times in self.seconds.values()
        )
