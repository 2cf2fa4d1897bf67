"""Working days, by the State Council's calendar with its 调休."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

from orgs.models import CalendarDay


@lru_cache(maxsize=1)
def state_calendar() -> holidays.HolidayBase:
    """Return the mainland's calendar, 调休 included."""
    return holidays.country_holidays("CN")


def set_by_hand() -> dict[date, bool]:
    """Return the days an administrator has set: day → working. One query."""
    return dict(CalendarDay.objects.values_list("day", "working"))


def is_working_day(day: date, changed: Mapping[date, bool]) -> bool:
    """Return whether offices work on ``day``; ``changed`` outweighs the library."""
    if day in changed:
        return changed[day]
    return bool(state_calendar().is_working_day(day))


def working_days_until(start: date, end: date, changed: Mapping[date, bool]) -> int:
    """Return how many working days lie after ``start`` up to and with ``end``.

    0 when ``end`` is not after ``start``. Meant for spans of weeks: it counts days.
    """
    days = (start + timedelta(n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, changed) for day in days)
