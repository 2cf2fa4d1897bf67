"""The lights of rows for the pages: the pure rule with today's calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Q
from django.utils import timezone

from orgs.calendar import set_by_hand, working_days_until
from workflow.lights import Light, light
from workflow.models import TaskItem
from workflow.states import Colour, Precision, Stage


@dataclass(frozen=True, slots=True)
class Lamps:
    """Gives rows their lights on one day; made once for a page (one query)."""

    today: date
    changed: Mapping[date, bool]

    @classmethod
    def at(cls, now: datetime) -> "Lamps":
        """Return the lamps of the local day of ``now``. One query."""
        return cls(timezone.localdate(now), set_by_hand())

    def of(self, item: TaskItem) -> Light | None:
        """Return the light of ``item``; None before issue, when no clock runs."""
        if item.stage == Stage.DRAFT:
            return None
        return light(
            due=item.due_date,
            issued=item.issued_on,
            closed=item.closed_on,
            percent=item.percent,
            today=self.today,
            working_days=partial(working_days_until, changed=self.changed),
        )

    def may_be(self, colour: Colour) -> Q:
        """Return a condition that holds for every row of ``colour``, and for others.

        It only spares the exact rule rows that cannot have the colour.
        """
        running = Q(closed_on=None) & ~Q(stage=Stage.DRAFT)
        late = Q(due_date__lt=self.today)
        told = Q(percent__isnull=False)
        return {
            Colour.GREY: Q(closed_on__isnull=False),
            Colour.GREEN: running & ~late,
            Colour.BLUE: running & Q(due_date__gte=self.today),
            Colour.YELLOW: running & told,
            Colour.RED: running & (late | told),
        }[colour]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as it is shown; ``printed`` is empty where it says the same."""

    words: str
    printed: str
    day: date | None


def deadline_of(item: TaskItem, shifted_years: int) -> Deadline:
    """Return the deadline as printed, or as moved by the demo beside the print.

    A deadline printed as a year is shown as a year: nobody named a day.
    """
    if not shifted_years or item.due_date is None:
        return Deadline(item.deadline_raw, "", item.due_date)
    return Deadline(moved(item), item.deadline_raw, item.due_date)


def moved(item: TaskItem) -> str:
    """Return the day in force, no more exactly than it was printed."""
    day = item.due_date
    assert day
    if item.deadline_precision in (Precision.YEAR, Precision.RANGE):
        return f"{day.year}年"
    if item.deadline_precision == Precision.MONTH:
        return f"{day.year}年{day.month}月"
    return f"{day.year}年{day.month}月{day.day}日"
